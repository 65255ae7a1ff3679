internal import ScrubStatistics

/// How far figures in a reduced precision lie from what exact products give on the same draws.
public struct PrecisionError: Codable, Hashable, Sendable {
    /// Of one behaviour: differences of its estimates, in its own unit, in either direction.
    public struct Figure: Codable, Hashable, Sendable {
        public var metric: String
        public var model: Double
        public var scrubbed: Double
        public var baseline: Double
        /// Of the share recovered; nil where either has none.
        public var recovered: Double?
    }

    /// `tf32`, `bf16`, `f16 storage`, or `tf32 with f16 storage`.
    public var precision: String
    /// The first so many replicates were computed both ways.
    public var samples: Int
    public var figures: [Figure]

    /// Between two runs of one hypothesis on the same draws.
    init(_ precision: String, of report: Report, from exact: Report) {
        self.precision = precision
        samples = report.samples
        figures = report.figures.compactMap { mine in
            guard let other = exact.figures.first(where: { $0.metric == mine.metric }) else { return nil }
            func apart(_ member: KeyPath<Report.Figure, Double>) -> Double {
                abs(mine[keyPath: member] - other[keyPath: member])
            }
            let shares = [mine, other].compactMap { $0.recovered?.mean }
            return Figure(
                metric: mine.metric, model: apart(\.model.mean), scrubbed: apart(\.scrubbed.mean),
                baseline: apart(\.baseline.mean), recovered: shares.count == 2 ? abs(shares[0] - shares[1]) : nil)
        }
    }
}
