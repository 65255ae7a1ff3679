import Foundation
import Scrubjay

/// A run of a list, for a program.
struct RunObject: Encodable {
    struct Figures: Encodable {
        var metric: String
        var model: Double
        var scrubbed: Double
        var baseline: Double
        var recovered: Double?
        var interval: [Double]?
        var trusted: Bool

        init(_ figures: LineFigures) {
            (metric, model, scrubbed) = (figures.metric, figures.model, figures.scrubbed)
            (baseline, recovered, trusted) = (figures.baseline, figures.recovered, figures.isTrusted)
            if let low = figures.low, let high = figures.high { interval = [low, high] }
        }
    }

    var key: String
    var hypothesis: String
    var parameters: [String: String]
    var model: String?
    var data: String?
    var others: String?
    var ablation: String
    var seed: UInt64
    var samples: Int
    var state: String
    var error: String?
    /// Whether what was asked is to blame for it.
    var errorIsInput: Bool?
    /// Kept of a run that is not done.
    var replicates: Int?
    var figures: Figures?
    var seconds: Double?
    var finished: String?

    private enum CodingKeys: String, CodingKey {
        case key, hypothesis, parameters, model, data, others, ablation, seed, samples, state, error, replicates,
            figures,
            seconds, finished
        case errorIsInput = "error_is_input"
    }

    init(_ run: RunLine) {
        (key, hypothesis, parameters) = (run.key, run.hypothesis, run.parameters)
        (model, data, others, ablation) = (run.model, run.data, run.others, run.ablation)
        (seed, samples) = (run.seed, run.samples)
        switch run.state {
        case .done: state = "done"
        case .failed(let message, let isInput): (state, error, errorIsInput) = ("failed", message, isInput)
        case .unfinished(let kept): (state, replicates) = ("unfinished", kept)
        }
        figures = run.figures.map(Figures.init)
        (seconds, finished) = (run.seconds, run.finished)
    }
}
