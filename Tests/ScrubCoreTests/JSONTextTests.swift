import ScrubCore
import Testing

@Suite struct JSONTextTests {
    private func complaint(_ text: String) -> String {
        do {
            return "no error, but \(try JSONText.parse(text, file: "t").content)"
        } catch {
            return "\(error)"
        }
    }

    @Test func valuesKeepOrderAndOffsets() throws {
        let value = try JSONText.parse(
            #" {"b": [1, -0.5e1], "a": {"é\u00e9\ud83d\ude00\n": true}, "": null}"#, file: "t")
        guard case .object(let members) = value.content else { throw Unexpected() }
        #expect(members.map(\.key) == ["b", "a", ""])
        #expect(value.offset == 1)
        #expect(members[0].offset == 2)
        #expect(members[0].value.offset == 7)
        guard case .array(let elements)? = value["b"]?.content, case .integer(1) = elements[0].content,
            case .real(-5) = elements[1].content, case .boolean(true)? = value["a"]?["éé😀\n"]?.content
        else { throw Unexpected() }
    }

    @Test func integersAreExact() throws {
        for integer in [Int64.min, -1, 0, 9_007_199_254_740_993, .max] {
            guard case .integer(integer) = try JSONText.parse("\(integer)", file: "t").content else {
                throw Unexpected()
            }
        }
    }

    @Test(arguments: [
        ("", "t:1:1: expected a value, found the end of the text"),
        ("{} x", "t:1:4: expected the end of the text, found 'x'"),
        ("[1,]", "t:1:4: expected a value, found ']'"),
        ("[1 2]", "t:1:4: expected ',' or ']', found '2'"),
        ("{\"a\" 1}", "t:1:6: expected ':', found '1'"),
        ("{a:1}", "t:1:2: expected a key in quotes, found 'a'"),
        ("{\"a\":1,}", "t:1:8: expected a key in quotes, found '}'"),
        ("{\n \"é\": 1, \"é\": 2}", "t:2:10: the key \"é\" occurs twice"),
        ("01", "t:1:1: '01' is not a JSON number"),
        ("-", "t:1:1: '-' is not a JSON number"),
        ("1.", "t:1:1: '1.' is not a JSON number"),
        ("NaN", "t:1:1: expected a value, found 'N'"),
        ("9223372036854775808", "t:1:1: the integer 9223372036854775808 is outside the range of 64 bits"),
        ("1e999", "t:1:1: the number 1e999 is beyond the range of float64"),
        ("\"a", "t:1:3: expected '\"' that ends the string, found the end of the text"),
        ("\"a\nb\"", "t:1:3: a control character (byte 10) in a string, expected an escape"),
        ("\"\\x\"", "t:1:2: '\\x' is not a JSON escape"),
        ("\"\\u12g4\"", "t:1:2: '\\u12' is not a JSON escape"),
        ("\"\\ud800\"", "t:1:2: half of a surrogate pair in a \\u escape"),
        ("\"\\ud800\\u0041\"", "t:1:2: half of a surrogate pair in a \\u escape"),
        ("\"\\udc00\"", "t:1:2: half of a surrogate pair in a \\u escape"),
        ("tru", "t:1:1: expected a value, found 't'"),
    ])
    func errors(text: String, message: String) {
        #expect(complaint(text) == message)
    }

    @Test func nestingIsLimited() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(complaint(deep) == "t:1:130: nested deeper than 128 levels")
    }

    @Test func textMustBeUTF8() {
        let bytes: [UInt8] = [0x22, 0xFF, 0x22]
        #expect(throws: JSONError.self) { try bytes.withUnsafeBytes { try JSONText.parse($0, file: "t") } }
    }

    @Test func quotedTextReadsBack() throws {
        let text = "a\"\\\n\t\r\u{1}é😀"
        guard case .text(let read) = try JSONText.parse(jsonQuoted(text), file: "t").content else { throw Unexpected() }
        #expect(read == text)
    }
}

/// A value of another form than the test expects.
struct Unexpected: Error {}
