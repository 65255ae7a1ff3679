public import ScrubPlan

/// What a run says, in the form of its JSON file. docs/cli.md describes each member.
public struct Report: Codable, Hashable, Sendable {
    /// How far a rewritten graph lies from the one before, over rows of D, before the run.
    public struct RewriteFigures: Codable, Hashable, Sendable {
        /// `project a0.h0`.
        public var rewrite: String
        public var node: String
        /// Rows of D on which the two were computed.
        public var rows: Int
        /// The largest, over the values that must have been kept, of max |x - y| / (1 + max |x|).
        public var largestError: Double
        public var tolerance: Double

        private enum CodingKeys: String, CodingKey {
            case rewrite, node, rows, tolerance
            case largestError = "largest_error"
        }

        /// `rewrite project a0.h0: equal on 512 rows, largest error 3.1e-07 (tolerance 1e-05)`.
        public var text: String {
            "rewrite \(rewrite): equal on \(rows) rows, largest error \(largestError.short) (tolerance \(tolerance.short))"
        }
    }

    public struct PlanFigures: Codable, Hashable, Sendable {
        /// Operations of the run in units of one plain forward pass.
        public var forwardEquivalents: Double
        /// The same for computing every claim for every replicate.
        public var naiveForwardEquivalents: Double
        /// What the planner counted, in bytes.
        public var peakBytes: Int
        /// Rows on the dataset axis: the distinct ones of D, or of those drawn.
        public var datasetRows: Int
        /// Hypotheses that shared the plan: the work is that of all of them.
        public var hypotheses: Int

        private enum CodingKeys: String, CodingKey {
            case hypotheses
            case forwardEquivalents = "forward_equivalents"
            case naiveForwardEquivalents = "naive_forward_equivalents"
            case peakBytes = "peak_bytes"
            case datasetRows = "dataset_rows"
        }
    }

    public var hypothesis: String
    /// The policy for unclaimed inputs of claims that state none, where it was chosen for this run.
    public var others: String?
    /// What stood in for unclaimed inputs, where it was not their value on another datum.
    public var ablation: String?
    /// Replicates; with every combination of draws, how many there are.
    public var samples: Int
    /// Whether every combination of draws was run, with its probability, in place of samples.
    public var isExact: Bool
    /// Nil for a replay, and where every combination was run.
    public var seed: UInt64?
    public var backend: BackendIdentity
    /// Why this backend, where `auto` chose it.
    public var backendNote: String?
    public var rewrites: [RewriteFigures]
    /// The file's behaviour first.
    public var figures: [Figure]
    /// How far the outputs lie from the model's.
    public var outputs: OutputFigures
    /// What the claims say, in bits; nil where a draw is by a sampler of the program's own.
    public var claims: Specificity?
    /// What each claim contributes, where that was asked for.
    public var attribution: [ClaimAttribution]?
    /// How far this hypothesis lies from the first of the same command, on common draws.
    public var against: PairedDifference?
    /// How far the figures lie from exact ones, where products were not made exactly.
    public var precision: PrecisionError?
    public var plan: PlanFigures
    public var execution: RunRecord
    public var warnings: [String]
    public var provenance: Provenance

    private enum CodingKeys: String, CodingKey {
        case hypothesis, others, ablation, samples, seed, backend, rewrites, figures, plan, execution, warnings,
            provenance
        case isExact = "exact"
        case outputs, claims, attribution, against, precision
        case backendNote = "backend_note"
    }

    /// The hypothesis, and how its unclaimed inputs were treated where that was asked for.
    public var title: String {
        let how = [others.map { "others \($0)" }, ablation.map { "ablation \($0)" }].compactMap(\.self)
        return how.isEmpty ? hypothesis : "\(hypothesis) (\(how.joined(separator: ", ")))"
    }
}
