/// Lines and columns of the bytes of a UTF-8 text, both counted from 1, columns in characters.
public struct TextPlaces {
    private let bytes: UnsafeRawBufferPointer
    private let file: String
    private let firstLine: Int
    /// The place last asked for: those behind it are counted from there.
    private var last: (offset: Int, line: Int, column: Int)

    /// - Parameters:
    ///   - bytes: the text.
    ///   - file: what messages call it.
    ///   - firstLine: the number of its first line.
    public init(of bytes: UnsafeRawBufferPointer, file: String, firstLine: Int = 1) {
        self.bytes = bytes
        self.file = file
        self.firstLine = firstLine
        last = (0, firstLine, 1)
    }

    /// The place of the byte at `offset`, from the start of the text.
    ///
    /// - Complexity: O(bytes) for all of a series of ascending offsets together.
    public mutating func place(of offset: Int) -> SourceLocation {
        if offset < last.offset { last = (0, firstLine, 1) }
        for byte in bytes[last.offset..<offset] {
            if byte == 0x0A {
                (last.line, last.column) = (last.line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                last.column += 1
            }
        }
        last.offset = offset
        return SourceLocation(file: file, line: last.line, column: last.column)
    }
}
