internal import Synchronization

/// How far several backends are, told as how far one is: on the dataset axis, which each computes, as far as the last of
/// them; of replicates, what all have done.
final class SharedProgress: Sendable {
    private struct State {
        var (phase, total) = (Rows.dataset, 0)
        /// By backend.
        var done: [Int] = []
    }

    private let state = Mutex(State())
    private let report: @Sendable (RunProgress) -> Void

    init(_ report: @escaping @Sendable (RunProgress) -> Void) { self.report = report }

    /// Nothing is done of so many rows.
    func begin(_ phase: Rows, rows: Int, backends: Int) {
        state.withLock { $0 = State(phase: phase, total: rows, done: Array(repeating: 0, count: backends)) }
    }

    /// A backend has done so many rows of its own.
    func reach(_ rows: Int, _ backend: Int) {
        // Within the lock: it is told by one thread at a time.
        state.withLock { state in
            state.done[backend] = rows
            let done = state.phase == .dataset ? state.done.min() ?? 0 : state.done.reduce(0, +)
            report(RunProgress(phase: state.phase, done: done, total: state.total))
        }
    }
}
