import Testing

@Suite struct BadInputBehaviour {
    @Test(arguments: BadInputBehaviour.lossCases) func loss(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputBehaviour.positionCases) func positions(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputBehaviour.labelCases) func labels(_ input: BadInput) throws { try input.check() }

    private static let columns = "columns are tokens, label, word, ratio, weight, flag"
    private static let places = "expected all, last, a position or a list of positions"

    private static let lossCases: [BadInput] = [
        .hypothesis(
            "cross_entropy", "cross_entropi",
            says: "error: h.yaml:3:19: no loss \"cross_entropi\"; losses are cross_entropy, binary_cross_entropy, "
                + "squared_error, absolute_error"),
        .hypothesis(
            "cross_entropy", "binary_cross_entropy",
            says: "error: h.yaml:3:19: binary_cross_entropy reads one or two logits; the model gives 3"),
        .hypothesis(
            "label: label", "label: model",
            says: "error: h.yaml:3:51: the label model needs the loss squared_error or absolute_error"),
        .hypothesis(
            "label: label", "lable: label",
            says: "error: h.yaml:3:44: unknown key \"lable\", perhaps label; keys here are loss, at, label, mask, shift"
        ),
        .hypothesis(", label: label", "", says: "error: h.yaml:3:12: behaviour has no \"label\""),
    ]

    private static let positionCases: [BadInput] = [
        .hypothesis("at: last", "at: first", says: "error: h.yaml:3:38: \"at\" is \"first\", " + places),
        .hypothesis("at: last", "at: 1.5", says: "error: h.yaml:3:38: \"at\" is \"1.5\", " + places),
        .hypothesis("at: last", "at: []", says: "error: h.yaml:3:38: \"at\" is an empty list, " + places),
        .hypothesis("at: last", "at: [a]", says: "error: h.yaml:3:39: \"at\" is \"a\", expected an integer"),
        .hypothesis(
            "at: last", "at: 9", says: "error: h.yaml:3:38: position 9 does not exist; positions are 0 to 3"),
        .hypothesis(
            "at: last", "at: -1", says: "error: h.yaml:3:38: position -1 does not exist; positions are 0 to 3"),
        .hypothesis("at: last", "at: [0, 0]", says: "error: h.yaml:3:38: position 0 is listed twice"),
        .hypothesis(
            "at: last", "at: all",
            says: "error: h.yaml:3:50: \"label\" has one value for each row; 4 positions are read"),
        .hypothesis(
            "label: label", "label: label, shift: -1",
            says: "error: h.yaml:3:65: \"shift\" is -1, expected 0 or more"),
        .hypothesis(
            "at: last, label: label", "at: all, label: tokens, shift: 4",
            says: "error: h.yaml:3:38: a shift of 4 leaves none of 4 positions"),
    ]

    /// Rows are counted from 1 in the file.
    private static let labelCases: [BadInput] = [
        .hypothesis(
            "label: label", "label: lable",
            says: "error: h.yaml:3:51: no column \"lable\" for the label, perhaps label; " + columns),
        .data(
            "\"label\": 2", "\"label\": 3",
            says: "error: h.yaml:3:51: \"label\" is 3 at row 3, expected 0 to 2"),
        .data(
            "\"label\": 2", "\"label\": null",
            says: "error: h.yaml:3:51: \"label\" is NULL at row 3, expected integers"),
        .data(
            "\"label\": 2", "\"label\": 2.5",
            says: "error: h.yaml:3:51: \"label\" is 2.5 at row 3, expected integers"),
        .hypothesis(
            "label: label", "label: word", says: "error: h.yaml:3:51: \"word\" holds texts, expected integers"),
        BadInput(
            "a bad label after a row that 'where' leaves out",
            says: "error: h.yaml:3:51: \"label\" is 7 at row 3, expected 0 to 2"
        ) {
            try $0.replace("tokens: tokens", by: "tokens: tokens, where: label > 0", in: "h.yaml")
            try $0.replace("\"label\": 2", by: "\"label\": 7", in: "data.jsonl")
        },
        .hypothesis(
            "label: label", "label: label, mask: label",
            says: "error: h.yaml:3:64: \"label\" leaves no position at row 1, so its mean is undefined"),
        .hypothesis(
            "label: label", "label: label, mask: msk",
            says: "error: h.yaml:3:64: no column \"msk\" for the mask; " + columns),
        .hypothesis(
            "cross_entropy", "squared_error",
            says:
                "error: h.yaml:3:51: \"label\" has 1 values for each row, expected 3 (positions × outputs) or 12 (all "
                + "positions)"),
    ]
}
