// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let labelLogit = """
        # labelLogit: 1 into 2, one position
        -0.5178152998 -0.003445527796 -0.03916403751 -0.3752475814
        # labelLogit: 3 into 17, 5 positions
        -0.123763247 0.3945475727 -0.240316669 -0.01863910803
        # labelLogit: 56 into 5 with bias, 42 positions
        -0.01166620641 -0.02733421941 0.6275939547 0.2435045463
        # labelLogit: 65 into 33 with bias, weights
        1.532990758 -1.141472507 -0.8111401865 2.633625557
        # labelLogit: 768 into 515, one position
        16.21566351 8.03688539 1.30823646 -1.135368846
        # labelLogit: 1030 into 3 with bias, weights with zeros
        -2.718826644 -0.926753291 3.041447648 -10.4218922
        # labelLogit: labels outside the vocabulary at weight 0
        -0.1273616169 0.2626189095 -1.310624404 0.8740381592
        # labelLogit: terms of 10000 and of 0.0001
        4346.58504 13222.99897 -13698.19271 8784.792005
        # labelLogit: a NaN stays in its row
        3.814393237 nan -14.39795941 4.955168128
        """
}
