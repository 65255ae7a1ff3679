/// Distinct texts, numbered as they come and told by their bytes, which are kept side by side: to look one up touches no
/// string but the one that is asked for.
struct TextTable {
    private var table = ClassTable()
    private var bytes: [UInt8] = []
    /// By number, where the bytes of a text begin; then where the next one's will.
    private var starts = [0]

    var count: Int { table.count }

    /// The number of a text, the next one where it is new.
    ///
    /// - Complexity: O(length), expected.
    @inline(__always)
    mutating func find(_ text: String) -> Int {
        text.utf8.withContiguousStorageIfAvailable { find(UnsafeRawBufferPointer($0)) }
            ?? Array(text.utf8).withUnsafeBytes { find($0) }
    }

    @inline(__always)
    private mutating func find(_ text: UnsafeRawBufferPointer) -> Int {
        let known = count
        let number = bytes.withUnsafeBytes { bytes in
            starts.withUnsafeBufferPointer { starts in
                table.find(Self.hash(text)) {
                    Self.areEqual(UnsafeRawBufferPointer(rebasing: bytes[starts[$0]..<starts[$0 + 1]]), text)
                }
            }
        }
        if number == known {
            bytes.append(contentsOf: text)
            starts.append(bytes.count)
        }
        return number
    }

    @inline(__always)
    private static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        if a.count != b.count { return false }
        var place = 0
        while place + 8 <= a.count {
            if a.word(at: place) != b.word(at: place) { return false }
            place += 8
        }
        while place < a.count {
            if a[place] != b[place] { return false }
            place += 1
        }
        return true
    }

    /// Eight bytes at a time, each word folded into what came before by a product whose halves are joined.
    @inline(__always)
    private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: text.count)
        var place = 0
        while place + 8 <= text.count {
            let product = (hash ^ text.word(at: place)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            hash = product.high ^ product.low
            place += 8
        }
        var last: UInt64 = 0
        while place < text.count {
            last = last << 8 | UInt64(text[place])
            place += 1
        }
        return Grouping.mixed(hash ^ last)
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    fileprivate func word(at place: Int) -> UInt64 { loadUnaligned(fromByteOffset: place, as: UInt64.self) }
}
