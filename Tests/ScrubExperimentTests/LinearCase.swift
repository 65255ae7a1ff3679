import ScrubExperiment
import ScrubHypothesis
import Testing

/// A hypothesis on a small graph with the scrubbed loss that it must have.
///
/// Inputs are uniform on {0, 1, 2, 3} and independent unless said otherwise: two independent draws differ by
/// `E|i - j| = 5/4` on average.
struct LinearCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var expected: Double
    var experiment: @Sendable () throws -> Experiment

    static let all: [LinearCase] = [
        LinearCase("identical computation", 0) {
            try sum([1, 1], "identical") {
                Claim("a", same: "p")
                Claim("b", same: "q")
            }
        },
        LinearCase("claims spread over a residual: both parts", 0) {
            try residual {
                Claim("a", same: "p")
                Claim("m", same: "p")
            }
        },
        LinearCase("claims spread over a residual: one part, E|i - j|", 1.25) {
            try residual { Claim("m", same: "p") }
        },
        LinearCase("spread over two nodes: (p + q) + (p - q), the noise drawn twice, E|i - j|", 1.25) {
            try crossed {
                Claim("a", same: "p")
                Claim("b", same: "p")
            }
        },
        LinearCase("large deviation: 10^6 E|i - j|", 1.25e6) { try sum([1e6, 0], "large", same: .any) },
        LinearCase("tiny deviation: 10^-6 E|i - j|", 1.25e-6) { try sum([1e-6, 0], "tiny", same: .any) },
        LinearCase("intermediates that cancel, drawn together", 0) { try crossed { Claim("a", "b", same: "p") } },
        LinearCase("intermediates that cancel, one of them exact, E|i - j|", 1.25) {
            try crossed {
                Claim("a", same: "p")
                Claim("b", same: .exact)
            }
        },
        LinearCase("swapped intermediates: E|2 d + e|, d and e differences of independent draws", 2.859375) {
            try sum([2, 1], "swapped") {
                Claim("a", same: "q")
                Claim("b", same: "p")
            }
        },
        LinearCase("correlated data: what one input keeps, the other has", 0) {
            try sum([1, 1], "correlated", pairs.filter { $0[0] == $0[1] }) {
                Claim("a", same: "q")
                Claim("b", same: "p")
            }
        },
        LinearCase("correlated data: drawn apart, E|i - j|", 1.25) {
            try sum([1, 1], "apart", pairs.filter { $0[0] == $0[1] }) { Claim("a", same: "q") }
        },
        LinearCase("unspecified nodes, random, E|i - j|", 1.25) {
            try sum([1, 1], "random") { Claim("a", same: "p") }
        },
        LinearCase("unspecified nodes, exact", 0) {
            try sum([1, 1], "exact", others: .exact) { Claim("a", same: "p") }
        },
        LinearCase("explicit inputs: the rest of the node's inputs drawn apart, E|i - j|", 1.25) {
            try crossed {
                Claim("a") { Claim("p", same: "p") }
                Claim("b")
            }
        },
        LinearCase("explicit inputs: all of them", 0) {
            try crossed {
                Claim("a") {
                    Claim("p", same: "p")
                    Claim("q", same: "q")
                }
                Claim("b")
            }
        },
        LinearCase("data of two named inputs: one kept by every path, E|2 (i - j)|", 2.5) {
            try sum([1, 2], "two inputs") { Claim("p", same: "p", paths: .all) }
        },
        LinearCase("data of two named inputs: both", 0) {
            try sum([1, 2], "both inputs") {
                Claim("p", same: "p", paths: .all)
                Claim("q", same: "q", paths: .all)
            }
        },
    ]

    private init(_ name: String, _ expected: Double, _ experiment: @escaping @Sendable () throws -> Experiment) {
        (testDescription, self.expected, self.experiment) = (name, expected, experiment)
    }

    private static let pairs: [[Float]] = (0..<16).map { [Float($0 / 4), Float($0 % 4)] }

    /// y = factors[0] a + factors[1] b, a = p, b = q.
    private static func sum(
        _ factors: [Float], _ name: String, _ rows: [[Float]] = pairs, same: Condition = .exact,
        others: OthersPolicy = .random, @ClaimBuilder _ claims: () -> [Claim] = { [] }
    ) throws -> Experiment {
        var graph = LinearGraph()
        let a = try graph.add("a", [(1, try graph.input("p"))])
        let b = try graph.add("b", [(1, try graph.input("q"))])
        let y = try graph.add("y", [(factors[0], a), (factors[1], b)])
        let labelled = rows.map { $0 + [factors[0] * $0[0] + factors[1] * $0[1]] }
        return try graph.experiment(
            output: y, ["p", "q"], labelled, Interpretation(name, same: same, others: others, inputs: claims))
    }

    /// y = a + m, a = p, m = 2 a: a residual and what reads it.
    private static func residual(@ClaimBuilder _ claims: () -> [Claim]) throws -> Experiment {
        var graph = LinearGraph()
        let a = try graph.add("a", [(1, try graph.input("p"))])
        let m = try graph.add("m", [(2, a)])
        let y = try graph.add("y", [(1, a), (1, m)])
        return try graph.experiment(
            output: y, ["p"], (0..<4).map { [Float($0), Float(3 * $0)] }, Interpretation("residual", inputs: claims))
    }

    /// y = a + b, a = p + q, b = p - q: the noise q cancels.
    private static func crossed(@ClaimBuilder _ claims: () -> [Claim]) throws -> Experiment {
        var graph = LinearGraph()
        let (p, q) = (try graph.input("p"), try graph.input("q"))
        let a = try graph.add("a", [(1, p), (1, q)])
        let b = try graph.add("b", [(1, p), (-1, q)])
        let y = try graph.add("y", [(1, a), (1, b)])
        return try graph.experiment(
            output: y, ["p", "q"], pairs.map { $0 + [2 * $0[0]] }, Interpretation("crossed", inputs: claims))
    }
}
