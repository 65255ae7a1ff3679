internal import ScrubCore
internal import ScrubOps

/// The logits of each position's classes: as they lie, or, where there is one logit `l`, 0 and `l`.
struct Classes {
    private let width: Int
    let (positions, count): (Int, Int)
    /// Floats of scratch that `logits` needs.
    var scratch: Int { width == 1 ? 2 : 0 }

    init(_ logits: ValueType) {
        (positions, width) = (logits.shape.vectors, logits.shape.width)
        count = logits.shape.classes
    }

    /// The `count` logits at `position`, perhaps in `scratch`.
    @inline(__always)
    func logits(
        _ row: UnsafePointer<Float>, at position: Int, _ scratch: UnsafeMutablePointer<Float>
    ) -> UnsafePointer<Float> {
        if width != 1 { return row + position * width }
        (scratch[0], scratch[1]) = (0, row[position])
        return UnsafePointer(scratch)
    }
}
