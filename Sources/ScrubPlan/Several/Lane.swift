internal import Dispatch
internal import ScrubCore

/// One of several backends in a run, on a thread of its own: it computes the dataset axis, then every part of the
/// replicates that it is handed. Each is answered once, and must be, before the next is handed or the lane is ended.
final class Lane: @unchecked Sendable {
    // Unchecked: two threads have what changes in turn, each while the other waits for a semaphore.
    private let number: Int
    private let progress: SharedProgress
    // A queue of its own always gets a thread; an iteration of `concurrentPerform` may wait for a core.
    private let thread: DispatchQueue
    private let asked = DispatchSemaphore(value: 0)
    private let answered = DispatchSemaphore(value: 0)
    private var part: Part?
    private var result: Result<Answer, any Error> = .success(Answer())
    /// Rows that are run now, and those of the part before them.
    private var (running, before) = (0, 0)

    /// Consecutive replicates.
    struct Part {
        /// Of all replicates.
        let source: Source
        /// Which of them.
        let rows: Range<Int>
        /// Most that are run at once.
        let most: Int
    }

    /// Where rows come from.
    enum Source {
        case tables([[Int32]])
        /// The backend draws them, from this replicate on.
        case draws(from: Int, seed: UInt64)
    }

    /// What a backend gave.
    struct Answer {
        /// Roots, of one piece after another.
        var pieces: [[String: HostTensor]] = []
        /// What it did so far.
        var record = RunRecord()
        var seconds = 0.0
    }

    /// Begins with the dataset axis, whose roots are the first answer.
    init(_ number: Int, _ plan: any PreparedPlan, _ data: DatasetBindings, _ progress: SharedProgress) {
        self.number = number
        self.progress = progress
        thread = DispatchQueue(label: "scrubjay.backend.\(number)")
        running = data.rows
        thread.async { [self] in
            do {
                let record = try plan.run(data, progress: tell) { run, roots in
                    give(.success(Answer(pieces: [roots], record: run.record)))
                    while let part = take() { give(Result { try answer(part, run) }) }
                }
                give(.success(Answer(record: record)))
            } catch { give(.failure(error)) }
        }
    }

    /// Hands it a part; `answer` waits for what becomes of it.
    func ask(_ part: Part?) {
        self.part = part
        asked.signal()
    }

    func answer() -> Result<Answer, any Error> {
        answered.wait()
        return result
    }

    /// Ends its thread; the run is left behind whole.
    ///
    /// - Returns: what it did in all.
    func end() -> Result<RunRecord, any Error> {
        ask(nil)
        // What the queue holds of the run is then released too.
        thread.sync {}
        return result.map(\.record)
    }

    private func take() -> Part? {
        asked.wait()
        return part
    }

    private func give(_ result: Result<Answer, any Error>) {
        self.result = result
        answered.signal()
    }

    private func answer(_ part: Part, _ run: any ReplicateRun) throws -> Answer {
        let start = ContinuousClock.now
        let first = part.rows.lowerBound
        var pieces: [[String: HostTensor]] = []
        // Of no rows there is one piece too: the roots have a type.
        for piece in stride(from: first, to: max(part.rows.upperBound, first + 1), by: part.most) {
            let rows = piece..<min(part.rows.upperBound, piece + part.most)
            (running, before) = (rows.count, piece - first)
            do {
                switch part.source {
                case .tables(let tables): pieces.append(try run.run(tables.map { Array($0[rows]) }))
                case .draws(let first, let seed):
                    pieces.append(try run.run(drawing: first + rows.lowerBound..<first + rows.upperBound, seed: seed))
                }
            } catch let error as any RowError { throw error.following(piece) }
        }
        return Answer(pieces: pieces, record: run.record, seconds: (ContinuousClock.now - start).inSeconds)
    }

    private func tell(_ part: RunProgress) {
        progress.reach(before + Int(part.share * Double(running)), number)
    }
}
