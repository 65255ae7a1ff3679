import Testing

@Suite struct BadInputData {
    @Test(arguments: BadInputData.fileCases) func files(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputData.tokenCases) func tokens(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputData.cellCases) func cells(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputData.rowCases) func rows(_ input: BadInput) throws { try input.check() }

    private static let columns = "columns are tokens, label, word, ratio, weight, flag"

    private static let fileCases: [BadInput] = [
        BadInput("no data", says: "error: h.yaml:2:14: the dataset 'data.jsonl': no such file") {
            try $0.folder.remove("data.jsonl")
        },
        BadInput("a folder", says: "error: h.yaml:2:14: the dataset 'data.jsonl': is a folder, expected a file") {
            try $0.folder.remove("data.jsonl")
            try $0.folder.makeFolder("data.jsonl")
        },
        .hypothesis(
            "data.jsonl", "data.txt",
            says:
                "error: h.yaml:2:14: the dataset 'data.txt' ends in '.txt', expected one of .jsonl, .csv, .tsv, .npz, "
                + ".safetensors"),
        BadInput("empty dataset", says: "error: data.jsonl: the dataset has no rows") {
            try $0.folder.write("data.jsonl", "")
        },
        BadInput(
            "columns of unequal length", says: "error: data.npz: column 'tokens' has 6 rows, but column 'ratio' has 5"
        ) {
            try $0.writeArchive(ratio: [1, 2, 3, 4, 5])
        },
        BadInput(
            "truncated archive",
            says: "error: data.npz: no zip directory at the end of its 200 bytes: not an npz archive, or truncated"
        ) {
            try $0.writeArchive(ratio: [1, 2, 3, 4, 5, 6])
            try $0.folder.write("data.npz", $0.folder.bytes("data.npz").prefix(200))
        },
    ]

    /// A bad token's row is counted from 1 in the file, as in every message about data; its position from 0, as in `at`.
    private static let tokenCases: [BadInput] = [
        .data(
            "[3, 4, 0, 1]", "[3, 5, 0, 1]",
            says: "error: h.yaml:2:34: \"tokens\" has token 5 at row 4, position 1; the vocabulary is 0 to 4"),
        .data(
            "[3, 4, 0, 1]", "[3, -1, 0, 1]",
            says: "error: h.yaml:2:34: \"tokens\" has token -1 at row 4, position 1; the vocabulary is 0 to 4"),
        .data(
            "[3, 4, 0, 1]", "[3, 4, 0]",
            says: "error: data.jsonl:4: column 'tokens' has an array of length 3 here, but of length 4 at line 1"),
        .data(
            "[3, 4, 0, 1]", "[3, \"x\", 0, 1]",
            says: "error: data.jsonl:4: column 'tokens' has a string in an array, expected numbers"),
        .data(
            "[3, 4, 0, 1]", "[3, 4.5, 0, 1]",
            says: "error: h.yaml:2:34: \"tokens\" holds arrays of 4 reals, expected one array of token ids for each row"
        ),
        .data(
            "[3, 4, 0, 1]", "null",
            says: "error: data.jsonl:4: column 'tokens' has no array here, as it has at line 1; arrays cannot be NULL"),
        .hypothesis(
            "tokens: tokens", "tokens: tokns",
            says: "error: h.yaml:2:34: no column \"tokns\" for the tokens, perhaps tokens; " + columns),
        .hypothesis(
            "tokens: tokens", "tokens: word",
            says: "error: h.yaml:2:34: \"word\" holds texts, expected one array of token ids for each row"),
        BadInput(
            "a bad token after a row that 'where' leaves out",
            says: "error: h.yaml:2:34: \"tokens\" has token 7 at row 6, position 3; the vocabulary is 0 to 4"
        ) {
            try $0.replace("tokens: tokens", by: "tokens: tokens, where: label > 0", in: "h.yaml")
            try $0.replace("[0, 0, 1, 1]", by: "[0, 0, 1, 7]", in: "data.jsonl")
        },
    ]

    private static let cellCases: [BadInput] = [
        .data(
            "\"label\": 2", "\"label\": \"two\"",
            says: "error: data.jsonl:3: column 'label' holds a string here, but an integer at line 1"),
        .data(
            "\"label\": 2", "\"label\": {\"is\": 2}",
            says:
                "error: data.jsonl:3: column 'label' holds an object, expected a number, a boolean, a string, null or "
                + "an array of numbers"),
        .data(
            "\"label\": 2", "\"label\": 99999999999999999999",
            says: "error: data.jsonl:3:35: the integer 99999999999999999999 is outside the range of 64 bits"),
        .data("0.75", "NaN", says: "error: data.jsonl:3:60: expected a value, found 'N'"),
        .data("false}", "false,}", says: "error: data.jsonl:1:92: expected a key in quotes, found '}'"),
        .data(
            "false}", "false, \"flag\": true}", says: "error: data.jsonl:1:93: the key \"flag\" occurs twice"),
        .data("{\"tokens\"", "[1]\n{\"tokens\"", says: "error: data.jsonl:1: expected a JSON object, found an array"),
    ]

    private static let rowCases: [BadInput] = [
        .hypothesis(
            "tokens: tokens", "tokens: tokens, where: label > 9",
            says: "error: h.yaml:2:49: the condition 'label > 9' left no row of the 6 in 'data.jsonl'"),
        .hypothesis(
            "tokens: tokens", "tokens: tokens, where: word",
            says:
                "error: h.yaml:2:49: the condition 'word' gives the text 'a' for row 1, expected true, false, a number "
                + "or NULL"),
        .hypothesis(
            "tokens: tokens", "tokens: tokens, where: \"1; DROP TABLE data\"",
            says:
                "error: h.yaml:2:49: '1; DROP TABLE data' is not an SQL expression over the columns: ';' at character "
                + "2"),
        .hypothesis(
            "tokens: tokens", "tokens: tokens, filter: flag",
            says: "error: h.yaml:2:42: unknown key \"filter\", perhaps file; keys here are file, tokens, where, weight"),
        .hypothesis(
            "tokens: tokens", "tokens: tokens, weight: wieght",
            says: "error: h.yaml:2:50: there is no column 'wieght' to weight by (perhaps 'weight'); " + columns),
        .hypothesis(
            "tokens: tokens", "tokens: tokens, weight: word",
            says: "error: h.yaml:2:50: the weight column 'word' holds texts, expected numbers"),
        .hypothesis(
            "tokens: tokens", "tokens: tokens, weight: weight, where: weight = 0",
            says: "error: h.yaml:2:50: the weights 'weight' are all 0"),
        BadInput(
            "negative weight",
            says: "error: h.yaml:2:50: the weight 'weight' of row 3 is -2.0, expected a finite number of at least 0"
        ) {
            try $0.replace("tokens: tokens", by: "tokens: tokens, weight: weight", in: "h.yaml")
            try $0.replace("\"weight\": 2", by: "\"weight\": -2", in: "data.jsonl")
        },
    ]
}
