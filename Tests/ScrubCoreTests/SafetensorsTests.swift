import ScrubCore
import Testing

@Suite struct SafetensorsTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    @Test func writtenFilesReadBack() throws {
        let path = folder.path("a.safetensors")
        try Safetensors.write(
            [("w", [2, 3], [1, 2, 3, 4, 5, .infinity]), ("é\"", [], [-0.5]), ("none", [0, 7], [])],
            metadata: ["format": "pt", "a": "\n"], to: path)
        let file = try Safetensors(path)
        #expect(file.names == ["none", "w", "é\""])
        #expect(file.metadata == ["format": "pt", "a": "\n"])
        #expect(file["w"]?.sizes == [2, 3])
        #expect(file["w"]?.element == .float32)
        #expect(try file["w"]?.floats() == [1, 2, 3, 4, 5, .infinity])
        #expect(try file["é\""]?.doubles() == [-0.5])
        #expect(try file["none"]?.floats() == [])
        #expect(file["W"] == nil)
    }

    @Test func writingChecksSizesAndNames() {
        let path = folder.path("a")
        #expect(
            folder.complaint { try Safetensors.write([("w", [2], [1])], to: path) }
                == "a: tensor 'w': 1 values to write for shape [2]")
        #expect(
            folder.complaint { try Safetensors.write([("w", [-1, -1], [1])], to: path) }
                == "a: tensor 'w': 1 values to write for shape [-1, -1]")
        #expect(
            folder.complaint { try Safetensors.write([("w", [], [1]), ("w", [], [1])], to: path) }
                == "a: the header names 'w' twice")
    }

    /// Every dtype, at odd addresses, and what it decodes to.
    @Test(
        arguments: [
            ("BOOL", [1], 1.0), ("U8", [200], 200), ("I8", [0xFE], -2), ("I16", [0xFE, 0xFF], -2),
            ("U16", [0xFE, 0xFF], 65534),
            ("I32", [0xFE, 0xFF, 0xFF, 0xFF], -2), ("U32", [0xFE, 0xFF, 0xFF, 0xFF], 4_294_967_294),
            ("I64", [0xFE] + [UInt8](repeating: 0xFF, count: 7), -2), ("U64", [2, 0, 0, 0, 0, 0, 0, 0], 2),
            ("F16", [0, 0x3E], 1.5), ("BF16", [0x40, 0xC0], -3), ("F32", [0, 0, 0x20, 0xC0], -2.5),
            ("F64", [0, 0, 0, 0, 0, 0, 4, 0xC0], -2.5),
        ] as [(String, [UInt8], Double)])
    func elements(type: String, bytes: [UInt8], value: Double) throws {
        let header =
            #"{"pad":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
            + #""x":{"dtype":"\#(type)","shape":[1],"data_offsets":[1,\#(1 + bytes.count)]}}"#
        let file = try Safetensors(try folder.file("a", safetensorsBytes(header, [7] + bytes)))
        let array = try #require(file["x"])
        #expect(try array.doubles() == [value])
        if type == "U32" {
            #expect(
                folder.complaint { try array.floats() }
                    == "a: element 0 of array 'x' is 4294967294 (uint32), which float32 cannot hold")
        } else {
            #expect(try array.floats() == [Float(value)])
        }
        if array.element.isReal {
            #expect(
                folder.complaint { try array.integers() }
                    == "a: array 'x' holds \(array.element.rawValue), expected integers or booleans")
        } else {
            #expect(try array.integers() == [Int64(value)])
        }
    }

    @Test func unrepresentableElements() throws {
        let header =
            #"{"d":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"#
            + #""u":{"dtype":"U64","shape":[],"data_offsets":[16,24]},"#
            + #""b":{"dtype":"BOOL","shape":[1],"data_offsets":[24,25]}}"#
        var data: [UInt8] = []
        for value in [Double.infinity, 1e300] { withUnsafeBytes(of: value) { data += $0 } }
        data += [UInt8](repeating: 0xFF, count: 8) + [2]
        let file = try Safetensors(try folder.file("a", safetensorsBytes(header, data)))
        #expect(
            folder.complaint { try file["d"]?.floats() }
                == "a: element 1 of array 'd' is 1e+300 (float64), which float32 cannot hold")
        #expect(
            folder.complaint { try file["u"]?.integers() }
                == "a: element 0 of array 'u' is 18446744073709551615 (uint64), which int64 cannot hold")
        #expect(
            folder.complaint { try file["u"]?.doubles() }
                == "a: element 0 of array 'u' is 18446744073709551615 (uint64), which float64 cannot hold")
        #expect(
            folder.complaint { try file["b"]?.integers() }
                == "a: element 0 of array 'b' is 2 (bool), which int64 cannot hold")
    }
}

/// A safetensors file with this header and these data, sound or not.
func safetensorsBytes(_ header: String, _ data: [UInt8]) -> [UInt8] {
    let length = UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header.utf8 + data
}
