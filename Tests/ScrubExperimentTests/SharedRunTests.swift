import Foundation
import ScrubExperiment
import Synchronization
import Testing

/// Several seeds by one dataset axis, and runs that were stopped and go on.
@Suite struct SharedRunTests {
    private static let brackets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Benchmarks/brackets").path
    private static let seeds: [UInt64] = [0, 3, 7]

    private static func options(samples: Int = 300, round: Int? = 64) -> RunOptions {
        var options = RunOptions(samples: samples, backend: .cpu, threads: 2)
        (options.keepsDraws, options.keepsReplicates, options.round) = (false, false, round)
        return options
    }

    private static func experiments(_ names: [String] = ["0a", "1a", "1b"]) throws -> [Experiment] {
        var reader = ExperimentReader()
        return try names.map { try reader.experiment(contentsOf: "\(brackets)/\($0).yaml") }
    }

    /// Rounds in memory, and a stop after so many.
    private final class Rounds: Sendable {
        let rounds = Mutex<[KeptRound]>([])
        let most: Int

        init(_ rounds: [KeptRound] = [], stoppingAfter most: Int = .max) {
            self.most = most
            self.rounds.withLock { $0 = rounds }
        }

        var journal: RunJournal {
            RunJournal(
                kept: { [self] seed, take in
                    for round in rounds.withLock({ $0 }) where round.seed == seed { try take(round) }
                },
                keep: { [self] round in rounds.withLock { $0.append(round) } },
                isStopped: { [self] in rounds.withLock { $0.count } >= most })
        }
    }

    private func run(
        _ shared: SharedRun, _ options: RunOptions, _ rounds: Rounds = Rounds(), seeds: [UInt64] = Self.seeds
    ) throws -> [Int: [Report]] {
        var hashes: [String: String] = [:]
        var reports: [Int: [Report]] = [:]
        try shared.run(
            options, seeds: seeds, on: Engine.candidates(options), journal: rounds.journal, hashes: &hashes
        ) { seed, runs in
            reports[seed] = try runs.map { try $0.get().report }
        }
        return reports
    }

    private func isSame(_ one: Report, _ other: Report) -> Bool {
        (one.figures, one.outputs, one.claims, one.samples, one.seed, one.warnings)
            == (other.figures, other.outputs, other.claims, other.samples, other.seed, other.warnings)
    }

    @Test func everySeedHasTheFiguresOfARunByItself() throws {
        let experiments = try Self.experiments()
        let shared = try SharedRun.groups(
            of: experiments, Self.options(), on: Engine.candidates(Self.options()))
        #expect(shared.map(\.members) == [[0, 1, 2]])
        let reports = try run(shared[0], Self.options())
        #expect(reports.count == Self.seeds.count)
        for (place, seed) in Self.seeds.enumerated() {
            for (report, experiment) in zip(reports[place] ?? [], experiments) {
                var options = Self.options(round: nil)
                options.seed = seed
                #expect(isSame(report, try experiment.run(options).report))
            }
        }
    }

    /// At every round where it may be.
    @Test func aRunThatWasStoppedGoesOnToTheSameFigures() throws {
        let shared = try #require(try SharedRun(Self.experiments(["1a", "1b"]), Self.options()))
        let whole = try run(shared, Self.options())
        for most in 1...12 {
            let rounds = Rounds(stoppingAfter: most)
            var hashes: [String: String] = [:]
            var before: [Int: [Report]] = [:]
            #expect(throws: RunStopped.self) {
                try shared.run(
                    Self.options(), seeds: Self.seeds, on: Engine.candidates(Self.options()), journal: rounds.journal,
                    hashes: &hashes
                ) { seed, runs in before[seed] = try runs.map { try $0.get().report } }
            }
            let left = Self.seeds.indices.filter { before[$0] == nil }
            #expect(!left.isEmpty)
            let kept = rounds.rounds.withLock { $0 }.compactMap { round -> KeptRound? in
                left.firstIndex(of: round.seed).map {
                    KeptRound(seed: $0, replicates: round.replicates, bytes: round.bytes)
                }
            }
            let after = try run(shared, Self.options(), Rounds(kept), seeds: left.map { Self.seeds[$0] })
            for (place, seed) in left.enumerated() { before[seed] = after[place] }
            for seed in Self.seeds.indices {
                #expect(zip(before[seed] ?? [], whole[seed] ?? []).allSatisfy(isSame) && before[seed]?.count == 2)
            }
        }
    }

    /// Draws until an interval is narrow, and where only the rows drawn are computed.
    @Test(arguments: [0.1, nil]) func soDoesOneOfUnknownLength(width: Double?) throws {
        var options = Self.options(samples: 200)
        options.width = width
        let shared = try #require(try SharedRun(Self.experiments(["1a"]), options))
        let rounds = Rounds()
        let whole = try run(shared, options, rounds)
        let kept = rounds.rounds.withLock { $0 }
        #expect((whole[0]?[0].samples ?? 0 > 200) == (width != nil))
        for count in [1, kept.count / 2, kept.count] {
            let after = try run(shared, options, Rounds(Array(kept.prefix(count))))
            for seed in Self.seeds.indices {
                #expect(zip(after[seed] ?? [], whole[seed] ?? []).allSatisfy(isSame) && after[seed]?.count == 1)
            }
        }
    }

    @Test func roundsThatAreNoneAreRefused() throws {
        let shared = try #require(try SharedRun(Self.experiments(["1a"]), Self.options()))
        let rounds = Rounds()
        _ = try run(shared, Self.options(), rounds)
        let kept = rounds.rounds.withLock { $0 }
        #expect(throws: JournalError.order(64..<128)) { try run(shared, Self.options(), Rounds([kept[1]])) }
        for cut in [0, 1, 8, 9, 16, 17, 300] {
            var round = kept[0]
            round.bytes.removeLast(round.bytes.count - cut)
            #expect(throws: JournalError.unreadable(0..<64)) { try run(shared, Self.options(), Rounds([round])) }
        }
        var longer = kept[0]
        longer.bytes.append(0)
        #expect(throws: JournalError.unreadable(0..<64)) { try run(shared, Self.options(), Rounds([longer])) }
        var huge = kept[0]
        huge.bytes.replaceSubrange(8..<16, with: repeatElement(255, count: 8))
        #expect(throws: JournalError.unreadable(0..<64)) { try run(shared, Self.options(), Rounds([huge])) }
        var endless = kept[0]
        endless.bytes.replaceSubrange(0..<8, with: repeatElement(255, count: 8))
        #expect(throws: JournalError.unreadable(0..<64)) { try run(shared, Self.options(), Rounds([endless])) }
    }

    /// Where a plan of all would compute again what two plans can keep.
    @Test func aGroupIsDividedWhereMemoryIsShort() throws {
        let experiments = try Self.experiments(["0a", "0b", "1a", "1b"])
        var options = Self.options(samples: 20_000, round: nil)
        let engines = try Engine.candidates(options)
        let whole = try SharedRun.groups(of: experiments, options, on: engines)
        #expect(whole.count == 1)
        let peak = try whole[0].forecast(options, on: engines).plan.peakBytes
        var parts = whole
        // The first limit at which all of them are not one plan.
        for share in stride(from: 0.9, to: 0, by: -0.1) where parts.count == 1 {
            options.memoryLimit = Int(Double(peak) * share)
            parts = try SharedRun.groups(of: experiments, options, on: Engine.candidates(options))
        }
        #expect(parts.count > 1)
        let limited = try Engine.candidates(options)
        let operations = try parts.reduce(0) { try $0 + $1.forecast(options, on: limited).operations }
        #expect(try operations < whole[0].forecast(options, on: limited).operations)
        #expect(parts.flatMap(\.members).sorted() == [0, 1, 2, 3])
    }
}
