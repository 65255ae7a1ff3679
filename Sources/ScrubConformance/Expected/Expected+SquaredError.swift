// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let squaredError = """
        # squaredError: scalars
        0.007447517776 0.4380382499 17.08190099 0.1272336591
        # squaredError: width 1
        0.8328082588 52.5234155 1.072849555 11.91708538
        # squaredError: mean over 3 positions of 17
        5.85195103 6.408390215 6.876099156 6.722310255
        # squaredError: sum over 28 positions of 33
        5361.118935 5474.303148 5184.236061 5684.144976
        # squaredError: no error
        0 0 0 0
        # squaredError: errors of 1e-9
        2.485074032e-10 2.058721972e-10 8.781378982e-10 3.356492373e-10
        # squaredError: near targets far from zero
        0.6189807653 0.7649974823 0.9441766143 0.755623579
        # squaredError: errors of 10000
        74285978.2 57350117.08 57570994.7 60122996.43
        # squaredError: targets the same for every row
        44.51622638 62.2364457 83.87963562 56.28357743
        """
}
