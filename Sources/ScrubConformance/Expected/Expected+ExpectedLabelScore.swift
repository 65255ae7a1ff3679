// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let expectedLabelScore = """
        # expectedLabelScore: logit, one logit, 5 positions
        0.5745885646 -0.02432159045 0.436312135 0.8952184493
        # expectedLabelScore: logit, two logits, one position
        -0.3420865524 -0.03406536784 -0.4831590651 -0.142549778
        # expectedLabelScore: logit, vocabulary of 17, 33 positions
        10.77773909 -20.48504689 9.428032683 3.538221464
        # expectedLabelScore: logit, vocabulary of 114, one position
        -2.349934342 -4.598096771 -7.076993906 9.764297053
        # expectedLabelScore: logit, probabilities of each row
        -0.563054954 -0.698992073 -2.341209076 -0.698054614
        # expectedLabelScore: margin, one logit, 5 positions
        -0.2898123824 0.0145235015 -0.4432288162 -0.2388325596
        # expectedLabelScore: margin, two logits, one position
        -0.3157171936 0.05356081839 1.03128392 -0.7151992012
        # expectedLabelScore: margin, vocabulary of 17, 33 positions
        -4.72101985 -2.09971097 -5.456789299 -3.9157062
        # expectedLabelScore: margin, vocabulary of 114, one position
        1.173620077 0.02339483843 0.1831906886 -3.291290768
        # expectedLabelScore: margin, probabilities of each row
        -2.160685676 -0.1314268006 0.04990513286 -1.300179286
        # expectedLabelScore: probability, one logit, 5 positions
        0.477922125 0.5699851936 0.5487340983 0.591717147
        # expectedLabelScore: probability, two logits, one position
        0.1632401177 0.1482054053 0.1490985224 0.205363799
        # expectedLabelScore: probability, vocabulary of 17, 33 positions
        4.085644996 4.277813581 4.028478151 4.379477224
        # expectedLabelScore: probability, vocabulary of 114, one position
        0.1216943648 0.1518084479 0.1208636249 0.1418264455
        # expectedLabelScore: probability, probabilities of each row
        0.4338603773 0.3434706618 0.5106988861 0.328150951
        # expectedLabelScore: correct, one logit, 5 positions
        0.542422276 0.6528928205 0.6161685996 0.5818010829
        # expectedLabelScore: correct, two logits, one position
        0.1889997721 0.03541212156 0.03541212156 0.1889997721
        # expectedLabelScore: correct, vocabulary of 17, 33 positions
        3.768062374 4.953242702 4.282557149 4.256745248
        # expectedLabelScore: correct, vocabulary of 114, one position
        0.03547484055 0.1369324028 0.1695423573 0.1483958811
        # expectedLabelScore: correct, probabilities of each row
        0.3989131339 0.4869772643 0.2184487097 0.3028983288
        # expectedLabelScore: logit, a difference of distributions
        1.592605197 -1.370850892 -0.5345455524 0.8994522623
        # expectedLabelScore: margin, a difference of distributions, one logit
        1.225085078 -0.8473761581 0.5445863454 -0.8253421433
        # expectedLabelScore: margin, near logits far from zero
        0 0.375 0 0.375
        # expectedLabelScore: probability, logits of ±10000
        0.5 0.25 0.5 0.25
        # expectedLabelScore: correct, equal logits, the first of which is the answer
        0.375 0.1875 0.375 0.1875
        """
}
