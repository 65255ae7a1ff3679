import ScrubCore
import ScrubGraph
import ScrubOps

/// The wiring of a two-layer transformer without its arithmetic: every component is a relu of the sum of those below it.
enum LayeredGraph {
    static func make() throws -> Graph {
        var graph = Graph()
        let (positions, model) = (Axis(.position, 3), Axis(.model, 2))
        let tokens = try graph.add(source: .column("tokens"), named: "tokens", type: ValueType([positions], .int32))
        let table = try graph.add(
            source: .weight("E", slice: nil), named: "E", type: ValueType([Axis(.vocabulary, 4), model]))
        var stream = [try graph.add(.embed(Embed()), [tokens, table], named: "embed", isComponent: true)]
        for layer in [["a0.h0", "a0.h1"], ["m0"], ["a1.h0", "a1.h1"], ["m1"], ["logits"]] {
            var written: [Int] = []
            for name in layer {
                let input = try graph.add(.sum(Sum()), stream, named: "\(name).input")
                written.append(try graph.add(.activation(Activation(.relu)), [input], named: name, isComponent: true))
            }
            stream += written
        }
        graph.setOutput(stream[stream.count - 1])
        graph.alias("output", for: "logits")
        return graph
    }
}
