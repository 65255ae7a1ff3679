internal import ScrubCore
internal import ScrubOps

struct SumRoutine: Routine {
    private let (count, width): (Int, Int)
    /// Of each input: whether it is one vector, added at every position.
    private let isVector: [Bool]

    init(_ inputs: [ValueType]) {
        (count, width) = (inputs[0].shape.count, inputs[0].shape.width)
        isVector = inputs.map { $0.shape != inputs[0].shape }
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let y = frame.floats + row * count
            var x = frame.input(0).floats(row)
            if isVector.count == 1 { y.update(from: x, count: count) }
            // A row's output stays in the first-level cache from one addend to the next.
            for number in isVector.indices.dropFirst() {
                let addend = frame.input(number).floats(row)
                if isVector[number] {
                    for start in stride(from: 0, to: count, by: width) {
                        map(width, x + start, addend, into: y + start) { $0 + $1 }
                    }
                } else {
                    map(count, x, addend, into: y) { $0 + $1 }
                }
                x = UnsafePointer(y)
            }
        }
    }
}
