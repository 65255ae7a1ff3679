/// Builds a zip archive in memory, the same bytes for the same entries.
package struct ZipWriter {
    private var archive: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    package init() {}

    /// 1980-01-01 00:00, the beginning of zip's calendar.
    private static let date: UInt32 = 0x0021_0000

    /// Adds a file; false, and nothing added, when it would pass what zip without zip64 can hold.
    package mutating func append(_ name: String, _ contents: [UInt8], compressed: Bool) -> Bool {
        let nameBytes = Array(name.utf8)
        let header = archive.count
        guard nameBytes.count <= Int(UInt16.max), count < 0xFFFE, contents.count < Int(UInt32.max),
            header + contents.count + directory.count + 2 * (nameBytes.count + 64) < Int(UInt32.max)
        else { return false }

        var method: UInt16 = 0
        var stored = contents
        if compressed, let smaller = contents.withUnsafeBytes(Deflate.deflate), smaller.count < contents.count {
            (method, stored) = (8, smaller)
        }
        // What the local header and the directory both say: version 2.0, names in UTF-8 (bit 11), ...
        var common: [UInt8] = []
        common.appendLittleEndian(UInt16(20))
        common.appendLittleEndian(UInt16(nameBytes.allSatisfy { $0 < 0x80 } ? 0 : 1 << 11))
        common.appendLittleEndian(method)
        common.appendLittleEndian(Self.date)
        common.appendLittleEndian(contents.withUnsafeBytes(Deflate.checksum))
        common.appendLittleEndian(UInt32(stored.count))
        common.appendLittleEndian(UInt32(contents.count))
        common.appendLittleEndian(UInt16(nameBytes.count))
        common.appendLittleEndian(UInt16(0))

        archive.appendLittleEndian(UInt32(0x0403_4b50))
        archive += common + nameBytes
        archive += stored

        directory.appendLittleEndian(UInt32(0x0201_4b50))
        directory.appendLittleEndian(UInt16(20))
        directory += common
        // No comment, disk 0, no attributes.
        directory += repeatElement(0, count: 10)
        directory.appendLittleEndian(UInt32(header))
        directory += nameBytes
        count += 1
        return true
    }

    /// The archive with its directory.
    package func finished() -> [UInt8] {
        var bytes = archive + directory
        bytes.appendLittleEndian(UInt32(0x0605_4b50))
        bytes.appendLittleEndian(UInt32(0))
        bytes.appendLittleEndian(UInt16(count))
        bytes.appendLittleEndian(UInt16(count))
        bytes.appendLittleEndian(UInt32(directory.count))
        bytes.appendLittleEndian(UInt32(archive.count))
        bytes.appendLittleEndian(UInt16(0))
        return bytes
    }
}
