import ScrubCore
import ScrubData
import Testing

@Suite struct ArrayFileTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    private func read(_ name: String) throws -> Dataset {
        try Dataset.read(folder.path(name), where: nil, weight: nil, location: SourceLocation(file: "h.yaml", line: 2))
    }

    @Test func firstAxisOfAnArchiveIsTheRow() throws {
        try Npz.write(
            [
                NpzEntry("tokens", [2, 3], [Int32(1), 2, 3, 4, 5, 6]), NpzEntry("label", [2], [0.5, -1.0]),
                NpzEntry("cube", [2, 2, 2], (0..<8).map(Float.init)),
            ], to: folder.path("a.npz"))
        let data = try read("a.npz")
        #expect(data.columns.map(\.name) == ["tokens", "label", "cube"])
        #expect(data.count == 2)
        #expect(data[column: "tokens"]?.kind == "arrays of 3 integers")
        #expect(data[column: "tokens"]?.element(2)?.integers == [3, 6])
        #expect(data[column: "label"]?.reals == [0.5, -1])
        #expect(data[column: "cube"]?.sizes == [2, 2])
        #expect(data[column: "cube"]?.width == 4)
        #expect(data[column: "cube"]?.element(3)?.reals == [3, 7])
    }

    @Test func safetensors() throws {
        try Safetensors.write([("y", [2], [1, 2]), ("x", [2, 1], [3, 4])], to: folder.path("a.safetensors"))
        let data = try read("a.safetensors")
        #expect(data.columns.map(\.name) == ["x", "y"])
        #expect(data[column: "x"]?.kind == "arrays of 1 reals")
    }

    /// Integers of every width, as far as they reach.
    @Test func integersStayExactWhateverTheirWidth() throws {
        var (header, body): ([String], [UInt8]) = ([], [])
        func add<Number: FixedWidthInteger>(_ element: String, _: Number.Type) {
            let start = body.count
            for value in [Number.min, 0, 1, Number.max] { withUnsafeBytes(of: value) { body += $0 } }
            header.append(
                #""\#(element)": {"dtype": "\#(element)", "shape": [2, 2], "data_offsets": [\#(start), \#(body.count)]}"#
            )
        }
        add("I8", Int8.self)
        add("I16", Int16.self)
        add("I32", Int32.self)
        add("I64", Int64.self)
        add("U32", UInt32.self)
        let text = Array("{\(header.joined(separator: ", "))}".utf8)
        let bytes = withUnsafeBytes(of: UInt64(text.count), Array.init) + text + body
        _ = try folder.file("a.safetensors", bytes)
        let data = try read("a.safetensors")
        func expect<Number: FixedWidthInteger>(_ element: String, _: Number.Type) {
            #expect(data[column: element]?.element(0)?.integers == [Int64(Number.min), 1], "\(element)")
            #expect(data[column: element]?.element(1)?.integers == [0, Int64(Number.max)], "\(element)")
        }
        expect("I8", Int8.self)
        expect("I16", Int16.self)
        expect("I32", Int32.self)
        expect("I64", Int64.self)
        expect("U32", UInt32.self)
    }

    @Test func rowsMustAgree() throws {
        try Safetensors.write([("y", [2], [1, 2]), ("x", [1], [3])], to: folder.path("a.safetensors"))
        #expect(
            folder.complaint { try read("a.safetensors") }
                == "a.safetensors: column 'x' has 1 rows, but column 'y' has 2")
        try Npz.write([NpzEntry("x", [], [Int32(1)])], to: folder.path("a.npz"))
        #expect(
            folder.complaint { try read("a.npz") }
                == "a.npz: array 'x' is a single number, expected a first axis of rows")
        try Npz.write([NpzEntry("x", [0, 4], [Int32]())], to: folder.path("a.npz"))
        #expect(folder.complaint { try read("a.npz") } == "a.npz: the dataset has no rows")
        try Npz.write([], to: folder.path("a.npz"))
        #expect(folder.complaint { try read("a.npz") } == "a.npz: the dataset has no columns")
    }

    @Test func emptyArraysInRowsAreAllAlike() throws {
        try Npz.write([NpzEntry("x", [3, 0], [Int32]())], to: folder.path("a.npz"))
        #expect(try read("a.npz").classes("x") == [[0, 1, 2]])
    }

    @Test func filesThatAreNotThere() {
        for name in ["a.npz", "a.safetensors", "a.csv", "a.jsonl"] {
            #expect(folder.complaint { try read(name) } == "h.yaml:2: the dataset '\(name)': no such file")
        }
        #expect(
            folder.complaint { try read("a.parquet") }
                == "h.yaml:2: the dataset 'a.parquet' ends in '.parquet', "
                + "expected one of .jsonl, .csv, .tsv, .npz, .safetensors"
        )
        #expect(
            folder.complaint { try read("data") }
                == "h.yaml:2: the dataset 'data' ends in nothing, "
                + "expected one of .jsonl, .csv, .tsv, .npz, .safetensors"
        )
    }

    @Test func damageIsToldByTheReader() throws {
        _ = try folder.file("a.NPZ", [1, 2])
        #expect(
            folder.complaint { try read("a.NPZ") }
                == "a.NPZ: no zip directory at the end of its 2 bytes: not an npz archive, or truncated")
    }
}
