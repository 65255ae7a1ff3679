import Foundation
import Scrubjay
import Synchronization

/// RunProgress of a run on standard error: one line drawn again and again on a terminal, a line each quarter in a pipe.
final class ProgressLine: Sendable {
    private struct State {
        var phase: Rows?
        var quarter = 0
        var drawnAt = Date.distantPast
    }

    private let isTerminal = Console.isTerminal
    private let state = Mutex(State())

    func report(_ progress: RunProgress) {
        state.withLock { state in
            if state.phase != progress.phase { state = State(phase: progress.phase) }
            if isTerminal {
                let now = Date()
                guard progress.done == progress.total || now.timeIntervalSince(state.drawnAt) > 0.1 else { return }
                state.drawnAt = now
                Console.draw("\r\(progress.bar)\u{1B}[K")
            } else if progress.quarter > state.quarter {
                state.quarter = progress.quarter
                Console.error(progress.percentage)
            }
        }
    }

    /// Something else that takes its time: drawn again and again on a terminal, told once in a pipe.
    func tell(_ what: String, done: Int, of total: Int) {
        if isTerminal {
            Console.draw("\r\(what): \(done) of \(total)\u{1B}[K")
        } else if done == 0 {
            Console.error(what)
        }
    }

    /// Leaves the terminal's line empty for what is printed next.
    func finish() { if isTerminal { Console.draw("\r\u{1B}[K") } }
}
