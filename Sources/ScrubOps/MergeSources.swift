internal import ScrubCore

/// One attention pattern from several, part by part: `y[i][j]` is that of the input after the first, `inputs[k + 1]`,
/// whose part k is the first that contains (q, j), q being the position of row i; that of `inputs[0]` where none does.
///
/// Inputs: `[position: Q, source: K]`. (C1) float32 inputs of one shape with the axes position, source; (C2) one more
/// than there are parts; (C3) there are Q query positions, `queries` or else 0..<Q. Output: the type of the first.
public struct MergeSources: OpRule {
    public static let name = "mergeSources"
    public var parts: [SourcePart]
    /// Positions of the rows when they are not simply `0..<Q`.
    public var queries: [Int]?

    public init(parts: [SourcePart], queries: [Int]? = nil) {
        self.parts = parts
        self.queries = queries
    }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits = inputs.allSatisfy {
            $0 == inputs[0] && $0.element == .float32 && $0.shape.axes.map(\.name) == [.position, .source]
        }
        try require(1, !inputs.isEmpty && fits, inputs, "float32 [position, source] of one shape")
        try require(
            2, inputs.count == parts.count + 1, inputs,
            "\(parts.count + 1) inputs: one for what is in no part, then the parts'")
        let rows = inputs[0].shape.vectors
        try require(3, queries?.count ?? rows == rows, inputs, "one query position for each row")
        return inputs[0]
    }

    public func operations(of inputs: [ValueType]) -> Double { 0 }

    /// For each row and source, row after row, the number of the input that is read.
    public func choices(of type: ValueType) -> [Int] {
        let (rows, sources) = (type.shape.vectors, type.shape.width)
        return (queries ?? Array(0..<rows)).flatMap { query in
            (0..<sources).map { source in
                parts.firstIndex { $0.contains(query: query, source: source) }.map { $0 + 1 } ?? 0
            }
        }
    }
}
