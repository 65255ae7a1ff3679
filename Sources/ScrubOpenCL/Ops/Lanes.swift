internal import ScrubCore

extension Shape {
    /// How many neighbouring items share one vector of this shape in a kernel with a LANES tunable.
    ///
    /// On CPUs, where items take turns, one: partial sums of many would only be added up again. Elsewhere the fewest that
    /// leave an item no more than 8 elements, so that short vectors are not spread over idle items and long ones are read
    /// side by side.
    func lanes(of path: String, on kind: OpenCLDevice.Kind, elements: Int = 8) -> Int {
        if kind == .cpu { return 1 }
        let legal = KernelFile.all[path]?.tunables.first { $0.name == "LANES" }?.legal ?? [1]
        return legal.first { $0 * elements >= width } ?? legal.last ?? 1
    }

    /// The same with a VECTOR tunable: on CPUs the machine's own vectors, where they are no longer than this shape's.
    /// Elsewhere each item reads 16 bytes at once, and several times.
    func lanesAndVector(of path: String, on kind: OpenCLDevice.Kind) -> [String: Int] {
        let vector = kind == .cpu ? [16, 8, 4].first { $0 <= width } ?? 1 : width >= 32 ? 4 : 1
        return ["LANES": lanes(of: path, on: kind, elements: 8 * vector), "VECTOR": vector]
    }
}
