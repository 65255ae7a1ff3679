/// Why a claim by a feature may not be the experiment that was meant.
public enum FeatureWarning: Hashable, Sendable, CustomStringConvertible {
    /// One class: every row may stand for every other.
    case constant(feature: String, rows: Int)
    /// Most rows are alike to none but themselves, so resampling leaves them as they are.
    case mostlySingletons(feature: String, singletons: Int, rows: Int)
    /// Two values that differ by rounding, perhaps, are in different classes; `rows` lie in such classes.
    case nearTie(feature: String, lower: Double, upper: Double, rows: Int)

    public var description: String {
        switch self {
        case .constant(let feature, let rows):
            "feature '\(feature)' has one value on all \(rows) rows: a claim by it permits every swap and tests nothing"
        case .mostlySingletons(let feature, let singletons, let rows):
            "feature '\(feature)' has a value of its own on \(singletons) of \(rows) rows: "
                + "a claim by it leaves those as they are"
        case .nearTie(let feature, let lower, let upper, let rows):
            "feature '\(feature)' has values within 1e-6 relative of each other, as \(lower) and \(upper), "
                + "in different classes (\(rows) rows are in such classes): if that is rounding, round the feature"
        }
    }
}
