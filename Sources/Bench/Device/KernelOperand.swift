import Scrubjay

/// One input of a kernel that is measured: where it lies, and numbers that the kernel accepts.
struct KernelOperand {
    enum Place {
        /// A row of its own for each replicate, as an earlier step of the plan would have left it.
        case row
        /// Rows of a dataset axis of so many, of which a table picks one for each replicate.
        case picked(rows: Int)
        /// The same for every replicate.
        case constant
    }

    var place: Place
    var type: ValueType
    /// Integers lie below this.
    var below = 2

    static func row(_ shape: Shape) -> KernelOperand { KernelOperand(place: .row, type: ValueType(shape)) }

    static func constant(_ shape: Shape) -> KernelOperand { KernelOperand(place: .constant, type: ValueType(shape)) }

    static func picked(_ shape: Shape, rows: Int) -> KernelOperand {
        KernelOperand(place: .picked(rows: rows), type: ValueType(shape))
    }

    /// A row of integers from 0 on, below a number.
    static func integers(_ shape: Shape, below: Int) -> KernelOperand {
        KernelOperand(place: .row, type: ValueType(shape, .int32), below: below)
    }

    /// The axis on which a step reads it.
    var rows: Rows {
        switch place {
        case .row: .replicates
        case .picked: .dataset
        case .constant: .constant
        }
    }

    /// Numbers between -1 and 1, or integers, that are not alike.
    ///
    /// - Parameters:
    ///   - rows: nil for what has no row axis.
    ///   - seed: other numbers for another.
    func tensor(rows: Int?, seed: Int) -> HostTensor {
        let sizes = (rows.map { [$0] } ?? []) + type.shape.axes.map(\.count)
        let count = sizes.reduce(1, *)
        // One step of a generator each: sources of a gibibyte should not take longer than what is measured on them.
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        if type.element == .int32 {
            return HostTensor(sizes, (0..<count).map { _ in Int32(next() % UInt64(below)) })
        }
        return HostTensor(
            sizes,
            [Float](unsafeUninitializedCapacity: count) { floats, initialised in
                for index in 0..<count { floats[index] = Float(next()) * 0x1p-30 - 1 }
                initialised = count
            })
    }
}
