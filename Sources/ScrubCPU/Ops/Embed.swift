internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct EmbedRoutine: Routine {
    private let positions: [Int]
    private let (vocabulary, width): (Int, Int)
    /// Whether positions have vectors of their own.
    private let isPlaced: Bool
    private let math: VectorMath

    init(_ op: Embed, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        positions = op.positions ?? Array(0..<inputs[0].shape.count)
        (vocabulary, width) = (inputs[1].shape.vectors, inputs[1].shape.width)
        isPlaced = inputs.count == 3
    }

    func run(_ frame: borrowing Frame) {
        let tokenVectors = frame.input(1).floats(0)
        let positionVectors = isPlaced ? frame.input(2).floats(0) : tokenVectors
        for row in 0..<frame.rows {
            let tokens = frame.input(0).integers(row)
            var y = frame.floats + row * positions.count * width
            for position in positions.prefix(frame.positions(row, of: positions.count)) {
                let token = tokens[position]
                if token < 0 || Int(token) >= vocabulary {
                    frame.failure.report(input: 0, row: frame.first + row, value: token, bound: vocabulary)
                    y.update(repeating: 0, count: width)
                } else if isPlaced {
                    math.rows.add(width, tokenVectors + Int(token) * width, positionVectors + position * width, y)
                } else {
                    y.update(from: tokenVectors + Int(token) * width, count: width)
                }
                y += width
            }
        }
    }
}
