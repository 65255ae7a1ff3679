/// What a step reads, while it is open where that is computed.
enum Operand: Hashable {
    /// A value of the plan.
    case value(Int)
    /// The rows of a value on the dataset axis that a table names. They are gathered when a step on the replicate axis
    /// reads them; a step that reads rows of one table alone is computed for each dataset row, and gathered in its turn.
    case row(of: Int, table: Int)

    /// The value, or what it is the rows of.
    var source: Int {
        switch self {
        case .value(let value), .row(let value, _): value
        }
    }
}
