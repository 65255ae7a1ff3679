internal import ScrubCore
internal import ScrubHypothesis

/// A hypothesis file of a sweep.
struct SweepHypothesis: Sendable {
    /// From the working directory.
    var path: String
    var text: HypothesisText
    /// Where the sweep file names it.
    var location: SourceLocation
}
