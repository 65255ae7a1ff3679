extension FileArray {
    /// The elements as float32: reals rounded to nearest, integers only where exact, booleans 0 and 1.
    ///
    /// Throws when an integer has no exact float32, a finite float64 exceeds the range, or a boolean is neither 0 nor
    /// 1.
    /// - Complexity: O(count); a copy of memory for float32.
    public func floats() throws(FileArrayError) -> [Float] {
        let wanted = "float32"
        return switch element {
        case .float32: copied()
        case .bool: try decode(UInt8.self, wanted) { $0 < 2 ? Float($0) : nil }
        case .uint8: try decode(UInt8.self, wanted) { Float($0) }
        case .int8: try decode(Int8.self, wanted) { Float($0) }
        case .int16: try decode(Int16.self, wanted) { Float($0) }
        case .uint16: try decode(UInt16.self, wanted) { Float($0) }
        case .int32: try decode(Int32.self, wanted) { Float(exactly: $0) }
        case .uint32: try decode(UInt32.self, wanted) { Float(exactly: $0) }
        case .int64: try decode(Int64.self, wanted) { Float(exactly: $0) }
        case .uint64: try decode(UInt64.self, wanted) { Float(exactly: $0) }
        case .float16: try decode(UInt16.self, wanted) { Float(Float16(bitPattern: $0)) }
        case .bfloat16: try decode(UInt16.self, wanted) { Float(bitPattern: UInt32($0) << 16) }
        case .float64:
            try decode(UInt64.self, wanted) { bits in
                let double = Double(bitPattern: bits)
                let float = Float(double)
                return float.isInfinite && double.isFinite ? nil : float
            }
        }
    }

    /// The elements as float64: reals exactly, integers only where exact, booleans 0 and 1.
    ///
    /// Throws when an integer has no exact float64 or a boolean is neither 0 nor 1.
    /// - Complexity: O(count).
    public func doubles() throws(FileArrayError) -> [Double] {
        let wanted = "float64"
        return switch element {
        case .float64: copied()
        case .bool: try decode(UInt8.self, wanted) { $0 < 2 ? Double($0) : nil }
        case .uint8: try decode(UInt8.self, wanted) { Double($0) }
        case .int8: try decode(Int8.self, wanted) { Double($0) }
        case .int16: try decode(Int16.self, wanted) { Double($0) }
        case .uint16: try decode(UInt16.self, wanted) { Double($0) }
        case .int32: try decode(Int32.self, wanted) { Double($0) }
        case .uint32: try decode(UInt32.self, wanted) { Double($0) }
        case .int64: try decode(Int64.self, wanted) { Double(exactly: $0) }
        case .uint64: try decode(UInt64.self, wanted) { Double(exactly: $0) }
        case .float16: try decode(UInt16.self, wanted) { Double(Float16(bitPattern: $0)) }
        case .bfloat16: try decode(UInt16.self, wanted) { Double(Float(bitPattern: UInt32($0) << 16)) }
        case .float32: try decode(UInt32.self, wanted) { Double(Float(bitPattern: $0)) }
        }
    }

    /// The elements as int64, booleans as 0 and 1.
    ///
    /// Throws for an array of reals, for a uint64 above the range of int64, and for a boolean neither 0 nor 1.
    /// - Complexity: O(count).
    public func integers() throws(FileArrayError) -> [Int64] {
        let wanted = "int64"
        return switch element {
        case .int64: copied()
        case .bool: try decode(UInt8.self, wanted) { $0 < 2 ? Int64($0) : nil }
        case .uint8: try decode(UInt8.self, wanted) { Int64($0) }
        case .int8: try decode(Int8.self, wanted) { Int64($0) }
        case .int16: try decode(Int16.self, wanted) { Int64($0) }
        case .uint16: try decode(UInt16.self, wanted) { Int64($0) }
        case .int32: try decode(Int32.self, wanted) { Int64($0) }
        case .uint32: try decode(UInt32.self, wanted) { Int64($0) }
        case .uint64: try decode(UInt64.self, wanted) { Int64(exactly: $0) }
        case .float16, .bfloat16, .float32, .float64:
            throw .notIntegers(path: path, name: name, element: element)
        }
    }

    /// The bytes as they lie: for elements whose memory layout is the file's.
    private func copied<T: BitwiseCopyable>() -> [T] {
        [T](unsafeUninitializedCapacity: count) { target, initialised in
            withBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
            initialised = count
        }
    }

    private func decode<Raw: FixedWidthInteger, T>(
        _ raw: Raw.Type, _ wanted: String, _ convert: (Raw) -> T?
    ) throws(FileArrayError) -> [T] {
        try withBytes { (bytes) throws(FileArrayError) in
            var values: [T] = []
            values.reserveCapacity(count)
            for index in 0..<count {
                let stored = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Raw>.size, as: Raw.self)
                guard let value = convert(Raw(littleEndian: stored)) else {
                    let text = element == .float64 ? "\(Double(bitPattern: UInt64(stored)))" : "\(stored)"
                    throw .unrepresentable(
                        path: path, name: name, element: element, index: index, value: text, wanted: wanted)
                }
                values.append(value)
            }
            return values
        }
    }
}

#if _endian(big)
    #error("arrays are copied as they lie in files, which are little-endian")
#endif
