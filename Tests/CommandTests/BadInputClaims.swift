import Testing

@Suite struct BadInputClaims {
    @Test(arguments: BadInputClaims.nodeCases) func nodes(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputClaims.treeCases) func trees(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputClaims.keyCases) func keys(_ input: BadInput) throws { try input.check() }

    private static let exist = "nodes are tokens, embed, a0.h0 to a0.h1, m0, logits"
    private static let policies = "expected random, exact, each, {together: NAME} or {same: FEATURE}"

    /// The name of a claim is not one that it may have.
    private static let nodeCases: [BadInput] = [
        .hypothesis(
            "a0.h0:", "a0.h2:",
            says: "error: h.yaml:9:5: no node \"a0.h2\", perhaps a0.h0, a0.h1; parts of \"logits\" are input, norm; "
                + exist),
        .hypothesis(
            "a0.h0:", "ao.h0:",
            says: "error: h.yaml:9:5: no node \"ao.h0\", perhaps a0.h0, a0.h1; parts of \"logits\" are input, norm; "
                + exist),
        .hypothesis(
            "a0.h0:", "attention_zero:",
            says: "error: h.yaml:9:5: no node \"attention_zero\"; parts of \"logits\" are input, norm; " + exist),
        .hypothesis(
            "q:", "qq:",
            says: "error: h.yaml:12:9: no node \"qq\", perhaps q; parts of \"a0.h0\" are input, norm, q, k, v, z; "
                + exist),
        .hypothesis(
            "q:", "m0:",
            says: "error: h.yaml:12:9: \"m0\" is not a direct input of \"a0.h0\"; those are embed"),
        .hypothesis(
            "q:", "a0.h1:",
            says: "error: h.yaml:12:9: \"a0.h1\" is not a direct input of \"a0.h0\"; those are embed"),
        .hypothesis(
            "a0.h0:", "tokens:",
            says: "error: h.yaml:9:5: \"tokens\" is not a direct input of \"logits\"; those are embed, a0.h0, a0.h1, m0"
        ),
        .hypothesis(
            "a0.h0:", "unembed.W_U:",
            says: "error: h.yaml:9:5: \"unembed.W_U\" is the same for every datum; there is nothing to claim about it"),
    ]

    /// Every name is right, but not together.
    private static let treeCases: [BadInput] = [
        .hypothesis(
            "q: {same: word}", "q: {same: word}\n        a0.h0.q: {same: small}",
            says: "error: h.yaml:13:9: \"a0.h0.q\" is claimed twice; first at h.yaml:12:9"),
        .hypothesis(
            "q: {same: word}", "q: {same: word}\n        norm: {same: small}",
            says:
                "error: h.yaml:13:9: \"norm\" is reached through \"q\", which is claimed at h.yaml:12:9; claim one of "
                + "them, or one below the other"),
        .hypothesis(
            "q: {same: word}", "embed: {same: word}\n        input: {same: small}",
            says: "error: h.yaml:12:9: \"embed\" is reached through \"input\", which is claimed at h.yaml:13:9; claim "
                + "one of them, or one below the other"),
        .hypothesis(
            "  inputs:\n    a0.h0:\n      same: small\n      inputs:\n        q: {same: word}\n", "",
            says: "error: h.yaml:7:3: the hypothesis touches nothing: the output is exact and no input is claimed, so "
                + "nothing would be resampled"),
        .hypothesis(
            "{same: word}", "{same: word, others: exact}",
            says: "error: h.yaml:12:33: \"others\" of \"q\" says nothing: no input of \"q\" is claimed"),
    ]

    private static let keyCases: [BadInput] = [
        .hypothesis(
            "same: small", "smae: small",
            says: "error: h.yaml:10:7: unknown key \"smae\", perhaps same; keys here are same, inputs, others"),
        .hypothesis("{same: word}", "word", says: "error: h.yaml:12:12: \"q\" is \"word\", expected a mapping"),
        .hypothesis("{same: word}", "[word]", says: "error: h.yaml:12:12: \"q\" is a list, expected a mapping"),
        .hypothesis(
            "{same: word}", "{same: [word]}", says: "error: h.yaml:12:19: \"same\" is a list, expected text"),
        .hypothesis(
            "others: random", "others: randon", says: "error: h.yaml:13:11: \"others\" is \"randon\", " + policies),
        .hypothesis(
            "others: random", "others: {together: a, same: small}",
            says: "error: h.yaml:13:11: \"others\" is 2 members, " + policies),
        .hypothesis(
            "others: random", "others: {feature: small}",
            says: "error: h.yaml:13:12: unknown key \"feature\"; keys here are together, same"),
        .hypothesis(
            "features:", "defaults: {other: exact}\nfeatures:",
            says: "error: h.yaml:4:12: unknown key \"other\", perhaps others; keys here are others"),
    ]
}
