// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let crossEntropy = """
        # crossEntropy: vocabulary of 1
        0 0 0 0
        # crossEntropy: vocabulary of 2, one position
        4.741661841 0.001363456372 6.543828682 0.02985690889
        # crossEntropy: vocabulary of 114, one position
        3.747292493 2.792777222 7.28669572 11.91219417
        # crossEntropy: vocabulary of 17, 40 positions
        6.11488889 5.597372081 5.02733495 5.51648431
        # crossEntropy: vocabulary of 1025, 3 positions
        9.232286284 11.79571153 9.116110497 5.571955452
        # crossEntropy: every logit the same
        3.496507561 3.496507561 3.496507561 3.496507561
        # crossEntropy: weights
        19.0134222 19.16101175 16.79413726 10.52470499
        # crossEntropy: weights with zeros
        10.90190037 11.82565762 10.09195588 8.996534771
        # crossEntropy: weights the same for every row
        10.84982863 10.99282271 8.136438625 11.20388279
        # crossEntropy: every weight zero
        0 0 0 0
        # crossEntropy: labels outside the vocabulary at weight 0
        11.22640264 2.032920359 7.968453508 11.95192959
        # crossEntropy: a great loss at weight 0
        1.407605964 1.407605964 1.407605964 1.407605964
        # crossEntropy: logits of ±80
        80 40.34657359 80.34657359 160
        # crossEntropy: logits of ±80, the label not the greatest
        160.3132617 1.313261688 160.3132617 1.313261688
        # crossEntropy: logits of ±10000
        20000 0.3465735903 10000.34657 10000
        # crossEntropy: logits of ±10000, the label not the greatest
        20000.31326 10000.31326 1.313261688 20000.31326
        # crossEntropy: logits all of -10000
        1.609437912 1.609437912 1.609437912 1.609437912
        # crossEntropy: losses of 1e-9
        1.516512084e-09 1.037202852e-09 9.357622969e-14 2.008408907e-09
        # crossEntropy: losses of 1e-9, the label last of 114
        1.569337656e-09 1.569337656e-09 1.569337656e-09 1.569337656e-09
        # crossEntropy: two greatest logits of one value
        0.6931471806 0.6931471806 29.69314718 30.69314718
        """
}
