// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let klDivergence = """
        # klDivergence: one logit, 5 positions
        0.4963369723 1.512227945 1.967253993 0.5666229789
        # klDivergence: two logits, one position
        3.619023235 2.198085471 4.908300412 0.545364741
        # klDivergence: vocabulary of 17, 40 positions
        3.753489006 3.583398876 3.605477678 3.434768578
        # klDivergence: vocabulary of 114, one position
        5.053985727 4.581901654 4.0573632 4.664785773
        # klDivergence: vocabulary of 1025, 2 positions
        4.074685608 4.044573685 4.006722296 3.922226033
        # klDivergence: near distributions
        4.492339634e-07 4.492339634e-07 4.492339634e-07 4.492339634e-07
        # klDivergence: divergences of 1e-8
        1.02429905e-08 2.783136014e-08 2.310652393e-08 1.02429905e-08
        # klDivergence: the same distribution from other logits
        0 0 0 0
        # klDivergence: logits bit-equal
        0 0 0 0
        # klDivergence: logits of ±80
        160 1.313261688 160 1.313261688
        # klDivergence: logits of ±10000
        20000 0.3132616875 20000 0.3132616875
        # klDivergence: a certain answer against its own, one logit
        1.562882189e-18 2.061153531e-09 2.195760544e-10 1.562882189e-18
        """
}
