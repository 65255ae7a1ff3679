internal import ScrubCore

extension Shape {
    /// How many neighbouring items share one vector of this shape in a kernel with a LANES tunable: the fewest that
    /// leave an item no more than 8 elements, so that short vectors are not spread over idle items and long ones are
    /// read side by side.
    func lanes(of path: String) -> Int {
        let legal = KernelFile.all[path]?.tunables.first { $0.name == "LANES" }?.legal ?? [1]
        return legal.first { $0 * 8 >= width } ?? legal.last ?? 1
    }
}
