import Scrubjay

/// What was found for one class of shapes, for a person.
struct TunedText {
    let tuned: TunedShape

    init(_ tuned: TunedShape) { self.tuned = tuned }

    func text(listsCandidates: Bool) -> String {
        var lines = ["\(tuned.shape)"]
        if listsCandidates { lines += tuned.candidates.map { "    \($0.choice): \(Self.verdict($0))" } }
        let timed = tuned.candidates.count { $0.verdict == .timed }
        var result = "  none of \(tuned.candidates.count) is right"
        if let chosen = tuned.chosen, let seconds = tuned.seconds {
            result = "  \(Self.outcome(chosen, seconds, tuned.standardSeconds)), of \(timed) tried"
        }
        let dropped = tuned.candidates.count { $0.verdict == .dropped }
        if dropped > 0 { result += ", \(dropped) dropped" }
        return (lines + [result]).joined(separator: "\n") + "\n"
    }

    /// Every class that is kept, with what is chosen.
    static func kept(_ tuning: Tuning) -> String {
        tuning.entries.map { entry in
            let isOld = entry.source != entry.shape.kernel.source()
            return "\(entry.shape)\n  \(outcome(entry.choice, entry.seconds, entry.standardSeconds))"
                + (isOld ? ", of another version of the kernel" : "") + "\n"
        }.joined()
    }

    /// `ACROSS=1 DOWN=16: 12.34 µs, 1.25 times as fast as untuned`.
    private static func outcome(_ choice: KernelChoice, _ seconds: Double, _ standard: Double?) -> String {
        let gain = standard.map { ", \(number($0 / seconds)) times as fast as untuned" } ?? ""
        return "\(choice): \(number(seconds * 1e6)) µs\(gain)"
    }

    private static func verdict(_ candidate: TunedShape.Candidate) -> String {
        switch candidate.verdict {
        case .timed: "\(number((candidate.seconds ?? 0) * 1e6)) µs"
        case .dropped: "dropped: \(candidate.reason ?? "")"
        case .wrong: "wrong: \(candidate.reason ?? "")"
        case .untried: "untried, time was up"
        }
    }
}
