import ScrubCPU
import ScrubCore
import ScrubExperiment
import ScrubModels
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// The models on the engines: against the float64 forward, and under the identity hypothesis.
@Suite("models on the engines", .serialized, .needsGoldens)
struct EngineTests {
    /// Spread over the data.
    private static let rows = 50

    private func sample(_ model: String) throws -> OutputsPlan {
        let tokens = try Golden.tokens(model)
        return try OutputsPlan(model, (0..<Self.rows).map { tokens[$0 * tokens.count / Self.rows] })
    }

    @Test("the CPU agrees with the float64 forward", arguments: Golden.models) func cpu(_ model: String) throws {
        try compare(model, CPUBackend())
    }

    @Test("OpenCL agrees with the float64 forward", .needsDevice, arguments: Golden.models)
    func openCL(_ model: String) throws {
        try compare(model, try OpenCLBackend(device: try #require(Device.first)))
    }

    private func compare(_ name: String, _ backend: any Backend) throws {
        let model = try ReferenceTransformer(folder: Golden.model(name))
        let sample = try sample(name)
        let result = try sample.run(try sample.plan(optimises: true), on: backend)
        let outputs = try #require(result.roots["model outputs"]?.floats).map { Double($0) }
        for (tokens, found) in zip(sample.tokens, outputs.rows(of: outputs.count / Self.rows)) {
            let logits = model.logits(tokens).rows(of: model.form.outputs)
            expectClose(found, sample.experiment.positionsRead.flatMap { logits[$0] }, "tokens \(tokens)")
        }
    }

    @Test("the identity hypothesis gives the model's own outputs, bit for bit", arguments: Golden.models)
    func identity(_ model: String) throws {
        let sample = try sample(model)
        var all: [[Float]] = []
        for optimises in [false, true] {
            let plan = try sample.plan(optimises: optimises)
            let result = try sample.run(plan, on: CPUBackend())
            let (scrubbed, own) = (
                try #require(result.roots["outputs"]?.floats), try #require(result.roots["model outputs"]?.floats)
            )
            let ownRows = own.rows(of: own.count / Self.rows)
            expectSameBits(scrubbed, sample.reference.flatMap { ownRows[Int($0)] }, "passes: \(optimises)")
            all.append(scrubbed)
        }
        expectSameBits(all[0], all[1], "with passes and without")
    }

    @Test("a plan comes back from its file, and gives the same bits", arguments: Golden.models)
    func file(_ model: String) throws {
        let sample = try sample(model)
        let plan = try sample.plan(optimises: true)
        let read = try Plan(json: plan.json(), file: "plan.json")
        #expect(read == plan)
        let (first, second) = (try sample.run(plan, on: CPUBackend()), try sample.run(read, on: CPUBackend()))
        #expect(first.roots.mapValues(\.floats) == second.roots.mapValues(\.floats))
    }

    @Test("the CPU gives the first logits of brackets") func firstOnCPU() throws { try first(CPUBackend()) }

    @Test("OpenCL gives the first logits of brackets", .needsDevice) func firstOnOpenCL() throws {
        try first(try OpenCLBackend(device: try #require(Device.first)))
    }

    private func first(_ backend: any Backend) throws {
        let expected = BracketFacts.firstLogits
        let sample = try OutputsPlan("brackets", Array(try Golden.tokens("brackets").prefix(expected.count)))
        let result = try sample.run(try sample.plan(optimises: true), on: backend)
        let found = try #require(result.roots["model outputs"]?.floats).map { Double($0) }
        expectClose(found, expected.flatMap { [$0.0, $0.1] }, "logits")
    }
}

/// The plan of a model's identity hypothesis without its losses, and bindings of some rows of its data.
struct OutputsPlan {
    let experiment: Experiment
    /// By row.
    let tokens: [[Int]]
    /// By replicate.
    let reference: [Int32]

    init(_ model: String, _ tokens: [[Int]]) throws {
        experiment = try Experiment(contentsOf: Golden.hypothesis(model, "identity"))
        self.tokens = tokens
        reference = (0..<4 * tokens.count).map { Int32($0 * $0 % tokens.count) }
    }

    /// With roots `outputs` and `model outputs`.
    func plan(optimises: Bool) throws -> Plan {
        let hypothesis = PlannedHypothesis(
            tree: experiment.tree, graph: experiment.graph, behaviours: [experiment.behaviour])
        var plan = try lower([hypothesis], LoweringOptions(keepsOutputs: true, keepsModelOutputs: true)).plan
        plan.roots.removeAll { $0.name != "outputs" && $0.name != "model outputs" }
        let limits = DeviceLimits(memory: 1 << 30, workers: 2, preferredArena: 2 << 20)
        let stages = try Planner(limits: limits, optimises: optimises).stages(
            try DropDeadSteps().apply(plan), datasetRows: tokens.count, replicates: reference.count)
        return try #require(stages.last?.plan)
    }

    func run(_ plan: Plan, on backend: any Backend) throws -> RunResult {
        var inputs: [InputSource: HostTensor] = [:]
        for input in plan.inputs {
            switch input.source {
            case .weight(let name, let slice):
                inputs[input.source] = try experiment.model.weight(name, slice)
            case .transposedWeight(let name, let slice):
                inputs[input.source] = try experiment.model.weight(name, slice).transposed
            case .column:
                let values = tokens.flatMap { $0.map { Int32($0) } }
                inputs[input.source] = HostTensor([tokens.count, tokens[0].count], values)
            case .statistic(let name): Issue.record("a plan without losses reads \(name)")
            }
        }
        let bindings = Bindings(
            datasetRows: tokens.count, replicates: reference.count, inputs: inputs, tables: [reference])
        return try backend.prepare(plan).run(bindings)
    }
}
