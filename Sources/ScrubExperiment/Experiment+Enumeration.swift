internal import ScrubCore
internal import ScrubData
internal import ScrubHypothesis
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

extension Experiment {
    /// Every combination of the draws that the plan can tell apart. Sets the samples of `options` to how many there are.
    ///
    /// - Throws: `SamplingError`, and what planning throws.
    func enumeration(_ options: inout RunOptions) throws -> Enumeration {
        if let own = tree.tables.compactMap(\.feature).first(where: { samplers[$0] != nil }) {
            throw SamplingError.notEnumerable(own)
        }
        var columns = model.columns
        columns[Ablation.classes] = try Replacements(self, options.ablation)?.column
        let plan = try DropDeadSteps().apply(try lowered(options))
        var known: [Set<InputSource>: ClassIndex] = [:]
        var reading: [Int: ClassIndex] = [:]
        for (table, sources) in plan.columnsGathered where table > 0 {
            let read = sources.compactMap { columns[$0] }
            let classes =
                known[sources]
                ?? ClassIndex(labels: DistinctRows(read, count: dataset.count, rows: 0..<Int32(dataset.count)).slots)
            known[sources] = classes
            reading[table] = classes
        }
        // Row by row: figures compare a replicate with the plain model on its reference, and sort it by any column.
        reading[0] = .identity(dataset.count)
        let enumeration = try Enumeration(
            tree.tables, reading: reading, features: features.mapValues(\.classes), everything: dataset.everyRow)
        options.samples = enumeration.probabilities.count
        return enumeration
    }
}

extension Plan {
    /// By table that is gathered by, the columns of D on which what it gathers depends.
    fileprivate var columnsGathered: [Int: Set<InputSource>] {
        var columns: [Int: Set<InputSource>] = [:]
        for input in inputs where values[input.value].rows == .dataset { columns[input.value] = [input.source] }
        var gathered: [Int: Set<InputSource>] = [:]
        for step in steps {
            var own: Set<InputSource> = []
            for (number, input) in step.inputs.enumerated() {
                guard let read = columns[input] else { continue }
                if let table = step.op.table(ofInput: number) {
                    gathered[table, default: []].formUnion(read)
                } else {
                    own.formUnion(read)
                }
            }
            columns[step.output] = own
        }
        return gathered
    }
}
