import ScrubCore
import ScrubData
import ScrubExperiment
import ScrubGraph
import ScrubHypothesis
import ScrubOps
import Testing

/// A hypothesis of `Tests/Goldens` on few enough rows to be run many times.
struct LawCase: CustomTestStringConvertible {
    let model: String
    let key: String

    var testDescription: String { "\(model) \(key)" }

    /// Every hypothesis on every model.
    static let all = Golden.models.flatMap { model in
        Golden.hypotheses(model).map { LawCase(model: model, key: $0) }
    }

    /// Those whose claims all stand on direct paths to the output.
    static let directPaths = all.filter { law in
        let root = (try? HypothesisFile.read(Golden.hypothesis(law.model, law.key)))?.interpretation
        return root.map { !$0.inputs.isEmpty && $0.inputs.allSatisfy { $0.inputs.isEmpty && $0.nodes.count == 1 } }
            ?? false
    }

    /// Which rows: strings of many lengths and every value of every feature, among others.
    private static let conditions = [
        "brackets": "length <= 8 OR phi_scale > 0.4",
        "modular-addition": "a < 20 AND b % 3 = 0",
        "induction-heads": "tokens[1] < 4",
        "tracr-hist": "tokens[1] = 1 AND tokens[8] <> 2",
    ]

    func experiment() throws -> Experiment {
        var hypothesis = try HypothesisFile.read(Golden.hypothesis(model, key))
        if let condition = Self.conditions[model] {
            hypothesis.data.condition = Located(condition, SourceLocation(file: "LawCase.swift"))
        }
        return try Experiment(hypothesis)
    }
}

extension Experiment {
    /// Positions whose outputs the behaviour reads.
    var positionsRead: [Int] {
        if case .op(.selectPositions(let select)) = graph.nodes[behaviour.read].kind { return select.positions }
        return Array(0..<(graph.nodes[graph.output].type.shape.axes.first?.count ?? 0))
    }

    /// The rows of the column `tokens`.
    func tokenRows() throws -> [[Int]] {
        guard case .integerArrays(let width, let values)? = dataset[column: "tokens"]?.values else {
            throw Missing.tokens
        }
        return values.map { Int($0) }.rows(of: width)
    }

    private enum Missing: Error { case tokens }
}
