internal import ScrubData
internal import ScrubHypothesis

extension Experiment {
    /// The treeified hypothesis as text, with the classes that each feature has on D.
    public var treeText: String {
        let about = features.mapValues { feature in
            let sizes = (0..<feature.classes.classCount).map { feature.classes.members(ofClass: $0).count }.sorted()
            let range = sizes.first == sizes.last ? "\(sizes.first ?? 0)" : "\(sizes.first ?? 0) to \(sizes.last ?? 0)"
            return "\(sizes.count) \(sizes.count == 1 ? "class" : "classes") of \(range) rows"
        }
        let rewrites = model.rewrites.map { "\($0.text)\n" }.joined()
        return (rewrites.isEmpty ? "" : "== rewrites\n\(rewrites)\n") + "== claims\n"
            + tree.text(on: graph, classes: about)
    }
}
