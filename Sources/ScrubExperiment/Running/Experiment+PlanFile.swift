internal import ScrubCore
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

extension Experiment {
    /// The plan in the file at `path`, which must be one of this experiment's, cut to the memory limit.
    ///
    /// - Throws: `PlanFileError`, `ExperimentError`, `ModelError`, `PlannerError.memory`.
    func plan(in path: String, _ options: RunOptions, _ limits: DeviceLimits, datasetRows: Int) throws -> Plan {
        let plan = try Plan(json: MappedFile(path).withBytes { Array($0) }, file: path)
        let asked = try lowered(options)
        if let difference = Self.difference(plan.tables, asked.tables) {
            throw ExperimentError.plan(file: path, "a plan of another hypothesis: \(difference)")
        }
        for name in ["model", "scrubbed"] where !plan.roots.contains(where: { $0.name == name }) {
            throw ExperimentError.plan(file: path, "the plan has no root \"\(name)\"")
        }
        for input in plan.inputs {
            if case .weight(let name, let slice?) = input.source.stored { _ = try model.weight(name, slice) }
        }
        let planner = Planner(limits: limits, optimises: options.optimises)
        let gathering = try Joint(self).lowered(options, gathersPlainValues: true).plan
        guard try planner.makes(plan, of: asked) || planner.makes(plan, of: gathering) else {
            throw ExperimentError.plan(
                file: path, "a plan of another hypothesis, model or --distance: it does not compute what this one asks")
        }
        return try planner.cut(plan, datasetRows: datasetRows, replicates: options.samples)
    }

    /// What `found` draws that `asked` does not, in words.
    private static func difference(_ found: [Table], _ asked: [Table]) -> String? {
        if found == asked { return nil }
        func keys(_ tables: [Table]) -> String { tables.map(\.key).joined(separator: ", ") }
        guard found.map(\.key) == asked.map(\.key), let (found, asked) = zip(found, asked).first(where: { $0 != $1 })
        else {
            return "it draws \(keys(found)); this one draws \(keys(asked))"
        }
        func manner(_ table: Table) -> String { table.feature.map { "by the same \($0)" } ?? "from all rows" }
        return "it draws \(found.key) \(manner(found)); this one draws it \(manner(asked))"
    }
}
