import Foundation
import ScrubPlan
import ScrubPlanner
import Testing

/// What each pass makes of a tiny plan, as text: the files of `Passes` beside this one.
///
/// `SCRUBJAY_RECORD=1` writes them anew, and fails, so that a recording never passes for a test.
@Suite struct PassTextTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Passes")

    private func file(_ pass: PassCase) -> URL { Self.folder.appending(path: "\(pass.name).txt") }

    @Test(arguments: PassCase.all) func readsAsRecorded(_ pass: PassCase) throws {
        let before = try pass.make().plan
        let after = try pass.pass.apply(before)
        let change = PlanChange(before: before, after: after, datasetRows: 5, replicates: 7)
        let text = "\(before)\n== \(type(of: pass.pass).account(of: change))\n\n\(after)"
        if ProcessInfo.processInfo.environment["SCRUBJAY_RECORD"] == "1" {
            try Data(text.utf8).write(to: file(pass))
            Issue.record("\(pass.name).txt was recorded; read it, then run again without SCRUBJAY_RECORD")
        }
        #expect(try String(contentsOf: file(pass), encoding: .utf8) == text)
    }

    @Test(arguments: PassCase.all) func changesThePlanAndNoFigure(_ pass: PassCase) throws {
        let small = try pass.make()
        let after = try pass.pass.apply(small.plan)
        #expect(after != small.plan)
        if pass.pass is AttendToStream {
            #expect(try small.error(of: after) < AttendToStream.tolerance)
        } else {
            #expect(try small.bits(of: after) == small.bits(of: small.plan))
        }
    }

    /// A pass without a case, or a text without a pass, is told.
    @Test func everyPassHasItsText() throws {
        let sources = Self.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/ScrubPlanner/Passes")
        var passes: [String] = []
        for file in try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for found in text.matches(of: /struct (\w+): Pass \{/) { passes.append(String(found.1)) }
        }
        #expect(passes.sorted() == PassCase.all.map { "\(type(of: $0.pass))" }.sorted())
        // Two cannot be left out.
        #expect(passes.count == PassKind.allCases.count + 2)
        let texts = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(texts.sorted() == PassCase.all.map { "\($0.name).txt" }.sorted())
    }

    /// Accounts follow each other, and of what changed nothing there is nothing to say.
    @Test func accountsAreOfEveryStage() throws {
        let small = try #require(PassCase.all.first { $0.name == HoistToDataset.name }).make()
        let planner = Planner(limits: DeviceLimits(memory: 1 << 30, workers: 1, preferredArena: 1 << 20))
        let stages = try planner.stages(small.plan, datasetRows: 5, replicates: 7)
        let accounts = planner.accounts(of: stages, RunSize(datasetRows: 5, replicates: 7000, atOnce: 7))
        #expect(accounts.map(\.pass) == stages.dropFirst().map(\.name))
        #expect(zip(accounts, accounts.dropFirst()).allSatisfy { $0.after == $1.before })
        for (account, pair) in zip(accounts, zip(stages, stages.dropFirst())) {
            if pair.0.plan == pair.1.plan { #expect(account.did == nil, "\(account.pass)") }
        }
        let hoisting = try #require(accounts.first { $0.pass == HoistToDataset.name })
        #expect(hoisting.did == "moved 1 step before the gathers, where 1 stood already: 5 rows in place of 7,000")
        // A relu of six numbers, on the dataset alone and not on the replicates.
        #expect(hoisting.before.operations == 6 * 7005)
        #expect(hoisting.after.operations == 6 * 5)
        let last = try #require(stages.last?.plan)
        #expect(
            accounts.last?.after.peakBytes == last.cost(datasetRows: 5, replicates: 7, workers: 1).peakBytes)
    }
}
