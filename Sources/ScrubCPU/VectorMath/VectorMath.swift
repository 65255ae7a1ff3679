internal import CMicroKernels

/// Functions on rows of floats, compiled for one instruction set.
///
/// A multiplication and an addition are fused at every level or at none, and sums are taken in a fixed number of lanes,
/// in one order, so that every CPU computes the same bits. Each function lies in a file of its own, with its bound, in
/// `CMicroKernels/levels`.
public struct VectorMath: Sendable {
    private nonisolated(unsafe) let kernels: UnsafePointer<scrub_vectors>

    /// Nil when this CPU lacks the instruction set.
    public init?(_ set: InstructionSet) {
        guard let found = scrub_vectors_at(set.level) else { return nil }
        kernels = found
    }

    /// The C functions, which say in `CMicroKernels.h` what they compute.
    @inline(__always)
    var rows: scrub_vectors { kernels.pointee }

    /// `e^x`, within 2 units in the last place; gradual underflow to 0 below -103.98, infinity above 88.73.
    public func exp(_ x: [Float]) -> [Float] { map(x, rows.exp) }
    /// `tanh x`, within 3 units in the last place.
    public func tanh(_ x: [Float]) -> [Float] { map(x, rows.tanh) }
    /// The error function, within 3 units in the last place.
    public func erf(_ x: [Float]) -> [Float] { map(x, rows.erf) }
    /// `max(x, 0)`, exact.
    public func relu(_ x: [Float]) -> [Float] { map(x, rows.relu) }
    /// `x Φ(x)`, by the error function.
    public func gelu(_ x: [Float]) -> [Float] { map(x, rows.gelu) }
    /// `x Φ(x)`, by its approximation with tanh.
    public func geluTanh(_ x: [Float]) -> [Float] { map(x, rows.gelu_tanh) }

    private func map(_ x: [Float], _ f: scrub_map) -> [Float] {
        [Float](unsafeUninitializedCapacity: x.count) { y, count in
            count = x.count
            x.withUnsafeBufferPointer { x in
                if let x = x.baseAddress, let y = y.baseAddress { f(count, x, y) }
            }
        }
    }
}
