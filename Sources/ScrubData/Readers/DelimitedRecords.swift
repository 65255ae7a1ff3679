internal import ScrubCore

/// The records of a CSV or TSV text, one after the other (RFC 4180, <https://doi.org/10.17487/RFC4180>).
struct DelimitedRecords {
    private let bytes: UnsafeRawBufferPointer
    private let path: String
    private let delimiter: UInt8
    private var at: Int
    private var line = 1
    /// The line on which the record that `next` returned last begins.
    private(set) var recordLine = 1

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    init(_ bytes: UnsafeRawBufferPointer, path: String, delimiter: UInt8) {
        self.bytes = bytes
        self.path = path
        self.delimiter = delimiter
        // A byte order mark, which spreadsheets put before UTF-8.
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record's cells; nil at the end of the text. An empty line is no record: one empty cell is written `""`.
    mutating func next() throws(DatasetError) -> [String]? {
        while at < bytes.count, try isLineEnd() {
            at += bytes[at] == Self.carriageReturn ? 2 : 1
            line += 1
        }
        guard at < bytes.count else { return nil }
        recordLine = line
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard at < bytes.count else { return cells }
            let byte = bytes[at]
            at += 1
            if byte == delimiter { continue }
            // `cell` stops before a delimiter or a line end only.
            if byte == Self.carriageReturn { at += 1 }
            line += 1
            return cells
        }
    }

    private mutating func cell() throws(DatasetError) -> String {
        guard at < bytes.count, bytes[at] == Self.quote else {
            let start = at
            while at < bytes.count, bytes[at] != delimiter, try !isLineEnd() {
                guard bytes[at] != Self.quote else { throw problem(.strayQuote, line) }
                at += 1
            }
            return try decoded(bytes[start..<at], line)
        }
        let firstLine = line
        at += 1
        var contents: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == Self.quote {
                guard at < bytes.count, bytes[at] == Self.quote else {
                    if at < bytes.count, bytes[at] != delimiter, try !isLineEnd() {
                        throw problem(.textAfterQuote, line)
                    }
                    return try decoded(contents, firstLine)
                }
                at += 1
            } else if byte == Self.lineFeed {
                line += 1
            }
            contents.append(byte)
        }
        throw problem(.openQuote, firstLine)
    }

    /// Whether a line feed, or a carriage return before one, is here.
    private func isLineEnd() throws(DatasetError) -> Bool {
        if bytes[at] == Self.lineFeed { return true }
        guard bytes[at] == Self.carriageReturn else { return false }
        guard at + 1 < bytes.count, bytes[at + 1] == Self.lineFeed else { throw problem(.bareReturn, line) }
        return true
    }

    private func decoded(_ utf8: some Collection<UInt8>, _ line: Int) throws(DatasetError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw problem(.notUTF8, line) }
        return text
    }

    private func problem(_ problem: TextProblem, _ line: Int) -> DatasetError {
        .text(problem, place: SourceLocation(file: path, line: line))
    }
}
