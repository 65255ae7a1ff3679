/// One file in a zip archive, as the central directory describes it.
struct ZipEntry {
    var name: String
    var flags: UInt16
    var method: UInt16
    var checksum: UInt32
    /// Bytes in the archive.
    var compressed: Int
    /// Bytes when inflated.
    var size: Int
    /// Where the local header starts.
    var header: Int
}

/// The central directory of a zip archive (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5), with zip64.
enum ZipDirectory {
    static func read(_ bytes: UnsafeRawBufferPointer, path: String) throws(NpzError) -> [ZipEntry] {
        guard let end = endRecord(bytes) else { throw .notAnArchive(path: path, bytes: bytes.count) }
        let (start, size, count) = try extent(bytes, end: end, path: path)
        var entries: [ZipEntry] = []
        var at = start
        for index in 0..<count {
            guard let (entry, next) = try entry(bytes, at: at, limit: start + size, path: path) else {
                throw .damagedDirectory(path: path, problem: "entry \(index) of \(count) is missing or cut")
            }
            entries.append(entry)
            at = next
        }
        guard at == start + size else {
            throw .damagedDirectory(path: path, problem: "\(start + size - at) bytes after its \(count) entries")
        }
        return entries
    }

    /// Where the end-of-directory record starts: it is the last thing in the file but for a comment.
    private static func endRecord(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var at = bytes.count - 22
        let earliest = max(0, at - 0xFFFF)
        while at >= earliest {
            if bytes.littleEndian(UInt32.self, at: at) == 0x0605_4b50,
                let comment = bytes.littleEndian(UInt16.self, at: at + 20), at + 22 + Int(comment) == bytes.count
            {
                return at
            }
            at -= 1
        }
        return nil
    }

    private static func extent(
        _ bytes: UnsafeRawBufferPointer, end: Int, path: String
    ) throws(NpzError) -> (start: Int, size: Int, count: Int) {
        func damaged(_ problem: String) -> NpzError { .damagedDirectory(path: path, problem: problem) }
        func field<T: FixedWidthInteger>(_ type: T.Type, _ at: Int) throws(NpzError) -> Int {
            guard let value = bytes.littleEndian(type, at: at), let integer = Int(exactly: value) else {
                throw damaged("a field at byte \(at) is cut or too large")
            }
            return integer
        }
        guard try field(UInt16.self, end + 4) == 0, try field(UInt16.self, end + 6) == 0 else {
            throw damaged("the archive is split over several disks")
        }
        var count = try field(UInt16.self, end + 10)
        var size = try field(UInt32.self, end + 12)
        var start = try field(UInt32.self, end + 16)
        var limit = end
        if bytes.littleEndian(UInt32.self, at: end - 20) == 0x0706_4b50 {
            let record = try field(UInt64.self, end - 12)
            guard bytes.littleEndian(UInt32.self, at: record) == 0x0606_4b50 else {
                throw damaged("the zip64 record is not where it should be")
            }
            count = try field(UInt64.self, record + 32)
            size = try field(UInt64.self, record + 40)
            start = try field(UInt64.self, record + 48)
            limit = record
        }
        guard start <= limit, size <= limit - start else { throw damaged("it lies outside the file") }
        guard count <= size / 46 else { throw damaged("\(count) entries in \(size) bytes") }
        return (start, size, count)
    }

    /// The entry at byte `at` and where the next one starts; nil when it is not there or cut.
    private static func entry(
        _ bytes: UnsafeRawBufferPointer, at: Int, limit: Int, path: String
    ) throws(NpzError) -> (ZipEntry, next: Int)? {
        guard at <= limit - 46, bytes.littleEndian(UInt32.self, at: at) == 0x0201_4b50,
            let flags = bytes.littleEndian(UInt16.self, at: at + 8),
            let method = bytes.littleEndian(UInt16.self, at: at + 10),
            let checksum = bytes.littleEndian(UInt32.self, at: at + 16),
            let compressed = bytes.littleEndian(UInt32.self, at: at + 20),
            let size = bytes.littleEndian(UInt32.self, at: at + 24),
            let nameLength = bytes.littleEndian(UInt16.self, at: at + 28),
            let extraLength = bytes.littleEndian(UInt16.self, at: at + 30),
            let commentLength = bytes.littleEndian(UInt16.self, at: at + 32),
            let header = bytes.littleEndian(UInt32.self, at: at + 42)
        else { return nil }
        let extra = at + 46 + Int(nameLength)
        let next = extra + Int(extraLength) + Int(commentLength)
        guard next <= limit else { return nil }
        guard let name = String(validating: bytes[at + 46..<extra], as: UTF8.self) else {
            throw .damagedDirectory(path: path, problem: "a name that is not UTF-8")
        }
        var wide = Zip64Extra(bytes, range: extra..<extra + Int(extraLength))
        guard let size = wide.resolve(size), let compressed = wide.resolve(compressed),
            let header = wide.resolve(header)
        else {
            throw .damagedDirectory(path: path, problem: "entry '\(name)' has no zip64 sizes, or impossible ones")
        }
        let entry = ZipEntry(
            name: name, flags: flags, method: method, checksum: checksum, compressed: compressed, size: size,
            header: header)
        return (entry, next)
    }
}

/// The zip64 extra field of an entry: 64-bit values for those of size, compressed size and offset that 32 bits cannot
/// hold, in that order.
private struct Zip64Extra {
    private var values: [UInt64] = []

    init(_ bytes: UnsafeRawBufferPointer, range: Range<Int>) {
        var at = range.lowerBound
        while let tag = bytes.littleEndian(UInt16.self, at: at),
            let length = bytes.littleEndian(UInt16.self, at: at + 2),
            at + 4 + Int(length) <= range.upperBound
        {
            if tag == 1 {
                for offset in stride(from: at + 4, through: at + 4 + Int(length) - 8, by: 8) {
                    if let value = bytes.littleEndian(UInt64.self, at: offset) { values.append(value) }
                }
                return
            }
            at += 4 + Int(length)
        }
    }

    /// `narrow`, or the next 64-bit value when `narrow` says to look there; nil when that is missing or more than Int
    /// holds.
    mutating func resolve(_ narrow: UInt32) -> Int? {
        guard narrow == .max else { return Int(narrow) }
        guard !values.isEmpty else { return nil }
        return Int(exactly: values.removeFirst())
    }
}
