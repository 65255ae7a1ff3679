internal import ScrubCore

/// Where the characters of a text with parameters put in stand in the text as written. Lines are the same.
struct TextOrigin {
    private struct Replacement {
        /// Columns from 1, in Unicode scalars, of the text that was made and of the one that was written.
        var made: Range<Int>
        var written: Range<Int>
    }

    /// By line, in order.
    private var replacements: [Int: [Replacement]] = [:]

    /// Notes that `count` characters stand for `length` of the text as written, which begin at `place`.
    mutating func put(_ count: Int, for length: Int, at place: SourceLocation) {
        guard let line = place.line, let column = place.column else { return }
        let last = replacements[line]?.last
        let start = column + (last.map { $0.made.upperBound - $0.written.upperBound } ?? 0)
        replacements[line, default: []].append(
            Replacement(made: start..<start + count, written: column..<column + length))
    }

    /// The column as written of a character of the text that was made; that of the `${`, for one of a value.
    func column(_ column: Int, line: Int) -> Int {
        guard let last = replacements[line]?.last(where: { $0.made.lowerBound <= column }) else { return column }
        if last.made.contains(column) { return last.written.lowerBound }
        return column - last.made.upperBound + last.written.upperBound
    }
}
