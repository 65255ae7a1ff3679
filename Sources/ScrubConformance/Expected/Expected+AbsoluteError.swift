// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let absoluteError = """
        # absoluteError: scalars
        2.014413893 3.029176354 2.796858266 1.018927217
        # absoluteError: width 1
        5.092119575 3.678768754 6.35196209 5.269071937
        # absoluteError: mean over 3 positions of 17
        1.568824702 2.080024597 1.94212522 2.019580475
        # absoluteError: sum over 28 positions of 33
        1894.466633 1880.977578 1811.386016 1816.377164
        # absoluteError: no error
        0 0 0 0
        # absoluteError: targets that are greater
        7.402472407 7.721805006 8.786194082 7.119792007
        # absoluteError: errors of 10000
        5509.651462 6406.229736 6655.383676 6106.987636
        # absoluteError: targets the same for every row
        27.00814695 28.18354665 30.79076165 31.75955477
        """
}
