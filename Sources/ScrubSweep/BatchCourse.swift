internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStore

/// One batch on its way: its rounds go to the store as they are measured, its runs as they are whole.
final class BatchCourse {
    private let conductor: Conductor
    private var batch: PlannedBatch
    private let engine: Engine
    private let place: (number: Int, count: Int)
    private let tell: @Sendable (SweepEvent) -> Void
    private(set) var hashes: [String: String]
    private(set) var outcome: SweepOutcome
    /// Keys of the runs that are done, or failed here.
    private var ended: Set<String>
    private var started = ContinuousClock.now
    /// Runs that have figures and are not in the store yet, and the places of their seeds.
    private var waiting: (runs: [(asked: AskedRun, finished: FinishedRun)], seeds: [Int]) = ([], [])
    private var flushed = ContinuousClock.now
    /// By seed and member, what a precision or storage other than float32 does to the figures.
    private var errors: [[PrecisionError?]] = []

    /// How long a run may wait for others: a commit waits for the disk, which small runs would do most of the time.
    private static let patience = Duration.milliseconds(250)

    private var store: RunStore { conductor.store }

    init(
        _ conductor: Conductor, _ batch: PlannedBatch, on engine: Engine, place: (Int, Int), done: Set<String>,
        hashes: [String: String], outcome: SweepOutcome, _ tell: @escaping @Sendable (SweepEvent) -> Void
    ) {
        self.conductor = conductor
        self.batch = batch
        self.engine = engine
        self.place = place
        ended = done
        self.hashes = hashes
        self.outcome = outcome
        self.tell = tell
    }

    /// - Returns: whether it was told to stop before the end.
    func run() throws -> Bool {
        do {
            try begin()
            try measure()
            try flush()
            try batch.number.map(store.end)
            return false
        } catch is RunStopped {
            try flush()
            return true
        } catch let error as JournalError {
            return try beginAnew(error)
        } catch let error as StoreError {
            if case .changed = error { return try beginAnew(error) }
            throw error
        } catch {
            try flush()
            return try fail(error)
        }
    }

    /// What was kept cannot be gone on with: it is dropped.
    private func beginAnew(_ error: any Error) throws -> Bool {
        guard let number = batch.number else { throw error }
        tell(.dropped("\(error); its runs begin anew"))
        try store.end(number)
        (batch.number, batch.round, batch.places) = (nil, nil, Array(batch.seeds.indices))
        return try run()
    }

    private func begin() throws {
        let round = try conductor.options.checkpoint ?? batch.shared.round(batch.options)
        batch.options.round = batch.round ?? round
        if batch.number == nil {
            batch.number = try store.begin(
                Batch(
                    runs: batch.runs.map { $0.map(\.key) }, replicates: round, engine: engine.progressIdentity))
        }
    }

    private func measure() throws {
        guard let number = batch.number else { return }
        let (store, places) = (store, batch.places)
        let kept = try store.replicates(ofBatch: number, seeds: (places.max() ?? 0) + 1)
        let journal = RunJournal(
            kept: { seed, take in
                try store.chunks(ofBatch: number, seed: places[seed]) { chunk in
                    try take(
                        KeptRound(
                            seed: seed, replicates: chunk.start..<chunk.start + chunk.count, bytes: chunk.bytes))
                }
            },
            keep: { round in
                try store.keep(
                    Chunk(
                        batch: number, seed: places[round.seed], start: round.replicates.lowerBound,
                        count: round.replicates.count, bytes: round.bytes))
            }, isStopped: conductor.options.isStopped)
        let tell = tell
        // What each claim contributes takes runs of its own, for which the memory of this one must be free.
        var whole: Result<Run, any Error>?
        let progress: @Sendable (RunProgress) -> Void = { tell(.progress($0)) }
        func ready(_ bytes: Int) {
            tell(
                .batch(
                    BatchSummary(
                        statements: batch.runs.first?.map(\.statement) ?? [], seeds: batch.seeds,
                        number: place.number, count: place.count,
                        kept: places.reduce(0) { $0 + kept[$1, default: 0] }, peakBytes: bytes,
                        backend: engine.identity)))
        }
        errors = try batch.shared.precisionErrors(
            batch.options, seeds: batch.seeds, on: engine, isStopped: conductor.options.isStopped)
        started = .now
        try batch.shared.run(
            batch.options, seeds: batch.seeds, on: [engine], journal: journal, hashes: &hashes,
            ready: ready, progress: progress
        ) { seed, results in
            if batch.runs[seed][0].statement.attribution { whole = results[0] } else { try keep(seed, results) }
        }
        if let whole { try keep(0, [try attributed(whole)]) }
    }

    /// The one run of a batch, with what each of its claims contributes.
    private func attributed(_ result: Result<Run, any Error>) throws -> Result<Run, any Error> {
        var options = batch.options
        options.seed = batch.seeds[0]
        let (tell, isStopped) = (tell, conductor.options.isStopped)
        if isStopped() { throw RunStopped() }
        do {
            var run = try result.get()
            run.report.attribution = try batch.experiments[0].attribution(
                of: run, options, on: engine, isStopped: isStopped
            ) { tell(.progress($0)) }
            return .success(run)
        } catch let error as any Diagnostic where error.fault == .input {
            return .failure(error)
        }
    }

    /// Takes what was measured under one seed.
    private func keep(_ seed: Int, _ results: [Result<Run, any Error>]) throws {
        let seconds = (ContinuousClock.now - started) / Double(results.count)
        started = .now
        for (member, result) in results.enumerated() {
            let asked = batch.runs[seed][member]
            // Of a batch that goes on, some may be done: they were only on its way.
            if ended.contains(asked.key) { continue }
            switch result {
            case .failure(let error):
                try conductor.fail(asked, error, &outcome, tell)
                ended.insert(asked.key)
            case .success(let run):
                var report = run.report
                report.precision = errors.isEmpty ? nil : errors[seed][member]
                (report.hypothesis, report.others) = (asked.statement.hypothesis, asked.statement.others)
                let finished = FinishedRun(
                    key: asked.key, report: report, tree: batch.experiments[member].treeDOT, seconds: seconds.inSeconds)
                waiting.runs.append((asked, finished))
            }
        }
        waiting.seeds.append(batch.places[seed])
        if ContinuousClock.now - flushed > Self.patience { try flush() }
    }

    /// Puts into the store, by one commit, what waits for it.
    private func flush() throws {
        if waiting.seeds.isEmpty { return }
        try store.finish(waiting.runs.map(\.finished), batch: batch.number, seeds: waiting.seeds)
        let done = waiting.runs
        (waiting, flushed) = (([], []), .now)
        outcome.done += done.count
        for (asked, run) in done {
            ended.insert(asked.key)
            tell(.finished(asked.statement, run.report, seconds: run.seconds))
        }
    }

    /// Of several, each runs by itself where the input is to blame, so that those that are sound are not lost. What a device
    /// did not end is kept.
    private func fail(_ error: any Error) throws -> Bool {
        let isInput = (error as? any Diagnostic)?.fault == .input
        if isInput { try batch.number.map(store.end) }
        if isInput, batch.experiments.count > 1 {
            for part in try batch.apart(ended) {
                let course = BatchCourse(
                    conductor, part, on: engine, place: place, done: ended, hashes: hashes, outcome: outcome, tell)
                let isStopped = try course.run()
                (hashes, outcome) = (course.hashes, course.outcome)
                if isStopped { return true }
            }
            return false
        }
        let left = batch.runs.joined().filter { !ended.contains($0.key) }
        if left.isEmpty { tell(.deviceLost("\(error)")) }
        for run in left { try conductor.fail(run, error, &outcome, tell) }
        return false
    }
}
