// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let expectedSquaredError = """
        # expectedSquaredError: scalars
        16.6104614 16.70802896 3.597199662 5.517005105
        # expectedSquaredError: width 1
        9.27237594 15.97265225 42.71237643 22.50813207
        # expectedSquaredError: mean over 3 positions of 17
        6.248569324 6.295597182 4.763800647 6.952524226
        # expectedSquaredError: sum over 28 positions of 33
        5623.385981 5667.640116 5877.629802 5669.326416
        # expectedSquaredError: no variance and no error
        0 0 0 0
        # expectedSquaredError: a variance alone
        1.319452167 1.319452167 1.319452167 1.319452167
        # expectedSquaredError: errors of 1e-9
        3.806048824e-10 3.218506904e-10 3.050174442e-10 1.903287432e-10
        # expectedSquaredError: targets of each row
        4.611140181 8.318690892 5.457470137 3.949233052
        """
}
