import ScrubCore
import ScrubGraph
import ScrubHypothesis
import ScrubOps

/// Two embeddings' worth of structure without a model: tokens, embed, two relu components a0.h0 and a0.h1 with wiring `input`,
/// and logits.
enum ToyGraph {
    static func make() throws -> Graph {
        var graph = Graph()
        let shape: Shape = [Axis(.position, 2), Axis(.model, 3)]
        let tokens = try graph.add(
            source: .column("tokens"), named: "tokens", type: ValueType([Axis(.position, 2)], .int32))
        let table = try graph.add(
            source: .weight("E", slice: nil), named: "E", type: ValueType([Axis(.vocabulary, 4), Axis(.model, 3)]))
        let places = try graph.add(source: .weight("P", slice: nil), named: "P", type: ValueType(shape))
        let embed = try graph.add(.embed(Embed()), [tokens, table, places], named: "embed", isComponent: true)
        var heads: [Int] = []
        for name in ["a0.h0", "a0.h1"] {
            let input = try graph.add(.sum(Sum()), [embed], named: "\(name).input")
            heads.append(try graph.add(.activation(Activation(.relu)), [input], named: name, isComponent: true))
        }
        let stream = try graph.add(.sum(Sum()), [embed] + heads, named: "logits.input")
        let weights = try graph.add(
            source: .weight("U", slice: nil), named: "U", type: ValueType([Axis(.model, 3), Axis(.logit, 2)]))
        let logits = try graph.add(.linear(Linear()), [stream, weights], named: "logits", isComponent: true)
        graph.setOutput(logits)
        graph.alias("output", for: "logits")
        return graph
    }

    static func hypothesis(_ interpretation: String) throws -> Hypothesis {
        let head = "model: m\ndata: d.csv\nbehaviour: {loss: cross_entropy, at: last, label: y}\ninterpretation:\n"
        let body = interpretation.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
        return try HypothesisFile.parse(head + body, file: "h.yaml")
    }
}
