import ScrubCore
import Testing

@Suite struct SafetensorsErrorTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    private func complaint(_ bytes: [UInt8]) throws -> String {
        let path = try folder.file("a", bytes)
        return folder.complaint { try Safetensors(path) }
    }

    @Test func missing() {
        #expect(folder.complaint { try Safetensors(folder.path("a")) } == "a: no such file")
    }

    @Test func tooShort() throws {
        #expect(
            try complaint([1, 2, 3])
                == "a: 3 bytes are too few for a safetensors file, which begins with 8 bytes of header length")
    }

    @Test func headerLength() throws {
        #expect(
            try complaint([UInt8](repeating: 0xFF, count: 8))
                == "a: the header's length is given as 18446744073709551615 bytes, expected at most 100000000")
        #expect(
            try complaint([10, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D])
                == "a: the header's length is given as 10 bytes, but only 2 follow it: truncated, or not safetensors")
    }

    /// Headers over 8 bytes of data, and what is wrong with each.
    @Test(arguments: [
        ("{", "a:1:2: the header is not JSON: expected a key in quotes, found the end of the text"),
        ("[]", "a: the header is an array, expected a JSON object of tensors"),
        (#"{"x":1,"x":2}"#, "a: the header names 'x' twice"),
        (#"{"__metadata__":[]}"#, "a: '__metadata__' must be an object of strings, found an array"),
        (#"{"__metadata__":{"k":1}}"#, "a: '__metadata__' must be an object of strings, found an integer as 'k'"),
        (#"{"x":1}"#, "a: tensor 'x': expected an object as its entry, found an integer"),
        (entry(dtype: "7"), "a: tensor 'x': expected a string as 'dtype', found an integer"),
        (
            entry(dtype: #""F8_E4M3""#),
            "a: tensor 'x': unknown dtype 'F8_E4M3'; "
                + "known are BOOL, U8, I8, I16, U16, I32, U32, I64, U64, F16, BF16, F32, F64"
        ),
        (
            entry(shape: "[-1]"),
            "a: tensor 'x': expected an array of non-negative integers as 'shape', found an array"
        ),
        (entry(shape: "2"), "a: tensor 'x': expected an array of non-negative integers as 'shape', found an integer"),
        (
            entry(shape: "[1.5]"),
            "a: tensor 'x': expected an array of non-negative integers as 'shape', found an array"
        ),
        (
            entry(shape: "[4294967296,4294967296,4]"),
            "a: tensor 'x': shape [4294967296, 4294967296, 4] has more bytes than an address counts"
        ),
        (
            entry(shape: "[4611686018427387904]"),
            "a: tensor 'x': shape [4611686018427387904] has more bytes than an address counts"
        ),
        (
            entry(offsets: "[0]"),
            "a: tensor 'x': expected two non-negative integers as 'data_offsets', found an array"
        ),
        (
            #"{"x":{"dtype":"F32","shape":[2]}}"#,
            "a: tensor 'x': expected two non-negative integers as 'data_offsets', found nothing"
        ),
        (entry(offsets: "[8,0]"), "a: tensor 'x': its data begin at byte 8 and end at 0, before that"),
        (
            entry(offsets: "[0,9223372036854775807]"),
            "a: tensor 'x': its data end at byte 9223372036854775807, but the file holds 8 bytes of data: truncated?"
        ),
        (entry(shape: "[3]"), "a: tensor 'x': 8 bytes of data, expected 12 for F32 of shape [3]"),
        (
            entry(shape: "[1]", offsets: "[0,4]"),
            "a: bytes 4 to 8 of the data belong to no tensor"
        ),
        (entry(shape: "[1]", offsets: "[4,8]"), "a: bytes 0 to 4 of the data belong to no tensor"),
        (
            #"{"x":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"#
                + #""y":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
            "a: tensors 'x' and 'y' overlap in bytes 4 to 6 of the data"
        ),
        ("{}", "a: bytes 0 to 8 of the data belong to no tensor"),
    ])
    func headers(header: String, message: String) throws {
        #expect(try complaint(safetensorsBytes(header, [UInt8](repeating: 0, count: 8))) == message)
    }

    @Test func truncatedData() throws {
        #expect(
            try complaint(safetensorsBytes(entry(), [0, 0, 0, 0]))
                == "a: tensor 'x': its data end at byte 8, but the file holds 4 bytes of data: truncated?")
    }
}

/// A header of one tensor, sound for 8 bytes of data but for what is given.
private func entry(dtype: String = #""F32""#, shape: String = "[2]", offsets: String = "[0,8]") -> String {
    #"{"x":{"dtype":\#(dtype),"shape":\#(shape),"data_offsets":\#(offsets)}}"#
}
