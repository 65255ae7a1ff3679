import ScrubCore
import Testing

@Suite struct NpzErrorTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    @Test func missing() {
        #expect(folder.complaint { try Npz(folder.path("a")) } == "a: no such file")
    }

    @Test func notAnArchive() throws {
        let path = try folder.file("a", "hello".utf8)
        #expect(
            folder.complaint { try Npz(path) }
                == "a: no zip directory at the end of its 5 bytes: not an npz archive, or truncated")
    }

    @Test func twoOfAName() throws {
        var writer = ZipWriter()
        _ = writer.append("x.npy", [1], compressed: false)
        _ = writer.append("x.npy", [1], compressed: false)
        let path = try folder.file("a", writer.finished())
        #expect(folder.complaint { try Npz(path) } == "a: the archive has two arrays 'x'")
    }

    @Test func otherFilesAreNotArrays() throws {
        var writer = ZipWriter()
        _ = writer.append("readme.txt", [1], compressed: false)
        #expect(try Npz(try folder.file("a", writer.finished())).names == [])
    }

    /// What is in `refused.npz`, by numpy, and what is not accepted in it.
    @Test(arguments: [
        ("fortran", "array 'fortran' is in Fortran order, expected C order: save it with numpy.ascontiguousarray"),
        (
            "big",
            "array 'big' has big-endian dtype '>f4', expected little-endian: save it with .astype('<f4')"
        ),
        (
            "words",
            "array 'words' has dtype '<U2'; known are |b1, |u1, |i1, <i2, <u2, <i4, <u4, <i8, <u8, <f2, <f4, <f8"
        ),
        (
            "record",
            "array 'record' is not in npy format: "
                + "expected a string in single quotes in its header, found '[('a', '<i4')], 'for'"
        ),
    ])
    func refused(name: String, message: String) throws {
        let path = fixture("refused.npz")
        let archive = try Npz(path)
        #expect(folder.complaint { try archive[name] } == "\(path): \(message)")
    }

    /// Damage to an archive of one stored array: bytes to put at an offset from the directory's start, or in the file.
    @Test(
        arguments: [
            (Place.directory, 0, [0], "a: the zip directory is damaged: entry 0 of 1 is missing or cut"),
            (.directory, 8, [1], "a: array 'x': encryption is not supported; numpy does not write it"),
            (.directory, 10, [12], "a: array 'x': compression method 12 is not supported; numpy does not write it"),
            (.directory, 16, [0, 0, 0, 0], "a: array 'x' is damaged: CRC 2daaf90b, expected 00000000"),
            (.directory, 20, [0], "a: array 'x' is damaged: 0 bytes are stored, expected 136"),
            (
                .directory, 20, [0, 0xFF, 0xFF, 0x0F, 0, 0xFF, 0xFF, 0x0F],
                "a: array 'x' is damaged: its 268435200 bytes from byte 35 go beyond the end of the file"
            ),
            (
                .directory, 20, [0xFF, 0xFF, 0xFF, 0xFF],
                "a: the zip directory is damaged: entry 'x.npy' has no zip64 sizes, or impossible ones"
            ),
            (.directory, 42, [9], "a: array 'x' is damaged: no local header at byte 9"),
            (.directory, 46, [0xFF], "a: the zip directory is damaged: a name that is not UTF-8"),
            (.end, 4, [1], "a: the zip directory is damaged: the archive is split over several disks"),
            (.end, 10, [9], "a: the zip directory is damaged: 9 entries in 51 bytes"),
            (.end, 10, [0], "a: the zip directory is damaged: 51 bytes after its 0 entries"),
            (.end, 12, [0xFF, 0xFF, 0xFF, 0x7F], "a: the zip directory is damaged: it lies outside the file"),
        ] as [(Place, Int, [UInt8], String)])
    func damaged(place: Place, offset: Int, replacement: [UInt8], message: String) throws {
        try Npz.write([NpzEntry("x", [2], [Int32(1), 2])], to: folder.path("a"), compressed: false)
        var bytes = try MappedFile(folder.path("a")).withBytes { Array($0) }
        let start = bytes.count - 22 - (place == .directory ? 51 : 0)
        bytes.replaceSubrange(start + offset..<start + offset + replacement.count, with: replacement)
        let path = try folder.file("a", bytes)
        #expect(folder.complaint { try Npz(path)["x"] } == message)
    }

    enum Place { case directory, end }

    /// What follows the magic word in `x.npy`: version and length of the header, the header, and what is wrong.
    @Test(
        arguments: [
            ([9, 0], "", "version 9.0, expected 1, 2 or 3"),
            ([1, 0], "", "its header is cut"),
            ([1, 0, 3, 0], "{}", "its header is cut"),
            ([2, 0, 255, 255, 255, 255], "{}", "its header is cut"),
            ([1, 0, 2, 0], "{}", "its header lacks 'descr', 'fortran_order' or 'shape': {}"),
            ([1, 0, 2, 0], "()", "expected '{' in its header, found '()'"),
            ([1, 0, 3, 0], "{}x", "expected its end in its header, found 'x'"),
            ([1, 0, 8, 0], "{'a': 1}", "unexpected key 'a' in its header"),
            ([1, 0, 16, 0], "{'shape': (1 2)}", "expected ',' or ')' in its header, found '2)}'"),
            ([1, 0, 13, 0], "{'shape': (-1", "expected a non-negative integer in its header, found '-1'"),
            ([1, 0, 20, 0], "{'fortran_order': 1}", "expected True or False in its header, found '1}'"),
        ] as [([UInt8], String, String)])
    func headers(start: [UInt8], text: String, problem: String) throws {
        let contents = [0x93] + Array("NUMPY".utf8) + start + Array(text.utf8)
        #expect(try complaint(contents) == "a: array 'x' is not in npy format: \(problem)")
    }

    @Test func noMagicWord() throws {
        for contents in [[], [0x93], Array("PICKLE..".utf8)] as [[UInt8]] {
            #expect(
                try complaint(contents)
                    == "a: array 'x' is not in npy format: it does not begin with the bytes \\x93NUMPY")
        }
    }

    private func complaint(_ contents: [UInt8]) throws -> String {
        var writer = ZipWriter()
        _ = writer.append("x.npy", contents, compressed: false)
        let path = try folder.file("a", writer.finished())
        return folder.complaint { try Npz(path)["x"] }
    }

    @Test func lengthsThatDisagree() throws {
        func npy(_ shape: String, _ data: [UInt8]) -> [UInt8] {
            let header = "{'descr': '<i4', 'fortran_order': False, 'shape': \(shape)}"
            return [0x93] + "NUMPY".utf8 + [1, 0, UInt8(header.utf8.count), 0] + header.utf8 + data
        }
        #expect(
            try complaint(npy("(2,)", [1, 2, 3, 4]))
                == "a: array 'x': 4 bytes of data, expected 8 for '<i4' of shape [2]")
        #expect(
            try complaint(npy("(9223372036854775807, 3)", []))
                == "a: array 'x': shape [9223372036854775807, 3] has more bytes than an address counts")
    }

    @Test func streamsThatDoNotInflate() throws {
        try Npz.write([NpzEntry("x", [100], [Int32](repeating: 0, count: 100))], to: folder.path("a"))
        let bytes = try MappedFile(folder.path("a")).withBytes { Array($0) }
        let compressed = Int(bytes[18])
        func complaint(sizeTo size: [UInt8]? = nil, firstTo first: UInt8? = nil) throws -> String {
            var bytes = bytes
            let directory = bytes.count - 22 - 51
            if let size { bytes.replaceSubrange(directory + 24..<directory + 28, with: size) }
            if let first { bytes[35] = first }
            let path = try folder.file("b", bytes)
            return folder.complaint { try Npz(path)["x"] }
        }
        let message = "b: array 'x' is damaged: its \(compressed) compressed bytes do not expand to"
        #expect(try complaint(sizeTo: [0xFE, 0xFF, 0xFF, 0xFF]) == "\(message) 4294967294")
        #expect(try complaint(sizeTo: [0x0F, 0x02, 0, 0]) == "\(message) 527")
        #expect(try complaint(sizeTo: [0x11, 0x02, 0, 0]) == "\(message) 529")
        #expect(try complaint(firstTo: 0xFF) == "\(message) 528")
    }
}
