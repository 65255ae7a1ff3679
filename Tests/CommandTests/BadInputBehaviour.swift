import Testing

@Suite struct BadInputBehaviour {
    @Test(arguments: BadInputBehaviour.lossCases) func loss(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputBehaviour.measureCases) func measures(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputBehaviour.alsoCases) func further(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputBehaviour.positionCases) func positions(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputBehaviour.labelCases) func labels(_ input: BadInput) throws { try input.check() }

    private static let columns = "columns are tokens, label, word, ratio, weight, flag"
    private static let measures =
        "measures are cross_entropy, binary_cross_entropy, squared_error, mean_squared_error, absolute_error, accuracy, "
        + "probability, logit_difference, correlation"
    private static let perPosition =
        "those that do are cross_entropy, binary_cross_entropy, accuracy, probability, logit_difference"
    private static let places = "expected all, last, a position or a list of positions"

    private static let lossCases: [BadInput] = [
        .hypothesis(
            "cross_entropy", "cross_entropi",
            says: "error: h.yaml:3:19: no measure \"cross_entropi\", perhaps cross_entropy; " + measures),
        .hypothesis(
            "cross_entropy", "binary_cross_entropy",
            says: "error: h.yaml:3:19: binary_cross_entropy reads one or two logits; the model gives 3"),
        .hypothesis(
            "label: label", "label: model",
            says: "error: h.yaml:3:51: cross_entropy does not take the label model; those that do are squared_error, "
                + "mean_squared_error, absolute_error"),
        .hypothesis(
            "label: label", "lable: label",
            says: "error: h.yaml:3:44: unknown key \"lable\", perhaps label; keys here are measure, loss, at, "
                + "label, mask, shift, against, logit"),
        .hypothesis(
            "loss: cross_entropy", "loss: cross_entropy, measure: accuracy",
            says: "error: h.yaml:3:34: \"measure\" is given beside \"loss\", expected one of the two"),
        .hypothesis("loss: cross_entropy, ", "", says: "error: h.yaml:3:12: behaviour has no \"measure\""),
        .hypothesis(", label: label", "", says: "error: h.yaml:3:12: behaviour has no \"label\""),
    ]

    private static let measureCases: [BadInput] = [
        .hypothesis(
            "cross_entropy, at: last, label: label", "squared_error, at: last, label: model, mask: label",
            says: "error: h.yaml:3:64: squared_error takes no mask; " + perPosition),
        .hypothesis(
            "cross_entropy, at: last, label: label", "squared_error, at: last, label: model, shift: 1",
            says: "error: h.yaml:3:19: squared_error takes no shift; " + perPosition),
        .hypothesis(
            "cross_entropy", "logit_difference",
            says:
                "error: h.yaml:3:19: logit_difference needs \"against\": the column of the wrong label, or others for "
                + "the mean of the other logits"),
        .hypothesis(
            "label: label", "label: label, against: others",
            says: "error: h.yaml:3:67: cross_entropy is against nothing; logit_difference alone takes \"against\""),
        .hypothesis(
            "cross_entropy, at: last", "logit_difference, against: wrong, at: last",
            says: "error: h.yaml:3:46: no column \"wrong\" for what the label is against; " + columns),
        .hypothesis(
            "cross_entropy, at: last", "logit_difference, against: word, at: last",
            says: "error: h.yaml:3:46: \"word\" holds texts, expected integers"),
        .hypothesis(
            "label: label", "label: label, logit: 0",
            says: "error: h.yaml:3:65: cross_entropy reads every logit; correlation alone takes \"logit\""),
        .hypothesis(
            "cross_entropy", "correlation",
            says: "error: h.yaml:3:19: correlation needs \"logit\", the one to read: 0 to 2"),
        .hypothesis(
            "cross_entropy", "correlation, logit: 3",
            says: "error: h.yaml:3:39: logit 3 does not exist; logits are 0 to 2"),
        .hypothesis(
            "cross_entropy", "correlation, logit: -1",
            says: "error: h.yaml:3:39: logit -1 does not exist; logits are 0 to 2"),
        .hypothesis(
            "cross_entropy", "correlation, logit: one",
            says: "error: h.yaml:3:39: \"logit\" is \"one\", expected an integer"),
        .hypothesis(
            "cross_entropy, at: last", "correlation, logit: 0, at: [0, 1]",
            says: "error: h.yaml:3:46: correlation reads one position; here it reads 2"),
        .hypothesis(
            "cross_entropy, at: last, label: label", "correlation, logit: 0, at: last, label: word",
            says: "error: h.yaml:3:59: \"word\" holds texts, expected one number for each row"),
        .hypothesis(
            "cross_entropy, at: last, label: label", "correlation, logit: 0, at: last, label: tokens",
            says: "error: h.yaml:3:59: \"tokens\" holds arrays of 4 integers, expected one number for each row"),
        BadInput(
            "correlation with a constant",
            says: "error: h.yaml:3:59: \"label\" is 2 in every row, and nothing correlates with a constant"
        ) {
            try $0.replace(
                "cross_entropy, at: last, label: label", by: "correlation, logit: 0, at: last, label: label",
                in: "h.yaml")
            try $0.replace("tokens: tokens", by: "tokens: tokens, where: label = 2", in: "h.yaml")
        },
        BadInput(
            "correlation with NULL", says: "error: h.yaml:3:59: \"ratio\" is NULL at row 2, expected finite numbers"
        ) {
            try $0.replace(
                "cross_entropy, at: last, label: label", by: "correlation, logit: 0, at: last, label: ratio",
                in: "h.yaml")
            try $0.replace("\"ratio\": 0.25", by: "\"ratio\": null", in: "data.jsonl")
        },
    ]

    /// `also` stands behind the behaviour, on line 4.
    private static func also(_ text: String, says message: String) -> BadInput {
        .hypothesis("label: label}", "label: label}\nalso: \(text)", says: "error: h.yaml:" + message)
    }

    private static let alsoCases: [BadInput] = [
        also("accuracy", says: "4:7: \"also\" is \"accuracy\", expected a list of measures"),
        also("[acuracy]", says: "4:8: no measure \"acuracy\", perhaps accuracy; " + measures),
        also("[[accuracy]]", says: "4:8: \"also\" is a list, expected a mapping"),
        also("[{at: 0}]", says: "4:8: also has no \"measure\""),
        also(
            "[{measure: accuracy, label: word}]", says: "4:35: \"word\" holds texts, expected integers"),
        also(
            "[logit_difference]",
            says:
                "4:8: logit_difference needs \"against\": the column of the wrong label, or others for the mean of the "
                + "other logits"),
        also(
            "[{measure: squared_error, mask: label}]", says: "4:39: squared_error takes no mask; " + perPosition),
        also(
            "[squared_error]",
            says: "3:51: \"label\" has 1 values for each row, expected 3 (positions × outputs) or 12 (all positions)"),
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
