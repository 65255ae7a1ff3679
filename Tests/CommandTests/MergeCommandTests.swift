import Foundation
import Scrubjay
import Testing

@Suite struct MergeCommandTests {
    private let store: SmallStore

    init() throws { store = try SmallStore() }

    @Test func storesAreMerged() throws {
        for expected in ["4 added, 0 completed, 0 there already", "0 added, 0 completed, 4 there already"] {
            let result = try store.small.scrubjay(["merge", "all.db", "runs.db"])
            #expect(result.output == "all.db: \(expected)\n" && result.errors == "" && result.status == 0)
        }
        let (all, runs) = (
            try store.small.scrubjay(["runs", "all.db", "--state", "done"]),
            try store.small.scrubjay(["runs", "runs.db", "--state", "done"])
        )
        #expect(all.output == runs.output && all.output.contains("1 run: 1 done"))
    }

    @Test func whatIsMoreCompletes() throws {
        do {
            let other = try RunStore(store.small.folder.path("other.db"), mode: .create)
            let run = SmallStore.asked("failed.yaml")
            try other.add([run, SmallStore.asked("new.yaml")])
            try other.finish([FinishedRun(key: run.key, report: store.report, tree: nil, seconds: 1)])
        }
        let result = try store.small.scrubjay(["merge", "all.db", "runs.db", "other.db"])
        #expect(result.output == "all.db: 5 added, 1 completed, 0 there already\n")
    }

    /// Nothing is merged, not of the sound store either.
    @Test func aConflict() throws {
        let figure = store.report.figures[0]
        do {
            let other = try RunStore(store.small.folder.path("other.db"), mode: .create)
            let run = SmallStore.asked("h.yaml", seed: 7)
            var report = store.report
            report.figures[0].scrubbed.mean = 0.125
            report.backend.device = "another device"
            try other.add([run])
            try other.finish([FinishedRun(key: run.key, report: report, tree: nil, seconds: 1)])
        }
        let result = try store.small.scrubjay(["merge", "all.db", "runs.db", "other.db"])
        #expect(
            result.errors
                == "error: other.db: 1 run has other figures than in all.db, so that nothing was merged: h.yaml, seed 7: "
                + "\(figure.metric) scrubbed is \(figure.scrubbed.mean) here (\(store.report.backend.device)) and 0.125 there "
                + "(another device)\n")
        #expect(result.status == 2 && result.output == "")
        #expect(try store.small.scrubjay(["runs", "all.db"]).output == "0 runs: 0 done, 0 failed, 0 unfinished\n")
    }
}
