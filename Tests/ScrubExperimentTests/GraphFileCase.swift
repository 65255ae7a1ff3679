import Foundation
import ScrubCore
import ScrubExperiment
import Testing

/// A model folder that lists a graph, data and a hypothesis, with the figures that they must have, worked out by hand.
struct GraphFileCase: Sendable, CustomTestStringConvertible {
    struct Figures: Sendable {
        var model: Double
        var scrubbed: Double
        var baseline: Double
    }

    var testDescription: String
    var nodes: String
    var weights: [(name: String, sizes: [Int], values: [Float])] = []
    var rows: [String]
    /// All of the hypothesis but for model and data.
    var hypothesis: String
    var expected: Figures
    /// How far a figure may lie from what is expected, in units of 1 + that.
    var tolerance = 1e-6

    static let all = [interference, wiring("e"), wiring("g"), scalar, tokens] + GraphFixture.all

    /// p² + p q + q² with p and q uniform on {-1, 0, 1} and independent; p q is another datum's. The error is twice the
    /// variance of p q, (2/3)², and the baseline twice that of the output, 2/9 + 2/9 + (2/3)².
    private static let interference = GraphFileCase(
        testDescription: "the interference p q is drawn: 2 (E p²)²",
        nodes: """
            {"name": "p", "column": "p", "axes": [["position", 1], ["logit", 1]]},
            {"name": "q", "column": "q", "axes": [["position", 1], ["logit", 1]]},
            {"name": "pp", "op": {"product": {}}, "inputs": ["p", "p"]},
            {"name": "pq", "op": {"product": {}}, "inputs": ["p", "q"]},
            {"name": "qq", "op": {"product": {}}, "inputs": ["q", "q"]},
            {"name": "y", "op": {"sum": {}}, "inputs": ["pp", "pq", "qq"]}
            """,
        rows: (0..<9).map { "{\"p\": \($0 / 3 - 1), \"q\": \($0 % 3 - 1)}" },
        hypothesis: """
            behaviour: {loss: squared_error, label: model}
            interpretation: {inputs: {pp: {same: p}, qq: {same: q}}}
            """,
        expected: Figures(model: 0, scrubbed: 8.0 / 9, baseline: 16.0 / 9))

    /// y = 3 relu(e), e of four tokens being -2, -1, 1, 2; y is 0, 0, 3, 6. Drawn `same t >= 2`, half of the data are
    /// right and the others err by 3 in half of the draws. `g`, the relu, is wiring, through which `e` is a direct input.
    private static func wiring(_ claimed: String) -> GraphFileCase {
        GraphFileCase(
            testDescription: "a table, wiring, a claim on \(claimed): 9/4",
            nodes: """
                {"name": "t", "column": "t", "below": 4, "axes": [["position", 1]]},
                {"name": "table", "weight": "table", "axes": [["vocabulary", 4], ["model", 1]]},
                {"name": "out", "weight": "out", "axes": [["model", 1], ["logit", 1]]},
                {"name": "e", "op": {"embed": {}}, "inputs": ["t", "table"]},
                {"name": "g", "op": {"activation": {"function": "relu"}}, "inputs": ["e"], "component": false},
                {"name": "y", "op": {"linear": {}}, "inputs": ["g", "out"]}
                """,
            weights: [("table", [4, 1], [-2, -1, 1, 2]), ("out", [1, 1], [3])],
            rows: (0..<4).map { "{\"t\": \($0), \"z\": \([0, 0, 3, 6][$0])}" },
            hypothesis: """
                behaviour: {loss: squared_error, label: z}
                interpretation: {inputs: {\(claimed): {same: t >= 2}}}
                """,
            expected: Figures(model: 0, scrubbed: 2.25, baseline: 12.375))
    }

    /// c (1, 2) with c uniform on 0...3, the whole output drawn: twice its variance, 5/4 (1 + 4), as the baseline.
    private static let scalar = GraphFileCase(
        testDescription: "a scalar times a direction, all drawn: 2 · 5/4 · 5",
        nodes: """
            {"name": "c", "column": "c", "element": "float32", "axes": []},
            {"name": "direction", "weight": "direction", "axes": [["logit", 2]]},
            {"name": "y", "op": {"outer": {"positions": 1}}, "inputs": ["c", "direction"]}
            """,
        weights: [("direction", [2], [1, 2])], rows: (0..<4).map { "{\"c\": \($0)}" },
        hypothesis: """
            behaviour: {loss: squared_error, label: model}
            interpretation: {same: any}
            """,
        expected: Figures(model: 0, scrubbed: 12.5, baseline: 12.5))

    /// At each of two positions the right one of two classes has probability 3/4. Position 0 is kept; at position 1 the
    /// class is right in half of the draws.
    private static let tokens = GraphFileCase(
        testDescription: "two positions, one kept: (log 4/3 + (log 4/3 + log 4) / 2) / 2",
        nodes: """
            {"name": "t", "column": "t", "below": 2, "axes": [["position", 2]]},
            {"name": "table", "weight": "table", "axes": [["vocabulary", 2], ["model", 2]]},
            {"name": "out", "weight": "out", "axes": [["model", 2], ["logit", 2]]},
            {"name": "e", "op": {"embed": {}}, "inputs": ["t", "table"]},
            {"name": "y", "op": {"linear": {}}, "inputs": ["e", "out"]}
            """,
        weights: [("table", [2, 2], [1, 0, 0, 1]), ("out", [2, 2], [log(3), 0, 0, log(3)])],
        rows: (0..<4).map { "{\"t\": [\($0 / 2), \($0 % 2)]}" },
        hypothesis: """
            behaviour: {loss: cross_entropy, label: t}
            interpretation: {inputs: {"e[0]": {same: exact}}}
            """,
        expected: Figures(
            model: log(4.0 / 3), scrubbed: (log(4.0 / 3) + (log(4.0 / 3) + log(4)) / 2) / 2,
            baseline: (log(4.0 / 3) + log(4)) / 2))

    /// The experiment from files in a folder that is there while `body` runs.
    func with<Result>(_ body: (Experiment) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "model"), withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        try write("model/config.json", "{\"model_type\": \"graph\", \"nodes\": [\n\(nodes)\n], \"output\": \"y\"}\n")
        if !weights.isEmpty {
            try Safetensors.write(weights, to: folder.appending(path: "model/model.safetensors").path)
        }
        try write("rows.jsonl", rows.map { $0 + "\n" }.joined())
        try write("h.yaml", "model: model\ndata: {file: rows.jsonl}\n\(hypothesis)\n")
        return try body(try Experiment(contentsOf: folder.appending(path: "h.yaml").path))
    }
}
