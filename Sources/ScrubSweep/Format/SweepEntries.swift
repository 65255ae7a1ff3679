internal import ScrubCore
internal import ScrubHypothesis
internal import Yams

/// Makes the list of runs: the matrix, less what is excluded, and what is included.
struct SweepEntries {
    let matrix: SweepMatrix
    let axes: SweepAxes
    /// Where each parameter of the matrix is stated.
    let parameterPlaces: [String: SourceLocation]

    /// The sweep with its runs.
    ///
    /// - Parameters:
    ///   - sweep: what all runs have in common.
    ///   - include: the file's section of further runs.
    ///   - exclude: the file's section of runs that are left out of the matrix.
    ///   - top: the file's top, for errors about the whole.
    func fill(_ sweep: Sweep, include: Node?, exclude: Node?, top: SourceLocation) throws -> Sweep {
        try checkParameters()
        var (sweep, axes) = (sweep, axes)
        let only = matrix.hypotheses.count == 1 ? matrix.hypotheses.first : nil
        let included = try entries(include, key: "include").map {
            try SweepInclusion($0, &axes, only: only, isExact: sweep.isExact)
        }
        let known = axes.hypotheses
        try checkCount(([matrix] + included.map(\.matrix)).map { $0.count(of: known) }, top)

        var choices = matrix.choices(of: known)
        for entry in try entries(exclude, key: "exclude") {
            let exclusion = try SweepExclusion(entry, axes, known: matrix.parameters.map(\.name))
            let count = choices.count
            choices.removeAll { exclusion.matches($0.choice, of: known) }
            if choices.count == count { sweep.warnings.append("\(exclusion.location): \"exclude\" matches no run") }
        }
        for entry in included { choices += entry.matrix.choices(of: known, at: entry.location) }
        guard !choices.isEmpty else { throw SweepError.noRuns(top) }
        var met = Set<SweepChoice>(minimumCapacity: choices.count)
        choices.removeAll { !met.insert($0.choice).inserted }
        (sweep.hypotheses, sweep.choices) = (known, choices)
        return sweep
    }

    private func entries(_ node: Node?, key: String) throws -> [Node] {
        guard let node else { return [] }
        guard case .sequence(let entries) = node, !entries.isEmpty else {
            let found = if case .sequence = node { "an empty list" } else { axes.lists.yaml.describe(node) }
            throw HypothesisError.value(
                axes.lists.yaml.place(node), key: key, found: found, expected: "a list of entries such as {seed: 7}")
        }
        return Array(entries)
    }

    /// Every parameter that a hypothesis uses must have values, and every one that has values a use.
    private func checkParameters() throws {
        let stated = matrix.parameters.map(\.name)
        let texts = matrix.hypotheses.map { axes.hypotheses[$0].text }
        for name in texts.flatMap(\.names) where !stated.contains(name.value) {
            throw SweepError.noParameter(name.location, name: name.value, known: stated)
        }
        let used = Set(texts.flatMap(\.names).map(\.value))
        for name in stated where !used.contains(name) {
            throw SweepError.unusedParameter(
                parameterPlaces[name] ?? SourceLocation(file: axes.lists.yaml.file), name: name, used: used.sorted())
        }
    }

    /// - Parameters:
    ///   - counts: of the matrix and of each entry of `include`; nil for more than can be counted.
    ///   - top: where the error points.
    private func checkCount(_ counts: [Int?], _ top: SourceLocation) throws {
        var total: Int? = 0
        for count in counts {
            let sum = total.flatMap { total in count.map { total.addingReportingOverflow($0) } }
            total = sum.flatMap { $0.overflow ? nil : $0.partialValue }
        }
        guard let total, total <= Sweep.mostRuns else {
            throw SweepError.tooMany(top, count: total, limit: Sweep.mostRuns)
        }
    }
}
