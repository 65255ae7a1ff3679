import Foundation
import ScrubData
import ScrubExperiment
import ScrubHypothesis
import ScrubPlan
import Testing

/// A hypothesis over six weighted rows of three correlated numbers p, q, r, small enough to write down every draw.
struct TheoryCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The claims whose feature is no function of their children's.
    let undetermined: [String]
    let others: OthersPolicy
    let claims: @Sendable () -> [Claim]

    var testDescription: String { name }

    /// Those with a fixture.
    static let solved = [
        TheoryCase(name: "sum") {
            Claim("a", same: "p + q") {
                Claim("p", same: "p")
                Claim("q", same: "q")
            }
            Claim("c", same: "r")
        },
        TheoryCase(name: "chain") {
            Claim("m", same: "p + q > r") {
                Claim("a", same: "p + q") {
                    Claim("p", same: "p")
                    Claim("q", same: "q")
                }
                Claim("c", same: "r")
            }
            Claim("b", same: "p")
        },
        TheoryCase(name: "others") { Claim("a", same: "p > 0") { Claim("p", same: "p > 0") } },
    ]

    static let all =
        solved + [
            TheoryCase(name: "shared, and others together", others: .together("rest")) {
                Claim("a", same: "p > 0") { Claim("p", same: "p > 0", shared: "one") }
                Claim("b", same: "p > 0") { Claim("p", same: "p > 0", shared: "one") }
            },
            TheoryCase(name: "exact") {
                Claim("a", same: .exact) {
                    Claim("p", same: "p")
                    Claim("q", same: "q")
                }
                Claim("c", same: "r")
            },
            TheoryCase(name: "any, and others of its own", others: .exact) {
                Claim("a", same: .any) { Claim("p", same: "p") }
                Claim("c", same: "r")
            },
            TheoryCase(name: "a feature that its child does not show", undetermined: ["a"]) {
                Claim("a", same: "p") { Claim("q", same: "q") }
            },
            TheoryCase(name: "two features, one of them lost", undetermined: ["m"]) {
                Claim("m", same: "p") {
                    Claim("a", same: "p + q") {
                        Claim("p", same: "p")
                        Claim("q", same: "q")
                    }
                }
                Claim("b", same: "q")
            },
        ]

    private init(
        name: String, undetermined: [String] = [], others: OthersPolicy = .random,
        @ClaimBuilder claims: @escaping @Sendable () -> [Claim]
    ) {
        (self.name, self.undetermined, self.others, self.claims) = (name, undetermined, others, claims)
    }

    /// y = m + b + c where a claim stands on m, which is a + c; otherwise y = a + b + c. a = p + q, b = p - q, c = r.
    func experiment() throws -> Experiment {
        let fixture = try MaximumEntropy.fixture()
        var graph = LinearGraph()
        let (p, q, r) = (try graph.input("p"), try graph.input("q"), try graph.input("r"))
        let claims = claims()
        let (a, b) = (try graph.add("a", [(1, p), (1, q)]), try graph.add("b", [(1, p), (-1, q)]))
        let c = try graph.add("c", [(1, r)])
        var terms: [(Float, Int)] = [(1, a), (1, c)]
        if claims.contains(where: { $0.name == "m" }) { terms = [(1, try graph.add("m", terms))] }
        if name != "sum" { terms.append((1, b)) }
        let y = try graph.add("y", terms)
        return try graph.experiment(
            output: y, ["p", "q", "r"], fixture.rows.map { $0 + [0] }, weights: fixture.weights,
            Interpretation(name, others: others) { claims })
    }
}

/// What `Fixtures/maximum_entropy.py` wrote.
struct MaximumEntropy: Decodable {
    struct Hypothesis: Decodable {
        /// Keys of tables.
        var inputs: [String]
        var bits: Double
        /// Of rows for the inputs, the last input's changing fastest.
        var probabilities: [Double]
    }

    var rows: [[Float]]
    var weights: [Double]
    var hypotheses: [String: Hypothesis]

    static func fixture() throws -> MaximumEntropy {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Fixtures/maximum_entropy.json"))
        return try JSONDecoder().decode(MaximumEntropy.self, from: data)
    }
}
