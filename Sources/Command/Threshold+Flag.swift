import Scrubjay

extension Threshold {
    /// What `--require` states.
    static func stated(_ text: String) throws -> Threshold {
        guard let threshold = Threshold(text) else {
            throw UsageError("--require is \"\(text)\", expected \(Threshold.form)")
        }
        return threshold
    }
}
