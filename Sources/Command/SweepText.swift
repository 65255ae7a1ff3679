import Foundation
import Scrubjay
import Synchronization

/// Tells of a sweep as it goes: a line a run on standard output, a line that is drawn again on a terminal; or JSON.
final class SweepText: Sendable {
    private struct State {
        var batch: BatchSummary?
        /// Replicates of the batch, when its first ones were told, and how many had been done by then.
        var began: (time: Date, done: Int)?
        var toldAt = Date.distantPast
        var phase: Rows?
        var quarter = 0
    }

    private let form: SweepProgress
    private let store: String
    private let state = Mutex(State())

    init(_ form: SweepProgress, store: String) {
        self.form = form
        self.store = store
    }

    func tell(_ event: SweepEvent) {
        state.withLock { state in
            if case .progress(let progress) = event { return tell(progress, &state) }
            if case .batch(let batch) = event { state = State(batch: batch) }
            if form == .json { return say(SweepJSON(event).line) }
            if form == .auto && Console.isTerminal { Console.draw("\r\u{1B}[K") }
            line(event)
        }
        // What is computed of rows is kept nowhere: there is nothing to wait for.
        if case .progress(let progress) = event, progress.phase == .dataset, let status = Interrupt.status {
            if form == .auto { Console.error("\nstopped; nothing that was done is lost") }
            Console.exit(status)
        }
    }

    /// - Parameters:
    ///   - outcome: of the sweep.
    ///   - missed: thresholds, as text.
    ///   - status: the exit status.
    ///   - resume: what a user types to go on.
    func end(_ outcome: SweepOutcome, missed: [String], status: Int32, resume: String) {
        if form == .json { return say(SweepJSON(outcome, missed: missed, status: status, resume: resume).line) }
        if form == .auto && Console.isTerminal { Console.draw("\r\u{1B}[K") }
        for text in missed { Console.error(text) }
        if form != .none {
            var parts = ["\(outcome.done.grouped) done"]
            if outcome.present > 0 { parts.append("\(outcome.present.grouped) were there") }
            let failed = outcome.failedByInput + outcome.failedByDevice
            if failed > 0 { parts.append("\(failed.grouped) failed") }
            if outcome.left > 0 { parts.append("\(outcome.left.grouped) left") }
            print("\(outcome.asked.grouped) runs: \(parts.joined(separator: ", ")), in \(store)")
        }
        if outcome.left > 0 { Console.error("stopped; nothing that was done is lost. To go on: \(resume)") }
    }

    /// At once, so that what is told is what is kept, whatever becomes of this process.
    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func line(_ event: SweepEvent) {
        switch event {
        case .began(let asked, let present):
            let there = present > 0 ? ", \(present.grouped) of them in \(store) already" : ""
            if form != .none { say("\(asked.grouped) runs\(there)") }
        case .batch(let batch):
            guard form != .none else { return }
            let kept = batch.kept > 0 ? ", going on after \(batch.kept.grouped) replicates" : ""
            Console.error(
                "plan \(batch.number) of \(batch.count): \(batch.statements.count) hypotheses, \(batch.seeds.count) seeds, "
                    + "on \(batch.backend.name), at most \(bytes(batch.peakBytes))\(kept)")
        case .finished(let statement, let report, _):
            if form != .none { say("\(statement.title): \(report.brief)") }
        case .failed(let statement, let message, _): Console.error("\(statement.title): failed: \(message)")
        case .dropped(let why): Console.error("warning: \(why); they begin anew")
        case .progress: break
        }
    }

    private func tell(_ progress: RunProgress, _ state: inout State) {
        let now = Date()
        if state.phase != progress.phase {
            (state.phase, state.quarter, state.began) = (progress.phase, 0, (now, progress.done))
        }
        let isLast = progress.done == progress.total
        let seconds = now.timeIntervalSince(state.began?.time ?? now)
        let done = progress.done - (state.began?.done ?? 0)
        let rate = seconds > 0 ? Double(done) / seconds : nil
        let left = rate.flatMap { $0 > 0 ? Double(progress.total - progress.done) / $0 : nil }
        let wait = form == .json ? 0.5 : 0.1
        switch form {
        case .none: return
        case .json:
            guard isLast || now.timeIntervalSince(state.toldAt) > wait else { return }
            state.toldAt = now
            say(SweepJSON(progress, rate: rate, left: left, batch: state.batch).line)
        case .auto where Console.isTerminal:
            guard isLast || now.timeIntervalSince(state.toldAt) > wait else { return }
            state.toldAt = now
            Console.draw("\r\(bar(progress))\(rateText(rate, left, state.batch))\u{1B}[K")
        case .auto:
            let quarter = 4 * progress.done / max(1, progress.total)
            guard quarter > state.quarter else { return }
            state.quarter = quarter
            Console.error(bar(progress) + rateText(rate, left, state.batch))
        }
    }

    private func bar(_ progress: RunProgress) -> String {
        let share = Double(progress.done) / Double(max(1, progress.total))
        let label = progress.phase == .dataset ? "dataset rows" : "replicates"
        guard Console.isTerminal else { return "\(label): \(Int(share * 100))%" }
        let filled = Int(share * 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        return "\(label.padded(to: 12)) [\(bar)] \(Int(share * 100))%"
    }

    private func rateText(_ rate: Double?, _ left: Double?, _ batch: BatchSummary?) -> String {
        let parts = [
            rate.map { "\(Int($0).grouped) a second" }, left.map { "\(duration($0)) left" },
            batch.map { bytes($0.peakBytes) },
        ]
        return ", " + parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension RunStatement {
    /// `head.yaml (layer 1, others each, ablation mean, seed 3)`.
    var title: String {
        var parts = parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        parts += [model.map { "model \($0)" }, data.map { "data \($0)" }, others.map { "others \($0)" }].compactMap(
            \.self)
        if ablation != "resample" { parts.append("ablation \(ablation)") }
        parts.append("seed \(seed)")
        return "\(hypothesis) (\(parts.joined(separator: ", ")))"
    }
}

extension Report {
    /// `recovered 82.3% ± 0.8%`, or the scrubbed mean where nothing can be recovered.
    fileprivate var brief: String {
        guard let figure = figures.first else { return "no figure" }
        return figure.recovered.map { "recovered \($0.shareText)" } ?? "\(figure.metric) \(figure.scrubbed.text)"
    }
}

/// `42 s`, `3 min`, `2.5 h`.
func duration(_ seconds: Double) -> String {
    if seconds < 100 { return "\(Int(seconds.rounded(.up))) s" }
    if seconds < 6000 { return "\(Int((seconds / 60).rounded())) min" }
    return String(format: "%.1f h", seconds / 3600)
}
