import Scrubjay

/// A threshold that a run of a sweep misses.
struct SweepMiss: Encodable {
    private var run: SweepJSON.Run
    private var require: String
    /// What was held against the bound; nil where it is undefined.
    private var value: Double?
    /// For a person.
    let text: String

    private enum CodingKeys: String, CodingKey {
        case run, require, value
    }

    /// - Returns: nil where the threshold is met.
    init?(_ statement: RunStatement, _ report: Report, _ threshold: Threshold) {
        guard let miss = threshold.miss(in: report) else { return nil }
        (run, require, value) = (SweepJSON.Run(statement), threshold.text, threshold.value(in: report))
        text = "\(statement.title): \(miss)"
    }
}
