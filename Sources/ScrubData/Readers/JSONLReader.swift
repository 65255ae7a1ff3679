internal import ScrubCore

/// JSON Lines (<https://jsonlines.org>): one object a line, its keys the columns. A key that a line lacks is NULL
/// there; blank lines are no rows.
enum JSONLReader {
    static func columns(_ path: String) throws -> [Column] {
        try MappedFile(path).withBytes { try columns($0, path: path) }
    }

    static func columns(_ bytes: UnsafeRawBufferPointer, path: String) throws -> [Column] {
        var builders: [ColumnBuilder] = []
        var indices: [ExactText: Int] = [:]
        var rows = 0
        var line = 0
        // A byte order mark, which some editors put before UTF-8.
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let text = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            start = end + 1
            line += 1
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            let value = try JSONText.parse(text, file: path, line: line)
            guard case .object(let members) = value.content else {
                throw DatasetError.text(
                    .notAnObject(found: value.kind), place: SourceLocation(file: path, line: line))
            }
            for member in members {
                let index: Int
                if let known = indices[ExactText(member.key)] {
                    index = known
                } else {
                    index = builders.count
                    indices[ExactText(member.key)] = index
                    builders.append(ColumnBuilder(member.key, nulls: rows, path: path))
                }
                try builders[index].append(member.value, line: line)
            }
            rows += 1
            for index in builders.indices where builders[index].count < rows {
                try builders[index].appendNull(line: line)
            }
        }
        guard rows > 0 else { throw DatasetError.noRows(path: path) }
        return builders.map { $0.column() }
    }
}
