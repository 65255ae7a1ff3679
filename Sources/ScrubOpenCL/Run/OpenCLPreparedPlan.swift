internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// A plan with its kernels built. Holds no buffer: each run makes its own, so that runs may overlap.
final class OpenCLPreparedPlan: PreparedPlan {
    /// One step with what does not depend on rows.
    struct Step {
        var operation: any DeviceOp
        /// Of the plan's steps that it makes, the ops' names, for the record.
        var names: [String]
        /// Numbered from 1, over both phases.
        var number: Int
        var inputs: [Int]
        var output: Int
        var types: StepTypes
        var kernels: [Int]
        /// Where its list of positions begins in `positions`.
        var positions: Int
    }

    let plan: Plan
    /// Its steps as they are launched.
    let launched: Plan
    let backend: OpenCLBackend
    let programs: [Program]
    /// The lists of all steps, one after another.
    let positions: [Int32]
    /// What is kept in half precision.
    let halved: HalvedValues
    private let layouts: [Rows: Layout]
    private let phases: [Rows: [Step]]

    init(_ plan: Plan, on backend: OpenCLBackend) throws(OpenCLError) {
        var (programs, numbers): ([Program], [KernelSpec: Int]) = ([], [:])
        var positions: [Int32] = []
        var phases: [Rows: [Step]] = [:]
        func types(of step: ScrubPlan.Step) -> StepTypes {
            let output = plan.values[step.output]
            let inputs = step.inputs.map { plan.values[$0].type }
            let chunk = output.rows == .dataset ? plan.chunks.dataset : plan.chunks.replicates
            return StepTypes(
                name: output.name, inputs: inputs,
                constant: step.inputs.map { plan.values[$0].rows == .constant }, output: output.type,
                product: backend.product, precision: backend.precision, device: backend.device.kind,
                hasTensorCores: TunableKernel(step.op).map(backend.hasTensorCores) ?? false,
                choice: backend.choice(for: step.op, inputs, rows: chunk))
        }
        let finished = FinishedProducts(plan) { Linear().takesEpilogue(types(of: $0)) }
        let halved = HalvedValues.of(plan, backend.storage)
        for (index, step) in finished.plan.steps.enumerated() {
            let output = plan.values[step.output]
            var types = types(of: step)
            types.halved = Set(
                step.inputs.indices.filter { halved.contains(step.inputs[$0]) && step.op.table(ofInput: $0) != nil })
            types.epilogue = finished.epilogues[step.output] ?? Epilogue()
            let operation = step.op.onDevice
            var kernels: [Int] = []
            for spec in try operation.kernels(for: types) {
                if numbers[spec] == nil {
                    numbers[spec] = programs.count
                    programs.append(try backend.program(spec))
                }
                kernels.append(numbers[spec, default: 0])
            }
            phases[output.rows, default: []].append(
                Step(
                    operation: operation, names: types.epilogue.names(of: step.op), number: index + 1,
                    inputs: step.inputs,
                    output: step.output, types: types, kernels: kernels, positions: positions.count))
            for position in operation.positions(for: types) { positions.append(Int32(clamping: position)) }
        }
        self.halved = HalvedValues(values: halved, kernel: programs.count)
        if !halved.isEmpty { for spec in HalvedValues.kernels { programs.append(try backend.program(spec)) } }
        // What is kept as it was computed is written where it stays.
        let kept = Set(plan.kept).subtracting(halved)
        layouts = Dictionary(
            uniqueKeysWithValues: [Rows.dataset, .replicates].map { phase in
                let times = Array(finished.plan.steps(on: phase).indices)
                return (
                    phase,
                    Layout(finished.plan, phase: phase, times: times, copied: halved) { !kept.contains($0) }
                )
            })
        self.plan = plan
        launched = finished.plan
        self.programs = programs
        self.positions = positions
        self.phases = phases
        self.backend = backend
    }

    var context: Context { backend.context }

    /// Where the values of a phase lie in a chunk's arena.
    func layout(_ phase: Rows) -> Layout { layouts[phase] ?? Layout(launched, phase: phase) }

    func steps(on rows: Rows) -> [Step] { phases[rows] ?? [] }

    func run(
        _ data: DatasetBindings, progress: @Sendable (RunProgress) -> Void,
        _ body: (any ReplicateRun, [String: HostTensor]) throws -> Void
    ) throws -> RunRecord {
        try data.check(against: plan)
        let run = try Run(self, data)
        return try withoutActuallyEscaping(progress) { progress in
            let roots = try run.roots(on: .dataset, rows: data.rows, progress)
            try body(Replicates(run: run, plan: plan, datasetRows: data.rows, progress: progress), roots)
            return run.record
        }
    }
}

/// Replicates on what a run keeps of its dataset axis.
private struct Replicates: ReplicateRun {
    let run: Run
    let plan: Plan
    let datasetRows: Int
    let progress: @Sendable (RunProgress) -> Void

    var record: RunRecord { run.record }

    func run(_ tables: [[Int32]]) throws -> [String: HostTensor] {
        let count = tables.first?.count ?? 0
        try plan.check(tables, replicates: count, datasetRows: datasetRows)
        try run.bind(tables)
        return try run.roots(on: .replicates, rows: count, progress)
    }

    func run(drawing replicates: Range<Int>, seed: UInt64) throws -> [String: HostTensor] {
        try run.bind(drawing: replicates, seed: seed)
        return try run.roots(on: .replicates, rows: replicates.count, progress)
    }
}
