internal import ScrubData
internal import ScrubHypothesis

extension Experiment {
    /// The treeified hypothesis as text, with the classes that each feature has on D.
    public var treeText: String { treeText(isColoured: false) }

    /// - Parameter isColoured: whether each datum has a colour, by the codes of ANSI terminals.
    public func treeText(isColoured: Bool) -> String {
        let rewrites = model.rewrites.map { "\($0.text)\n" }.joined()
        return (rewrites.isEmpty ? "" : "== rewrites\n\(rewrites)\n") + "== claims\n"
            + tree.text(on: graph, classes: classSizes, isColoured: isColoured)
    }

    /// The treeified hypothesis as a graph in Graphviz's language.
    public var treeDOT: String { tree.dot(on: graph, title: interpretation.name, classes: classSizes) }

    /// The circuit that the claims speak of, as a circuit graph file.
    public var circuitJSON: String { Circuit(tree, on: graph).json(on: graph) }

    /// By feature, how many classes it has on D and how large they are.
    private var classSizes: [String: ClassSizes] {
        features.mapValues { feature in
            let sizes = (0..<feature.classes.classCount).map { feature.classes.members(ofClass: $0).count }
            return ClassSizes(count: sizes.count...sizes.count, rows: (sizes.min() ?? 0)...(sizes.max() ?? 0))
        }
    }
}
