import Scrubjay
import Testing

@Suite struct BadInputRewrites {
    @Test(arguments: BadInputRewrites.keyCases) func keys(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputRewrites.nameCases) func names(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputRewrites.tensorCases) func tensors(_ input: BadInput) throws { try input.check() }

    /// The hypothesis with a section of one rewrite before its interpretation, which then begins at line 8.
    private static func rewrite(_ text: String, says message: String) -> BadInput {
        BadInput(text, says: "error: " + message) { experiment in
            try experiment.replace("interpretation:", by: "rewrites:\n  - \(text)\ninterpretation:", in: "h.yaml")
            try Safetensors.write(
                [("d", [4], [1, 2, 3, 4]), ("wide", [5], [1, 2, 3, 4, 5]), ("nan", [4], [1, .nan, 0, 0])],
                to: experiment.folder.path("t.safetensors"))
        }
    }

    /// Without a mistake there is no error, which is what makes every other case a case.
    @Test func sound() throws {
        let experiment = try SmallExperiment()
        let text = "{project: a0.h0, onto: {file: t.safetensors, tensor: d}}"
        try Self.rewrite(text, says: "").damage(experiment)
        let result = try experiment.scrubjay(["run", "h.yaml", "--samples", "50", "--backend", "cpu"])
        #expect(result.status == 0)
        #expect(result.output.contains("rewrite project a0.h0: equal on 6 rows, largest error "))
        let explained = try experiment.scrubjay(["explain", "h.yaml", "--samples", "50", "--backend", "cpu"])
        #expect(
            explained.output.hasPrefix(
                "== rewrites\nproject a0.h0: a0.h0 = projection + complement (tolerance 1e-05)\n\n== claims\n"))
    }

    private static let known = "project, estimate, split, combine, duplicate, unbias, expand, contract"

    private static let keyCases: [BadInput] = [
        BadInput("no list", says: "error: h.yaml:6:11: \"rewrites\" is \"all\", expected a list, applied in its order")
        {
            try $0.replace("interpretation:", by: "rewrites: all\ninterpretation:", in: "h.yaml")
        },
        rewrite("project", says: "h.yaml:7:5: \"a rewrite\" is \"project\", expected a mapping"),
        rewrite("{}", says: "h.yaml:7:5: \"a rewrite\" is empty, expected one of \(known)"),
        rewrite(
            "{projekt: a0.h0}",
            says: "h.yaml:7:6: unknown key \"projekt\", perhaps project; keys here are \(known)"),
        rewrite(
            "{project: a0.h0, unto: d}",
            says: "h.yaml:7:22: unknown key \"unto\", perhaps onto; keys here are project, onto, as"),
        rewrite(
            "{duplicate: m0, contract: m0}",
            says: "h.yaml:7:21: unknown key \"contract\"; keys here are duplicate"),
        rewrite("{project: a0.h0}", says: "h.yaml:7:5: project has no \"onto\""),
        rewrite(
            "{project: a0.h0, onto: {file: t.safetensors}}", says: "h.yaml:7:28: onto has no \"tensor\""),
        rewrite("{project: a0.h0, onto: d}", says: "h.yaml:7:28: \"onto\" is \"d\", expected a mapping"),
        rewrite(
            "{project: [a0.h0], onto: {file: f, tensor: d}}", says: "h.yaml:7:15: \"project\" is a list, expected text"),
        rewrite(
            "{unbias: m0, as: [one]}", says: "h.yaml:7:22: \"as\" is 1 name, expected the names of two parts"),
        rewrite(
            "{estimate: m0}", says: "h.yaml:7:5: estimate has no \"column\", \"tokens\" or \"probe\""),
        rewrite(
            "{estimate: m0, column: ratio, of: embed}",
            says: "h.yaml:7:39: \"of\" is given beside \"column\", expected one of column, tokens and probe, with what "
                + "belongs to it"),
        rewrite(
            "{estimate: m0, probe: {file: t.safetensors, tensor: d}}", says: "h.yaml:7:5: estimate has no \"of\""),
        rewrite("{combine: [a0.h0, a0.h1]}", says: "h.yaml:7:5: combine has no \"as\""),
        rewrite("{split: m0.input, parts: {}}", says: "h.yaml:7:30: \"parts\" is empty, expected named groups"),
        rewrite("{expand: m0, groups: [low]}", says: "h.yaml:7:26: \"groups\" is a list, expected a mapping"),
    ]

    private static let exist = "nodes are tokens, embed, a0.h0 to a0.h1, m0, logits"

    private static let nameCases: [BadInput] = [
        rewrite("{duplicate: a0.h7}", says: "h.yaml:7:17: no node \"a0.h7\", perhaps a0.h0, a0.h1; \(exist)"),
        rewrite("{duplicate: m0.post}", says: "h.yaml:7:17: \"m0.post\" is wiring inside \"m0\", expected a component"),
        rewrite(
            "{split: m0.input, parts: {a: [embed, m0]}}",
            says: "h.yaml:7:42: \"m0\" is not added in \"m0.input\"; its summands are embed, a0.h0, a0.h1"),
        rewrite(
            "{split: m0.input, parts: {a: [embed], b: [a0.h0, embed]}}",
            says: "h.yaml:7:54: \"embed\" is named twice"),
        rewrite(
            "{split: m0.input, parts: {norm: [embed]}}",
            says: "h.yaml:7:31: there is a node \"m0.norm\" already; give the part another name"),
        rewrite(
            "{combine: [a0.h0, a0.h1], as: m0}",
            says: "h.yaml:7:35: there is a node \"m0\" already; give the part another name"),
        rewrite(
            "{expand: m0, groups: {low: \"0:9\"}}",
            says: "h.yaml:7:27: \"low\" is \"0:9\", expected neurons from 0 to 5, such as 0, 2:5 or a list of these"),
        rewrite(
            "{expand: m0, groups: {low: \"0:3\", high: \"2:6\"}}",
            says: "h.yaml:7:39: \"high\" and \"low\" both have neuron 2; groups must not overlap"),
        rewrite(
            "{expand: m0, groups: {low: \"0:3\"}}",
            says: "h.yaml:7:14: no group of \"m0\" has neuron 3:6; groups must make up all of it"),
        rewrite(
            "{unbias: m0}",
            says:
                "h.yaml:7:14: \"m0\" is the result of linear, float32 [position: 4, model: 4], expected a linear map or "
                + "a sum with a bias that is added"),
        rewrite(
            "{contract: m0}",
            says:
                "h.yaml:7:16: \"m0\" is the result of linear, float32 [position: 4, model: 4], expected a sum of linear "
                + "maps of one value"),
        rewrite(
            "{project: a0.h0, onto: {file: t.safetensors, tensor: d}, as: [q, rest]}",
            says: "h.yaml:7:67: there is a node \"a0.h0.q\" already; give the part another name"),
    ]

    private static let tensorCases: [BadInput] = [
        rewrite(
            "{project: a0.h0, onto: {file: none.safetensors, tensor: d}}",
            says: "h.yaml:7:35: the tensor file 'none.safetensors': no such file"),
        rewrite(
            "{project: a0.h0, onto: {file: t.safetensors, tensor: dd}}",
            says: "h.yaml:7:58: no tensor \"dd\" in 't.safetensors', perhaps d; tensors are d, nan, wide"),
        rewrite(
            "{project: a0.h0, onto: {file: t.safetensors, tensor: nan}}",
            says: "h.yaml:7:58: \"nan\" holds nan at element 1"),
        rewrite(
            "{project: a0.h0, onto: {file: t.safetensors, tensor: wide}}",
            says: "h.yaml:7:58: \"wide\" has sizes [5], expected [4] or [vectors, 4]"),
        rewrite(
            "{estimate: a0.h0, column: ration, along: {file: t.safetensors, tensor: d}}",
            says: "h.yaml:7:31: no column \"ration\" for the estimate, perhaps ratio; columns are tokens, label, word, "
                + "ratio, weight, flag"),
        rewrite(
            "{estimate: a0.h0, column: word, along: {file: t.safetensors, tensor: d}}",
            says: "h.yaml:7:31: \"word\" holds texts, expected numbers"),
        rewrite(
            "{estimate: a0.h0, column: ratio}", says: "h.yaml:7:31: \"ratio\" has sizes [], expected [4] or [4, 4]"),
        rewrite(
            "{estimate: a0.h0, tokens: {file: t.safetensors, tensor: d}}",
            says: "h.yaml:7:61: \"d\" has sizes [4], expected [5, 4]"),
        rewrite(
            "{estimate: a0.h0, probe: {file: t.safetensors, tensor: d}, of: m0}",
            says: "h.yaml:7:68: \"m0\" is computed after \"a0.h0\", which so cannot be estimated by it"),
    ]
}
