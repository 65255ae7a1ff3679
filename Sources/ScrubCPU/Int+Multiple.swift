extension Int {
    /// The least multiple of `unit` that is not less.
    @inline(__always)
    func up(toMultipleOf unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
