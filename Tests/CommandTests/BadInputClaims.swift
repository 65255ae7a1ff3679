import Testing

@Suite struct BadInputClaims {
    @Test(arguments: BadInputClaims.pathCases) func paths(_ input: BadInput) throws { try input.check() }
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
            says: "error: h.yaml:12:9: no node \"qq\", perhaps q; parts of \"a0.h0\" are input, norm, q, k, "
                + "pattern, v, z; "
                + exist),
        .hypothesis(
            "q:", "m0:",
            says:
                "error: h.yaml:12:9: \"m0\" is not reached from \"a0.h0\": \"a0.h0\" goes into \"m0\", not the other way round"
        ),
        .hypothesis(
            "q:", "a0.h1:",
            says:
                "error: h.yaml:12:9: \"a0.h1\" is not reached from \"a0.h0\": \"a0.h1\" does not go into \"a0.h0\""),
        .hypothesis(
            "a0.h0:", "tokens:",
            says:
                "error: h.yaml:9:5: \"tokens\" is not a direct input of \"output\"; those are embed, a0.h0, a0.h1, m0; "
                + "for longer paths say paths: all, or via"),
        .hypothesis(
            "a0.h0:", "unembed.W_U:",
            says: "error: h.yaml:9:5: \"unembed.W_U\" is the same for every datum; there is nothing to claim about it"),
    ]

    /// Every name is right, but not together.
    private static let treeCases: [BadInput] = [
        .hypothesis(
            "q: {same: word}", "q: {same: word}\n        a0.h0.q: {same: small}",
            says:
                "error: h.yaml:13:9: two claims stand on one path: \"a0.h0.q\" and \"q\", claimed at h.yaml:12:9; the "
                + "path is a0.h0 > a0.h0.z > a0.h0.pattern > a0.h0.q"),
        .hypothesis(
            "q: {same: word}", "q: {same: word}\n        norm: {same: small}",
            says:
                "error: h.yaml:13:9: \"norm\" is reached through \"q\", which is claimed at h.yaml:12:9: a0.h0 > a0.h0.z > "
                + "a0.h0.pattern > a0.h0.q > a0.h0.norm leads through a0.h0 > a0.h0.z > a0.h0.pattern > a0.h0.q; claim one "
                + "of them, one below the other, or say avoiding"),
        .hypothesis(
            "q: {same: word}", "embed: {same: word}\n        input: {same: small}",
            says:
                "error: h.yaml:12:9: \"embed\" is reached through \"input\", which is claimed at h.yaml:13:9: a0.h0 > "
                + "a0.h0.z > a0.h0.v > a0.h0.norm > a0.h0.input > embed leads through a0.h0 > a0.h0.z > a0.h0.v > "
                + "a0.h0.norm > a0.h0.input; claim one of them, one below the other, or say avoiding"),
        .hypothesis(
            "  inputs:\n    a0.h0:\n      same: small\n      inputs:\n        q: {same: word}\n", "",
            says: "error: h.yaml:7:3: the hypothesis touches nothing: the output is exact and no input is claimed, so "
                + "nothing would be resampled"),
        .hypothesis(
            "{same: word}", "{same: word, others: exact}",
            says: "error: h.yaml:12:33: \"others\" of \"q\" says nothing: no input of \"q\" is claimed"),
    ]

    /// Slices, paths and claims that stand under several parents.
    private static let pathCases: [BadInput] = [
        .hypothesis(
            "q: {same: word}", "q[9]: {same: word}",
            says: "error: h.yaml:12:9: \"q[9]\" has \"[9]\", expected positions from 0 to 3, such as 0, 2:5 or *"),
        .hypothesis(
            "q: {same: word}", "q[2:1]: {same: word}",
            says: "error: h.yaml:12:9: \"q[2:1]\" has \"[2:1]\", expected positions from 0 to 3, such as 0, 2:5 or *"),
        .hypothesis(
            "q: {same: word}", "pattern[next]: {same: word}",
            says:
                "error: h.yaml:12:9: \"pattern[next]\" has \"[next]\", expected positions from 0 to 3, such as 0, 2:5 or "
                + "*, previous, current, or source and source positions"),
        .hypothesis(
            "a0.h0:", "\"a0.h[0,2]\":",
            says: "error: h.yaml:9:5: \"a0.h[0,2]\" has \"[0,2]\", expected heads of a0, 0 to 1"),
        .hypothesis(
            "{same: word}", "{same: \"word[*]\"}",
            says: "error: h.yaml:12:19: \"word[*]\" has [*], which stands for a number only below a claim on [*]"),
        .hypothesis(
            "{same: word}", "{same: word, paths: some}",
            says: "error: h.yaml:12:32: \"paths\" is \"some\", expected all or direct"),
        .hypothesis(
            "{same: word}", "{same: word, via: []}",
            says: "error: h.yaml:12:30: \"via\" is an empty list, expected a node or a list of nodes"),
        .hypothesis(
            "q: {same: word}", "embed: {same: word, via: m0}",
            says: "error: h.yaml:12:9: \"embed\" is not reached from \"a0.h0\": no path between them passes \"m0\""),
        .hypothesis(
            "q: {same: word}", "embed: {same: word, avoiding: m0}",
            says: "error: h.yaml:12:39: avoiding \"m0\" excludes nothing: no path from \"a0.h0\" to \"embed\" passes it"
        ),
        .hypothesis(
            "{same: word}", "{same: word, shared: perhaps}",
            says: "error: h.yaml:12:33: \"shared\" is \"perhaps\", expected true or false"),
    ]

    private static let keyCases: [BadInput] = [
        .hypothesis(
            "same: small", "smae: small",
            says: "error: h.yaml:10:7: unknown key \"smae\", perhaps same; keys here are same, inputs, others, "
                + "paths, via, avoiding, shared, node"),
        .hypothesis(
            "{same: word}", "word",
            says: "error: h.yaml:12:12: \"q\" is \"word\", expected a mapping, such as "
                + "{same: FEATURE}, or the name of a claim; there is no section \"claims\""),
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
