// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let expectedBinaryCrossEntropy = """
        # expectedBinaryCrossEntropy: one logit, one position
        3.013932654 1.118938125 3.410861857 0.3901480289
        # expectedBinaryCrossEntropy: two logits, one position
        0.7412626104 0.8950839905 1.549642987 3.573332673
        # expectedBinaryCrossEntropy: one logit, 65 positions
        1.240258267 1.187881165 1.193726298 1.277332734
        # expectedBinaryCrossEntropy: two logits, 17 positions
        1.493660696 1.615990171 1.073817055 1.775128344
        # expectedBinaryCrossEntropy: probabilities of each row
        1.034692541 1.163634113 2.013133033 2.476261623
        # expectedBinaryCrossEntropy: probabilities 0 and 1
        0.4319955491 1.736526496 1.461545885 0.8376043459
        # expectedBinaryCrossEntropy: logits of ±80
        60 20 1.063261688 0.5632616875
        # expectedBinaryCrossEntropy: pairs of ±10000
        2500 10000.34657 7500.346574 2500
        # expectedBinaryCrossEntropy: losses of 1e-9, label 1 certain
        1.250152866e-09 9.736200308e-10 7.582560425e-10 4.248354255e-18
        # expectedBinaryCrossEntropy: a weight for each label
        2.342859916 2.281113895 2.421989344 3.36744208
        # expectedBinaryCrossEntropy: a weight for each label of one logit, of each row
        1.494101661 0.5702374033 0.8186974217 1.941030968
        # expectedBinaryCrossEntropy: losses of 1e-9, label 0 certain
        1.250152866e-09 4.248354255e-18 1.250152866e-09 4.248354255e-18
        """
}
