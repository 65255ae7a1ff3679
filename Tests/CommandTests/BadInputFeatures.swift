import Testing

@Suite struct BadInputFeatures {
    @Test(arguments: BadInputFeatures.nameCases) func names(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputFeatures.sqlCases) func sql(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputFeatures.valueCases) func values(_ input: BadInput) throws { try input.check() }

    private static let columns = "columns are tokens, label, word, ratio, weight, flag"

    private static let nameCases: [BadInput] = [
        .hypothesis(
            "same: word", "same: wrod",
            says: "error: h.yaml:12:19: unknown column 'wrod' in 'wrod' (perhaps 'word'); " + columns),
        .hypothesis(
            "label < 2", "labl < 2",
            says: "error: h.yaml:10:13: unknown column 'labl' in 'labl < 2' (perhaps 'label'); " + columns),
        .hypothesis(
            "others: random", "others: {same: lable}",
            says: "error: h.yaml:13:18: unknown column 'lable' in 'lable' (perhaps 'label'); " + columns),
        // No claim names it, but whoever wrote it means to.
        .hypothesis(
            "small: label < 2", "small: label < 2\n  other: nosuch AND flag",
            says: "error: h.yaml:6:10: unknown column 'nosuch' in 'nosuch AND flag'; " + columns),
        .hypothesis(
            "same: word", "same: small AND flag",
            says: "error: h.yaml:12:19: 'small' in 'small AND flag' is a named feature; an expression is over columns "
                + "only"),
        .hypothesis(
            "small: label < 2", "small: label < 2\n  word: label",
            says: "error: h.yaml:11:13: the feature 'word' bears the name of a column; rename it"),
        .hypothesis(
            "small: label < 2", "exact: label < 2",
            says: "error: h.yaml:5:3: \"features\" is \"exact\", expected a name that is not reserved"),
        .hypothesis(
            "label < 2", "tokens[4]",
            says: "error: h.yaml:10:13: 'tokens[4]' is outside the array column 'tokens', whose elements are 0 to 3"),
    ]

    private static func notSQL(_ text: String, _ problem: String) -> BadInput {
        .hypothesis(
            "label < 2", text,
            says: "error: h.yaml:10:13: '\(text)' is not an SQL expression over the columns: \(problem)")
    }

    private static func refused(_ text: String, _ reason: String) -> BadInput {
        .hypothesis("label < 2", text, says: "error: h.yaml:10:13: SQLite refuses '\(text)': \(reason)")
    }

    private static let sqlCases: [BadInput] = [
        notSQL("label <", "it ends too early"),
        notSQL("1; DROP TABLE data", "';' at character 2"),
        notSQL("(SELECT 1)", "subqueries and statements are not allowed, found 'SELECT' at character 2"),
        notSQL("label, ratio", "expected one expression, found ',' at character 6"),
        notSQL("(label", "'(' without ')' at character 1"),
        notSQL("label = ?1", "'?' at character 9"),
        notSQL("word < 'a", "a string that does not end, from its quote at character 8"),
        refused("count(*)", "misuse of aggregate function count()"),
        refused("random()", "non-deterministic functions prohibited in generated columns"),
        refused("date('now')", "non-deterministic use of date() in a generated column"),
        refused("foo(label)", "no such function: foo"),
    ]

    private static let valueCases: [BadInput] = [
        BadInput(
            "NaN in a column",
            says:
                "error: h.yaml:12:19: column 'ratio' is NaN in row 3; leave the row out by 'where', or give it a value"
        ) {
            try $0.writeArchive(ratio: [1, 2, .nan, 3, 1, 2])
            try $0.replace("word", by: "ratio", in: "h.yaml")
        },
        BadInput(
            "NaN in an expression",
            says: "error: h.yaml:12:19: column 'ratio' is NaN in row 3, and 'ratio > 1' mentions it; leave the row out "
                + "by 'where', or give it a value"
        ) {
            try $0.writeArchive(ratio: [1, 2, .nan, 3, 1, 2])
            try $0.replace("word", by: "ratio > 1", in: "h.yaml")
        },
        .hypothesis("label < 2", "9e999", says: "error: h.yaml:10:13: '9e999' gives inf for row 1"),
    ]
}
