internal import ScrubCore
internal import ScrubHypothesis
internal import Yams

/// An entry of `include`: runs besides those of the matrix, of which it takes nothing.
struct SweepInclusion {
    let location: SourceLocation
    private(set) var matrix = SweepMatrix()

    /// - Parameters:
    ///   - node: the entry.
    ///   - axes: reads its values, and keeps the hypotheses that it names.
    ///   - only: the number of the sweep's hypothesis, where it has one; an entry need not name that.
    ///   - isExact: whether the sweep's runs draw nothing.
    init(_ node: Node, _ axes: inout SweepAxes, only: Int?, isExact: Bool) throws {
        let yaml = axes.lists.yaml
        location = yaml.place(node)
        let members = try yaml.members(node, of: "an entry of include", known: nil)
        if let named = members.first(where: { $0.key.value == "hypothesis" }) {
            try axes.read(named.value, key: "hypothesis", axis: "hypothesis", into: &matrix)
        } else if let only {
            matrix.hypotheses = [only]
        } else {
            throw HypothesisError.missing(location, key: "hypothesis", of: "an entry of include")
        }
        let texts = matrix.hypotheses.map { axes.hypotheses[$0].text }
        let used = Set(texts.flatMap(\.names).map(\.value)).sorted()
        for (key, value) in members where key.value != "hypothesis" {
            if key.value == "seed" && isExact { throw SweepError.seedOfExact(key.location, key: "seed") }
            if SweepMatrix.keys.contains(key.value) {
                try axes.read(value, key: key.value, axis: key.value, into: &matrix)
            } else if used.contains(key.value) {
                let values = try axes.lists.parameter(value, name: key.value)
                matrix.parameters.append((key.value, values))
            } else {
                throw HypothesisError.unknownKey(key.location, key: key.value, known: SweepMatrix.keys + used)
            }
        }
        for text in texts {
            for name in text.names where !matrix.parameters.contains(where: { $0.name == name.value }) {
                throw SweepError.lacksParameter(location, name: name.value, hypothesis: text.file)
            }
        }
    }
}
