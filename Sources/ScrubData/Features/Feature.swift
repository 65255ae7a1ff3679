internal import ScrubCore

/// A function of the datum, evaluated on a dataset: rows with equal values may stand for each other.
public struct Feature: Sendable {
    /// As the user wrote it.
    public let text: String
    public let classes: ClassIndex
    /// Empty when nothing is doubtful.
    public let warnings: [FeatureWarning]
    /// One for each class.
    private let values: FeatureValues

    init(_ text: String, _ values: FeatureValues, weights: [Double]?) {
        let grouping = values.grouped()
        let classes = ClassIndex(grouping, weights: weights)
        self.text = text
        self.classes = classes
        self.values = values.picking(grouping.firstRows)
        warnings = Self.warnings(text, values, grouping, classes)
    }

    /// The value that the rows of a class have in common, as messages print it.
    public func text(ofClass number: Int) -> String { values.text(row: number) }

    private static func warnings(
        _ text: String, _ values: FeatureValues, _ grouping: Grouping, _ classes: ClassIndex
    ) -> [FeatureWarning] {
        let rows = classes.classOf.count
        if classes.classCount == 1 { return [.constant(feature: text, rows: rows)] }
        func size(_ c: Int) -> Int { classes.offsets[c + 1] - classes.offsets[c] }

        var warnings: [FeatureWarning] = []
        if let ties = values.nearTies(grouping.firstRows), !ties.classes.isEmpty {
            let tied = ties.classes.reduce(0) { $0 + size(Int($1)) }
            warnings.append(.nearTie(feature: text, lower: ties.lower, upper: ties.upper, rows: tied))
        }
        let singletons = (0..<classes.classCount).count { size($0) == 1 }
        if singletons * 2 > rows {
            warnings.append(.mostlySingletons(feature: text, singletons: singletons, rows: rows))
        }
        return warnings
    }
}

extension FeatureValues {
    /// Ties among the values of the given rows, one of each class; nil where there are no reals.
    fileprivate func nearTies(_ firstRows: [Int32]) -> NearTies? {
        switch self {
        case .scalars(let values):
            let scalars = firstRows.map { row -> (value: Double, isInteger: Bool)? in
                switch values[Int(row)] {
                case .integer(let integer): (Double(integer), true)
                case .real(let real): (real, false)
                case .null, .text: nil
                }
            }
            return scalars.contains { $0?.isInteger == false } ? NearTies(scalars: scalars) : nil
        case .column(let column):
            switch column.values {
            case .reals(let values):
                return NearTies(scalars: firstRows.map { row in values[Int(row)].map { ($0, false) } })
            case .realArrays(let width, let values):
                return NearTies(classes: firstRows.count, width: width) { values[Int(firstRows[$0]) * width + $1] }
            default: return nil
            }
        }
    }
}
