import ScrubCore
import ScrubData
import Testing

@Suite struct ConditionTests {
    let folder: Folder
    init() throws { folder = try Folder() }
    let text = "n,w,t,p\n1,0.5,a,\n2,0,b,1\n3,1.5,c,0\n4,2,d,2\n"

    @Test func rowsThatAreTrueRemain() throws {
        let data = try folder.dataset("a.csv", text, where: "n > 1 AND t <> 'c'")
        #expect(data.count == 2)
        #expect(data[column: "n"]?.integers == [2, 4])
        #expect(data[column: "t"]?.texts == ["b", "d"])
        #expect([data.fileRow(0), data.fileRow(1)] == [1, 3])
    }

    @Test func nullIsFalseAndNumbersAreTrueUnlessZero() throws {
        #expect(try folder.dataset("a.csv", text, where: "p")[column: "n"]?.integers == [2, 4])
        #expect(try folder.dataset("a.csv", text, where: "w")[column: "n"]?.integers == [1, 3, 4])
    }

    @Test func arraysAreRestrictedToo() throws {
        let data = try folder.dataset("a.jsonl", "{\"p\":[1,2]}\n{\"p\":[3,4]}\n{\"p\":[5,6]}", where: "p[1] <> 4")
        #expect(data[column: "p"]?.element(0)?.integers == [1, 5])
    }

    @Test(arguments: [
        ("n > 9", "the condition 'n > 9' left no row of the 4 in 'a.csv'"),
        ("t", "the condition 't' gives the text 'a' for row 1, expected true, false, a number or NULL"),
        ("m > 9", "unknown column 'm' in 'm > 9' (perhaps 'n' or 'p' or 't'); columns are n, w, t, p"),
        ("", "'' is not an SQL expression over the columns: it is empty"),
    ])
    func conditionErrors(condition: String, message: String) {
        #expect(folder.complaint("a.csv", text, where: condition) == message)
    }

    @Test func weights() throws {
        let data = try folder.dataset("a.csv", text, where: "n < 4", weight: "w")
        #expect(data.weights == [0.5, 0, 1.5])
        #expect(try folder.dataset("a.csv", text, weight: "n").weights == [1, 2, 3, 4])
        #expect(data.everyRow.draw(likeRow: 0, bits: .max) == 2)
    }

    @Test(arguments: [
        ("v", "x,w\n1,1", "there is no column 'v' to weight by (perhaps 'w' or 'x'); columns are x, w"),
        ("w", "x,w\n1,a", "the weight column 'w' holds texts, expected numbers"),
        ("w", "x,w\n1,1\n2,-1", "the weight 'w' of row 2 is -1.0, expected a finite number of at least 0"),
        ("w", "x,w\n1,1\n2,", "the weight 'w' of row 2 is NULL, expected a finite number of at least 0"),
        ("w", "x,w\n1,nan\n2,1.0", "the weight 'w' of row 1 is nan, expected a finite number of at least 0"),
        ("w", "x,w\n1,inf\n2,1.0", "the weight 'w' of row 1 is inf, expected a finite number of at least 0"),
        ("w", "x,w\n1,0\n2,0", "the weights 'w' are all 0"),
        ("w", "x,w\n1,1e308\n2,1e308", "the sum of the weights 'w' is beyond the range of float64"),
    ])
    func weightErrors(weight: String, text: String, message: String) {
        #expect(folder.complaint("a.csv", text, weight: weight) == message)
    }

    @Test func rowsOfErrorsAreThoseOfTheFile() {
        #expect(
            folder.complaint("a.csv", "n,w\n1,1\n2,1\n3,-1", where: "n > 1", weight: "w")
                == "the weight 'w' of row 3 is -1.0, expected a finite number of at least 0")
    }
}
