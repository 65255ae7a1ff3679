extension [Float] {
    /// Ascending, in linear time: by three digits of the bits, turned so that they are in the order of the numbers. -0
    /// comes before 0.
    ///
    /// - Complexity: O(count), and as much memory again.
    func radixSorted() -> [Float] {
        // Where counting takes longer than comparing.
        if count < 1 << 10 { return sorted() }
        var keys = map { value in
            let bits = value.bitPattern
            return bits ^ (bits >> 31 == 1 ? .max : 1 << 31)
        }
        var spare = [UInt32](repeating: 0, count: count)
        for shift in [0, 11, 22] as [UInt32] {
            var starts = [Int](repeating: 0, count: (1 << 11) + 1)
            for key in keys { starts[Int(key >> shift & 0x7FF) + 1] += 1 }
            for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
            for key in keys {
                let digit = Int(key >> shift & 0x7FF)
                spare[starts[digit]] = key
                starts[digit] += 1
            }
            swap(&keys, &spare)
        }
        return keys.map { Float(bitPattern: $0 ^ ($0 >> 31 == 1 ? 1 << 31 : .max)) }
    }
}
