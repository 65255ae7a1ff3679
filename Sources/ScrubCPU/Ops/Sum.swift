internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct SumRoutine: Routine {
    private let (vectors, width): (Int, Int)
    /// Of each input: whether it is one vector, added at every position.
    private let isVector: [Bool]
    private let math: VectorMath

    init(_ inputs: [ValueType], _ math: VectorMath) {
        (vectors, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
        isVector = inputs.map { $0.shape != inputs[0].shape }
        self.math = math
    }

    func run(_ frame: borrowing Frame) {
        let addends = isVector.count
        // Unless vectors are added, a row is one long vector.
        let isLong = !isVector.contains(true)
        if width == 0 { return }
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: addends) { x in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: addends) { strides in
                guard let first = x.baseAddress, let steps = strides.baseAddress else { return }
                for number in 0..<addends { strides[number] = isVector[number] ? 0 : width }
                for row in 0..<frame.rows {
                    for number in 0..<addends { x[number] = frame.input(number).floats(row) }
                    let (count, y) = (frame.positions(row, of: vectors), frame.floats + row * vectors * width)
                    math.rows.sum(addends, first, steps, isLong ? 1 : count, isLong ? count * width : width, y)
                }
            }
        }
    }
}
