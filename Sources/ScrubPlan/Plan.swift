public import ScrubOps

/// One operation of a plan.
public struct Step: Hashable, Sendable, Codable {
    public var op: Op
    /// Values read, by number, in the op's order.
    public var inputs: [Int]
    /// The value written, by number.
    public var output: Int

    public init(_ op: Op, _ inputs: [Int], _ output: Int) {
        self.op = op
        self.inputs = inputs
        self.output = output
    }
}

/// A value that a run returns, under a name: `scrubbed`, `model`, `baseline`, `logits`.
public struct Root: Hashable, Sendable, Codable {
    public var name: String
    public var value: Int

    public init(_ name: String, _ value: Int) {
        self.name = name
        self.value = value
    }
}

/// A value that is not kept for the replicates that would gather it by a table.
public struct RecomputedGather: Hashable, Sendable, Codable {
    /// Its name, as it stands in the plan of which nothing is left out.
    public var value: String
    public var table: Int

    public init(value: String, table: Int) {
        self.value = value
        self.table = table
    }
}

/// How many rows an engine takes at a time on each row axis. No figure depends on them.
public struct Chunks: Hashable, Sendable, Codable {
    public var dataset: Int
    public var replicates: Int

    public init(dataset: Int, replicates: Int) {
        self.dataset = dataset
        self.replicates = replicates
    }
}

/// A batched execution plan: steps over typed values, in an order in which every value is written before it is read.
///
/// A run has two phases. First the steps on the dataset axis, over the bound rows in chunks; what a gather or a root
/// reads is kept. Then the steps on the replicate axis, in chunks; each gather takes kept rows by an index table. A
/// plan knows no model, no hypothesis, no device, and no seed.
public struct Plan: Hashable, Sendable, Codable {
    public var values: [Value]
    public var inputs: [Input]
    /// Index tables, parents first. Number 0 is the reference datum.
    public var tables: [Table]
    public var steps: [Step]
    public var roots: [Root]
    public var chunks: Chunks
    /// What a planner computes again for each replicate because memory forbids to keep it, or because that is cheaper; nil
    /// where all is kept.
    public var recomputed: [RecomputedGather]?

    public init(
        values: [Value] = [], inputs: [Input] = [], tables: [Table] = [], steps: [Step] = [], roots: [Root] = [],
        chunks: Chunks = Chunks(dataset: 256, replicates: 256)
    ) {
        self.values = values
        self.inputs = inputs
        self.tables = tables
        self.steps = steps
        self.roots = roots
        self.chunks = chunks
    }

    /// The steps of one phase, in order.
    public func steps(on rows: Rows) -> [Step] { steps.filter { values[$0.output].rows == rows } }

    /// Values on the dataset axis that outlive their chunk, ascending: those which a gather on the replicate axis
    /// reads.
    ///
    /// A column that is gathered is kept too; it is bound whole and needs no copy.
    public var kept: [Int] {
        var kept: Set<Int> = []
        for step in steps {
            for (number, input) in step.inputs.enumerated() where step.op.table(ofInput: number) != nil {
                kept.insert(input)
            }
        }
        return kept.sorted()
    }
}
