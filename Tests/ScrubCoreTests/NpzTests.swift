import ScrubCore
import Testing

@Suite struct NpzTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    /// Archives that numpy wrote.
    @Test(arguments: ["stored.npz", "deflated.npz"])
    func numpyArchives(name: String) throws {
        let archive = try Npz(fixture(name))
        #expect(archive.names.suffix(10) == ["f8", "f4", "f2", "i8", "i4", "u1", "u8", "b1", "scalar", "empty"])
        #expect(try archive["f8"]?.doubles() == [0.1, -2.5, .infinity])
        #expect(try archive["f4"]?.sizes == [2, 3])
        #expect(try archive["f4"]?.floats() == [0, 0.25, 0.5, 0.75, 1, 1.25])
        #expect(try archive["f2"]?.floats() == [1.5, -65504])
        #expect(try archive["i8"]?.integers() == [.min, .max])
        #expect(try archive["i4"]?.integers() == [-5])
        #expect(try archive["u1"]?.integers() == [0, 255])
        #expect(try archive["u8"]?.element == .uint64)
        #expect(throws: FileArrayError.self) { try archive["u8"]?.integers() }
        #expect(try archive["b1"]?.integers() == [1, 0, 1])
        #expect(try archive["scalar"]?.sizes == [])
        #expect(try archive["scalar"]?.integers() == [7])
        #expect(try archive["empty"]?.sizes == [0, 4])
        #expect(try archive["nothing"] == nil)
        if name == "deflated.npz" {
            #expect(try archive["zeros"]?.integers() == [Int64](repeating: 0, count: 1000))
        }
    }

    @Test func everyVersionOfNpy() throws {
        let archive = try Npz(fixture("version2.npz"))
        for version in 1...3 {
            #expect(try archive["v\(version)"]?.integers() == (0..<Int64(version)).map(\.self), "version \(version)")
        }
    }

    @Test func sizesOf64Bits() throws {
        #expect(try Npz(fixture("zip64.npz"))["f8"]?.doubles() == [0.1, -2.5, .infinity])
    }

    @Test(arguments: [true, false])
    func writtenArchivesReadBack(compressed: Bool) throws {
        let path = folder.path("a.npz")
        let table = (0..<1000).map { Int32($0 % 7) }
        try Npz.write(
            [
                NpzEntry("draws/é", [10, 100], table), NpzEntry("f", [2], [Float(1.5), .nan]),
                NpzEntry("d", [], [Double.pi]), NpzEntry("none", [0], [Int32]()),
            ], to: path, compressed: compressed)
        let archive = try Npz(path)
        #expect(archive.names == ["draws/é", "f", "d", "none"])
        #expect(try archive["draws/é"]?.sizes == [10, 100])
        #expect(try archive["draws/é"]?.integers() == table.map(Int64.init))
        #expect(try archive["f"]?.floats().first == 1.5)
        #expect(try archive["f"]?.floats().last?.isNaN == true)
        #expect(try archive["d"]?.doubles() == [.pi])
        #expect(try archive["none"]?.count == 0)
    }

    @Test func bytesDependOnTheArraysAlone() throws {
        let arrays = [NpzEntry("a", [100], [Int32](repeating: 3, count: 100))]
        try Npz.write(arrays, to: folder.path("a"))
        try Npz.write(arrays, to: folder.path("b"))
        let bytes = try MappedFile(folder.path("a")).withBytes { Array($0) }
        #expect(try MappedFile(folder.path("b")).withBytes { Array($0) } == bytes)
        // Stored bytes do not depend on zlib either, so these are for good.
        try Npz.write(arrays, to: folder.path("c"), compressed: false)
        let stored = try MappedFile(folder.path("c")).withBytes { Array($0) }
        #expect(stored.count == 636)
        #expect(Digest(stored).description.prefix(16) == "6e8b5f651ed59efc")
    }

    @Test func arraysThatCannotBeWritten() {
        let path = folder.path("a")
        #expect(
            folder.complaint { try Npz.write([NpzEntry("x", [2], [Int32(1)])], to: path) }
                == "a: array 'x' cannot be written: 1 values for shape [2]")
        #expect(
            folder.complaint {
                try Npz.write([NpzEntry("x", [], [Int32(1)]), NpzEntry("x", [], [Float(1)])], to: path)
            }
                == "a: the archive has two arrays 'x'")
        #expect(
            folder.complaint {
                try Npz.write([NpzEntry(String(repeating: "x", count: 70000), [], [Int32(1)])], to: path)
            }
            .hasSuffix(
                "cannot be written: the archive would pass the limits of zip: 4 GiB, 65534 arrays, names of 65535 bytes"
            ))
    }
}
