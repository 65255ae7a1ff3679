/// Runs that share a plan and so advance together: several hypotheses, each under several seeds.
public struct Batch: Codable, Hashable, Sendable {
    /// By seed, the keys of the hypotheses' runs, in the plan's order.
    public var runs: [[String]]
    /// Replicates to a chunk.
    public var replicates: Int
    /// What its progress may only be continued on.
    public var engine: String

    public init(runs: [[String]], replicates: Int, engine: String) {
        self.runs = runs
        self.replicates = replicates
        self.engine = engine
    }
}

/// What was measured in some replicates of a batch under one seed.
public struct Chunk: Hashable, Sendable {
    public var batch: Int64
    /// The place of the seed in the batch.
    public var seed: Int
    /// Replicates: the first, and how many.
    public var start: Int
    public var count: Int
    public var bytes: [UInt8]

    public init(batch: Int64, seed: Int, start: Int, count: Int, bytes: [UInt8]) {
        self.batch = batch
        self.seed = seed
        self.start = start
        self.count = count
        self.bytes = bytes
    }
}
