import ScrubData
import Testing

@Suite struct JSONLTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    @Test func everyKindOfColumn() throws {
        let data = try folder.dataset(
            "a.jsonl",
            """
            \u{FEFF}{"i": 1, "r": 0.5, "t": "é", "b": true, "p": [1, 2], "q": [1, 0.5], "n": null}

            {"r": 2, "i": 9007199254740993, "t": "", "b": false, "p": [3, true], "q": [2, 3]}\r
            {"p": [4, 5], "q": [1, 1], "late": 7}
            """)
        #expect(data.count == 3)
        #expect(data.columns.map(\.name) == ["i", "r", "t", "b", "p", "q", "n", "late"])
        #expect(data[column: "i"]?.integers == [1, 9_007_199_254_740_993, nil])
        #expect(data[column: "r"]?.reals == [0.5, 2, nil])
        #expect(data[column: "t"]?.texts == ["é", "", nil])
        #expect(data[column: "b"]?.booleans == [true, false, nil])
        #expect(data[column: "late"]?.integers == [nil, nil, 7])
        #expect(data[column: "n"]?.integers == [nil, nil, nil])
        guard case .integerArrays(width: 2, [1, 2, 3, 1, 4, 5])? = data[column: "p"]?.values,
            case .realArrays(width: 2, [1, 0.5, 2, 3, 1, 1])? = data[column: "q"]?.values
        else {
            Issue.record("arrays \(data.columns[4].values), \(data.columns[5].values)")
            return
        }
        #expect(data[column: "p"]?.sizes == [2])
        #expect(data[column: "p"]?.element(1)?.integers == [2, 1, 5])
        #expect(data[column: "p"]?.element(2)?.integers == nil)
        #expect(
            data.text(row: 1)
                == "i = 9007199254740993, r = 2.0, t = '', b = false, p = [3, 1], q = [2.0, 3.0], n = NULL, late = NULL"
        )
    }

    @Test func realsMayComeAfterIntegers() throws {
        let data = try folder.dataset(
            "a.jsonl", #"{"x":1,"p":[1]}"# + "\n" + #"{"p":[2]}"# + "\n" + #"{"x":0.5,"p":[0.5]}"#)
        #expect(data[column: "x"]?.reals == [1, nil, 0.5])
        #expect(data[column: "p"]?.element(0)?.reals == [1, 2, 0.5])
    }

    @Test(arguments: [
        ("", "a.jsonl: the dataset has no rows"),
        ("\n  \n", "a.jsonl: the dataset has no rows"),
        ("{}", "a.jsonl: the dataset has no columns"),
        ("{\"x\":1}\n[1]", "a.jsonl:2: expected a JSON object, found an array"),
        ("{\"x\":1}\n\n{\"x\":}", "a.jsonl:3:6: expected a value, found '}'"),
        ("{\"x\":1}{\"x\":2}", "a.jsonl:1:8: expected the end of the text, found '{'"),
        ("{\"x\":1,\"x\":2}", "a.jsonl:1:8: the key \"x\" occurs twice"),
        (
            "{\"p\":[1,2]}\n{\"p\":[1]}",
            "a.jsonl:2: column 'p' has an array of length 1 here, but of length 2 at line 1"
        ),
        (
            "{\"x\":null}\n{\"x\":1}\n{\"x\":\"a\"}",
            "a.jsonl:3: column 'x' holds a string here, but an integer at line 2"
        ),
        ("{\"x\":true}\n{\"x\":1}", "a.jsonl:2: column 'x' holds an integer here, but a boolean at line 1"),
        ("{\"p\":[1]}\n{\"p\":1}", "a.jsonl:2: column 'p' holds an integer here, but an array at line 1"),
        ("{\"p\":[1]}\n{}", "a.jsonl:2: column 'p' has no array here, as it has at line 1; arrays cannot be NULL"),
        (
            "{\"p\":null}\n{\"p\":[1]}",
            "a.jsonl:1: column 'p' has no array here, as it has at line 2; arrays cannot be NULL"
        ),
        ("{\"p\":[\"a\"]}", "a.jsonl:1: column 'p' has a string in an array, expected numbers"),
        ("{\"p\":[[1]]}", "a.jsonl:1: column 'p' has an array in an array, expected numbers"),
        (
            "{\"p\":{}}",
            "a.jsonl:1: column 'p' holds an object, expected a number, a boolean, a string, null or an array of numbers"
        ),
        (
            "{\"x\":9007199254740993}\n{\"x\":0.5}",
            "a.jsonl:2: column 'x' holds reals and the integer 9007199254740993, which no float64 equals"
        ),
        ("{\"x\":1e999}", "a.jsonl:1:6: the number 1e999 is beyond the range of float64"),
        ("{\"x\":NaN}", "a.jsonl:1:6: expected a value, found 'N'"),
    ])
    func errors(text: String, message: String) {
        #expect(folder.complaint("a.jsonl", text) == message)
    }
}
