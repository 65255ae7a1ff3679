internal import Foundation

/// Replicates of one seed that are run at a time.
struct Round: Sendable {
    let number: Int
    let seed: Int
    let replicates: Range<Int>
}

/// Rounds that engines take, each when it is free, and whose results are handed on in the order of the rounds.
///
/// An engine that is far ahead waits for the others, so that few results are held. What a result asks for besides is run next,
/// so that few seeds are under way at a time.
final class RoundQueue<Result>: @unchecked Sendable {
    // Unchecked: `condition` guards all that changes.
    private let condition = NSCondition()
    private let take: (Round, Result) throws -> [Round.Stretch]
    private var waiting: [Round.Stretch] = []
    private var early: [Int: (Round, Result)] = [:]
    /// Rounds given out so far, and handed on.
    private var (given, taken) = (0, 0)
    private var isStopped = false
    private let most: Int

    /// - Parameters:
    ///   - engines: how many will take rounds.
    ///   - take: is given every result in order, by one thread at a time, and returns what is to be run besides.
    init(engines: Int, take: @escaping (Round, Result) throws -> [Round.Stretch]) {
        self.take = take
        most = 2 * engines
    }

    func add(_ stretches: [Round.Stretch]) { locked { waiting.append(contentsOf: stretches) } }

    /// The next round, once there is one and few are unfinished; nil when all are done, or it is stopped.
    func next() -> Round? {
        locked {
            while !isStopped {
                if given - taken < most, !waiting.isEmpty {
                    let next = waiting.removeFirst()
                    defer { given += 1 }
                    return Round(number: given, seed: next.seed, replicates: next.replicates)
                }
                if waiting.isEmpty, taken == given { return nil }
                condition.wait()
            }
            return nil
        }
    }

    /// Hands in what a round gave. An error of `take` stops all.
    func put(_ round: Round, _ result: Result) throws {
        try locked {
            defer { condition.broadcast() }
            early[round.number] = (round, result)
            while !isStopped, let (round, result) = early.removeValue(forKey: taken) {
                do { waiting.insert(contentsOf: try take(round, result), at: 0) } catch {
                    isStopped = true
                    throw error
                }
                taken += 1
            }
        }
    }

    /// No more rounds are given out.
    func stop() {
        locked {
            isStopped = true
            condition.broadcast()
        }
    }

    private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
        condition.lock()
        defer { condition.unlock() }
        return try body()
    }
}

extension Round {
    /// A round that has no number yet.
    struct Stretch: Sendable {
        let seed: Int
        let replicates: Range<Int>
    }
}
