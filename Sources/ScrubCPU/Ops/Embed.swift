internal import ScrubCore
internal import ScrubOps

struct EmbedRoutine: Routine {
    private let positions: [Int]
    private let (vocabulary, width): (Int, Int)

    init(_ op: Embed, _ inputs: [ValueType]) {
        positions = op.positions ?? Array(0..<inputs[0].shape.count)
        (vocabulary, width) = (inputs[1].shape.vectors, inputs[1].shape.width)
    }

    func run(_ frame: borrowing Frame) {
        let (tokenVectors, positionVectors) = (frame.input(1).floats(0), frame.input(2).floats(0))
        var y = frame.floats
        for row in 0..<frame.rows {
            let tokens = frame.input(0).integers(row)
            for position in positions {
                let token = tokens[position]
                if token >= 0 && Int(token) < vocabulary {
                    map(width, tokenVectors + Int(token) * width, positionVectors + position * width, into: y) {
                        $0 + $1
                    }
                } else {
                    frame.failure.report(input: 0, row: frame.first + row, value: token, bound: vocabulary)
                    y.update(repeating: 0, count: width)
                }
                y += width
            }
        }
    }
}
