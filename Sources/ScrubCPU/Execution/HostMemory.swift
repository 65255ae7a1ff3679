internal import ScrubCore

/// Calls `body` with a pointer to each tensor's elements; they stay valid for the call. Copies nothing.
func withPointers<Result>(
    to tensors: ArraySlice<HostTensor?>, _ found: [UnsafeMutableRawPointer] = [],
    _ body: ([UnsafeMutableRawPointer]) throws -> Result
) throws -> Result {
    guard let first = tensors.first else { return try body(found) }
    func next(_ bytes: UnsafeRawBufferPointer) throws -> Result {
        try withPointers(
            to: tensors.dropFirst(), found + [try address(UnsafeMutableRawPointer(mutating: bytes.baseAddress))], body)
    }
    return try first?.withBytes(next) ?? next(UnsafeRawBufferPointer(start: nil, count: 0))
}

/// Tensors of these types and sizes, whose elements `body` writes in place.
func tensors(
    _ wanted: ArraySlice<(type: ElementType, sizes: [Int])>, _ found: [UnsafeMutableRawPointer] = [],
    _ body: ([UnsafeMutableRawPointer]) throws -> Void
) throws -> [HostTensor] {
    guard let (type, sizes) = wanted.first else {
        try body(found)
        return []
    }
    var count = 1
    for size in sizes {
        let (product, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, (0..<Int.max / 8).contains(product) else { throw CPUError.outOfMemory(bytes: .max) }
        count = product
    }
    var others: [HostTensor] = []
    func fill(_ start: UnsafeMutableRawPointer?, _ filled: inout Int) throws {
        others = try tensors(wanted.dropFirst(), found + [try address(start)], body)
        filled = count
    }
    let first =
        switch type {
        case .float32:
            HostTensor(sizes, try [Float](unsafeUninitializedCapacity: count) { try fill($0.baseAddress, &$1) })
        case .int32:
            HostTensor(sizes, try [Int32](unsafeUninitializedCapacity: count) { try fill($0.baseAddress, &$1) })
        }
    return [first] + others
}

/// An empty array may have no address; nothing is read from the one that stands in.
private func address(_ pointer: UnsafeMutableRawPointer?) throws(CPUError) -> UnsafeMutableRawPointer {
    guard let found = pointer ?? UnsafeMutableRawPointer(bitPattern: 64) else { throw .outOfMemory(bytes: 0) }
    return found
}
