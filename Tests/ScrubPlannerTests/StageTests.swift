import Foundation
import ScrubCore
import ScrubExperiment
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// The text of every stage is the golden test of the passes: `Stages.txt` beside this file.
///
/// `SCRUBJAY_RECORD=1` writes it anew, and fails, so that a recording never passes for a test.
@Suite struct StageTests {
    private static let interpretation = "{inputs: {m0: {inputs: {a0.h0: {same: first}}}, a0.h0: {same: y}}}"

    @Test func everyStageReadsAsRecorded() throws {
        let text = try TinyExperiment.with(Self.interpretation) { experiment in
            var text = experiment.treeText + "\n"
            var previous: Stage?
            let options = RunOptions(samples: 10, backend: .cpu, memoryLimit: 1 << 30, threads: 1)
            for stage in try experiment.stages(options) {
                text += stage.text(after: previous) + "\n"
                previous = stage
            }
            return text
        }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Stages.txt")
        if ProcessInfo.processInfo.environment["SCRUBJAY_RECORD"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("Stages.txt was recorded; read it, then run again without SCRUBJAY_RECORD")
        }
        let recorded = try String(contentsOf: file, encoding: .utf8)
        #expect(text == recorded)
    }

    @Test func theNaivePlanHasItsSumsReorderedAndIsCutInChunks() throws {
        try TinyExperiment.with(Self.interpretation) { experiment in
            var options = RunOptions(samples: 10, backend: .cpu, threads: 1)
            options.optimises = false
            let names = try experiment.stages(options).map(\.name)
            #expect(names == ["lowered", "attend to the stream", "choose chunks"])
        }
    }

    @Test func thePlanDoesNotDependOnTheSeed() throws {
        try TinyExperiment.with(Self.interpretation) { experiment in
            let runs = try [0, 1].map {
                try experiment.run(RunOptions(samples: 10, seed: $0, backend: .cpu, threads: 1))
            }
            #expect(runs[0].plan == runs[1].plan)
            #expect(runs[0].tables != runs[1].tables)
        }
    }

    @Test func aLimitThatCannotBeKeptSaysHowMuchItTakes() throws {
        try TinyExperiment.with(Self.interpretation) { experiment in
            let options = RunOptions(samples: 1_000_000, backend: .cpu, memoryLimit: 1 << 19, threads: 1)
            #expect {
                try experiment.stages(options)
            } throws: { error in
                "\(error)"
                    == "the run needs at least 54 MiB, the memory limit is 512 KiB; raise --memory-limit or take fewer samples"
            }
        }
    }

    /// Values alive at one time never share an element.
    @Test func theLayoutKeepsLivingValuesApart() throws {
        try TinyExperiment.with(Self.interpretation) { experiment in
            for stage in try experiment.stages(RunOptions(samples: 10, backend: .cpu, threads: 1)) {
                for phase in [Rows.dataset, .replicates] { checkLayout(of: stage.plan, phase) }
            }
        }
    }

    private func checkLayout(of plan: Plan, _ phase: Rows) {
        let layout = Layout(plan, phase: phase)
        let steps = plan.steps(on: phase)
        func extent(_ value: Int) -> Range<Int>? {
            layout.offsets[value].map { $0..<$0 + plan.values[value].type.shape.axes.reduce(1) { $0 * $1.count } }
        }
        let outlives = Set(plan.roots.map(\.value) + plan.kept)
        for (time, step) in steps.enumerated() {
            let earlier = steps[..<time].map(\.output)
            let alive = earlier.filter { value in
                outlives.contains(value) || steps[time...].contains { $0.inputs.contains(value) }
            }
            for value in alive {
                guard let a = extent(value), let b = extent(step.output) else { continue }
                #expect(!a.overlaps(b), "\(plan.values[value].name) and \(plan.values[step.output].name)")
            }
            #expect((extent(step.output)?.upperBound ?? 0) <= layout.elementsPerRow)
        }
    }
}
