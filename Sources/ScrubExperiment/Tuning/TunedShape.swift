public import ScrubOpenCL

/// What tuning found for one class of shapes, in the form of the JSON file that `scrubjay tune` writes.
public struct TunedShape: Codable, Hashable, Sendable {
    /// What became of one choice.
    public struct Candidate: Codable, Hashable, Sendable {
        public enum Verdict: String, Codable, Hashable, Sendable {
            /// Right, and as fast as `seconds` says.
            case timed
            /// Not accepted by the device, or more than a group of it may have: `reason`.
            case dropped
            /// Not what the CPU computes: `reason`.
            case wrong
            /// Time was up.
            case untried
        }

        public var choice: KernelChoice
        public var verdict: Verdict
        /// Of one launch: the median of several.
        public var seconds: Double?
        public var reason: String?
    }

    public var shape: ShapeClass
    /// Of the chunk on which candidates were tried: fewer than the plan's where that would have taken long.
    public var rows: Int
    /// In the order in which they were tried, that without a tuning first.
    public var candidates: [Candidate]
    /// The one that is kept; nil where none was right.
    public var chosen: KernelChoice?

    /// The share of time that another choice must save to be kept.
    static let leastGain = 0.05

    init(shape: ShapeClass, rows: Int, candidates: [Candidate]) {
        self.shape = shape
        self.rows = rows
        self.candidates = candidates
        let fastest = Self.fastest(of: candidates)
        if let fastest, let saved = fastest.seconds, let own = candidates.first?.seconds {
            chosen = saved <= (1 - Self.leastGain) * own ? fastest.choice : candidates.first?.choice
        } else {
            chosen = fastest?.choice
        }
    }

    /// The first of those that take least; nil where none was timed.
    static func fastest(of candidates: [Candidate]) -> Candidate? {
        candidates.filter { $0.seconds != nil }.min { ($0.seconds ?? .infinity) < ($1.seconds ?? .infinity) }
    }

    /// Seconds of the choice that is kept, and of that without a tuning.
    public var seconds: Double? { candidates.first { $0.choice == chosen }?.seconds }
    public var standardSeconds: Double? { candidates.first?.seconds }

    /// What is kept of it; nil where nothing is.
    ///
    /// - Parameter source: the digest of the kernel's text.
    func entry(source: String) -> Tuning.Entry? {
        guard let chosen, let seconds else { return nil }
        return Tuning.Entry(
            shape: shape, source: source, choice: chosen, seconds: seconds, standardSeconds: standardSeconds)
    }
}
