internal import ScrubExperiment
internal import ScrubStatistics

/// What a list shows of a run.
public struct RunLine: Sendable, Hashable {
    public var key: String
    public var hypothesis: String
    public var parameters: [String: String]
    public var model: String?
    public var data: String?
    public var others: String?
    public var ablation: String
    public var seed: UInt64
    public var samples: Int
    /// Nil for float32.
    public var precision: String?
    public var storage: String?
    public var state: StoredRun.State
    /// Of the first behaviour, where it is done.
    public var figures: LineFigures?
    public var seconds: Double?
    public var finished: String?
}

extension RunLine {
    /// Eight digits of a run's key where another run of the list says the same of itself: it is of another text, model, dataset or
    /// version, or measures no distances.
    ///
    /// - Parameter runs: the list.
    /// - Returns: in the same order.
    public static func marks(of runs: [RunLine]) -> [String?] {
        let names = runs.map { run in
            var name = run
            (name.key, name.state, name.figures) = ("", .done, nil)
            (name.seconds, name.finished) = (nil, nil)
            return name
        }
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        return zip(runs, names).map { run, name in counts[name, default: 0] > 1 ? String(run.key.prefix(8)) : nil }
    }
}

/// The figures of the first behaviour, as a list shows them.
public struct LineFigures: Sendable, Hashable {
    public var metric: String
    public var model: Double
    public var scrubbed: Double
    public var baseline: Double
    /// Nil where there is nothing to recover.
    public var recovered: Double?
    /// Of its 95% interval.
    public var low: Double?
    public var high: Double?
    public var isTrusted: Bool

    init(_ report: Report) {
        let figure = report.figures.first
        metric = figure?.metric ?? ""
        (model, scrubbed) = (figure?.model.mean ?? .nan, figure?.scrubbed.mean ?? .nan)
        (baseline, recovered) = (figure?.baseline.mean ?? .nan, figure?.recovered?.mean)
        (low, high) = (figure?.recovered?.interval[0], figure?.recovered?.interval[1])
        isTrusted = figure?.recovered?.isTrusted ?? figure?.scrubbed.isTrusted ?? true
    }

    init(
        metric: String, model: Double, scrubbed: Double, baseline: Double, recovered: Double?, low: Double?,
        high: Double?,
        isTrusted: Bool
    ) {
        (self.metric, self.model, self.scrubbed, self.baseline) = (metric, model, scrubbed, baseline)
        (self.recovered, self.low, self.high, self.isTrusted) = (recovered, low, high, isTrusted)
    }
}

/// Which runs of a store.
public struct RunFilter: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        case done, failed, unfinished
    }

    public var state: State?
    /// A pattern that the hypothesis's name matches, in SQLite's GLOB form: `*`, `?`, `[a-c]`.
    public var hypothesis: String?

    public static let all = RunFilter()

    public init(state: State? = nil, hypothesis: String? = nil) {
        self.state = state
        self.hypothesis = hypothesis
    }
}
