internal import ScrubData
internal import ScrubHypothesis

/// A partition of D by what the user names: figures are told apart by the group of the reference datum.
struct Groups {
    /// Columns or SQL expressions.
    let by: [String]
    let classes: ClassIndex
    /// [group] the value of each expression.
    let values: [[String]]

    /// The most groups that are told apart.
    static let most = 256

    /// - Parameters:
    ///   - list: columns, named features or SQL expressions, separated by commas outside parentheses and quotes.
    ///   - experiment: whose data.
    /// - Throws: `FeatureError`, `ExperimentError.groups`.
    init(by list: String, of experiment: Experiment) throws {
        let named = experiment.interpretation.features.mapValues(\.value)
        by = Self.expressions(list)
        if let empty = by.firstIndex(where: \.isEmpty) { throw ExperimentError.emptyGrouping(list, number: empty + 1) }
        let features = try by.map { try experiment.dataset.feature($0, named: named, location: nil) }
        let joined = features.dropFirst().reduce(features[0].classes) { $0.joined(with: $1.classes) }
        guard joined.classCount <= Self.most else {
            throw ExperimentError.groups(list, found: joined.classCount, limit: Self.most)
        }
        classes = joined
        values = (0..<joined.classCount).map { group in
            let row = Int(joined.rows[joined.offsets[group]])
            return features.map { $0.text(ofClass: Int($0.classes.classOf[row])) }
        }
    }

    /// The parts between commas that are in no parentheses, brackets or quotes.
    static func expressions(_ list: String) -> [String] {
        var parts = [""]
        var depth = 0
        var quote: Character?
        for character in list {
            if let open = quote {
                if character == open { quote = nil }
            } else if "'\"`".contains(character) {
                quote = character
            } else if "([".contains(character) {
                depth += 1
            } else if ")]".contains(character) {
                depth -= 1
            }
            if character == ",", depth == 0, quote == nil {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { part in
            let start = part.drop(while: \.isWhitespace)
            return String(start.reversed().drop(while: \.isWhitespace).reversed())
        }
    }
}

extension Experiment {
    /// Whether figures can be told apart so, before anything is run.
    ///
    /// - Parameter list: columns, named features or SQL expressions, separated by commas.
    /// - Throws: a `Diagnostic`: one is no column, feature or expression, or there are too many groups.
    public func checkGrouping(_ list: String) throws { _ = try Groups(by: list, of: self) }
}
