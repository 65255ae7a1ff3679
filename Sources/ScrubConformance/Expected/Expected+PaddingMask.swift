// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let paddingMask = """
        # paddingMask: one position
        0 1 0 1
        # paddingMask: 9 positions
        0 0 1 1 1 1 1 1 1 0 1 0 1 0 1 0 1 0 0 1 1 1 1 1 0 0 1 0 0 0 1 1 0 0 1 1
        # paddingMask: 65 positions, the last token pads
        1 1 1 1 1 1 0 1 1 1 1 1 1 1 1 1 0 1 1 1 1 1 0 0 1 1 1 0 1 0 1 1 1 1 1 1 1 1 1 1 1 1 0 1 0 1 1 1 1 1 1 1 0 1 0 1
        1 0 1 1 1 0 1 0 1 0 1 1 0 1 0 0 1 0 1 1 0 1 1 1 1 1 1 0 1 1 1 1
        # paddingMask: a negative token pads
        1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 1 1 1 1
        # paddingMask: nothing is padding
        1 1 1 1 1 1 1 1 1 1 1 1
        # paddingMask: all is padding
        0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
        """
}
