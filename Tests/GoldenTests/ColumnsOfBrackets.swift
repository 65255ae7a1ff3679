import Foundation
import ScrubCore
import Testing

@Suite("columns of brackets", .needsGoldens)
struct ColumnsOfBrackets {
    private let lines: [(text: BracketString, label: Int)]
    private let check: ColumnsCheck

    init() throws {
        let table = try String(contentsOfFile: Golden.model("brackets") + "/parens.tsv", encoding: .utf8)
        lines = try table.split(separator: "\n").map { line in
            let cells = line.split(separator: "\t")
            return (BracketString(cells[0]), try #require(Int(cells[1])))
        }
        check = ColumnsCheck(archive: try Golden.columns("brackets"), rows: lines.count)
    }

    private func expect(_ name: String, _ value: (BracketString) -> Int) throws {
        try check.expect(name, equals: lines.map { value($0.text) })
    }

    @Test func `the labels say which strings are balanced`() throws {
        #expect(lines.count == 100_000)
        try check.expect("balanced", equals: lines.map(\.label))
        try expect("balanced") { $0.isBalanced ? 1 : 0 }
    }

    @Test func `tokens, length and features of the whole string`() throws {
        try check.expect("tokens", equals: lines.flatMap { $0.text.tokens })
        try expect("length") { $0.length }
        try expect("count") { $0.count ? 1 : 0 }
        try expect("horizon") { $0.horizon ? 1 : 0 }
        try expect("starts_open") { $0.startsOpen ? 1 : 0 }
        try expect("count_open") { $0.count && $0.startsOpen ? 1 : 0 }
        try check.expect("p1_if_starts_open", equals: lines.map { $0.text.startsOpen ? $0.text.p[1] : -1 })
        try check.expect("phi_scale", equals: lines.map { 2 * $0.text.p[0] - 1 })
    }

    @Test func `the horizon position by position`() throws {
        try check.expect("horizon_at", equals: lines.flatMap { $0.text.horizonClasses($0.text.p) })
        try expect("horizon_all") { BracketString.keepsHorizon($0.horizonClasses($0.p)) ? 1 : 0 }
    }

    @Test func `the horizon by the attention of head 0.0`() throws {
        let weighting = AttentionWeighting(try ReferenceTransformer(folder: Golden.model("brackets")))
        let classes = lines.map { $0.text.horizonClasses(weighting.adjusted($0.text)) }
        try check.expect("horizon_at_adjusted", equals: classes.flatMap { $0 })
        try check.expect("horizon_all_adjusted", equals: classes.map { BracketString.keepsHorizon($0) ? 1 : 0 })
    }
}

/// A string of parentheses as the model reads it: START, the parens, END, padding.
struct BracketString {
    static let (start, padding, end, open, close) = (0, 1, 2, 3, 4)
    static let positions = 42

    let tokens: [Int]
    /// Tokens that are not padding.
    let length: Int
    /// [position] the fraction of `(` among the parens at or after it; only where there are any.
    let p: [Double]
    let isBalanced: Bool

    init(_ text: some StringProtocol) {
        let parens = text.map { $0 == "(" ? Self.open : Self.close }
        length = parens.count + 2
        tokens = [Self.start] + parens + [Self.end] + [Int](repeating: Self.padding, count: Self.positions - length)

        var fractions: [Double] = []
        var opens = 0
        for (after, paren) in parens.reversed().enumerated() {
            opens += paren == Self.open ? 1 : 0
            fractions.append(Double(opens) / Double(after + 1))
        }
        // Position 0 holds START: the parens at or after it are those at or after position 1.
        p = [fractions.last ?? .nan] + fractions.reversed()

        var depth = 0
        var lowest = 0
        for paren in parens {
            depth += paren == Self.open ? 1 : -1
            lowest = min(lowest, depth)
        }
        isBalanced = depth == 0 && lowest == 0
    }

    static func exceedsHalf(_ p: Double) -> Bool { p > 0.5 + 1e-6 }

    var count: Bool { p[0] == 0.5 }
    var horizon: Bool { !p.contains(where: Self.exceedsHalf) }
    var startsOpen: Bool { tokens[1] == Self.open }

    /// [position] 0 padding; 1 END after `(`; 2 END after `)`; 3 where the fraction exceeds a half; 4 otherwise.
    func horizonClasses(_ p: [Double]) -> [Int] {
        tokens.enumerated().map { position, token in
            switch token {
            case Self.padding: 0
            case Self.end: tokens[position - 1] == Self.open ? 1 : 2
            default: Self.exceedsHalf(p[position]) ? 3 : 4
            }
        }
    }

    static func keepsHorizon(_ classes: [Int]) -> Bool { !classes.contains { $0 == 1 || $0 == 3 } }
}

/// How much the parens weigh in an adjusted fraction: by the attention that head 0.0 pays, on the average, to the
/// parens before a position and to those at or after it.
private struct AttentionWeighting {
    /// [length][position] the weight of each paren.
    private let weights: [[[Double]]]

    init(_ model: ReferenceTransformer) {
        func normed(_ token: Int, _ position: Int) -> [Double] {
            model.normed(model.embedding(token, at: position), "blocks.0.ln1")
        }
        let positions = 0..<BracketString.positions
        let opens = positions.map { normed(BracketString.open, $0) }
        let averages = positions.map { position in
            zip(opens[position], normed(BracketString.close, position)).map { ($0 + $1) / 2 }
        }
        func projected(_ vectors: [[Double]], _ part: String) -> [[Double]] {
            model.headProjection(vectors.flatMap { $0 }, part, layer: 0, head: 0).rows(of: model.form.head)
        }
        let queries = projected(opens, "Q")

        weights = (0...BracketString.positions).map { length in
            guard length > 2 else { return [] }
            var read = Array(averages[..<length])
            read[0] = normed(BracketString.start, 0)
            read[length - 1] = normed(BracketString.end, length - 1)
            let keys = projected(read, "K")
            return (0..<length - 1).map { position in
                let scores = keys.map { key in zip(queries[position], key).reduce(0) { $0 + $1.0 * $1.1 } }
                let probabilities = softmax(scores.map { $0 / Double(model.form.head).squareRoot() })
                return Self.grouped(probabilities[1..<length - 1], before: position - 1)
            }
        }
    }

    /// The average of the first `before` for each of them, the average of the others for each of those; summing to 1.
    private static func grouped(_ probabilities: ArraySlice<Double>, before: Int) -> [Double] {
        func average(_ group: ArraySlice<Double>) -> [Double] {
            [Double](repeating: group.reduce(0, +) / Double(group.count), count: group.count)
        }
        let weights = average(probabilities.prefix(max(before, 0))) + average(probabilities.dropFirst(max(before, 0)))
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    /// [position] the weighted fraction of `(`, for START and the parens.
    func adjusted(_ string: BracketString) -> [Double] {
        weights[string.length].map { weights in
            zip(weights, string.tokens.dropFirst()).reduce(0) { $0 + ($1.1 == BracketString.open ? $1.0 : 0) }
        }
    }
}
