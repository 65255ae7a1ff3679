internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// What a run holds of a constant in the form that products read.
struct Packing {
    enum Form {
        /// A matrix in panels.
        case panels
        /// What the sums of a linear step start from, in whole vectors: a bias, or zeros.
        case start(isBias: Bool)
    }

    let form: Form
    /// The constant's number; that of a step's output where it starts from zeros.
    let value: Int
    /// Rows of the matrix, 1 of a bias, and columns with those added.
    let (rows, columns): (Int, Int)
    let paddedColumns: Int
}

extension Program {
    /// Each matrix of a linear step once, however many steps read it, and each bias.
    var packings: [Packing] {
        let bound = Set(plan.inputs.map(\.value))
        var (packings, found): ([Packing], Set<Int>) = ([], [])
        for step in plan.steps {
            guard case .linear = step.op, bound.contains(step.inputs[1]) else { continue }
            let axes = plan.values[step.inputs[1]].type.shape.axes
            let (rows, columns) = (axes[0].count, axes[1].count)
            func pack(_ form: Packing.Form, _ value: Int, rows: Int) {
                guard found.insert(value).inserted else { return }
                packings.append(
                    Packing(
                        form: form, value: value, rows: rows, columns: columns,
                        paddedColumns: kernels.product.paddedColumns(columns)))
            }
            pack(.panels, step.inputs[1], rows: rows)
            let isBias = step.inputs.count == 3
            pack(.start(isBias: isBias), isBias ? step.inputs[2] : step.output, rows: 1)
        }
        return packings
    }
}
