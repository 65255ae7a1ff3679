internal import ScrubCore

/// A named column of a dataset: one value, or one array of fixed width, for each row.
public struct Column: Sendable {
    public enum Values: Sendable {
        case integers([Int64?])
        case reals([Double?])
        case texts([String?])
        case booleans([Bool?])
        /// Row-major `[row, width]`; arrays have no NULL.
        case integerArrays(width: Int, NarrowIntegers)
        /// Row-major `[row, width]`; arrays have no NULL.
        case realArrays(width: Int, [Double])
    }

    public let name: String
    public let values: Values
    /// Rows.
    public let count: Int
    /// The sizes of one row's array, outermost first, with `width` as their product; empty for a scalar column.
    public let sizes: [Int]

    /// A column of scalars, or of arrays with one axis and a width above zero.
    public init(_ name: String, _ values: Values) {
        let count =
            switch values {
            case .integers(let values): values.count
            case .reals(let values): values.count
            case .texts(let values): values.count
            case .booleans(let values): values.count
            case .integerArrays(let width, let values): width > 0 ? values.count / width : 0
            case .realArrays(let width, let values): width > 0 ? values.count / width : 0
            }
        let sizes: [Int]
        switch values {
        case .integerArrays(let width, _), .realArrays(let width, _): sizes = [width]
        default: sizes = []
        }
        self.init(name, values, count: count, sizes: sizes)
    }

    /// A column whose rows are arrays of `sizes`; `count` says how many there are even where the width is zero.
    public init(_ name: String, _ values: Values, count: Int, sizes: [Int]) {
        if case .integerArrays(let width, let values) = values {
            precondition(values.count == count * width, "\(values.count) values for \(count) rows of width \(width)")
        }
        if case .realArrays(let width, let values) = values {
            precondition(values.count == count * width, "\(values.count) values for \(count) rows of width \(width)")
        }
        self.name = name
        self.values = values
        self.count = count
        self.sizes = sizes
    }

    /// Values in one row of an array column; nil for a scalar column.
    public var width: Int? {
        switch values {
        case .integerArrays(let width, _), .realArrays(let width, _): width
        default: nil
        }
    }

    /// What it holds, for messages: "integers", "arrays of 42 reals".
    public var kind: String {
        switch values {
        case .integers: "integers"
        case .reals: "reals"
        case .texts: "texts"
        case .booleans: "booleans"
        case .integerArrays(let width, _): "arrays of \(width) integers"
        case .realArrays(let width, _): "arrays of \(width) reals"
        }
    }
}
