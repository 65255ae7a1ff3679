extension UnsafeRawBufferPointer {
    /// The little-endian integer at byte `offset`, which needs no alignment; nil when it is not wholly inside.
    func littleEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) -> T? {
        guard offset >= 0, offset <= count - MemoryLayout<T>.size else { return nil }
        return T(littleEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}

extension [UInt8] {
    /// `withUnsafeBytes` that keeps the type of the error.
    func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try withUnsafeBufferPointer { (bytes) throws(E) in try body(UnsafeRawBufferPointer(bytes)) }
    }

    /// Appends `value`, least significant byte first.
    mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

/// The product of `sizes`; nil when one is negative or the product is more than Int holds.
func checkedCount(_ sizes: some Sequence<Int>) -> Int? {
    var product = 1
    // A zero makes the product zero, but only after every other size was seen to be sensible.
    var empty = false
    for size in sizes {
        guard size >= 0 else { return nil }
        guard size > 0 else {
            empty = true
            continue
        }
        let (next, overflow) = product.multipliedReportingOverflow(by: size)
        if overflow { return nil }
        product = next
    }
    return empty ? 0 : product
}
