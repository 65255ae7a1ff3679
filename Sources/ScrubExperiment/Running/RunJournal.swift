public import ScrubCore

/// What was measured in some replicates under one seed, of every hypothesis of a plan, as bytes that only the version that
/// wrote them reads.
public struct KeptRound: Sendable {
    /// The place of the seed among those of the run.
    public var seed: Int
    public var replicates: Range<Int>
    public var bytes: [UInt8]

    public init(seed: Int, replicates: Range<Int>, bytes: [UInt8]) {
        self.seed = seed
        self.replicates = replicates
        self.bytes = bytes
    }
}

/// Where a run leaves what it measured, round by round, so that another goes on from there, to the same figures.
public struct RunJournal: Sendable {
    /// Gives every round that is kept of a seed, in the order of its replicates.
    public var kept: @Sendable (_ seed: Int, _ take: (KeptRound) throws -> Void) throws -> Void
    /// Keeps a round. The last of a seed is not kept: its figures follow at once.
    public var keep: @Sendable (KeptRound) throws -> Void
    /// Asked after each round: whether to stop there.
    public var isStopped: @Sendable () -> Bool

    public init(
        kept: @escaping @Sendable (_ seed: Int, _ take: (KeptRound) throws -> Void) throws -> Void,
        keep: @escaping @Sendable (KeptRound) throws -> Void, isStopped: @escaping @Sendable () -> Bool = { false }
    ) {
        self.kept = kept
        self.keep = keep
        self.isStopped = isStopped
    }
}

/// A run that was told to stop, after all that it measured was kept.
public struct RunStopped: Error {
    public init() {}
}

/// Rounds that a journal gives and that are none.
public enum JournalError: Diagnostic, Equatable {
    /// They do not follow those before.
    case order(Range<Int>)
    case unreadable(Range<Int>)

    public var message: String {
        switch self {
        case .order(let range): "what was kept of replicates \(Self.text(range)) does not follow what is kept before it"
        case .unreadable(let range): "what was kept of replicates \(Self.text(range)) cannot be read"
        }
    }

    public var fault: Fault { .device }

    private static func text(_ range: Range<Int>) -> String { "\(range.lowerBound) to \(range.upperBound - 1)" }
}
