import Foundation
import Synchronization

/// The signal that came; 0 so far. A global, since a handler may capture nothing.
private let came = Atomic<Int32>(0)

/// What the keyboard or the system ask with a signal: to stop, after what is under way is kept. A second signal stops at once.
enum Interrupt {
    /// The signal that came; nil so far.
    static var received: Int32? {
        let number = came.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// The exit status of a program that a signal ended, by the shell's rule.
    static var status: Int32? { received.map { 128 + $0 } }

    /// Takes note of Ctrl-C and of SIGTERM, which job schedulers send before they kill.
    static func watch() {
        // A handler may not be the first to make it.
        _ = came.load(ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if came.exchange(number, ordering: .relaxed) != 0 {
                    signal(number, SIG_DFL)
                    raise(number)
                }
            }
        }
    }
}
