import Foundation
import Scrubjay

/// One line of `--progress json`: what docs/cli.md describes.
struct SweepJSON: Encodable {
    private var event: String
    private var asked: Int?
    private var present: Int?
    private var done: Int?
    private var total: Int?
    private var failed: Int?
    private var left: Int?
    private var status: Int32?
    private var resume: String?
    private var missed: [SweepMiss]?
    private var number: Int?
    private var count: Int?
    private var hypotheses: [String]?
    private var seeds: [UInt64]?
    private var kept: Int?
    private var peakBytes: Int?
    private var backend: BackendIdentity?
    private var phase: String?
    private var rate: Double?
    private var secondsLeft: Double?
    private var run: Run?
    private var figures: [Report.Estimates]?
    private var metrics: [String]?
    private var seconds: Double?
    private var message: String?
    private var warnings: [String]?
    private var fault: String?

    /// What tells a run from the others of a sweep.
    struct Run: Encodable {
        var hypothesis: String
        var parameters: [String: String]
        var model: String?
        var data: String?
        var others: String?
        var ablation: String
        var seed: UInt64

        init(_ statement: RunStatement) {
            (hypothesis, parameters, model) = (statement.hypothesis, statement.parameters, statement.model)
            (data, others, ablation) = (statement.data, statement.others, statement.ablation)
            seed = statement.seed
        }
    }

    private enum CodingKeys: String, CodingKey {
        case event, asked, present, done, total, failed, left, status, resume, missed, number, count, hypotheses, seeds,
            kept, backend, phase, rate, run, figures, metrics, seconds, message, fault, warnings
        case peakBytes = "peak_bytes"
        case secondsLeft = "seconds_left"
    }

    /// - Parameter event: any but progress, which has no rate of its own.
    init(_ event: SweepEvent) {
        switch event {
        case .began(let asked, let present):
            self.event = "began"
            (self.asked, self.present) = (asked, present)
        case .batch(let batch):
            self.event = "batch"
            (number, count, seeds, kept) = (batch.number, batch.count, batch.seeds, batch.kept)
            (hypotheses, peakBytes, backend) = (batch.statements.map(\.title), batch.peakBytes, batch.backend)
        case .progress(let progress):
            self.event = "progress"
            tell(progress)
        case .finished(let statement, let report, let seconds):
            self.event = "finished"
            (run, self.seconds) = (Run(statement), seconds)
            (metrics, figures) = (report.figures.map(\.metric), report.figures.map(\.estimates))
            warnings = report.warnings.isEmpty ? nil : report.warnings
        case .failed(let statement, let message, let fault):
            self.event = "failed"
            (run, self.message, self.fault) = (Run(statement), message, fault == .input ? "input" : "device")
        case .dropped(let why):
            self.event = "dropped"
            message = why
        case .deviceLost(let why):
            self.event = "device_lost"
            message = why
        }
    }

    init(_ progress: RunProgress, rate: Double?, left: Double?, batch: BatchSummary?) {
        event = "progress"
        (self.rate, secondsLeft) = (rate, left)
        tell(progress)
        (number, peakBytes) = (batch?.number, batch?.peakBytes)
    }

    init(_ outcome: SweepOutcome, missed: [SweepMiss], status: Int32, resume: String) {
        event = "ended"
        (asked, present, done, left) = (outcome.asked, outcome.present, outcome.done, outcome.left)
        failed = outcome.failedByInput + outcome.failedByDevice
        (self.missed, self.status) = (missed, status)
        self.resume = outcome.left > 0 ? resume : nil
    }

    private mutating func tell(_ progress: RunProgress) {
        phase = progress.phase == .dataset ? "dataset" : "replicates"
        (done, total) = (progress.done, progress.total)
    }

    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{\"event\":\"\(event)\"}"
    }
}
