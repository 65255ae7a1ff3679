public import ScrubCore

/// What cannot be made a figure of.
public enum StatisticsError: Diagnostic, Hashable {
    /// A block of columns has another number of them than the columns before.
    case columns(found: Int, expected: Int)
    /// The columns of a block differ in length.
    case lengths([Int])
    /// There are as many weights as values.
    case weights(found: Int, expected: Int)
    /// A weight must be finite and at least 0.
    case weight(Double, index: Int)
    /// A value must be finite.
    case value(Float, index: Int)
    /// Nothing is there, or nothing with a weight above 0.
    case empty

    public var message: String {
        switch self {
        case .columns(let found, let expected): "\(found) columns of values, expected \(expected) as before"
        case .lengths(let lengths):
            "columns of \(lengths.map(String.init).joined(separator: ", ")) values, expected equally many in each"
        case .weights(let found, let expected): "\(found) weights of \(expected) values, expected one a value"
        case .weight(let weight, let index): "weight \(index) is \(weight), expected a finite number of at least 0"
        case .value(let value, let index): "value \(index) is \(value), expected a finite number"
        case .empty: "no value has a weight above 0, expected at least one"
        }
    }
}
