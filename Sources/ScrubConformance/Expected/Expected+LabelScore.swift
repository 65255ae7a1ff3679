// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let labelScore = """
        # labelScore: logit, one logit, 5 positions
        1.649088526 0.71714921 2.336930823 -0.6226064682
        # labelScore: logit, two logits, one position
        -3.767382383 -2.683677912 4.037456512 0.9640226364
        # labelScore: logit, vocabulary of 17, 40 positions
        0.4205007441 -0.2866201498 0.1344070975 0.2271242082
        # labelScore: logit, vocabulary of 114, 3 positions
        1.171710829 2.033107191 0.06537131468 -2.187612693
        # labelScore: margin, one logit, 5 positions
        0.4935663939 -2.107659376 -0.2928113818 0.4056992769
        # labelScore: margin, two logits, one position
        -4.062303483 3.39409852 -5.355949402 -3.23771286
        # labelScore: margin, vocabulary of 17, 40 positions
        -0.08723240439 0.05166587107 -0.6544575869 -0.09608258628
        # labelScore: margin, vocabulary of 114, 3 positions
        1.412305799 0.214198906 0.3211586249 1.637042194
        # labelScore: probability, one logit, 5 positions
        0.7293462088 0.7125541519 0.603726682 0.2997140904
        # labelScore: probability, two logits, one position
        0.07872708036 0.1990039796 0.005839832673 0.318309074
        # labelScore: probability, vocabulary of 17, 40 positions
        0.06572953259 0.08790940004 0.070905756 0.0605387498
        # labelScore: probability, vocabulary of 114, 3 positions
        0.0113174838 0.01266478711 0.005517327252 0.003271736443
        # labelScore: correct, one logit, 5 positions
        0.4 0.2 0.8 0.2
        # labelScore: correct, two logits, one position
        1 0 1 1
        # labelScore: correct, vocabulary of 17, 40 positions
        0.025 0.025 0.1 0.025
        # labelScore: correct, vocabulary of 114, 3 positions
        0 0 0 0
        # labelScore: logit, weights
        0.1387203302 2.465664216 -4.26427569 -9.976032979
        # labelScore: margin, weights, one logit
        -1.409245354 5.760330655 -3.596248775 -4.252277649
        # labelScore: probability, weights with zeros
        0.09477672095 0.08395674526 0.0008728019356 0.1066615398
        # labelScore: correct, weights with zeros
        1.25 0 0.75 1.75
        # labelScore: probability, labels outside the vocabulary at weight 0
        0.0833082019 1.05362581 0.2485542827 0.6341988436
        # labelScore: logit, logits of ±10000
        10000 -10000 0 10000
        # labelScore: margin, near logits far from zero
        0 1.5 -1.5 1.5
        # labelScore: probability, logits of ±10000
        1 1 0 0
        # labelScore: probability, logits of ±80, one logit
        0.5 0.5 0.5 0.5
        # labelScore: probability, logits all of -10000
        0.2 0.2 0.2 0.2
        # labelScore: correct, equal logits, the first of which is the answer
        1 1 0 0
        # labelScore: correct, one logit of zero, of which label 0 is the answer
        1 0 1 0
        """
}
