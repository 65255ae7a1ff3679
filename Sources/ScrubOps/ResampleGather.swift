internal import ScrubCore

/// The sum of gathers: `y[r][p] = Σ_t x_t[table_t[r]][positions_t[p]]` over the terms that have a position there, in
/// order. With one term at each position it is their concatenation: positions of several data side by side.
///
/// Inputs: one for each term, on the dataset axis where the term has a table, otherwise on the replicate axis, where
/// each replicate reads its own row. (C1) as many as terms, at least one, whose lists of positions are as long as one
/// another, or all absent; (C2) of one element type, and with the same axes, or with the same but for the first, position,
/// where there are lists; (C3) every listed position is on its input, and every position of the output has a term;
/// (C4) float32 where one has several. Output: the common axes, with as many positions as the lists.
public struct ResampleGather: OpRule {
    /// One addend.
    public struct Term: Hashable, Sendable, Codable {
        /// The index table, by its number in the plan; nil for a value on the replicate axis.
        public var table: Int?
        /// By position of the output, the input's position that is added there, if any; nil for each its own.
        public var positions: [Int?]?

        public init(table: Int?, positions: [Int?]? = nil) {
            self.table = table
            self.positions = positions
        }
    }

    public static let name = "resampleGather"
    public var terms: [Term]

    public init(_ terms: [Term]) { self.terms = terms }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let lengths = Set(terms.map(\.positions?.count))
        try require(
            1, !terms.isEmpty && inputs.count == terms.count && lengths.count == 1, inputs,
            "\(terms.count) values, one for each term")
        let (type, lists) = (inputs[0], terms.compactMap(\.positions))
        guard let first = lists.first else {
            try require(2, inputs.allSatisfy { $0 == type }, inputs, "values of one type")
            try require(4, terms.count == 1 || type.element == .float32, inputs, "float32 values")
            return type
        }
        let rest = type.shape.axes.dropFirst()
        try require(
            2,
            inputs.allSatisfy {
                $0.element == type.element && $0.shape.axes.first?.name == .position
                    && $0.shape.axes.dropFirst() == rest
            }, inputs, "values of one type but for their positions")
        let exist = zip(inputs, lists).allSatisfy { input, list in
            list.allSatisfy { $0.map { (0..<input.shape.axes[0].count).contains($0) } ?? true }
        }
        let counts = first.indices.map { place in lists.count { $0[place] != nil } }
        try require(
            3, exist && !counts.isEmpty && counts.allSatisfy { $0 > 0 }, inputs,
            "positions that there are, at least one for each of the output's")
        try require(4, type.element == .float32 || counts.allSatisfy { $0 == 1 }, inputs, "float32 values")
        return ValueType(type.shape.replacingFirst(with: Axis(.position, first.count)), type.element)
    }

    public func operations(of inputs: [ValueType]) -> Double {
        guard let first = terms.first?.positions else {
            return Double(inputs[0].shape.count * (terms.count - 1))
        }
        let addends = terms.reduce(0) { $0 + ($1.positions?.count { $0 != nil } ?? 0) }
        return Double((addends - first.count) * inputs[0].shape.axes.dropFirst().reduce(1) { $0 * $1.count })
    }

    /// Neighbouring elements of one term.
    public struct Run: Hashable, Sendable {
        public var term: Int
        /// The first element, in a row of the term's input and of the output.
        public var from: Int
        public var to: Int
        public var count: Int
        /// Whether an earlier term has been there.
        public var adds: Bool
    }

    /// What is copied or added, in the order of terms, given the output's type.
    public func runs(of output: ValueType) -> [Run] {
        let shape = output.shape
        guard let length = terms.first?.positions?.count else {
            return terms.indices.map { Run(term: $0, from: 0, to: 0, count: shape.count, adds: $0 > 0) }
        }
        let width = shape.axes.dropFirst().reduce(1) { $0 * $1.count }
        var written = [Bool](repeating: false, count: length)
        var runs: [Run] = []
        for (number, term) in terms.enumerated() {
            for (place, position) in (term.positions ?? []).enumerated() {
                guard let position else { continue }
                let run = Run(
                    term: number, from: position * width, to: place * width, count: width, adds: written[place])
                written[place] = true
                if let last = runs.last, last.term == number, last.adds == run.adds, last.from + last.count == run.from,
                    last.to + last.count == run.to
                {
                    runs[runs.count - 1].count += width
                } else {
                    runs.append(run)
                }
            }
        }
        return runs
    }
}
