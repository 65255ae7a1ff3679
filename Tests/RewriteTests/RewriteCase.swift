import Testing

/// Rewrites as a hypothesis file states them, on a model that has what they name.
struct RewriteCase: CustomTestStringConvertible {
    let fixture: Fixture
    let rewrites: [String]
    /// Nodes that claims can name afterwards.
    let parts: [String]

    var testDescription: String { "\(rewrites.joined(separator: ", ")) on a model \(fixture)" }

    var section: String { "rewrites:\n" + rewrites.map { "  - \($0)\n" }.joined() }

    /// Every rewrite, in each of its forms, on every model that has the node.
    static let all = Fixture.all.flatMap { fixture in
        (common + (fixture.hasMLPs ? ofMLPs : []) + (fixture.hasBiases ? ofBiases : [])
            + (fixture.layers > 1 ? ofLayers : [])).map {
                RewriteCase(fixture: fixture, rewrites: $0.rewrites, parts: $0.parts)
            }
    }

    private typealias Row = (rewrites: [String], parts: [String])

    private static func tensor(_ name: String) -> String { "{file: tensors.safetensors, tensor: \(name)}" }

    private static let common: [Row] = [
        (["{project: a0.h0, onto: \(tensor("direction"))}"], ["a0.h0.projection", "a0.h0.complement"]),
        (["{project: embed, onto: \(tensor("plane")), as: [in, out]}"], ["embed.in", "embed.out"]),
        (["{project: a0.h0.q, onto: \(tensor("inside"))}"], ["a0.h0.projection", "a0.h0.complement"]),
        (
            ["{project: logits.input, onto: \(tensor("plane"))}", "{project: a0.h0, onto: \(tensor("direction"))}"],
            ["logits.projection", "a0.h0.projection"]
        ),
        (
            ["{estimate: a0.h0, column: scale, along: \(tensor("direction"))}"],
            ["a0.h0.phi", "a0.h0.residual", "scale"]
        ),
        (["{estimate: a0.h0, column: each, along: \(tensor("direction"))}"], ["a0.h0.phi", "each"]),
        (["{estimate: a0.h0, column: vector}"], ["a0.h0.phi", "vector"]),
        (["{estimate: a0.h0, column: matrix, as: [guess, rest]}"], ["a0.h0.guess", "a0.h0.rest"]),
        (["{estimate: a0.h0, tokens: \(tensor("table"))}"], ["a0.h0.phi"]),
        (["{estimate: a0.h0, probe: \(tensor("probe")), of: a0.h0.input}"], ["a0.h0.phi"]),
        (["{estimate: a0.h0, probe: \(tensor("probe")), of: embed, bias: \(tensor("bias"))}"], ["a0.h0.phi"]),
        (
            [
                "{estimate: a0.h1, column: scale, along: \(tensor("direction"))}",
                "{estimate: a0.h0, column: scale, along: \(tensor("direction"))}",
            ], ["a0.h0.phi", "a0.h1.phi"]
        ),
        (["{split: logits.input, parts: {early: [embed, a0.h0]}}"], ["logits.early", "logits.rest"]),
        (["{split: logits.input, parts: {a: [a0.h1, a0.h0], b: [embed]}}"], ["logits.a", "logits.b"]),
        (["{combine: [a0.h1, a0.h0], as: heads}"], ["heads"]),
        (
            ["{combine: [a0.h0, a0.h1], as: heads}", "{project: heads, onto: \(tensor("plane"))}"],
            ["heads.projection", "heads.complement"]
        ),
        (["{duplicate: a0.h0}"], ["a0.h0@logits", "a0.h0@logits.z"]),
        (["{duplicate: embed}"], ["embed@a0.h0", "embed@a0.h1", "embed@logits"]),
        (["{expand: a0.h0, groups: {one: 0, others: \"1:\"}}"], ["a0.h0.one", "a0.h0.others"]),
        (["{expand: a0.h0, groups: {one: 0, others: \"1:3\"}}", "{contract: a0.h0}"], []),
        (["{expand: logits, groups: {even: \"0,2,4\", odd: \"1,3,5\"}}"], ["logits.even", "logits.odd"]),
    ]

    private static let ofMLPs: [Row] = [
        (["{project: m0, onto: \(tensor("plane"))}"], ["m0.projection"]),
        (["{estimate: m0, probe: \(tensor("probe")), of: m0.input}"], ["m0.phi", "m0.residual"]),
        (["{expand: m0, groups: {low: \"0:4\", high: \"4:8\"}}"], ["m0.low", "m0.high"]),
        (["{expand: m0, groups: {low: \"0:4\", high: \"-4:\"}}", "{contract: m0}"], []),
        (
            ["{expand: m0, groups: {low: \"0:4\", high: \"-4:\"}}", "{split: m0, parts: {half: m0.low}}"],
            ["m0.half", "m0.rest"]
        ),
        (["{expand: m0.pre, groups: {low: \"0:4\", high: \"4:6\"}}"], ["m0.low", "m0.high"]),
    ]

    private static let ofBiases: [Row] = [
        (["{unbias: m0}"], ["m0.unbiased"]),
        (["{unbias: m0}", "{contract: m0}"], []),
        (
            ["{unbias: m0, as: [moving, fixed]}", "{expand: m0.moving, groups: {low: \"0:4\", high: \"4:8\"}}"],
            ["m0.low"]
        ),
        (["{unbias: logits.input}"], ["logits.unbiased"]),
        (["{unbias: logits}"], ["logits.unbiased"]),
    ]

    private static let ofLayers: [Row] = [
        (["{duplicate: a0.h0}"], ["a0.h0@a1.h0", "a0.h0@a1.h1", "a0.h0@logits", "a0.h0@a1.h1.q"]),
        (
            ["{duplicate: a0.h0}", "{project: a0.h0@a1.h1, onto: \(tensor("plane"))}"],
            ["a0.h0@a1.h1.projection", "a0.h0@a1.h0"]
        ),
        (
            ["{split: a1.h0.input, parts: {early: [embed, a0.h0]}}", "{combine: [a0.h0, embed], as: early}"],
            ["a1.h0.early", "a1.h0.rest", "early"]
        ),
    ]
}
