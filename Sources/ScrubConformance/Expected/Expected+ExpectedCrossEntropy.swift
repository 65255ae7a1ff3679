// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let expectedCrossEntropy = """
        # expectedCrossEntropy: vocabulary of 1
        0 -2.223132104e-161 0 -8.799500018e-162
        # expectedCrossEntropy: vocabulary of 2, one position
        1.468864538 0.4685285615 0.7971450734 1.54030027
        # expectedCrossEntropy: vocabulary of 114, one position
        110.7488457 105.4412386 113.6148488 104.9315652
        # expectedCrossEntropy: vocabulary of 17, 33 positions
        382.1416894 375.4557523 383.7986517 369.5982113
        # expectedCrossEntropy: probabilities of each row
        61.3912536 59.74884127 66.41582809 61.8673205
        # expectedCrossEntropy: positions and labels of probability 0
        2.538148256 1.896926328 0.6987074317 3.518392288
        # expectedCrossEntropy: logits of ±80
        60 120 60 120
        # expectedCrossEntropy: logits of ±10000
        7500 15000 7500 15000
        # expectedCrossEntropy: losses of 1e-9, one label certain
        1.516512084e-09 1.037202852e-09 9.357622969e-14 1.516512084e-09
        """
}
