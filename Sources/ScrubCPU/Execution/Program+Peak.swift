internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

extension Program {
    /// What `Run` allocates, in the order in which it does.
    func peakBytes(datasetRows: Int, replicates: Int) -> Int {
        let bound = Set(plan.inputs.map(\.value))
        let roots = Set(plan.roots.map(\.value))
        let kept = kept.filter { !bound.contains($0) }
        func store(_ value: Int) -> Int { Memory.bytes(datasetRows * plan.values[value].type.shape.count) }
        func returned(_ rows: Rows, _ count: Int) -> Int {
            roots.filter { plan.values[$0].rows == rows }.reduce(0) { $0 + count * plan.values[$1].type.bytes }
        }
        func arenas(_ rows: Rows, _ count: Int) -> Int {
            phases.filter { $0.rows == rows }.compactMap { phase in
                Division(phase, rows: count, threads: threads)?.arenaBytes(phase, threads: threads)
            }.max() ?? 0
        }
        let start =
            boundBytes(datasetRows: datasetRows)
            + packings.reduce(0) { $0 + Memory.bytes($1.rows * $1.paddedColumns) }
            + tabulation.bytes + (tokens.count + Set(packed.values).count) * Memory.bytes(datasetRows)
            + kept.filter { !roots.contains($0) }.reduce(0) { $0 + store($1) }
        let dataset = start + returned(.dataset, datasetRows)
        // What is kept and returned is copied once it is computed.
        let between = dataset + kept.filter(roots.contains).reduce(0) { $0 + store($1) }
        let drawn = 4 * plan.tables.count * replicates
        return max(
            dataset + arenas(.dataset, datasetRows),
            between + drawn + returned(.replicates, replicates) + arenas(.replicates, replicates))
    }

    /// Bytes of what a run is given.
    func boundBytes(datasetRows: Int) -> Int {
        plan.inputs.reduce(0) { total, input in
            let value = plan.values[input.value]
            return total + value.type.bytes * (value.rows == .dataset ? datasetRows : 1)
        }
    }
}
