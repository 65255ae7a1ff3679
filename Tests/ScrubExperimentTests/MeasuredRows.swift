import Foundation
import ScrubExperiment
import ScrubGraph

/// Eight rows with labels of every kind, for a small transformer with some number of outputs, and what best_constants.py
/// makes of the same rows.
struct MeasuredRows {
    let outputs: Int
    var classes: Int { max(2, outputs) }
    let weights = [1, 1, 2, 0, 1, 1, 1, 1]

    func y(_ row: Int) -> Int { [0, 1, 1, 2, 1, 0, 1, 2][row] % classes }
    func at(_ row: Int) -> [Int] { (0..<3).map { row * ($0 + 1) % classes } }
    func wrong(_ row: Int) -> [Int] { (0..<3).map { (row / 2 + $0 + 1) % classes } }
    func mask(_ row: Int) -> [Int] { [1 + row % 2, row % 3, (row + 1) % 4] }
    func targets(_ row: Int) -> [Double] { (0..<3 * outputs).map { Double((row * 7 + $0 * 5) % 11) / 4 - 1 } }
    func score(_ row: Int) -> Double { Double(row * 5 % 8) / 2 }

    /// A line of the data with the tokens of one row and the labels of another.
    private func line(_ tokens: Int, _ labels: Int) -> String {
        let read = [tokens % 3, tokens / 3, tokens % 2 == 0 ? 3 : 1]
        return """
            {"tokens": \(read), "y": \(y(labels)), "at": \(at(labels)), "wrong": \(wrong(labels)), \
            "mask": \(mask(labels)), "targets": \(targets(labels)), "score": \(score(labels)), \
            "w": \(weights[tokens] * weights[labels]), "v": \(weights[tokens])}

            """
    }

    /// `rows.jsonl`, weighed by `v`, and `pairs.jsonl`, every row's tokens with every row's labels, weighed by `w`.
    func write(to small: SmallTransformer) throws {
        try small.write("rows.jsonl", (0..<8).map { line($0, $0) }.joined())
        let pairs = (0..<8).flatMap { i in (0..<8).map { line(i, $0) } }
        try small.write("pairs.jsonl", pairs.joined())
    }

    /// An experiment in which nothing is resampled but what `claim` says.
    static func experiment(
        _ small: SmallTransformer, _ behaviour: String, data: String = "rows.jsonl", weight: String? = "v",
        also: String? = nil, claim: String = "a0.h0: {same: any}"
    ) throws -> Experiment {
        try small.write(
            "m.yaml",
            """
            model: model
            data: {file: \(data)\(weight.map { ", weight: \($0)" } ?? "")}
            behaviour: {\(behaviour)}
            \(also.map { "also: \($0)" } ?? "")
            interpretation: {inputs: {\(claim)}}
            """)
        return try Experiment(contentsOf: small.path("m.yaml"))
    }
}
