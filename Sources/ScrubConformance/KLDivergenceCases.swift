internal import ScrubCore
internal import ScrubOps

/// Cases of ``KLDivergence``.
enum KLDivergenceCases {
    static let all = [
        make("one logit, 5 positions", 5, 1, .symmetric(4), .symmetric(4), difference: 8),
        make("two logits, one position", 1, 2, .symmetric(5), .symmetric(5), difference: 10),
        make("vocabulary of 17, 40 positions", 40, 17, .symmetric(5), .symmetric(5), difference: 10),
        make("vocabulary of 114, one position", 1, 114, .symmetric(5), .symmetric(5), difference: 10),
        make("vocabulary of 1025, 2 positions", 2, 1025, .symmetric(5), .symmetric(5), difference: 10),
        make(
            "near distributions", 2, 5, .values([1, 2, 3, 4, 5]),
            .values([1.001, 1.9985, 3.002, 4, 4.998, 0.9995, 2.0015, 3, 4.001, 5.0005]), difference: 4),
        make(
            "divergences of 1e-8", 1, 3, .values([1, -1, 0]), .values([1, -0.9995, 0, 1.0005, -1, 0, 1, -1, 0.0005]),
            difference: 2),
        make("the same distribution from other logits", 2, 3, .values([1, -1, 0]), .values([3, 1, 2]), difference: 2),
        make("logits bit-equal", 3, 4, .values([0.1, 0.7, -3, 2.2]), .values([0.1, 0.7, -3, 2.2])),
        make(
            "logits of ±80", 1, 3, .values([80, -80, 0, -80, -80, 80]), .values([-80, 0, 80, 80, -80, 79]),
            difference: 80),
        make("logits of ±10000", 1, 3, .values([1e4, -1e4, 0]), .values([-1e4, 0, 1e4, 1e4, 9999, 0])),
        make("a certain answer against its own, one logit", 1, 1, .values([40, -40, 20]), .values([41, -20, 20.5])),
    ]

    private static func make(
        _ title: String, _ count: Int, _ vocabulary: Int, _ p: Fill, _ q: Fill, difference: Double = 0
    ) -> ConformanceCase {
        let shape = positions(count, .logit, vocabulary)
        return ConformanceCase(
            .klDivergence(KLDivergence()), title, rows: 4, [.column("p", shape, p), .column("q", shape, q)],
            .divergence(terms: count * max(vocabulary, 2), difference: difference))
    }
}
