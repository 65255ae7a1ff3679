internal import ScrubHypothesis

/// Where the rows of a run come from, by seed: drawn, or given once for all.
struct DrawSource: Sendable {
    let seeds: [UInt64]
    /// By table, rows that are run in place of drawn ones.
    private let given: [[Int32]]?
    /// Of each replicate given, where they are all the combinations there are.
    let probabilities: [Double]?
    /// By seed.
    private let samplers: [Sampler]

    /// - Parameters:
    ///   - seeds: of the draws.
    ///   - given: by table, rows that are run in place of drawn ones.
    ///   - probabilities: of the replicates given.
    ///   - sampler: the sampler of a seed.
    init(
        seeds: [UInt64], given: [[Int32]]?, probabilities: [Double]?, _ sampler: (UInt64) throws -> Sampler
    ) rethrows {
        self.seeds = seeds
        self.given = given
        self.probabilities = probabilities
        samplers = try seeds.map(sampler)
    }

    var isDrawn: Bool { given == nil }

    /// By table, the rows of these replicates.
    func draw(_ range: Range<Int>, seed: Int) throws -> [[Int32]] {
        try given.map { given in given.map { Array($0[range]) } } ?? samplers[seed].draw(range)
    }

    /// Those of the first table, which no other decides.
    func reference(_ range: Range<Int>, seed: Int) throws -> [Int32] {
        try samplers[seed].draw(range, first: 1).first ?? []
    }
}
