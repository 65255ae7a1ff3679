import Scrubjay
import Testing

/// What is wrong with the nodes of a model that is a graph.
@Suite struct BadInputGraph {
    @Test(arguments: BadInputGraph.formCases) func form(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputGraph.opCases) func ops(_ input: BadInput) throws { try input.check() }

    /// Without damage there is no error.
    @Test func soundInput() throws {
        let experiment = try SmallExperiment()
        try experiment.becomeGraph()
        let result = try experiment.scrubjay(BadInput.run)
        #expect(result.errors == "")
        #expect(result.status == 0)
    }

    private static let ops = Op.everyKind.map(\.name)
        .filter { !["gather", "lookup", "mergePositions", "mergeSources"].contains($0) }.joined(separator: ", ")

    private static let formCases: [BadInput] = [
        .graph(
            #""graph""#, #""gpt2""#,
            says: "error: model/config.json: \"model_type\" is \"gpt2\", expected transformer, graph"),
        .graph(
            #""output": "y""#, #""outputs": "y""#,
            says: "error: model/config.json:13:3: the model has an unknown key \"outputs\", perhaps "
                + "output; keys are model_type, nodes, output"),
        .graph(
            #""output": "y""#, #""output": "z""#,
            says: "error: model/config.json:13:13: \"output\" names a node \"z\", which does not "
                + "exist, perhaps T; nodes are x, t, W, T, e, h, g, y"),
        .graph(
            #""output": "y""#, #""output": 3"#,
            says: "error: model/config.json:13:13: the model: \"output\" is 3, expected a string"),
        .graph(
            #""output": "y""#, #""output": "g""#,
            says: "error: model/config.json:11:5: node \"y\" has no part in the output, \"g\""),
        .graph(
            #""output": "y""#, #""output": "W""#,
            says: "error: model/config.json:6:5: the model: \"output\" is \"W\", expected a node that "
                + "differs from datum to datum"),
        .graph(#""name": "e""#, #""nom": "e""#, says: "error: model/config.json:8:5: nodes[4] has no \"name\""),
        .graph(
            #""name": "e""#, #""name": "e[0]""#,
            says: "error: model/config.json:8:14: nodes[4]: \"name\" is \"e[0]\", expected letters, "
                + "digits and _ . - + ^, and not \"output\""),
        .graph(
            #""name": "e""#, #""name": "output""#,
            says: "error: model/config.json:8:14: nodes[4]: \"name\" is \"output\", expected letters, "
                + "digits and _ . - + ^, and not \"output\""),
        .graph(
            #""name": "e""#, #""name": "x""#,
            says: "error: model/config.json:8:5: node \"x\": there is another of this name at line " + "4, column 5"),
        .graph(
            #""name": "h""#, #""name": "loss""#,
            says: "error: model/config.json:10:74: node \"g\" names a node \"h\", which does not "
                + "exist, perhaps T; nodes are x, t, W, T, e, loss, g, y"),
        .graph(
            #""nodes": ["#, #""nodes": [ 3,"#, says: "error: model/config.json:3:14: nodes[0] is 3, expected an object"),
        .graph(
            #""column": "x", "#, #""column": "x", "weight": "W", "#,
            says: "error: model/config.json:4:5: node \"x\" has column and weight, expected one of "
                + "column, weight, op"),
        .graph(
            #""column": "x", "#, "",
            says: "error: model/config.json:4:5: node \"x\" has none, expected one of column, " + "weight, op"),
        .graph(
            #""column": "x", "#, #""column": "x", "component": false, "#,
            says: "error: model/config.json:4:47: node \"x\": \"component\" is false, expected "
                + "nothing: only nodes with an op state it"),
        .graph(
            #""component": false"#, #""component": 0"#,
            says: "error: model/config.json:10:93: node \"g\": \"component\" is 0, expected true or " + "false"),
        .graph(
            #""component": false"#, #""componnet": false"#,
            says: "error: model/config.json:10:80: node \"g\" has an unknown key \"componnet\", "
                + "perhaps component; keys are name, op, inputs, component"),
    ]

    private static let opCases: [BadInput] = [
        .graph(
            #""linear""#, #""lenear""#,
            says: "error: model/config.json:11:25: node \"y\": \"op\" is \"lenear\", expected one of \(ops)"),
        .graph(
            #"{"linear": {}}"#, #""linear""#,
            says: "error: model/config.json:11:25: node \"y\": \"op\" is \"linear\", expected an object "
                + "with one member, such as {\"linear\": {}}"),
        .graph(
            #"{"linear": {}}"#, #"{"linear": {}, "sum": {}}"#,
            says: "error: model/config.json:11:25: node \"y\": \"op\" is {\"linear\": {}, \"sum\": {}}, "
                + "expected an object with one member, such as {\"linear\": {}}"),
        .graph(
            #"{"linear": {}}"#, #"{"linear": 1}"#,
            says: "error: model/config.json:11:36: linear of node \"y\" is 1, expected an object"),
        .graph(
            #"{"linear": {}}"#, #"{"gather": {"table": 0}}"#,
            says: "error: model/config.json:11:26: node \"y\": the op gather is for plans alone, a "
                + "model has no draws"),
        .graph(
            #"{"linear": {}}"#, #"{"mergePositions": {"picks": []}}"#,
            says: "error: model/config.json:11:26: node \"y\": the op mergePositions is for plans "
                + "alone, a model has no draws"),
        .graph(
            #"{"linear": {}}"#, #"{"lookup": {}}"#,
            says: "error: model/config.json:11:26: node \"y\": the op lookup is for plans alone, a "
                + "model has no draws"),
        .graph(
            #""relu""#, #""swish""#,
            says: "error: model/config.json:10:53: activation of node \"g\": \"function\" is \"swish\", "
                + "expected one of relu, gelu, geluTanh"),
        .graph(
            #""relu""#, "7",
            says: "error: model/config.json:10:53: activation of node \"g\": \"function\" is 7, " + "expected a string"),
        .graph(
            #"{"function": "relu"}"#, "{}",
            says: "error: model/config.json:10:40: activation of node \"g\" has no \"function\""),
        .graph(
            #"{"function": "relu"}"#, #"{"function": "relu", "scale": 2}"#,
            says: "error: model/config.json:10:61: activation of node \"g\" has an unknown key "
                + "\"scale\"; keys are function"),
        .graph(
            #"{"activation": {"function": "relu"}}"#, #"{"layerNorm": {"epsilon": -1}}"#,
            says: "error: model/config.json:10:51: layerNorm of node \"g\": \"epsilon\" is -1.0, "
                + "expected a positive number"),
        .graph(
            #"{"activation": {"function": "relu"}}"#, #"{"selectPositions": {"positions": []}}"#,
            says: "error: model/config.json:10:5: node \"g\": [position: 0, model: 2] is empty, or " + "too large"),
        .graph(
            #"{"activation": {"function": "relu"}}"#, #"{"selectPositions": {"positions": [1]}}"#,
            says: "error: model/config.json:10:5: node \"g\": selectPositions (C2): expected "
                + "positions below 1, not [1], found float32 [position: 1, model: 2]"),
        .graph(
            #"{"activation": {"function": "relu"}}"#, #"{"selectPositions": {"positions": 0}}"#,
            says: "error: model/config.json:10:59: selectPositions of node \"g\": \"positions\" is 0, "
                + "expected a list of integers"),
        .graph(#"["g", "W"]"#, #"["y", "W"]"#, says: "error: model/config.json:11:52: node \"y\" reads itself"),
        .graph(
            #"["h"]"#, #"["y"]"#,
            says: "error: model/config.json:10:74: node \"g\" reads \"y\", which is listed after it; a "
                + "node reads earlier ones"),
        .graph(
            #"["h"]"#, #"["hh"]"#,
            says: "error: model/config.json:10:74: node \"g\" names a node \"hh\", which does not "
                + "exist, perhaps h; nodes are x, t, W, T, e, h, g, y"),
        .graph(
            #"["h"]"#, "[3]",
            says: "error: model/config.json:10:74: node \"g\": \"inputs[0]\" is 3, expected the name " + "of a node"),
        .graph(
            #"["h"]"#, #""h""#, says: "error: model/config.json:10:73: node \"g\": \"inputs\" is \"h\", expected a list"
        ),
        .graph(
            #"["h"]"#, "[]",
            says: "error: model/config.json:10:5: node \"g\": activation (C1): expected one float32 "
                + "value, found nothing"),
        .graph(
            #""product""#, #""linear""#,
            says: "error: model/config.json:9:5: node \"h\": linear (C2): expected W with x's last "
                + "axis as its first, found float32 [position: 1, model: 2]; float32 [position: 1, " + "model: 2]"),
        .graph(
            #""x", "e""#, #""T", "T""#,
            says: "error: model/config.json:9:5: node \"h\" is the same for every datum; compute it "
                + "beforehand and make it a weight"),
    ]
}

extension BadInput {
    /// A graph, its data or its hypothesis with `new` for `old`.
    static func graph(
        _ old: String, _ new: String, in file: String = "model/config.json", says message: String
    ) -> BadInput {
        BadInput("\(old) > \(new)", says: message) {
            try $0.becomeGraph()
            try $0.replace(old, by: new, in: file)
        }
    }
}
