// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let binaryCrossEntropy = """
        # binaryCrossEntropy: one logit, one position
        0.132287077 1.871120495 0.6899891354 0.6348079476
        # binaryCrossEntropy: two logits, one position
        0.4634717288 2.500020061 0.3888828687 4.609724853
        # binaryCrossEntropy: one logit, 65 positions
        1.179549747 1.266564885 1.108086107 1.180841227
        # binaryCrossEntropy: two logits, 17 positions
        1.394699721 0.9954474191 0.4817574195 1.359877039
        # binaryCrossEntropy: logits of zero
        0.6931471806 0.6931471806 0.6931471806 0.6931471806
        # binaryCrossEntropy: logits of ±80, label 0
        80 1.804851388e-35 1.313261688 0.3132616875
        # binaryCrossEntropy: logits of ±80, label 1
        1.804851388e-35 80 0.3132616875 1.313261688
        # binaryCrossEntropy: pairs of ±80
        160 3.257488532e-70 0.6931471806 0.6931471806
        # binaryCrossEntropy: logits of ±10000
        5000 10000 10000 0.3465735903
        # binaryCrossEntropy: pairs of ±10000
        20000 0 10.0000454 0.6931471806
        # binaryCrossEntropy: losses of 1e-9, label 1
        1.250152866e-09 9.736200308e-10 7.582560425e-10 4.248354255e-18
        # binaryCrossEntropy: losses of 1e-9, label 0
        1.250152866e-09 9.736200308e-10 7.582560425e-10 4.248354255e-18
        # binaryCrossEntropy: losses of 1e-9 from pairs
        1.250152866e-09 9.736200308e-10 7.582560425e-10 4.248354255e-18
        # binaryCrossEntropy: weights
        1.539309097 6.157211901 1.915554469 3.192635655
        # binaryCrossEntropy: weights with zeros, one logit
        1.700699266 2.279846017 1.42201595 0.9643561819
        # binaryCrossEntropy: labels that are none at weight 0
        0 0 0 0
        """
}
