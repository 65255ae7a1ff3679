import Foundation
import ScrubCore
import ScrubOps

/// Each op for one row in float64, from its specification.
enum ReferenceOps {
    static func evaluate(_ op: Op, _ x: [[Double]], _ types: [ValueType]) -> [Double] {
        switch op {
        case .absoluteError(let op): [Double(op.scale) * zip(x[0], x[1]).reduce(0) { $0 + abs($1.0 - $1.1) }]
        case .activation(let op): x[0].map { activation(op.function, $0) }
        case .attention(let op): attention(op, x, types)
        case .attentionPattern(let op): pattern(op, x[0], x[1], x.count > 2 ? x[2] : nil, types).flatMap { $0 }
        case .binaryCrossEntropy:
            [
                weighted(
                    zip(differences(x[0], types[0]), x[1]).map { softplus($1 == 1 ? -$0 : $0) }, x.dropFirst(2).first)
            ]
        case .crossEntropy: [crossEntropy(x, types)]
        case .difference: zip(x[0], x[1]).map { $0 - $1 }
        case .embed(let op): embed(op, x, types)
        case .expectedBinaryCrossEntropy:
            expectedBinary(differences(x[0], types[0]), x[1])
        case .expectedCrossEntropy:
            [zip(rows(x[0], types[0]), rows(x[1], types[0])).reduce(0) { $0 + expectation($1.0, $1.1) }]
        case .expectedLabelScore(let op):
            [zip(rows(x[0], types[0]).flatMap { scores(op.kind, $0) }, x[1]).reduce(0) { $0 + $1.0 * $1.1 }]
        case .expectedSquaredError(let op): [Double(op.scale) * (squares(x[0], x[1]) + x[2][0])]
        case .gather: x[0]
        case .klDivergence:
            mean(zip(rows(x[0], types[0]), rows(x[1], types[1])).map { divergence(classes($0), classes($1)) })
        case .labelLogit(let op): [labelLogit(op, x, types)]
        case .labelScore(let op):
            [
                weighted(
                    zip(rows(x[0], types[0]), x[1]).map { row, y in
                        let scores = scores(op.kind, row)
                        return scores.indices.contains(Int(y)) ? scores[Int(y)] : .nan
                    }, x.dropFirst(2).first)
            ]
        case .layerNorm(let op): rows(x[0], types[0]).flatMap { layerNorm(op, $0, x.dropFirst().map { $0 }) }
        case .linear: rows(x[0], types[0]).flatMap { linear($0, x[1], types[1].shape.width, x.count > 2 ? x[2] : nil) }
        case .lookup: vector(x[1], Int(x[0][0]), x[1].count / types[1].shape.axes[0].count)
        case .mergePositions(let op):
            op.picks.flatMap {
                vector(x[$0.input], $0.position, x[$0.input].count / types[$0.input].shape.axes[0].count)
            }
        case .mergeSources(let op): mergeSources(op, x, types[0])
        case .mixValues: rows(x[0], types[0]).flatMap { mix($0, rows(x[1], types[1])) }
        case .outer(let op): (0..<op.positions).flatMap { i in x[1].map { x[0][x[0].count == 1 ? 0 : i] * $0 } }
        case .paddingMask(let op): x[0].map { $0 == Double(op.token) ? 0 : 1 }
        case .product: zip(x[0], x[1]).map { $0 * $1 }
        case .resampleGather(let op): resampleGather(op, x, types)
        case .selectPositions(let op):
            op.positions.flatMap { vector(x[0], $0, x[0].count / types[0].shape.axes[0].count) }
        case .squaredError(let op): [Double(op.scale) * squares(x[0], x[1])]
        case .sum: x.dropFirst().reduce(x[0]) { sum, term in sum.indices.map { sum[$0] + term[$0 % term.count] } }
        }
    }

    private static func labelLogit(_ op: LabelLogit, _ x: [[Double]], _ types: [ValueType]) -> Double {
        let logits = zip(rows(x[0], types[0]), x[2]).map { row, y in
            let all = linear(row, x[1], types[1].shape.width, op.biased ? x[3] : nil)
            return all.indices.contains(Int(y)) ? all[Int(y)] : .nan
        }
        return weighted(logits, x.dropFirst(op.weights).first)
    }

    private static func resampleGather(_ op: ResampleGather, _ x: [[Double]], _ types: [ValueType]) -> [Double] {
        guard let length = op.terms[0].positions?.count else {
            return x.dropFirst().reduce(x[0]) { zip($0, $1).map { $0 + $1 } }
        }
        let width = x[0].count / types[0].shape.axes[0].count
        return (0..<length).flatMap { place in
            zip(op.terms, x).reduce([Double](repeating: 0, count: width)) { sum, term in
                guard let position = term.0.positions?[place] else { return sum }
                return zip(sum, vector(term.1, position, width)).map { $0 + $1 }
            }
        }
    }

    static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

    /// The vectors along the last axis.
    static func rows(_ x: [Double], _ type: ValueType) -> [[Double]] {
        (0..<type.shape.vectors).map { vector(x, $0, type.shape.width) }
    }

    static func vector(_ x: [Double], _ row: Int, _ width: Int) -> [Double] {
        Array(x[row * width..<(row + 1) * width])
    }

    private static func mean(_ x: [Double]) -> [Double] { [x.reduce(0, +) / Double(x.count)] }

    /// The mean, or the sum of weight times value; a value of weight 0 is not looked at.
    private static func weighted(_ values: [Double], _ weights: [Double]?) -> Double {
        guard let weights else { return mean(values)[0] }
        return zip(values, weights).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * $1.1 }
    }

    private static func expectedBinary(_ logits: [Double], _ shares: [Double]) -> [Double] {
        if shares.count == logits.count {
            return mean(zip(logits, shares).map { $1 * softplus(-$0) + (1 - $1) * softplus($0) })
        }
        return [
            logits.indices.reduce(0) {
                $0 + shares[2 * $1] * softplus(logits[$1]) + shares[2 * $1 + 1] * softplus(-logits[$1])
            }
        ]
    }

    /// The logits of a position's classes.
    private static func classes(_ logits: [Double]) -> [Double] { logits.count == 1 ? [0] + logits : logits }

    /// What a position gives to each class.
    private static func scores(_ kind: LabelScore.Kind, _ row: [Double]) -> [Double] {
        let logits = classes(row)
        switch kind {
        case .logit: return logits
        case .margin:
            return logits.map { own in logits.reduce(0) { $0 + own - $1 } / Double(logits.count - 1) }
        case .probability: return logits.indices.map { exp(-loss(logits, $0)) }
        case .correct:
            let best = logits.firstIndex(of: logits.max() ?? 0)
            return logits.indices.map { $0 == best ? 1 : 0 }
        }
    }

    private static func divergence(_ p: [Double], _ q: [Double]) -> Double {
        p.indices.reduce(0) { sum, j in
            let d = loss(p, j) - loss(q, j)
            return sum + (d > 1 ? exp(-loss(q, j)) - exp(-loss(p, j)) * (1 + d) : exp(-loss(p, j)) * (expm1(d) - d))
        }
    }

    private static func squares(_ x: [Double], _ y: [Double]) -> Double {
        zip(x, y).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
    }

    private static func activation(_ function: Activation.Function, _ x: Double) -> Double {
        switch function {
        case .relu: x.isNaN ? x : max(x, 0)
        case .gelu: x * erfc(-x / 2.0.squareRoot()) / 2
        case .geluTanh: x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        }
    }

    private static func attention(_ op: Attention, _ x: [[Double]], _ types: [ValueType]) -> [Double] {
        let pattern = pattern(
            AttentionPattern(causal: op.causal, scale: op.scale, queries: op.queries), x[0], x[1],
            x.count > 3 ? x[3] : nil, types)
        return pattern.flatMap { mix($0, rows(x[2], types[2])) }
    }

    /// The shares of all keys, for each query.
    private static func pattern(
        _ op: AttentionPattern, _ q: [Double], _ k: [Double], _ mask: [Double]?, _ types: [ValueType]
    ) -> [[Double]] {
        let (q, k) = (rows(q, types[0]), rows(k, types[1]))
        return q.indices.map { i in
            let standing = op.queries?[i] ?? i
            let scores = k.indices.map { j in
                if op.causal && j > standing { return -Double.infinity }
                return mask?[j] == 0
                    ? Double(Attention.maskedScore) : Double(op.scale) * zip(q[i], k[j]).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
            return weights.map { $0 / weights.reduce(0, +) }
        }
    }

    private static func mix(_ shares: [Double], _ v: [[Double]]) -> [Double] {
        v[0].indices.map { e in zip(shares, v).reduce(0) { $0 + $1.0 * $1.1[e] } }
    }

    private static func mergeSources(_ op: MergeSources, _ x: [[Double]], _ type: ValueType) -> [Double] {
        let (queries, sources) = (type.shape.vectors, type.shape.width)
        return (0..<queries * sources).map { element in
            let (q, j) = (op.queries?[element / sources] ?? element / sources, element % sources)
            let part = op.parts.firstIndex { part in
                switch part {
                case .offsets(let offsets): offsets.contains(q - j)
                case .keys(let keys): keys.contains(j)
                case .pairs(let pairs): pairs.contains { $0[0] == q && $0[1] == j }
                }
            }
            return x[part.map { $0 + 1 } ?? 0][element]
        }
    }

    /// The logit of label 1 against label 0.
    private static func differences(_ logits: [Double], _ type: ValueType) -> [Double] {
        rows(logits, type).map { $0.count == 2 ? $0[1] - $0[0] : $0[0] }
    }

    /// `log Σ exp(l_j - l_y)`, the greatest difference taken out.
    private static func loss(_ logits: [Double], _ label: Int) -> Double {
        let top = logits.indices.max { logits[$0] < logits[$1] } ?? 0
        let others = logits.indices.filter { $0 != top }.reduce(0) { $0 + exp(logits[$1] - logits[top]) }
        return logits[top] - logits[label] + log1p(others)
    }

    private static func crossEntropy(_ x: [[Double]], _ types: [ValueType]) -> Double {
        let logits = rows(x[0], types[0])
        return logits.indices.reduce(0) { sum, p in
            let weight = x.count > 2 ? x[2][p] : 1 / Double(logits.count)
            return weight == 0 ? sum : sum + weight * loss(logits[p], Int(x[1][p]))
        }
    }

    private static func expectation(_ logits: [Double], _ probabilities: [Double]) -> Double {
        probabilities.indices.reduce(0) { $0 + probabilities[$1] * loss(logits, $1) }
    }

    private static func embed(_ op: Embed, _ x: [[Double]], _ types: [ValueType]) -> [Double] {
        let width = types[1].shape.width
        return (op.positions ?? Array(x[0].indices)).flatMap { p -> [Double] in
            let word = vector(x[1], Int(x[0][p]), width)
            return x.count == 2 ? word : zip(word, vector(x[2], p, width)).map { $0 + $1 }
        }
    }

    private static func layerNorm(_ op: LayerNorm, _ x: [Double], _ weights: [[Double]]) -> [Double] {
        let mean = x.reduce(0, +) / Double(x.count)
        let variance = x.reduce(0) { $0 + pow($1 - mean, 2) } / Double(x.count)
        let normal = x.map { ($0 - mean) / (variance + Double(op.epsilon)).squareRoot() }
        return weights.isEmpty ? normal : normal.indices.map { normal[$0] * weights[0][$0] + weights[1][$0] }
    }

    private static func linear(_ x: [Double], _ w: [Double], _ width: Int, _ bias: [Double]?) -> [Double] {
        var y = bias ?? [Double](repeating: 0, count: width)
        for (a, value) in x.enumerated() {
            for b in 0..<width { y[b] += value * w[a * width + b] }
        }
        return y
    }
}
