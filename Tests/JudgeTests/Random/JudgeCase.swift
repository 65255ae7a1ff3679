import ScrubCore
import ScrubHypothesis
import ScrubPlanner

/// Everything that decides a run: a model, rows, a hypothesis, how many replicates, and the seed of the draws.
struct JudgeCase: Sendable {
    var seed: UInt64
    var model: TinyModel
    /// Rows of the file; D is those that the hypothesis's condition keeps.
    var rows: [TinyRow]
    var hypothesis: Hypothesis
    var replicates = 6
    /// What replaces the inputs that no claim claims.
    var ablation = Ablation.resample
    /// Of the graph, as the file's section has them; the judge, whose figures they must not change, knows nothing of them.
    var rewrites: [String] = []

    /// The rows of D.
    var data: [TinyRow] { hypothesis.data.condition == nil ? rows : rows.filter(\.isKept) }

    /// Weights of the rows of D in draws, which sum to 1.
    var weights: [Double] {
        let weights = data.map { hypothesis.data.weight == nil ? 1 : $0.weight }
        return weights.map { $0 / weights.reduce(0, +) }
    }

    var positions: Int { rows[0].tokens.count }

    /// Every claim with the claims below it, the root first.
    var claims: [Claim] {
        func below(_ claim: Claim) -> [Claim] { [claim] + claim.inputs.flatMap(below) }
        return below(hypothesis.interpretation)
    }
}

extension Located {
    /// A value that no file bears.
    init(_ value: Value) { self.init(value, SourceLocation(file: "case")) }
}

extension Claim {
    /// A claim that no file bears.
    init(
        _ node: String, _ same: Condition = .exact, _ inputs: [Claim] = [], others: OthersPolicy? = nil,
        route: Route = .direct
    ) {
        self.init(
            nodes: [Located(node)], route: route, same: Located(same), inputs: inputs,
            others: others.map { Located($0) })
    }

    /// This claim and those below, each changed.
    func mapped(_ change: (Claim) -> Claim) -> Claim {
        var claim = change(self)
        claim.inputs = claim.inputs.map { $0.mapped(change) }
        return claim
    }

    /// The claim at an index path below this one.
    subscript(_ path: ArraySlice<Int>) -> Claim {
        get { path.first.map { inputs[$0][path.dropFirst()] } ?? self }
        set { if let first = path.first { inputs[first][path.dropFirst()] = newValue } else { self = newValue } }
    }

    /// The index paths of this claim and all below.
    var indexPaths: [[Int]] { [[]] + inputs.indices.flatMap { index in inputs[index].indexPaths.map { [index] + $0 } } }
}
