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
            let share = Double(progress.done) / Double(max(1, progress.total))
            let label = progress.phase == .dataset ? "dataset rows" : "replicates"
            if isTerminal {
                let now = Date()
                guard progress.done == progress.total || now.timeIntervalSince(state.drawnAt) > 0.1 else { return }
                state.drawnAt = now
                let filled = Int(share * 30)
                let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
                Console.draw("\r\(label.padded(to: 12)) [\(bar)] \(Int(share * 100))%\u{1B}[K")
            } else if Int(share * 4) > state.quarter {
                state.quarter = Int(share * 4)
                Console.error("\(label): \(Int(share * 100))%")
            }
        }
    }

    /// Leaves the terminal's line empty for what is printed next.
    func finish() { if isTerminal { Console.draw("\r\u{1B}[K") } }
}
