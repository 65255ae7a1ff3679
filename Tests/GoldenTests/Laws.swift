import ScrubCore
import ScrubData
import ScrubExperiment
import ScrubHypothesis
import ScrubOps
import ScrubPlan
import Testing

/// What holds for every hypothesis on every model, whatever its figures are.
@Suite("laws", .serialized, .needsGoldens)
struct Laws {
    static let samples = 300

    private func options(
        _ backend: BackendChoice = .cpu, threads: Int? = nil, optimises: Bool = true, chunk: Int? = nil
    ) -> RunOptions {
        RunOptions(
            samples: Self.samples, seed: 3, backend: backend, threads: threads, optimises: optimises,
            chunks: chunk.map { Chunks(dataset: $0, replicates: $0) }, keepsOutputs: true)
    }

    @Test("the CPU's bits depend on no pass, chunk or number of threads", arguments: LawCase.all)
    func invariance(_ law: LawCase) throws {
        let experiment = try law.experiment()
        let first = try experiment.run(options())
        let variants = [
            ("no passes", options(optimises: false)),
            ("1 thread", options(threads: 1)), ("2 threads", options(threads: 2)),
            ("chunks of 1", options(chunk: 1)), ("chunks of 7", options(chunk: 7)),
            ("chunks of 4096", options(chunk: 4096)),
        ]
        for (name, options) in variants {
            let run = try experiment.run(options)
            #expect(run.tables == first.tables, "\(name)")
            #expect(run.report.figures == first.report.figures, "\(name)")
            expectSameBits(run.scrubbed, first.scrubbed, "\(name), scrubbed")
            expectSameBits(try #require(run.outputs?.floats), try #require(first.outputs?.floats), "\(name), outputs")
        }
    }

    @Test("every draw satisfies its condition", arguments: LawCase.all)
    func conditions(_ law: LawCase) throws {
        let experiment = try law.experiment()
        let tables = experiment.tree.tables
        let drawn = try experiment.sampler(seed: 3).draw(0..<Self.samples)
        #expect(drawn.count == tables.count)
        for (table, rows) in zip(tables, drawn) {
            guard let text = table.feature, let parent = table.parent else { continue }
            let value = try experiment.dataset.text(of: text)
            let bad = zip(rows, drawn[parent]).first { value(Int($0)) != value(Int($1)) }
            #expect(bad == nil, "\(table.key) same \(text)")
        }
    }

    @Test("direct paths agree with float64", arguments: LawCase.directPaths)
    func directPaths(_ law: LawCase) throws {
        let experiment = try law.experiment()
        let run = try experiment.run(options())
        let floats = try #require(run.outputs?.floats).map { Double($0) }
        let outputs = floats.rows(of: floats.count / Self.samples)
        let model = try ReferenceTransformer(folder: Golden.model(law.model))
        let paths = DirectPaths(model, try experiment.tokenRows())
        let claims = experiment.tree.claims
        guard case .shared(let others) = claims[0].others else {
            Issue.record("the root of these hypotheses has one datum for its other inputs")
            return
        }
        for replicate in 0..<40 {
            let rows = claims[0].children.map {
                (name: claims[$0].path, row: Int(run.tables[claims[$0].datum][replicate]))
            }
            let logits = paths.logits(rows, others: Int(run.tables[others][replicate])).rows(of: model.form.outputs)
            expectClose(outputs[replicate], experiment.positionsRead.flatMap { logits[$0] }, "replicate \(replicate)")
        }
    }

    @Test("OpenCL draws the same rows, and agrees within the tolerance", .needsDevice, arguments: LawCase.all)
    func agreement(_ law: LawCase) throws {
        let experiment = try law.experiment()
        let (cpu, device) = (try experiment.run(options()), try experiment.run(options(Device.choice)))
        #expect(device.tables == cpu.tables)
        expectOnDevice(device)
        let (found, expected) = (try #require(device.outputs?.floats), try #require(cpu.outputs?.floats))
        expectClose(found.map { Double($0) }, expected.map { Double($0) }, "outputs")
    }

    /// Every step of the plan ran as a kernel, in every chunk, and a chunk was read back once at most.
    private func expectOnDevice(_ run: Run) {
        #expect(run.record.hostSteps.isEmpty)
        #expect(run.record.readBacksPerChunk <= 1)
        var expected: [String: Int] = [:]
        for rows in [Rows.dataset, .replicates] {
            for step in run.plan.steps(on: rows) { expected[step.op.name, default: 0] += run.record.chunks[rows] ?? 0 }
        }
        #expect(run.record.deviceSteps == expected)
    }
}

extension Dataset {
    /// By row, what a column or an element of one, `horizon_at[3]`, holds: the features of these hypotheses.
    fileprivate func text(of feature: String) throws -> (Int) -> String {
        let words = feature.split { "[]".contains($0) }.map(String.init)
        let column = try #require(self[column: words[0]], "\(feature)")
        guard words.count == 2, let element = Int(words[1]) else { return column.text(row:) }
        guard case .integerArrays(let width, let values) = column.values else { return { _ in "" } }
        return { "\(values[$0 * width + element])" }
    }
}
