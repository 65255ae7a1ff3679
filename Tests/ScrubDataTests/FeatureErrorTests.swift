import ScrubCore
import ScrubData
import Testing

@Suite struct FeatureErrorTests {
    let data: Dataset
    init() throws {
        data = try Dataset(
            file: "d",
            columns: [
                Column("count", .integers([1, 2, 3])), Column("starts_open", .booleans([true, false, nil])),
                Column("nan", .reals([1, .nan, 2])), Column("inf", .reals([1, 2, .infinity])),
                Column("word", .texts(["a", "now", "c\0d"])),
                Column("p", .integerArrays(width: 2, [1, 2, 3, 4, 5, 6])),
                Column("q", .realArrays(width: 2, [1, 2, 3, 4, 5, .nan])), Column("A", .integers([1, 2, 3])),
                Column("a", .integers([1, 2, 3])), Column("when", .texts(["2020-01-01", "now", "2020-01-02"])),
            ])
    }

    private let columns = "columns are count, starts_open, nan, inf, word, p, q, A, a, when"

    private func expect(
        _ text: String, _ message: String, named: [String: String] = [:],
        _ place: Testing.SourceLocation = #_sourceLocation
    ) {
        #expect(data.complaint(text, named: named) == "h.yaml:3: \(message)", sourceLocation: place)
    }

    @Test func names() {
        expect("cuont", "unknown column 'cuont' in 'cuont' (perhaps 'count'); \(columns)")
        expect("xyzzyx > 1", "unknown column 'xyzzyx' in 'xyzzyx > 1'; \(columns)")
        expect("\"abc\" = 'abc'", "unknown column 'abc' in '\"abc\" = 'abc''; \(columns)")
        expect("rowid", "unknown column 'rowid' in 'rowid'; \(columns)")
        expect("p > 1", "column 'p' in 'p > 1' holds arrays of 2; name an element, as p[0]")
        expect("p[2]", "'p[2]' is outside the array column 'p', whose elements are 0 to 1")
        expect("p[-1] = 0", "'p[-1]' is outside the array column 'p', whose elements are 0 to 1")
        expect(
            "p[99999999999999999999]",
            "'p[99999999999999999999]' is outside the array column 'p', whose elements are 0 to 1")
        expect("count[0]", "'count[0]' names an element, but column 'count' holds one value a row")
        expect("z[0] + 1", "unknown column 'z[0]' in 'z[0] + 1'; \(columns)")
    }

    @Test func capitalsThatDoNotDecide() throws {
        let data = try Dataset(file: "d", columns: [Column("AB", .integers([1])), Column("Ab", .integers([2]))])
        #expect(
            data.complaint("ab + 1")
                == "h.yaml:3: 'ab' in 'ab + 1' may be any of the columns AB, Ab: SQL knows no capitals")
    }

    @Test func namedFeatures() {
        expect("x", "the feature 'count' bears the name of a column; rename it", named: ["count": "1", "x": "count"])
        expect(
            "f AND count", "'f' in 'f AND count' is a named feature; an expression is over columns only",
            named: ["f": "count > 1"])
    }

    @Test func notANumber() {
        expect("nan", "column 'nan' is NaN in row 2; leave the row out by 'where', or give it a value")
        expect("q", "column 'q' is NaN in row 3; leave the row out by 'where', or give it a value")
        expect("q[1]", "column 'q[1]' is NaN in row 3; leave the row out by 'where', or give it a value")
        expect(
            "Nan > 1 OR count",
            "column 'nan' is NaN in row 2, and 'Nan > 1 OR count' mentions it; "
                + "leave the row out by 'where', or give it a value"
        )
        #expect(data.complaint("q[0]").hasPrefix("no error"))
    }

    @Test func infinity() {
        #expect(data.complaint("inf").hasPrefix("no error"))
        expect(
            "inf - inf",
            "column 'inf' is infinite in row 3, and 'inf - inf' mentions it; SQL cannot reckon with infinities")
        expect("1e308 * 10 * count", "'1e308 * 10 * count' gives inf for row 1")
    }

    @Test func textsThatSQLWouldCut() {
        expect(
            "word = 'a'",
            "column 'word' has the character U+0000 in row 3, and 'word = 'a'' mentions it; "
                + "SQL would cut the text there"
        )
        expect(
            "'a' || char(0) || count",
            "''a' || char(0) || count' gives a text with U+0000 or bytes that are not UTF-8 for row 1")
        expect(
            "CAST(x'ff' AS TEXT)",
            "'CAST(x'ff' AS TEXT)' gives a text with U+0000 or bytes that are not UTF-8 for row 1")
        expect("x'00ff'", "'x'00ff'' gives a blob, expected a number, a text or NULL for row 1")
    }

    @Test func oneExpressionAndNothingElse() {
        func syntax(_ sql: String, _ problem: String) {
            expect(sql, "'\(sql)' is not an SQL expression over the columns: \(problem)")
        }
        syntax("", "it is empty")
        syntax(" ", "it is empty")
        syntax("1; DROP TABLE data", "';' at character 2")
        syntax("1) FROM data; --", "';' at character 13")
        syntax("1) FROM data --", "a comment at character 14")
        syntax("1 /* x */", "a comment at character 3")
        syntax("count--1", "a comment at character 6")
        syntax("1, 2", "expected one expression, found ',' at character 2")
        syntax("(1", "'(' without ')' at character 1")
        syntax("1) + (2", "')' without '(' at character 2")
        syntax("'a", "a string that does not end, from its quote at character 1")
        syntax("1 + \"count", "a quoted name that does not end, from its quote at character 5")
        syntax("count + [a", "'[' without ']' at character 9")
        syntax("(SELECT 1)", "subqueries and statements are not allowed, found 'SELECT' at character 2")
        syntax("EXISTS (VALUES (1))", "subqueries and statements are not allowed, found 'VALUES' at character 9")
        syntax("count = ?1", "'?' at character 9")
        syntax("count = :a", "':' at character 9")
        syntax("1\u{0}", "a control character at character 2")
        syntax("count +", "it ends too early")
    }

    @Test func whatSQLiteRefuses() {
        func refused(_ sql: String, _ reason: String) { expect(sql, "SQLite refuses '\(sql)': \(reason)") }
        refused("random()", "non-deterministic functions prohibited in generated columns")
        refused("date('now')", "non-deterministic use of date() in a generated column")
        refused("date(\"when\")", "non-deterministic use of date() in a generated column")
        refused("CURRENT_TIMESTAMP", "non-deterministic functions prohibited in generated columns")
        refused("sum(count)", "misuse of aggregate function sum()")
        refused("row_number() OVER ()", "misuse of window function row_number()")
        refused("nosuch(count)", "no such function: nosuch")
        refused("count count", "near \"\"count\"\": syntax error")
        refused("count AS x", "near \"AS\": syntax error")
        refused("(1, 2)", "row value misused")
        refused("abs(-9223372036854775807 - count)", "integer overflow")
        refused("count IN \"A\"", "subqueries prohibited in generated columns")
        refused("load_extension('x')", "non-deterministic functions prohibited in generated columns")
    }
}
