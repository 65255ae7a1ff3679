internal import ScrubCore
internal import ScrubOps

struct PaddingMaskRoutine: Routine {
    private let token: Int
    private let count: Int

    init(_ op: PaddingMask, _ output: ValueType) {
        token = op.token
        count = output.shape.count
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let tokens = frame.input(0).integers(row)
            let mask = frame.floats + row * count
            for i in 0..<count { mask[i] = Int(tokens[i]) == token ? 0 : 1 }
        }
    }
}
