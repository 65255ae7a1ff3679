internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// An input of a case that judges one op.
struct Operand {
    var name: String
    var type: ValueType
    var rows: Rows
    var fill: Fill

    static func column(_ name: String, _ shape: Shape, _ fill: Fill) -> Operand {
        Operand(name: name, type: ValueType(shape), rows: .dataset, fill: fill)
    }

    static func integers(_ name: String, _ shape: Shape, _ fill: Fill) -> Operand {
        Operand(name: name, type: ValueType(shape, .int32), rows: .dataset, fill: fill)
    }

    static func constant(_ name: String, _ shape: Shape, _ fill: Fill) -> Operand {
        Operand(name: name, type: ValueType(shape), rows: .constant, fill: fill)
    }
}

extension ConformanceCase {
    /// A plan of one step. It is run on the dataset's rows, and again on the replicate axis with each column gathered
    /// first, replicate `r` taking row `r`: both must give the same values.
    ///
    /// - Parameter samples: about how many elements of a long result are recorded.
    init(
        _ op: Op, _ title: String, rows: Int = 4, _ operands: [Operand], _ tolerance: Tolerance, samples: Int = 200
    ) {
        let identity = (0..<rows).map { Int32($0) }
        var (plain, gathered) = (
            CaseBuilder(datasetRows: rows, reference: identity), CaseBuilder(datasetRows: rows, reference: identity)
        )
        plain.root("result", plain.step(op, operands.map { plain.bind($0) }))
        let bound = operands.map { gathered.bind($0) }
        let read = zip(operands, bound).map { $0.rows == .dataset ? gathered.gather($1, by: 0) : $1 }
        gathered.root("result", gathered.step(op, read))
        self.init(
            name: "\(op.name): \(title)", subject: op.name, datasetRows: rows, inputs: plain.inputs,
            placements: [
                Placement(name: "on dataset rows", plan: plain.plan, tables: plain.tables, replicates: rows),
                Placement(name: "on gathered rows", plan: gathered.plan, tables: gathered.tables, replicates: rows),
            ],
            tolerance: tolerance, samples: samples)
    }
}

extension CaseBuilder {
    fileprivate mutating func bind(_ operand: Operand) -> Int {
        switch operand.rows {
        case .constant: weight(operand.name, operand.type.shape, operand.fill)
        case .dataset, .replicates: column(operand.name, operand.type.shape, operand.type.element, operand.fill)
        }
    }
}

/// `[position: count]`.
func positions(_ count: Int) -> Shape { [Axis(.position, count)] }

/// `[position: count, axis: width]`.
func positions(_ count: Int, _ axis: Axis.Name, _ width: Int) -> Shape { [Axis(.position, count), Axis(axis, width)] }
