import Scrubjay
import Testing

/// What a model that is a graph, its data and its hypothesis have of each other, wrongly.
@Suite struct BadInputGraphSources {
    @Test(arguments: BadInputGraphSources.sourceCases) func sources(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputGraphSources.fileCases) func files(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputGraphSources.dataCases) func data(_ input: BadInput) throws { try input.check() }

    private static let axes = Axis.Name.allCases.map(\.rawValue).joined(separator: ", ")

    private static let sourceCases: [BadInput] = [
        .graph(
            #""column": "x""#, #""column": "z2""#,
            says: "error: model/config.json:4:5: node \"x\" reads a column \"z2\", which 'data.jsonl' "
                + "does not have, perhaps z; columns are x, t, z, word"),
        .graph(
            #""column": "x""#, #""column": "word""#,
            says: "error: model/config.json:4:5: node \"x\" reads [1, 2] for each row; the column "
                + "\"word\" of 'data.jsonl' has one number"),
        .graph(
            #""column": "x""#, #""column": "t""#,
            says: "error: model/config.json:5:5: node \"t\": the column \"t\" is a node already, at "
                + "line 4, column 5"),
        .graph(
            #""column": "x""#, #""column": "behaviour/labels""#,
            says: "error: model/config.json:4:29: node \"x\": \"column\" is \"behaviour/labels\", "
                + "expected a name that the program does not bind itself"),
        .graph(
            #""axes": [["position", 1]]"#, #""axes": [["position", 2]]"#,
            says: "error: model/config.json:9:5: node \"h\": product (C1): expected two float32 "
                + "values of one shape, found float32 [position: 1, model: 2]; float32 [position: " + "2, model: 2]"),
        .graph(
            #""column": "t""#, #""column": "word""#,
            says: "error: model/config.json:5:5: node \"t\" reads integers from 0 to 2; the column "
                + "\"word\" of 'data.jsonl' holds texts"),
        .graph(
            #""below": 3"#, #""below": 2"#,
            says: "error: data.jsonl: \"t\" is 2 at row 3, and node \"t\" of the model reads an "
                + "integer from 0 to 1"),
        .graph(
            #""below": 3"#, #""below": 4"#,
            says: "error: model/config.json:8:5: node \"e\" reads integers below 4 of \"t\", and there " + "are 3"),
        .graph(
            #""below": 3"#, #""below": 0"#,
            says: "error: model/config.json:5:43: node \"t\": \"below\" is 0, expected an integer from "
                + "1 to 16777216"),
        .graph(
            #""below": 3"#, #""element": "int32""#, says: "error: model/config.json:5:5: node \"t\" has no \"below\""),
        .graph(
            #""below": 3"#, #""below": 3, "element": "float32""#,
            says: "error: model/config.json:5:57: node \"t\": \"element\" is \"float32\" beside \"below\", "
                + "expected int32, or no \"below\""),
        .graph(
            #""below": 3"#, #""element": "int64""#,
            says: "error: model/config.json:5:45: node \"t\": \"element\" is \"int64\", expected float32 " + "or int32"),
        .graph(
            #"["logit", 1]"#, #"["logits", 1]"#,
            says: "error: model/config.json:6:57: node \"W\": \"axes[1]\" is [\"logits\", 1], expected "
                + "[NAME, COUNT], the name one of \(axes), the count from 1 to 16777216"),
        .graph(
            #"["logit", 1]"#, #"["logit", 16777217]"#,
            says: "error: model/config.json:6:57: node \"W\": \"axes[1]\" is [\"logit\", 16777217], "
                + "expected [NAME, COUNT], the name one of \(axes), the count from 1 to 16777216"),
        .graph(
            #"["position", 1], ["model", 2]"#, #"["position", 16777216], ["model", 16777216]"#,
            says: "error: model/config.json:4:42: node \"x\": [position: 16777216, model: 16777216] "
                + "is empty, or too large"),
        .graph(
            #""weight": "W""#, #""weight": "V""#,
            says: "error: model/config.json:6:5: node \"W\": no tensor \"V\", perhaps T; tensors are " + "T, W"),
        .graph(
            #"[["model", 2], ["logit", 1]]"#, #"[["logit", 1], ["model", 2]]"#,
            says: "error: model/config.json:6:5: node \"W\": tensor \"W\" has shape [2, 1], expected " + "[1, 2]"),
        .graph(
            #""weight": "T""#, #""weight": "W""#,
            says: "error: model/config.json:7:5: node \"T\": the tensor \"W\" is a node already, at "
                + "line 6, column 5"),
    ]

    private static let dataCases: [BadInput] = [
        .graph(
            #""t": 1"#, #""t": 3"#, in: "data.jsonl",
            says: "error: data.jsonl: \"t\" is 3 at row 2, and node \"t\" of the model reads an "
                + "integer from 0 to 2"),
        .graph(
            #""t": 1"#, #""t": null"#, in: "data.jsonl",
            says: "error: data.jsonl: \"t\" is NULL at row 2, and node \"t\" of the model reads an "
                + "integer from 0 to 2"),
        .graph(
            "[-1, 0.5]", "[-1, 1e39]", in: "data.jsonl",
            says: "error: data.jsonl: \"x[1]\" is 1e+39 at row 2, and node \"x\" of the model reads a "
                + "finite number of float32"),
        .graph(
            #""t": 1"#, #""t": 1.5"#, in: "data.jsonl",
            says: "error: model/config.json:5:5: node \"t\" reads integers from 0 to 2; the column "
                + "\"t\" of 'data.jsonl' holds reals"),
        .graph(
            "data.jsonl}", "data.jsonl, tokens: t}", in: "h.yaml",
            says: "error: h.yaml:2:34: \"tokens\" is t, expected nothing: the model is a graph, "
                + "whose nodes name their columns"),
        .graph(
            "squared_error, label: z", "cross_entropy, label: z", in: "h.yaml",
            says: "error: h.yaml:3:41: \"z\" is 1 at row 1, expected 0 to 0"),
    ]

    /// What takes more than one change, or another file.
    private static let fileCases: [BadInput] = [
        BadInput("no safetensors", says: "error: model: no *.safetensors file in the model folder") {
            try $0.becomeGraph()
            try $0.folder.remove("model/weights.safetensors")
        },
        BadInput("NaN", says: "error: model/weights.safetensors: tensor \"W\" holds nan at element 1") {
            try $0.becomeGraph()
            try Safetensors.write(
                [("W", [2, 1], [1, .nan]), ("T", [3, 2], [1, 1, 1, -1, -1, 1])],
                to: $0.folder.path("model/weights.safetensors"))
        },
        BadInput(
            "a node called as one of the behaviour",
            says: "error: model/config.json:11:5: node \"loss\" bears the name of a node of the behaviour; call it "
                + "something else"
        ) {
            try $0.becomeGraph()
            try $0.replace(#""name": "y""#, by: #""name": "loss""#, in: "model/config.json")
            try $0.replace(#""output": "y""#, by: #""output": "loss""#, in: "model/config.json")
        },
        BadInput(
            "a loss of labels over an output without logits",
            says:
                "error: h.yaml:3:19: cross_entropy reads [position, logit], and the model's output, \"y\", is float32 "
                + "[position: 1, neuron: 1]"
        ) {
            try $0.becomeGraph()
            try $0.replace(#"["logit", 1]"#, by: #"["neuron", 1]"#, in: "model/config.json")
            try $0.replace("squared_error", by: "cross_entropy", in: "h.yaml")
        },
        BadInput(
            "a number for an output",
            says:
                "error: h.yaml:3:19: squared_error reads numbers at each position, [position, logit], and the model's "
                + "output, \"y\", is float32 []"
        ) {
            try $0.becomeGraph()
            try $0.replace(
                #"{"linear": {}}, "inputs": ["g", "W"]"#, by: #"{"squaredError": {"scale": 1}}, "inputs": ["g", "g"]"#,
                in: "model/config.json")
            try $0.replace(
                #"    {"name": "W", "weight": "W", "axes": [["model", 2], ["logit", 1]]},"#, by: "",
                in: "model/config.json")
        },
        BadInput(
            "positions for a graph",
            ["inspect", "model", "--positions", "2"],
            says: "error: --positions is 2; the model is a graph, whose nodes state their sizes"
        ) { try $0.becomeGraph() },
    ]
}
