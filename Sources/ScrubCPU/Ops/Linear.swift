internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

struct LinearRoutine: Routine {
    private let product: MatrixProduct
    /// Numbers of the values under which the run keeps packed weights and the padded bias.
    private let (weight, bias): (Int, Int)
    private let (vectors, inner, columns): (Int, Int, Int)

    init(_ step: Step, _ inputs: [ValueType], _ product: MatrixProduct) {
        self.product = product
        weight = step.inputs[1]
        bias = step.inputs.count == 3 ? step.inputs[2] : step.output
        (vectors, inner) = (inputs[0].shape.vectors, inputs[0].shape.width)
        columns = inputs[1].shape.width
    }

    func run(_ frame: borrowing Frame) {
        guard let panels = frame.bound.panels[weight], let start = frame.bound.starts[bias] else { return }
        let x = frame.input(0)
        if x.stride == vectors * inner {
            product.multiply(
                rows: frame.rows * vectors, x.floats(0), stride: inner, panels, start: start, into: frame.floats,
                stride: columns)
        } else {
            for row in 0..<frame.rows {
                product.multiply(
                    rows: vectors, x.floats(row), stride: inner, panels, start: start,
                    into: frame.floats + row * vectors * columns, stride: columns)
            }
        }
    }
}
