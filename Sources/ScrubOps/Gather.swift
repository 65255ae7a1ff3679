internal import ScrubCore

/// `y[r] = x[table[r]]`: each replicate takes the row of the dataset that its draw named. The resampling of resample
/// ablation.
///
/// Input: (C1) one value on the dataset axis. Output: the same type, on the replicate axis.
public struct Gather: OpRule {
    public static let name = "gather"
    /// The index table, by its number in the plan.
    public var table: Int

    public init(table: Int) { self.table = table }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(1, inputs.count == 1, inputs, "one value")
        return inputs[0]
    }

    public func operations(of inputs: [ValueType]) -> Double { 0 }
}
