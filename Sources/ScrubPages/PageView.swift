internal import ScrubExperiment
internal import ScrubStore

/// What the template of a page reads.
struct PageView {
    struct Fact {
        var term: String
        var definitions: [String]
    }

    struct Part {
        var partAnchor: String
        var partName: String
    }

    struct Hypothesis {
        var hypothesisName: String
        var groups: [GroupView]
    }

    struct Warning {
        /// Of the first of its group.
        var warningAnchor: String?
        var run: String
        var seed: String
        var said: String
    }

    struct Command {
        var commandOf: String
        var command: String
    }

    var title: String
    var version: String
    var style: String
    var script: String
    var scriptDigest: String
    var lead: String
    var facts: [Fact]
    var failures: [RunFailure]
    var foldedNote: String?
    /// Hypotheses whose text was changed between runs.
    var textNotes: [String]
    var table: RunTable
    var dots: String?
    var dotsNote: String?
    var heatMaps: [HeatMaps]
    var legend: String
    var hypotheses: [Hypothesis]
    /// What drawings of all hypotheses share.
    var frames: String
    var warningsNote: String
    var warnings: [Warning]
    var commandsNote: String
    var commands: [Command]
    var commandsOpen: Bool

    var hasFailures = false
    var hasHeat = false
    var hasDetails = false
    var hasWarnings = false
    var parts: [Part] = []

    /// Works out which parts there are.
    mutating func complete() {
        (hasFailures, hasHeat) = (!failures.isEmpty, !heatMaps.isEmpty)
        (hasDetails, hasWarnings) = (!hypotheses.isEmpty, !warnings.isEmpty)
        let all: [(String, String, Bool)] = [
            ("failed", "Failed", hasFailures), ("runs", "Runs", true), ("recovered", "Recovered", dots != nil),
            ("heat", "By two parameters", hasHeat), ("hypotheses", "Hypotheses", hasDetails),
            ("warnings", "Warnings", true), ("commands", "To run it again", true),
        ]
        parts = all.filter(\.2).map { Part(partAnchor: $0.0, partName: $0.1) }
    }
}
