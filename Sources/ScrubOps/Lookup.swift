internal import ScrubCore

/// `y = table[index]`: what belongs to the class that a datum is in.
///
/// Inputs: `index`, one number a row, in `0..<C`, and `table [group: C, ...]`. (C1) an int32 scalar and a float32
/// value; (C2) the table's first axis is group. Output: the table's other axes; a scalar where there are none.
///
/// It is a gather itself, of rows of a small table: no pass computes it for each datum only to gather the result, which
/// would blow the table up to the size of the dataset.
public struct Lookup: OpRule {
    public static let name = "lookup"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 2 && inputs[0] == ValueType(.scalar, .int32) && inputs[1].element == .float32
        try require(1, fits, inputs, "an int32 scalar; a float32 table")
        try require(2, inputs[1].shape.axes.first?.name == .group, inputs, "a table whose first axis is group")
        return ValueType(Shape(Array(inputs[1].shape.axes.dropFirst())))
    }

    public func operations(of inputs: [ValueType]) -> Double { 0 }
}
