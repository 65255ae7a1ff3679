public import ScrubCore

/// A model of the family `graph` and data or a behaviour that do not fit together.
public enum GraphColumnError: Diagnostic, Equatable {
    case missing(SourceLocation, node: String, column: String, file: String, known: [String])
    case shape(SourceLocation, node: String, column: String, file: String, found: [Int], expected: [Int])
    case kind(SourceLocation, node: String, column: String, file: String, found: String, expected: String)
    /// Rows are counted from 1.
    case value(SourceLocation, row: Int, column: String, found: String, expected: String, node: String)
    /// A column of tokens was named for a model that reads none.
    case tokens(SourceLocation, name: String)
    /// The behaviour cannot read the model's output.
    case output(SourceLocation, loss: String, node: String, found: String, expected: String)

    public var location: SourceLocation? {
        switch self {
        case .missing(let place, _, _, _, _), .shape(let place, _, _, _, _, _), .kind(let place, _, _, _, _, _),
            .value(let place, _, _, _, _, _), .tokens(let place, _), .output(let place, _, _, _, _):
            place
        }
    }

    public var message: String {
        switch self {
        case .missing(_, let node, let column, let file, let known):
            "node \"\(node)\" reads a column \"\(column)\", which '\(file)' does not have"
                + (suggestions(for: column, among: known).first.map { ", perhaps \($0)" } ?? "")
                + "; columns are \(known.joined(separator: ", "))"
        case .shape(_, let node, let column, let file, let found, let expected):
            "node \"\(node)\" reads \(Self.numbers(expected)) for each row; the column \"\(column)\" of '\(file)' has "
                + Self.numbers(found)
        case .kind(_, let node, let column, let file, let found, let expected):
            "node \"\(node)\" reads \(expected); the column \"\(column)\" of '\(file)' holds \(found)"
        case .value(_, let row, let column, let found, let expected, let node):
            "\"\(column)\" is \(found) at row \(row), and node \"\(node)\" of the model reads \(expected)"
        case .tokens(_, let name):
            "\"tokens\" is \(name), expected nothing: the model is a graph, whose nodes name their columns"
        case .output(_, let loss, let node, let found, let expected):
            "\(loss) reads \(expected), and the model's output, \"\(node)\", is \(found)"
        }
    }

    /// `one number`, `[2, 3]`.
    private static func numbers(_ sizes: [Int]) -> String { sizes.isEmpty ? "one number" : "\(sizes)" }
}
