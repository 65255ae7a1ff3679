public import ScrubCore
public import ScrubHypothesis
public import ScrubStore

/// One run of a sweep.
public struct SweepRun: Sendable {
    public var statement: RunStatement
    /// Where the sweep file names its hypothesis.
    public var location: SourceLocation
    /// The hypothesis file, as written.
    let written: HypothesisText
    /// Where the sweep file states each of the statement's groupings.
    let groupingPlaces: [SourceLocation]

    /// The hypothesis, with parameters, model, data and others put in. A failure belongs to this run alone.
    ///
    /// It is read anew each time.
    public var hypothesis: Result<Hypothesis, any Error> {
        Result {
            let others = statement.others.flatMap(OthersPolicy.init(word:))
            return try HypothesisFile.parse(written, parameters: statement.parameters)
                .replacing(model: placed(statement.model), data: placed(statement.data), others: others)
        }
    }

    private func placed(_ path: String?) -> Located<String>? { path.map { Located($0, location) } }
}
