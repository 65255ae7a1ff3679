import Testing

@Suite struct BadInputYAML {
    @Test(arguments: BadInputYAML.syntaxCases) func syntax(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputYAML.shapeCases) func shape(_ input: BadInput) throws { try input.check() }

    private static func text(_ what: String, _ text: String, says message: String) -> BadInput {
        BadInput(what, says: message) { try $0.folder.write("h.yaml", text) }
    }

    private static let syntaxCases: [BadInput] = [
        .hypothesis(
            "features:", "features: [",
            says: "error: h.yaml:6:15: not YAML: did not find expected ',' or ']'; "
                + "a text with [ ] { } , or : in it stands in quotes"),
        .hypothesis(
            "{same: word}", "{same: word",
            says: "error: h.yaml:13:9: not YAML: did not find expected ',' or '}'; "
                + "a text with [ ] { } , or : in it stands in quotes"),
        .hypothesis(
            "  same: exact", "\tsame: exact",
            says: "error: h.yaml:7:1: not YAML: found character that cannot start any token"),
        .hypothesis(
            "label < 2", "label: < 2",
            says: "error: h.yaml:5:15: not YAML: mapping values are not allowed in this context"),
        .hypothesis("{same: word}", "*nope", says: "error: h.yaml:12:12: not YAML: found undefined alias"),
        .hypothesis(
            "q: {same: word}", "q: {same: word}\n        q: {same: small}",
            says: "error: h.yaml:12:9: not YAML: the key \"q\" occurs twice"),
        .hypothesis(
            "interpretation:", "data: x\ninterpretation:",
            says: "error: h.yaml:2:1: not YAML: the key \"data\" occurs twice"),
        .hypothesis("word", "wo\u{0}rd", says: "error: h.yaml:12:21: not YAML: control characters are not allowed"),
        text("empty", "", says: "error: h.yaml:1:1: not YAML: the file is empty"),
        text(
            "two documents", SmallExperiment.hypothesis + "---\n" + SmallExperiment.hypothesis,
            says: "error: h.yaml:14:1: not YAML: expected a single document in the stream but found another document"),
        text(
            "deeply nested", "model: " + String(repeating: "[", count: 100_000),
            says: "error: h.yaml:1:9: not YAML: nested too deeply"),
        BadInput("not UTF-8", says: "error: h.yaml: not YAML: the file is not UTF-8") {
            try $0.folder.write("h.yaml", [UInt8](0...255))
        },
    ]

    private static let shapeCases: [BadInput] = [
        text(
            "a list", "- model\n- data\n", says: "error: h.yaml:1:1: \"the hypothesis\" is a list, expected a mapping"),
        text("a word", "hello\n", says: "error: h.yaml:1:1: \"the hypothesis\" is \"hello\", expected a mapping"),
        .hypothesis("model: model\n", "", says: "error: h.yaml:1:1: the hypothesis has no \"model\""),
        .hypothesis(
            "behaviour:", "behavior:",
            says:
                "error: h.yaml:3:1: unknown key \"behavior\", perhaps behaviour; keys here are model, data, behaviour, "
                + "also, features, interpretation, circuit, claims, rewrites, defaults"),
        .hypothesis(
            "behaviour:", "hypotheses:",
            says: "error: h.yaml:3:1: unknown key \"hypotheses\"; keys here are model, data, behaviour, "
                + "also, features, interpretation, circuit, claims, rewrites, defaults; if this is a sweep, it is for scrubjay sweep"
        ),
        .hypothesis("model: model", "model: [model]", says: "error: h.yaml:1:8: \"model\" is a list, expected text"),
        .hypothesis("file: data.jsonl, ", "", says: "error: h.yaml:2:7: data has no \"file\""),
    ]
}
