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
        var done = 0
        var hasToldOfStop = false
        /// So far.
        var outcome = SweepOutcome()
    }

    private let form: SweepProgress
    private let store: String
    private let resume: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - form: of what is told.
    ///   - store: where runs are kept.
    ///   - resume: what a user types to go on.
    init(_ form: SweepProgress, store: String, resume: String) {
        self.form = form
        self.store = store
        self.resume = resume
    }

    func tell(_ event: SweepEvent) {
        state.withLock { state in
            if case .progress(let progress) = event { return tell(progress, &state) }
            if case .batch(let batch) = event {
                state = State(batch: batch, hasToldOfStop: state.hasToldOfStop, outcome: state.outcome)
            }
            count(event, &state.outcome)
            if form == .json { return say(SweepJSON(event).line) }
            if form == .auto && Console.isTerminal { Console.draw("\r\u{1B}[K") }
            line(event)
        }
        // What is computed of rows is kept nowhere: there is nothing to wait for.
        if case .progress(let progress) = event, progress.phase == .dataset, let status = Interrupt.status {
            end(state.withLock(\.outcome), missed: [], status: status)
            Console.exit(status)
        }
    }

    private func count(_ event: SweepEvent, _ outcome: inout SweepOutcome) {
        switch event {
        case .began(let asked, let present): (outcome.asked, outcome.present) = (asked, present)
        case .finished: outcome.done += 1
        case .failed(_, _, .input): outcome.failedByInput += 1
        case .failed: outcome.failedByDevice += 1
        case .batch, .progress, .dropped, .deviceLost: break
        }
    }

    /// - Parameters:
    ///   - outcome: of the sweep.
    ///   - missed: thresholds, as text.
    ///   - status: the exit status.
    func end(_ outcome: SweepOutcome, missed: [SweepMiss], status: Int32) {
        if form == .json { return say(SweepJSON(outcome, missed: missed, status: status, resume: resume).line) }
        if form == .auto && Console.isTerminal { Console.draw("\r\u{1B}[K") }
        for miss in missed { Console.error(miss.text) }
        if form != .none {
            var parts = ["\(outcome.done.grouped) done"]
            if outcome.present > 0 { parts.append("\(outcome.present.grouped) were there") }
            let failed = outcome.failedByInput + outcome.failedByDevice
            if failed > 0 { parts.append("\(failed.grouped) failed") }
            if outcome.left > 0 { parts.append("\(outcome.left.grouped) left") }
            print("\(outcome.asked.counted("run")): \(parts.joined(separator: ", ")), in \(store)")
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
            if form != .none { say("\(asked.counted("run"))\(there)") }
        case .batch(let batch):
            guard form != .none else { return }
            let kept = batch.kept > 0 ? ", going on after \(batch.kept.counted("replicate"))" : ""
            Console.error(
                "plan \(batch.number) of \(batch.count): \(batch.statements.count.counted("hypothesis")), "
                    + "\(batch.seeds.count.counted("seed")), "
                    + "on \(batch.backend.name), at most \(bytes(batch.peakBytes))\(kept)")
        case .finished(let statement, let report, _):
            if form != .none { say("\(statement.title): \(report.brief)") }
        case .failed(let statement, let message, _): Console.error("\(statement.title): failed: \(message)")
        case .dropped(let why): Console.error("warning: \(why)")
        case .deviceLost(let why): Console.error("warning: a device failed once all was measured: \(why)")
        case .progress: break
        }
    }

    private func tell(_ progress: RunProgress, _ state: inout State) {
        let now = Date()
        if form == .auto, Interrupt.received != nil, !state.hasToldOfStop {
            state.hasToldOfStop = true
            Console.error("\(Console.isTerminal ? "\n" : "")stopping after this round; once more stops at once")
        }
        // Of each run of an attribution anew.
        if state.phase != progress.phase || progress.done < state.done {
            (state.phase, state.quarter, state.began) = (progress.phase, 0, (now, progress.done))
        }
        state.done = progress.done
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
            Console.draw("\r\(progress.bar)\(rateText(rate, left, state.batch))\u{1B}[K")
        case .auto:
            guard progress.quarter > state.quarter else { return }
            state.quarter = progress.quarter
            Console.error(progress.percentage + rateText(rate, left, state.batch))
        }
    }

    private func rateText(_ rate: Double?, _ left: Double?, _ batch: BatchSummary?) -> String {
        let parts = [
            rate.map { "\(Int($0).grouped) a second" }, left.map { "\(duration($0)) left" },
            batch.map { bytes($0.peakBytes) },
        ]
        return ", " + parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension Report {
    /// `recovered 82.3% ± 0.8%`, or the scrubbed mean where nothing can be recovered; and that there are warnings.
    fileprivate var brief: String {
        guard let figure = figures.first else { return "no figure" }
        let text = figure.recovered.map { "recovered \($0.shareText)" } ?? "\(figure.metric) \(figure.scrubbed.text)"
        return warnings.isEmpty ? text : "\(text); \(warnings.count.counted("warning"))"
    }
}

/// `42 s`, `3 min`, `2.5 h`.
func duration(_ seconds: Double) -> String {
    if seconds < 100 { return "\(Int(seconds.rounded(.up))) s" }
    if seconds < 6000 { return "\(Int((seconds / 60).rounded())) min" }
    return String(format: "%.1f h", seconds / 3600)
}
