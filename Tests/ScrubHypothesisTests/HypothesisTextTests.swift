import ScrubCore
import ScrubHypothesis
import Testing

/// What stands for `${NAME}`, and that errors point at what was written.
@Suite struct HypothesisTextTests {
    @Test func parametersArePutIn() throws {
        let text = try HypothesisText("a${layer}.h${head-2}\n${layer}", file: "h.yaml")
        #expect(text.names.map(\.value) == ["layer", "head-2"])
        #expect(text.names[1].location == SourceLocation(file: "h.yaml", line: 1, column: 12))
        #expect(try text.text(["layer": "10", "head-2": "é", "idle": "x"]) == "a10.hé\n10")
    }

    @Test(arguments: [
        ("$${layer} $$ $ {layer} $", "${layer} $$ $ {layer} $"), ("$$${layer}", "$${layer}"),
        ("# ${layer}\n \t# $${\nx # ${layer}", "# ${layer}\n \t# $${\nx # 1"), ("", ""), ("\n\n", "\n\n"),
        ("a\r\n${layer}\r\n", "a\r\n1\r\n"),
    ])
    func whatElseStandsThereIsKept(_ text: String, _ expected: String) throws {
        #expect(try HypothesisText(text, file: "h.yaml").text(["layer": "1"]) == expected)
    }

    @Test(arguments: ["x\n ${", "x\n ${}", "x\n ${1a}", "x\n ${a b}", "x\n ${a\n}", "x\n ${é}", "x\n ${-a}"])
    func whatOpensNoParameterIsAnError(_ text: String) {
        #expect(throws: HypothesisError.parameterName(SourceLocation(file: "h.yaml", line: 2, column: 2))) {
            try HypothesisText(text, file: "h.yaml")
        }
    }

    private static let file = """
        model: m
        data: d.csv
        behaviour: {loss: squared_error, label: model}
        interpretation:
          inputs:
            a${layer}.h0: {same: ${feature}, nope: 1}
        """

    /// The column is that of the file, however long the values are; within a value, that of the `${`.
    @Test(arguments: ["1", "123456789", ""]) func errorsPointAtWhatWasWritten(_ layer: String) throws {
        let known = ["same", "inputs", "others", "paths", "via", "avoiding", "shared", "node"]
        func place(_ column: Int) -> ScrubCore.SourceLocation { .init(file: "h.yaml", line: 6, column: column) }
        #expect(throws: HypothesisError.unknownKey(place(38), key: "nope", known: known)) {
            try HypothesisFile.parse(Self.file, file: "h.yaml", parameters: ["layer": layer, "feature": "count > 0"])
        }
        #expect(throws: HypothesisError.unknownKey(place(26), key: "nap", known: known)) {
            try HypothesisFile.parse(
                Self.file, file: "h.yaml", parameters: ["layer": layer, "feature": "count, nap: 1"])
        }
        #expect(throws: HypothesisError.noParameter(place(26), name: "feature")) {
            try HypothesisFile.parse(Self.file, file: "h.yaml", parameters: ["layer": layer])
        }
    }

    @Test func aValueHasOneLine() throws {
        let place = SourceLocation(file: "h.yaml", line: 1, column: 2)
        let expected = HypothesisError.value(
            place, key: "${x}", found: "text of several lines", expected: "one line")
        #expect(throws: expected) { try HypothesisText(" ${x}", file: "h.yaml").text(["x": "a\nb"]) }
    }

    /// Claims that one value puts in one place are several all the same.
    @Test func claimsOfOneValueAreSeveral() throws {
        let text = """
            model: m
            data: d.csv
            behaviour: {loss: squared_error, label: model}
            interpretation:
              inputs: {${claims}}
            """
        let hypothesis = try HypothesisFile.parse(
            text, file: "h.yaml",
            parameters: ["claims": "a0: {same: x, inputs: {q: {same: y}}}, a1: {same: x, inputs: {k: {same: z}}}"])
        #expect(hypothesis.interpretation.inputs.map { $0.inputs.map(\.name) } == [["q"], ["k"]])
    }
}
