public import ScrubCore
public import ScrubOps

/// What a run is given for the dataset axis: the plan's inputs. The plan itself holds none of them.
public struct DatasetBindings: Sendable {
    /// Rows on the dataset axis.
    public var rows: Int
    /// For every input of the plan: weights and statistics in the shape of their value, columns as `[dataset row,
    /// axes]`.
    public var inputs: [InputSource: HostTensor]
    /// What every draw that will be run keeps to; an engine may do less work for it, and checks it.
    public var covered: Set<CoveredPosition>
    /// How rows are drawn, where the engine is to draw them: `ReplicateRun.run(drawing:seed:)`.
    public var draws: RowDraws?

    public init(
        rows: Int, inputs: [InputSource: HostTensor], covered: Set<CoveredPosition> = [], draws: RowDraws? = nil
    ) {
        self.rows = rows
        self.inputs = inputs
        self.covered = covered
        self.draws = draws
    }

    /// Throws unless every input of `plan` is here with the sizes that it declares, and draws, if any, are of its tables.
    public func check(against plan: Plan) throws(BindingError) {
        for input in plan.inputs {
            let value = plan.values[input.value]
            guard let tensor = inputs[input.source] else { throw .missing(input.source) }
            let expected = (value.rows == .dataset ? [rows] : []) + value.type.shape.axes.map(\.count)
            guard tensor.sizes == expected, tensor.type == value.type.element else {
                throw .mismatch(
                    input.source, expected: "\(value.type.element.rawValue) \(expected)",
                    found: "\(tensor.type.rawValue) \(tensor.sizes)")
            }
        }
        try draws?.check(against: plan, datasetRows: rows)
    }
}

/// What a whole run is given: the plan's inputs and index tables.
public struct Bindings: Sendable {
    /// Rows on the dataset axis.
    public var datasetRows: Int
    public var replicates: Int
    /// For every input of the plan: weights and statistics in the shape of their value, columns as `[dataset row,
    /// axes]`.
    public var inputs: [InputSource: HostTensor]
    /// For every table of the plan, by number: a row of the dataset axis for each replicate.
    public var tables: [[Int32]]

    public init(datasetRows: Int, replicates: Int, inputs: [InputSource: HostTensor], tables: [[Int32]]) {
        self.datasetRows = datasetRows
        self.replicates = replicates
        self.inputs = inputs
        self.tables = tables
    }

    /// What is bound on the dataset axis, and constants.
    public var data: DatasetBindings { DatasetBindings(rows: datasetRows, inputs: inputs) }

    /// Throws unless every input and table of `plan` is here with the sizes that it declares, and every table index is
    /// a row.
    ///
    /// - Complexity: O(replicates × tables).
    public func check(against plan: Plan) throws(BindingError) {
        try data.check(against: plan)
        try plan.check(tables, replicates: replicates, datasetRows: datasetRows)
    }
}

extension Plan {
    /// Throws unless every table is there, with a row of the dataset axis for each replicate.
    ///
    /// - Complexity: O(replicates × tables).
    public func check(_ bound: [[Int32]], replicates: Int, datasetRows: Int) throws(BindingError) {
        guard bound.count == tables.count else {
            throw .tableCount(expected: tables.count, found: bound.count)
        }
        for (number, rows) in bound.enumerated() {
            let key = tables[number].key
            guard rows.count == replicates else { throw .tableLength(key, expected: replicates, found: rows.count) }
            if let bad = rows.first(where: { $0 < 0 || Int($0) >= datasetRows }) {
                throw .tableRow(key, row: Int(bad), rows: datasetRows)
            }
        }
    }
}

/// A binding that a plan cannot run with.
public enum BindingError: Diagnostic, Equatable {
    case missing(InputSource)
    case mismatch(InputSource, expected: String, found: String)
    case tableCount(expected: Int, found: Int)
    case tableLength(String, expected: Int, found: Int)
    case tableRow(String, row: Int, rows: Int)
    case uncovered(String, row: Int, position: Int, mask: String)
    /// Draws that are not of the plan or its dataset axis, and why.
    case draws(String)
    /// An engine is to draw rows that was not told how, or cannot.
    case noDraws
    /// A table for which there is a replicate without a row: a class that bears no weight.
    case nothingDrawn(String)

    public var message: String {
        switch self {
        case .missing(let source): "the plan reads \(source), which is not bound"
        case .mismatch(let source, let expected, let found):
            "\(source) is bound to \(found); the plan expects \(expected)"
        case .tableCount(let expected, let found): "the plan has \(expected) index tables, \(found) are bound"
        case .tableLength(let key, let expected, let found):
            "the index table \"\(key)\" has \(found) rows; the run has \(expected) replicates"
        case .tableRow(let key, let row, let rows): "the index table \"\(key)\" names row \(row); there are \(rows)"
        case .uncovered(let key, let row, let position, let mask):
            "the index table \"\(key)\" names row \(row), which has no token at position \(position) as that of \"\(mask)\" has"
        case .draws(let reason): "draws are not of this plan: \(reason)"
        case .noDraws: "rows are to be drawn by an engine that was not told how, or does not draw"
        case .nothingDrawn(let key): "there is nothing to draw for \"\(key)\": no row like the one given bears weight"
        }
    }
}
