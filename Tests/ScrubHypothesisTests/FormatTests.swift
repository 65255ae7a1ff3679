import ScrubCore
import ScrubHypothesis
import Testing

@Suite struct FormatTests {
    static let text = """
        model: model/
        data: {file: rows.jsonl, tokens: ids, where: n > 2, weight: w}
        behaviour: {loss: cross_entropy, at: [0, 2], label: next, mask: seen, shift: 1}
        features: {both: a AND b}
        defaults: {others: each}
        interpretation:
          inputs:
            a1.h0: {same: both}
            m0:
              same: any
              others: {together: noise}
              inputs:
                embed: {same: exact}
          others: {same: both}
        """

    @Test func everyKeyIsRead() throws {
        let hypothesis = try HypothesisFile.parse(Self.text, file: "dir/h.yaml")
        #expect(hypothesis.resolve(hypothesis.model.value) == "dir/model/")
        #expect(hypothesis.data.tokens.value == "ids")
        #expect(hypothesis.data.condition?.value == "n > 2")
        #expect(hypothesis.data.weight?.value == "w")
        #expect(hypothesis.behaviour.positions.value == .list([0, 2]))
        #expect(hypothesis.behaviour.mask?.value == "seen")
        #expect(hypothesis.behaviour.shift == 1)
        #expect(hypothesis.features["both"]?.value == "a AND b")
        let root = hypothesis.interpretation
        #expect(root.same.value == .exact)
        #expect(root.others?.value == .same("both"))
        #expect(root.inputs.map(\.name) == ["a1.h0", "m0"])
        #expect(root.inputs[0].others == nil && hypothesis.others == .each)
        #expect(root.inputs[1].same.value == .any)
        #expect(root.inputs[1].others?.value == .together("noise"))
        #expect(root.inputs[1].inputs[0].location == SourceLocation(file: "dir/h.yaml", line: 13, column: 9))
    }

    @Test func anAnchorIsACopy() throws {
        let text = """
            model: m
            data: d.csv
            behaviour: {loss: squared_error, label: model}
            interpretation:
              inputs:
                a1.h0: &claim {same: x}
                a1.h1: *claim
            """
        let root = try HypothesisFile.parse(text, file: "h.yaml").interpretation
        #expect(root.inputs.map(\.same.value) == [.feature("x"), .feature("x")])
    }
}
