import Foundation
import ScrubConformance
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// An engine with a mistake that has been made before.
struct Mistake: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The subject whose cases must find it.
    var subject: String
    var backend: ReferenceBackend

    private init(
        _ description: String, in subject: String,
        _ mistake: @escaping @Sendable (ReferenceBackend.Row, inout [Double]) -> Void
    ) {
        testDescription = description
        self.subject = subject
        backend = ReferenceBackend(mistake: { row, output in if row.op.name == subject { mistake(row, &output) } })
    }

    private init(_ description: String, taken: @escaping @Sendable ([Int32], Int, Chunks) -> Int) {
        testDescription = description
        subject = Gather.name
        backend = ReferenceBackend(taken: taken)
    }

    static let all = losses + attention + merges + others + gathers

    private static let losses = [
        Mistake("softplus as log(1 + exp(x)) in float32", in: BinaryCrossEntropy.name) { row, output in
            let l = logit(row)
            output = [Double(log(1 + exp(Float(row.inputs[1][0] == 1 ? -l : l))))]
        },
        Mistake("label 1 taken for label 0", in: BinaryCrossEntropy.name) { row, output in
            output = [ReferenceOps.softplus(row.inputs[1][0] == 1 ? logit(row) : -logit(row))]
        },
        Mistake("log-sum-exp without the greatest logit taken out", in: CrossEntropy.name) { row, output in
            guard row.inputs.count == 2, row.inputs[1].count == 1 else { return }
            let total = row.inputs[0].reduce(Float(0)) { $0 + exp(Float($1)) }
            output = [Double(log(total)) - row.inputs[0][Int(row.inputs[1][0])]]
        },
        Mistake("log(sum) instead of log1p of the others", in: CrossEntropy.name) { row, output in
            guard row.inputs.count == 2, row.inputs[1].count == 1, let top = row.inputs[0].max() else { return }
            let total = row.inputs[0].reduce(Float(0)) { $0 + exp(Float($1 - top)) }
            output = [Double(log(total)) + top - row.inputs[0][Int(row.inputs[1][0])]]
        },
        Mistake("weights left out", in: CrossEntropy.name) { row, output in
            let known = 0..<Double(row.types[0].shape.width)
            guard row.inputs.count == 3, row.inputs[1].allSatisfy(known.contains) else { return }
            output = ReferenceOps.evaluate(row.op, Array(row.inputs[..<2]), row.types)
        },
        Mistake("weights left out", in: BinaryCrossEntropy.name) { row, output in
            output = ReferenceOps.evaluate(row.op, Array(row.inputs[..<2]), row.types)
        },
        Mistake("bias left out", in: LabelLogit.name) { row, output in
            guard case .labelLogit(let op) = row.op, op.biased else { return }
            let inputs = Array(row.inputs[..<3] + row.inputs[4...])
            output = ReferenceOps.evaluate(.labelLogit(LabelLogit(biased: false)), inputs, row.types)
        },
        Mistake("the last of the greatest for the first", in: LabelScore.name) { row, output in
            guard row.op == .labelScore(LabelScore(.correct)), row.inputs[1].count == 1 else { return }
            let logits = row.inputs[0]
            output = [logits.lastIndex(of: logits.max() ?? 0) == Int(row.inputs[1][0]) ? 1 : 0]
        },
        Mistake("exponentials of the logits as they are, in float32", in: LabelScore.name) { row, output in
            guard row.op == .labelScore(LabelScore(.probability)), row.inputs[1].count == 1 else { return }
            let total = row.inputs[0].reduce(Float(0)) { $0 + exp(Float($1)) }
            output = [Double(exp(Float(row.inputs[0][Int(row.inputs[1][0])])) / total)]
        },
        Mistake("the mean of all logits for that of the others", in: ExpectedLabelScore.name) { row, output in
            if row.op == .expectedLabelScore(ExpectedLabelScore(.margin)) {
                output = output.map { $0 * Double(row.types[0].shape.width - 1) / Double(row.types[0].shape.width) }
            }
        },
        Mistake("the divergence of p from q", in: KLDivergence.name) { row, output in
            output = ReferenceOps.evaluate(row.op, row.inputs.reversed(), row.types)
        },
        Mistake("a divergence as the difference of two float32 sums", in: KLDivergence.name) { row, output in
            guard row.types[0].shape.vectors == 1, row.types[0].shape.width > 1 else { return }
            let total = row.inputs.map { log($0.reduce(Float(0)) { $0 + exp(Float($1)) }) }
            output = [
                zip(row.inputs[0], row.inputs[1]).reduce(0) { sum, pair in
                    let (p, q) = (Float(pair.0) - total[0], Float(pair.1) - total[1])
                    return sum + Double(exp(p) * p - exp(p) * q)
                }
            ]
        },
        Mistake("probabilities of the other label", in: ExpectedBinaryCrossEntropy.name) { row, output in
            output = ReferenceOps.evaluate(row.op, [row.inputs[0], row.inputs[1].map { 1 - $0 }], row.types)
        },
        Mistake("the variance left out", in: ExpectedSquaredError.name) { row, output in
            output = ReferenceOps.evaluate(row.op, [row.inputs[0], row.inputs[1], [0]], row.types)
        },
    ]

    private static let attention = [
        Mistake("scores exponentiated as they are, in float32", in: Attention.name) { row, output in
            if row.inputs[0].contains(where: { abs($0) >= 20 }) { output[0] = .nan }
        },
        Mistake("a key sees itself not: one position too few", in: Attention.name) { row, output in
            changeAttention(row, &output) { op, _ in
                if op.causal {
                    op.queries = (op.queries ?? Array(0..<row.types[0].shape.vectors)).map { max(0, $0 - 1) }
                }
            }
        },
        Mistake("`queries` left out", in: Attention.name) { row, output in
            changeAttention(row, &output) { op, _ in op.queries = nil }
        },
        Mistake("the mask left out", in: Attention.name) { row, output in
            changeAttention(row, &output) { _, inputs in inputs = Array(inputs.prefix(3)) }
        },
        Mistake("masked keys at minus infinity: 0/0 where all are masked", in: Attention.name) { row, output in
            if row.inputs.count == 4, row.inputs[3].allSatisfy({ $0 == 0 }) { output = output.map { _ in .nan } }
        },
        Mistake("masked keys added to, not replaced, by a small number", in: Attention.name) { row, output in
            changeAttention(row, &output) { _, inputs in
                if inputs.count == 4 { inputs[3] = inputs[3].map { $0 == 0 ? 1 : $0 } }
            }
        },
    ]

    private static let merges = [
        Mistake("keys that take no part left in the pattern", in: AttentionPattern.name) { row, output in
            guard case .attentionPattern(var op) = row.op else { return }
            op.causal = false
            output = ReferenceOps.evaluate(.attentionPattern(op), row.inputs, row.types)
        },
        Mistake("the last part that contains a pair", in: MergeSources.name) { row, output in
            guard case .mergeSources(let op) = row.op else { return }
            let reversed = MergeSources(parts: op.parts.reversed(), queries: op.queries)
            let inputs = row.inputs[..<1] + row.inputs[1...].reversed()
            output = ReferenceOps.evaluate(.mergeSources(reversed), Array(inputs), row.types)
        },
        Mistake("`queries` left out of the parts", in: MergeSources.name) { row, output in
            guard case .mergeSources(let op) = row.op else { return }
            output = ReferenceOps.evaluate(.mergeSources(MergeSources(parts: op.parts)), row.inputs, row.types)
        },
        Mistake("positions of the output for those of the inputs", in: MergePositions.name) { row, output in
            guard case .mergePositions(var op) = row.op else { return }
            for place in op.picks.indices {
                op.picks[place].position = min(place, row.types[op.picks[place].input].shape.axes[0].count - 1)
            }
            output = ReferenceOps.evaluate(.mergePositions(op), row.inputs, row.types)
        },
        Mistake("the first position's number at every position", in: Outer.name) { row, output in
            output = ReferenceOps.evaluate(row.op, [Array(row.inputs[0][..<1]), row.inputs[1]], row.types)
        },
        Mistake("b - a", in: Difference.name) { _, output in output = output.map { -$0 } },
    ]

    private static let others = [
        Mistake("variance as the mean of squares minus the square of the mean, in float32", in: LayerNorm.name) {
            row, output in
            guard case .layerNorm(let op) = row.op else { return }
            output = ReferenceOps.rows(row.inputs[0], row.types[0]).flatMap { x -> [Double] in
                let count = Float(x.count)
                let mean = x.reduce(Float(0)) { $0 + Float($1) } / count
                let variance = max(0, x.reduce(Float(0)) { $0 + Float($1) * Float($1) } / count - mean * mean)
                let normal = x.map { (Float($0) - mean) / (variance + op.epsilon).squareRoot() }
                guard row.inputs.count == 3 else { return normal.map(Double.init) }
                return normal.indices.map { Double(normal[$0]) * row.inputs[1][$0] + row.inputs[2][$0] }
            }
        },
        Mistake("epsilon added to the deviation", in: LayerNorm.name) { row, output in
            guard case .layerNorm(let op) = row.op, row.inputs.count == 1 else { return }
            output = ReferenceOps.rows(row.inputs[0], row.types[0]).flatMap { x -> [Double] in
                let mean = x.reduce(0, +) / Double(x.count)
                let variance = x.reduce(0) { $0 + pow($1 - mean, 2) } / Double(x.count)
                return x.map { ($0 - mean) / (variance.squareRoot() + Double(op.epsilon)) }
            }
        },
        Mistake("GELU's approximation for the function", in: Activation.name) { row, output in
            if row.op == .activation(Activation(.gelu)) {
                output = ReferenceOps.evaluate(.activation(Activation(.geluTanh)), row.inputs, row.types)
            }
        },
        Mistake("max(x, 0) that loses NaN", in: Activation.name) { row, output in
            if row.op == .activation(Activation(.relu)) { output = output.map { $0.isNaN ? 0 : $0 } }
        },
        Mistake("the bias left out", in: Linear.name) { row, output in
            output = ReferenceOps.evaluate(row.op, Array(row.inputs[..<2]), row.types)
        },
        Mistake("inputs rounded to bfloat16", in: Linear.name) { row, output in
            let rounded = row.inputs.map { $0.map { Double(Float(bitPattern: Float($0).bitPattern & 0xFFFF_0000)) } }
            output = ReferenceOps.evaluate(row.op, rounded, row.types)
        },
        Mistake("a vector added at the first position only", in: Sum.name) { row, output in
            for (number, term) in row.inputs.enumerated() where term.count < output.count {
                for i in term.count..<output.count { output[i] -= row.inputs[number][i % term.count] }
            }
        },
        Mistake("`positions` left out of the position's embedding", in: Embed.name) { row, output in
            guard case .embed(let op) = row.op, let at = op.positions, row.inputs.count == 3 else { return }
            let width = row.types[1].shape.width
            output = at.enumerated().flatMap { i, p in
                zip(
                    ReferenceOps.vector(row.inputs[1], Int(row.inputs[0][p]), width),
                    ReferenceOps.vector(row.inputs[2], i, width)
                )
                .map { $0 + $1 }
            }
        },
    ]

    private static let gathers = [
        Mistake("the table left out") { _, replicate, _ in replicate % 7 },
        Mistake("the table read from its start in every chunk") { table, replicate, chunks in
            Int(table[replicate % chunks.replicates])
        },
        Mistake("rows kept of the last chunk only") { table, replicate, chunks in Int(table[replicate]) % chunks.dataset
        },
    ]

    private static func logit(_ row: ReferenceBackend.Row) -> Double {
        row.types[0].shape.width == 2 ? row.inputs[0][1] - row.inputs[0][0] : row.inputs[0][0]
    }

    private static func changeAttention(
        _ row: ReferenceBackend.Row, _ output: inout [Double], _ change: (inout Attention, inout [[Double]]) -> Void
    ) {
        guard case .attention(var op) = row.op else { return }
        var inputs = row.inputs
        change(&op, &inputs)
        output = ReferenceOps.evaluate(.attention(op), inputs, row.types)
    }
}
