internal import ScrubCore
internal import ScrubGraph
internal import ScrubHypothesis
public import ScrubPlan
internal import ScrubStatistics

/// How often the intervals of small runs hold the exact value: 95 times in 100, if they are honest.
public struct Coverage: Codable, Hashable, Sendable {
    /// One figure of the first behaviour.
    public struct Figure: Codable, Hashable, Sendable {
        /// `scrubbed`, `recovered`.
        public var figure: String
        /// By enumeration, or the mean of many more samples, whose standard error is then not 0.
        public var truth: Double
        public var truthStandardError: Double
        /// The share of runs whose interval holds the exact value, and those in which it lies wholly above or below.
        public var covered: Double
        public var tooHigh: Double
        public var tooLow: Double
        /// Runs with an estimate: a correlation may have none.
        public var counted: Int
        /// Of `covered`, by the binomial law.
        public var standardError: Double
        /// The share of runs that say of their interval that it cannot be trusted.
        public var untrusted: Double
        public var meanWidth: Double

        private enum CodingKeys: String, CodingKey {
            case figure, truth, covered, counted, untrusted
            case truthStandardError = "truth_standard_error"
            case tooHigh = "too_high"
            case tooLow = "too_low"
            case standardError = "standard_error"
            case meanWidth = "mean_width"
        }
    }

    public var hypothesis: String
    public var runs: Int
    public var samples: Int
    public var seed: UInt64
    /// Combinations whose enumeration gave the true values, or samples of another seed.
    public var truthSamples: Int
    public var figures: [Figure]

    private enum CodingKeys: String, CodingKey {
        case hypothesis, runs, samples, seed, figures
        case truthSamples = "truth_samples"
    }
}

extension Experiment {
    /// Draws `runs` runs of `options.samples` replicates each, one after another in one stream, and compares the
    /// intervals of each with the true values.
    ///
    /// - Parameters:
    ///   - runs: how many.
    ///   - options: of each run; its seed is that of the stream.
    ///   - truthSamples: samples of the next seed that stand for the truth; nil to enumerate all draws.
    ///   - progress: called after each chunk.
    /// - Throws: a `Diagnostic`: among others where the draws have too many combinations to enumerate.
    public func coverage(
        runs: Int, _ options: RunOptions, truthSamples: Int? = nil,
        progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> Coverage {
        var whole = options
        (whole.isExact, whole.samples, whole.seed) = (truthSamples == nil, truthSamples ?? 1, options.seed &+ 1)
        let truth = try run(whole, progress: progress).report
        (whole.isExact, whole.seed) = (false, options.seed)
        let (samples, overflow) = runs.multipliedReportingOverflow(by: options.samples)
        guard !overflow, (1...ExperimentError.mostSamples).contains(samples) else {
            throw ExperimentError.samples(overflow ? .max : samples)
        }
        whole.samples = samples
        let run = try run(whole, progress: progress)
        let maker = FigureMaker(
            experiment: self, replicates: run.replicates, population: run.population, probabilities: nil)
        let carriers = try maker.distribution(0).modelCarriers
        let estimates = try (0..<runs).map { number in
            let block = number * options.samples..<(number + 1) * options.samples
            var estimates = try maker.measurement(0, on: Subset(replicates: block)).estimates()
            if let carriers { estimates?.doubt(carriers, replicates: options.samples) }
            return estimates
        }
        guard estimates.contains(where: { $0 != nil }) else { throw ExperimentError.noCorrelation(behaviour.metric) }
        let figure = truth.figures[0]
        let truths = [("scrubbed", figure.scrubbed)] + (figure.recovered.map { [("recovered", $0)] } ?? [])
        return Coverage(
            hypothesis: truth.hypothesis, runs: runs, samples: options.samples, seed: options.seed,
            truthSamples: truth.samples,
            figures: truths.map { name, truth in
                Coverage.Figure(name, truth, estimates.compactMap { name == "scrubbed" ? $0?.scrubbed : $0?.recovered })
            })
    }
}

extension Coverage.Figure {
    fileprivate init(_ figure: String, _ truth: Estimate, _ estimates: [Estimate]) {
        let count = Double(max(1, estimates.count))
        func share(_ holds: (Estimate) -> Bool) -> Double { Double(estimates.count(where: holds)) / count }
        // A loss is computed in single precision, so that an interval of no width still holds what it rounds to.
        let slack = 1e-6 * (1 + abs(truth.mean))
        let (tooHigh, tooLow) = (
            share { $0.interval[0] > truth.mean + slack }, share { $0.interval[1] < truth.mean - slack }
        )
        self.init(
            figure: figure, truth: truth.mean, truthStandardError: truth.standardError, covered: 1 - tooHigh - tooLow,
            tooHigh: tooHigh, tooLow: tooLow,
            counted: estimates.count,
            standardError: ((1 - tooHigh - tooLow) * (tooHigh + tooLow) / count).squareRoot(),
            untrusted: share { !$0.isTrusted },
            meanWidth: estimates.reduce(0) { $0 + $1.width } / count)
    }
}
