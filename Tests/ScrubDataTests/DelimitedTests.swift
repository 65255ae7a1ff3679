import ScrubData
import Testing

@Suite struct DelimitedTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    @Test func typesComeFromTheCells() throws {
        let data = try folder.dataset(
            "a.csv",
            "\u{FEFF}i,r,t,b,id,big,mixed,word,empty\r\n"
                + "1,0.5,\"a,\"\"b\"\"\nc\",true,007,9223372036854775808,9007199254740993,nan,\r\n"
                + "-0,2,,False,8,1,0.5,inf,\r\n" + ",nan,x,TRUE,9,2,1,,")
        #expect(data.count == 3)
        #expect(data[column: "i"]?.integers == [1, 0, nil])
        #expect(data[column: "r"]?.reals?.prefix(2) == [0.5, 2])
        #expect(data[column: "r"]?.reals?[2]?.isNaN == true)
        #expect(data[column: "t"]?.texts == ["a,\"b\"\nc", nil, "x"])
        #expect(data[column: "b"]?.booleans == [true, false, true])
        // Not numbers, or not exactly: 007 and 7 are different labels, and so are integers that one real would stand
        // for.
        #expect(data[column: "id"]?.texts == ["007", "8", "9"])
        #expect(data[column: "big"]?.texts == ["9223372036854775808", "1", "2"])
        #expect(data[column: "mixed"]?.texts == ["9007199254740993", "0.5", "1"])
        #expect(data[column: "word"]?.texts == ["nan", "inf", nil])
        #expect(data[column: "empty"]?.integers == [nil, nil, nil])
    }

    /// Tokens in a table: equally many integers in each cell. Anything else is text.
    @Test func integersWithSpacesAreArrays() throws {
        let data = try folder.dataset("b.csv", "tokens,ragged,word\n0 1 2,1 2,1 x\n3 -4 5,1,2 y\n")
        guard case .integerArrays(let width, let elements) = data[column: "tokens"]?.values else {
            Issue.record("tokens are \(String(describing: data[column: "tokens"]?.kind))")
            return
        }
        #expect(width == 3)
        #expect(elements == [0, 1, 2, 3, -4, 5])
        #expect(data[column: "ragged"]?.texts == ["1 2", "1"])
        #expect(data[column: "word"]?.texts == ["1 x", "2 y"])
    }

    @Test func tabs() throws {
        let data = try folder.dataset("a.tsv", "x\ty z\n1\ta,b\n2\t\"c\td\"\n")
        #expect(data[column: "x"]?.integers == [1, 2])
        #expect(data[column: "y z"]?.texts == ["a,b", "c\td"])
    }

    @Test func emptyLinesAreNoRows() throws {
        let data = try folder.dataset("a.csv", "\r\nx\n\n1\n\"\"\n2\n\n")
        #expect(data[column: "x"]?.integers == [1, nil, 2])
        #expect(folder.complaint("a.csv", "\n\nx,\n1,2") == "a.csv:3: the name of column 2 is empty")
    }

    @Test(arguments: [
        ("", "a.csv: the dataset has no columns"),
        ("x,y\n", "a.csv: the dataset has no rows"),
        ("x,,y\n1,2,3", "a.csv:1: the name of column 2 is empty"),
        ("x,y,x\n1,2,3", "a.csv:1: columns 1 and 3 are both called 'x'"),
        ("x,y\n1,\"a\nb\"\n1", "a.csv:4: 1 cells, expected 2 as in the header"),
        ("x,y\n1,2,3", "a.csv:2: 3 cells, expected 2 as in the header"),
        ("x,y\n1,a\"b", "a.csv:2: a quote inside a cell that does not begin with one"),
        ("x,y\n1,\"a\"b", "a.csv:2: text after the quote that ends a cell"),
        ("x,y\n1,\"a\n\n", "a.csv:2: a quoted cell that does not end"),
        ("x\n1\r2", "a.csv:2: a carriage return without a line feed"),
    ])
    func errors(text: String, message: String) {
        #expect(folder.complaint("a.csv", text) == message)
    }

    @Test func cellsMustBeUTF8() throws {
        let path = try folder.file("a.csv", Array("x\n".utf8) + [0xFF])
        #expect(
            folder.complaint { try Dataset.read(path, where: nil, weight: nil, location: nil) }
                == "a.csv:2: a cell that is not UTF-8")
    }
}
