import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore
import Testing

@Suite struct MergeTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func store(_ name: String) throws -> RunStore { try RunStore(folder.path("\(name).db"), mode: .create) }

    /// Numbers of a merge, written briefly.
    private func merged(_ added: Int, _ completed: Int, _ same: Int) -> Merged {
        var merged = Merged()
        (merged.added, merged.completed, merged.same) = (added, completed, same)
        return merged
    }

    private func content(_ store: RunStore) throws -> [[String]] {
        try store.stored().map(\.content).sorted { $0[0] < $1[0] }
    }

    @Test func everyRunIsTakenOnce() throws {
        let (ours, theirs) = (try store("ours"), try store("theirs"))
        let asked = try SampleRuns.fill(theirs)
        for name in ["heads", "layers", "heads"] { try theirs.note(sweep: name) }
        let before = try content(theirs)
        #expect(try ours.merge(theirs) == merged(4, 0, 0))
        #expect(try ours.merge(theirs) == merged(0, 0, 4))
        #expect(try ours.stored().map(\.key) == asked.map(\.key))
        #expect(try content(theirs) == before)
        #expect(try ours.sweeps() == ["heads", "layers"])
        // Progress stays where it is.
        #expect(try ours.batches().isEmpty)
        #expect(try ours.states(of: [asked[2].key]) == [asked[2].key: .unfinished(replicates: 0)])
        let (mine, other) = (try ours.stored()[0], try theirs.stored()[0])
        #expect(mine.content == other.content && mine.finished == other.finished)
        #expect(
            try ours.runs()
                == (try theirs.runs()).map { line in
                    var line = line
                    if case .unfinished = line.state { line.state = .unfinished(replicates: 0) }
                    return line
                })
    }

    /// Done beats failed, and failed asked for.
    @Test func whatIsWorthMoreIsKept() throws {
        let asked = ["a", "b", "c"].map { SampleRuns.asked($0) }
        func fill(_ store: RunStore, _ states: [Int]) throws {
            try store.add(asked)
            for (run, state) in zip(asked, states) {
                if state == 1 { try store.fail(run.key, message: "no memory", isInput: false) }
                if state == 2 { try store.finish([SampleRuns.finished(run)]) }
            }
        }
        for (name, ours, theirs, expected) in [
            ("up", [0, 0, 1], [1, 2, 2], merged(0, 3, 0)), ("down", [1, 2, 2], [0, 0, 1], merged(0, 0, 3)),
            ("level", [0, 1, 2], [0, 1, 2], merged(0, 0, 3)),
        ] {
            let (into, from) = (try store("\(name) into"), try store("\(name) from"))
            try fill(into, ours)
            try fill(from, theirs)
            #expect(try into.merge(from) == expected, "\(name)")
            let states = try into.stored().map(\.state)
            for (place, most) in zip(ours, theirs).map({ max($0, $1) }).enumerated() {
                let all: [StoredRun.State] = [
                    .unfinished(replicates: 0), .failed(message: "no memory", isInput: false), .done,
                ]
                #expect(states[place] == all[most], "\(name), run \(place)")
            }
        }
    }

    @Test func theOrderOfStoresDoesNotMatter() throws {
        let stores = try (0..<3).map { try store("part \($0)") }
        for (place, store) in stores.enumerated() {
            // Each has a run of its own and one in common; the one in common failed in two of them for other reasons.
            let (own, common) = (SampleRuns.asked("own", seed: UInt64(place)), SampleRuns.asked("common"))
            let both = SampleRuns.asked("both")
            try store.add([own, common, both])
            try store.finish([SampleRuns.finished(own)])
            if place > 0 { try store.fail(common.key, message: "reason \(place)", isInput: true) }
            var report = try SampleRuns.report()
            report.warnings.append("in store \(place)")
            try store.finish([SampleRuns.finished(both, report)])
        }
        var contents: [[[String]]] = []
        for (number, order) in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]].enumerated() {
            let (step, whole) = (try store("step \(number)"), try store("whole \(number)"))
            for place in order { _ = try step.merge(stores[place]) }
            let counts = try whole.merge(order.map { stores[$0] })
            // Five runs; the one in common is completed where the store that did not run it comes first.
            #expect(counts == merged(5, order[0] == 0 ? 1 : 0, order[0] == 0 ? 3 : 4), "\(order)")
            contents += [try content(step), try content(whole)]
        }
        #expect(Set(contents).count == 1)
    }

    @Test func otherFiguresAreAConflictAndNothingIsMerged() throws {
        let (ours, good, bad) = (try store("ours"), try store("good"), try store("bad"))
        let (run, other) = (SampleRuns.asked("a", seed: 7), SampleRuns.asked("b"))
        try ours.add([run])
        try ours.finish([SampleRuns.finished(run)])
        try good.add([other])
        try good.finish([SampleRuns.finished(other)])
        try bad.add([SampleRuns.asked("c"), run])
        try bad.finish([SampleRuns.finished(run, SampleRuns.report(seed: 7, changed: 0.25))])
        let (before, report) = (try content(ours), try SampleRuns.report(seed: 7))
        let figure = report.figures[0]
        let error = StoreError.conflicts(
            into: ours.path, from: bad.path,
            [
                "a.yaml, seed 7: \(figure.metric) scrubbed is \(figure.scrubbed.mean) here (\(report.backend.device)) and "
                    + "\(figure.scrubbed.mean + 0.25) there (another device)"
            ])
        for stores in [[bad], [good, bad], [bad, good]] {
            #expect(throws: error) { _ = try ours.merge(stores) }
            #expect(try content(ours) == before)
        }
        #expect(error.fault == .input)
        #expect(
            "\(error)".hasPrefix(
                "\(bad.path): 1 run has other figures than in \(ours.path), so that nothing was merged: a.yaml"))
        // Two stores that disagree with each other, neither of which was there.
        let fresh = try store("fresh")
        #expect(throws: StoreError.self) { _ = try fresh.merge([ours, bad]) }
        #expect(try fresh.runs().isEmpty)
        #expect(try ours.merge(good) == merged(1, 0, 0))
    }

    /// A figure that is no number is the same as itself, and one interval may differ where the mean does not.
    @Test func whatCountsAsTheSame() throws {
        let (ours, theirs, third) = (try store("ours"), try store("theirs"), try store("third"))
        let run = SampleRuns.asked("a")
        var report = try SampleRuns.report()
        report.figures[0].baseline.mean = .nan
        for store in [ours, theirs, third] {
            try store.add([run])
            // Names of files, devices and times are no figures.
            report.hypothesis = "by another name, \(store.path)"
            if store === third { report.figures[0].scrubbed.interval[1] += 0.5 }
            try store.finish([SampleRuns.finished(run, report)])
        }
        #expect(try ours.merge(theirs) == merged(0, 0, 1))
        #expect(throws: StoreError.self) { _ = try ours.merge(third) }
    }

    @Test func aStoreIntoItself() throws {
        let store = try store("one")
        try SampleRuns.fill(store)
        #expect(try store.merge(RunStore(store.path, mode: .read)) == merged(0, 0, 4))
    }
}
