internal import ScrubCore
internal import ScrubHypothesis

/// A hypothesis file of a sweep.
struct SweepHypothesis: Sendable {
    /// From the working directory.
    var path: String
    var text: HypothesisText
    /// Where the sweep file names it.
    var location: SourceLocation
    /// Whether another policy for claims that state none would change it; where it cannot be read, its runs will say so.
    var takesOthers = true

    /// - Parameter parameters: of the sweep, each with its values.
    func takesOthers(_ parameters: [(name: String, values: [String])]) -> Bool {
        let values = parameters.compactMap { parameter in parameter.values.first.map { (parameter.name, $0) } }
        let used = Dictionary(values) { first, _ in first }.filter { value in
            text.names.contains { $0.value == value.key }
        }
        guard let read = try? HypothesisFile.parse(text, parameters: used) else { return true }
        return read.takesOthers
    }
}
