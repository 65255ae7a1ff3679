extension Safetensors {
    /// Writes float32 tensors, row-major, in the order given; the file appears whole or not at all.
    ///
    /// - Complexity: O(bytes).
    public static func write(
        _ tensors: [(name: String, sizes: [Int], values: [Float])], metadata: [String: String] = [:], to path: String
    ) throws(SafetensorsError) {
        var members: [String] = []
        if !metadata.isEmpty {
            let strings = metadata.sorted { $0.key < $1.key }.map { "\(jsonQuoted($0.key)):\(jsonQuoted($0.value))" }
            members.append("\"__metadata__\":{\(strings.joined(separator: ","))}")
        }
        var offset = 0
        var seen: Set<String> = ["__metadata__"]
        for tensor in tensors {
            guard seen.insert(tensor.name).inserted else { throw .duplicateName(path: path, name: tensor.name) }
            guard checkedCount(tensor.sizes) == tensor.values.count else {
                throw .wrongCount(path: path, name: tensor.name, values: tensor.values.count, sizes: tensor.sizes)
            }
            let end = offset + tensor.values.count * 4
            let shape = tensor.sizes.map(String.init).joined(separator: ",")
            members.append(
                jsonQuoted(tensor.name)
                    + #":{"dtype":"F32","shape":[\#(shape)],"data_offsets":[\#(offset),\#(end)]}"#
            )
            offset = end
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        // Padded so that the data are aligned to 8 bytes, as the reference implementation writes them.
        while header.count % 8 != 0 { header.append(0x20) }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + header.count + offset)
        bytes.appendLittleEndian(UInt64(header.count))
        bytes.append(contentsOf: header)
        for tensor in tensors { tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        do { try writeAtomically(bytes, to: path) } catch { throw .file(error) }
    }
}

/// `text` as a JSON string, quotes included.
public func jsonQuoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "\n": quoted += "\\n"
        case "\r": quoted += "\\r"
        case "\t": quoted += "\\t"
        case "\u{0}"..<" ":
            let digits = String(scalar.value, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
