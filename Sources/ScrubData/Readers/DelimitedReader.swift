internal import ScrubCore

/// CSV as in RFC 4180, and the same with tabs: a header row with names, quotes around cells that need them. An empty
/// cell is NULL.
enum DelimitedReader {
    static func columns(_ path: String, delimiter: UInt8) throws -> [Column] {
        try MappedFile(path).withBytes { try columns($0, path: path, delimiter: delimiter) }
    }

    static func columns(
        _ bytes: UnsafeRawBufferPointer, path: String, delimiter: UInt8
    ) throws(DatasetError) -> [Column] {
        var records = DelimitedRecords(bytes, path: path, delimiter: delimiter)
        guard let header = try records.next() else { throw .noColumns(path: path) }
        try check(header, place: SourceLocation(file: path, line: records.recordLine))
        var cells = [[String]](repeating: [], count: header.count)
        while let record = try records.next() {
            guard record.count == header.count else {
                let place = SourceLocation(file: path, line: records.recordLine)
                throw .text(.cellCount(found: record.count, expected: header.count), place: place)
            }
            for (index, cell) in record.enumerated() { cells[index].append(cell) }
        }
        guard cells.contains(where: { !$0.isEmpty }) else { throw .noRows(path: path) }
        return header.indices.map { index in
            defer { cells[index] = [] }
            return Column(header[index], CellType.values(cells[index]))
        }
    }

    private static func check(_ header: [String], place: SourceLocation) throws(DatasetError) {
        var first: [ExactText: Int] = [:]
        for (index, name) in header.enumerated() {
            guard !name.isEmpty else { throw .text(.emptyHeader(index: index + 1), place: place) }
            if let other = first.updateValue(index, forKey: ExactText(name)) {
                throw .text(.duplicateHeader(name: name, first: other + 1, second: index + 1), place: place)
            }
        }
    }
}
