internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

struct LinearRoutine: Routine {
    private let product: MatrixProduct
    /// Numbers of the values under which the run keeps packed weights and the padded bias.
    private let (weight, bias): (Int, Int)
    private let (vectors, inner, columns): (Int, Int, Int)
    /// Whether the weights stay in a second-level cache from row to row, so that padding may be left out.
    private let isSmall: Bool

    init(_ step: Step, _ inputs: [ValueType], _ product: MatrixProduct) {
        self.product = product
        weight = step.inputs[1]
        bias = step.inputs.count == 3 ? step.inputs[2] : step.output
        (vectors, inner) = (inputs[0].shape.vectors, inputs[0].shape.width)
        columns = inputs[1].shape.width
        isSmall = 4 * inner * columns <= Phase.cacheBytes
    }

    func run(_ frame: borrowing Frame) {
        guard let panels = frame.bound.panels[weight], let start = frame.bound.starts[bias] else { return }
        let x = frame.input(0)
        if x.stride == vectors * inner, frame.reach == nil || !isSmall || frame.hands.count > 1 {
            let rows = frame.rows * vectors
            frame.hands.share(2 * rows * inner * columns) { part, parts in
                // Whole tiles, so that no sum is another.
                let tiles = (rows - 1) / product.tileRows + 1
                let first = part * tiles / parts * product.tileRows
                let end = min(rows, (part + 1) * tiles / parts * product.tileRows)
                product.multiply(
                    rows: end - first, x.floats(0) + first * inner, stride: inner, panels, start: start,
                    into: frame.floats + first * columns, stride: columns)
            }
        } else {
            for row in 0..<frame.rows {
                product.multiply(
                    rows: frame.positions(row, of: vectors), x.floats(row), stride: inner, panels, start: start,
                    into: frame.floats + row * vectors * columns, stride: columns)
            }
        }
    }
}
