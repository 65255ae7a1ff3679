internal import ScrubCore

/// What tells one run of a sweep from another.
struct SweepChoice: Hashable, Sendable {
    /// Its number among the sweep's hypotheses.
    var hypothesis: Int
    /// Of those parameters that the hypothesis uses.
    var parameters: [String: String]
    /// From the working directory; nil for what the hypothesis names.
    var model: String?
    var dataset: String?
    /// A word that names a policy; nil for what the hypothesis says.
    var others: String?
    var ablation: String
    var seed: UInt64
}

/// A choice, and where the sweep file makes it.
struct PlacedChoice: Sendable {
    var choice: SweepChoice
    var location: SourceLocation
}
