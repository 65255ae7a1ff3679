import Scrubjay

extension SmallExperiment {
    /// Puts a graph of eight nodes in the place of the transformer, with data and a hypothesis of its own.
    func becomeGraph() throws {
        try folder.write("model/config.json", Self.graph)
        try Safetensors.write(
            [("W", [2, 1], [1, 2]), ("T", [3, 2], [1, 1, 1, -1, -1, 1])],
            to: folder.path("model/weights.safetensors"))
        try folder.write("data.jsonl", Self.graphData)
        try folder.write("h.yaml", Self.graphHypothesis)
    }

    private static let graph = """
        {
          "model_type": "graph",
          "nodes": [
            {"name": "x", "column": "x", "axes": [["position", 1], ["model", 2]]},
            {"name": "t", "column": "t", "below": 3, "axes": [["position", 1]]},
            {"name": "W", "weight": "W", "axes": [["model", 2], ["logit", 1]]},
            {"name": "T", "weight": "T", "axes": [["vocabulary", 3], ["model", 2]]},
            {"name": "e", "op": {"embed": {}}, "inputs": ["t", "T"]},
            {"name": "h", "op": {"product": {}}, "inputs": ["x", "e"]},
            {"name": "g", "op": {"activation": {"function": "relu"}}, "inputs": ["h"], "component": false},
            {"name": "y", "op": {"linear": {}}, "inputs": ["g", "W"]}
          ],
          "output": "y"
        }

        """

    private static let graphData = """
        {"x": [1.5, 2], "t": 0, "z": 1, "word": "a"}
        {"x": [-1, 0.5], "t": 1, "z": 0, "word": "b"}
        {"x": [2, -1], "t": 2, "z": 1, "word": "a"}
        {"x": [0.5, 1], "t": 0, "z": 0, "word": "b"}

        """

    private static let graphHypothesis = """
        model: model
        data: {file: data.jsonl}
        behaviour: {loss: squared_error, label: z}
        interpretation:
          inputs:
            h:
              inputs:
                e: {same: t}

        """
}
