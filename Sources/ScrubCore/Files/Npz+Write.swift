/// An array to be written to a numpy archive, row-major.
public struct NpzEntry: Sendable {
    public enum Values: Sendable {
        case int32([Int32])
        case float32([Float])
        case float64([Double])
    }

    public var name: String
    public var sizes: [Int]
    public var values: Values

    public init(_ name: String, _ sizes: [Int], _ values: [Int32]) {
        (self.name, self.sizes, self.values) = (name, sizes, .int32(values))
    }

    public init(_ name: String, _ sizes: [Int], _ values: [Float]) {
        (self.name, self.sizes, self.values) = (name, sizes, .float32(values))
    }

    public init(_ name: String, _ sizes: [Int], _ values: [Double]) {
        (self.name, self.sizes, self.values) = (name, sizes, .float64(values))
    }
}

extension Npz {
    /// Writes the arrays in the order given, as `numpy.load` reads them; the file appears whole or not at all.
    ///
    /// The bytes depend on the arrays (and the version of zlib) alone: every entry bears the date 1980-01-01. An
    /// array that does not get smaller is stored. Throws when two names are equal, sizes and values disagree, or the
    /// archive would pass 4 GiB.
    public static func write(_ arrays: [NpzEntry], to path: String, compressed: Bool = true) throws(NpzError) {
        var writer = ZipWriter()
        var names: Set<String> = []
        for array in arrays {
            func unwritable(_ problem: String) -> NpzError {
                .unwritable(path: path, name: array.name, problem: problem)
            }
            guard names.insert(array.name).inserted else { throw .duplicateName(path: path, name: array.name) }
            let contents = array.npy
            guard checkedCount(array.sizes) == contents.count else {
                throw unwritable("\(contents.count) values for shape \(array.sizes)")
            }
            guard writer.append("\(array.name).npy", contents.bytes, compressed: compressed) else {
                throw unwritable("the archive would pass the limits of zip: 4 GiB, 65534 arrays, names of 65535 bytes")
            }
        }
        do { try writeAtomically(writer.finished(), to: path) } catch { throw .file(error) }
    }
}

extension NpzEntry {
    /// The array in npy format, version 1 (2 where the shape is long), and its number of values.
    fileprivate var npy: (bytes: [UInt8], count: Int) {
        switch values {
        case .int32(let values): (npy("<i4", values), values.count)
        case .float32(let values): (npy("<f4", values), values.count)
        case .float64(let values): (npy("<f8", values), values.count)
        }
    }

    private func npy(_ descriptor: String, _ values: [some BitwiseCopyable]) -> [UInt8] {
        let shape = sizes.map(String.init).joined(separator: ", ") + (sizes.count == 1 ? "," : "")
        let text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(shape)), }"
        // The elements start at a multiple of 64, after spaces and a newline, as numpy writes them.
        let wide = text.utf8.count + 64 > Int(UInt16.max)
        let prefix = wide ? 12 : 10
        let length = (prefix + text.utf8.count + 1 + 63) / 64 * 64 - prefix

        var bytes: [UInt8] = [0x93] + "NUMPY".utf8 + [wide ? 2 : 1, 0]
        if wide { bytes.appendLittleEndian(UInt32(length)) } else { bytes.appendLittleEndian(UInt16(length)) }
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: repeatElement(0x20, count: length - text.utf8.count - 1))
        bytes.append(0x0A)
        values.withUnsafeBytes { bytes.append(contentsOf: $0) }
        return bytes
    }
}
