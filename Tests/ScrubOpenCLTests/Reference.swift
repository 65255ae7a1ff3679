import Foundation

/// The few operations of the small transformer in `PlanTests`, in float64, one row at a time, as their formulas read.
enum Reference {
    typealias Matrix = [[Double]]

    static func matrix(_ values: [Float], _ columns: Int) -> Matrix {
        stride(from: 0, to: values.count, by: columns).map { values[$0..<$0 + columns].map(Double.init) }
    }

    static func product(_ x: Matrix, _ w: Matrix, plus b: [Double]? = nil) -> Matrix {
        x.map { row in
            w[0].indices.map { j in row.indices.reduce(b?[j] ?? 0) { $0 + row[$1] * w[$1][j] } }
        }
    }

    static func sum(_ a: Matrix, _ b: Matrix) -> Matrix { zip(a, b).map { zip($0, $1).map(+) } }

    static func layerNorm(_ x: Matrix, _ w: [Double], _ b: [Double], epsilon: Double) -> Matrix {
        x.map { row in
            let mean = row.reduce(0, +) / Double(row.count)
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
            return row.indices.map { (row[$0] - mean) / (variance + epsilon).squareRoot() * w[$0] + b[$0] }
        }
    }

    static func attention(_ q: Matrix, _ k: Matrix, _ v: Matrix, mask: [Double], scale: Double) -> Matrix {
        q.indices.map { i in
            let scores = (0...i).map { j in
                mask[j] == 0 ? -1e5 : scale * zip(q[i], k[j]).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let top = scores.max() ?? 0
            let shares = scores.map { exp($0 - top) }
            let total = shares.reduce(0, +)
            return v[0].indices.map { e in shares.indices.reduce(0) { $0 + shares[$1] * v[$1][e] } / total }
        }
    }

    static func crossEntropy(_ logits: [Double], _ label: Int) -> Double {
        let top = logits.max() ?? 0
        return top - logits[label] + log(logits.reduce(0) { $0 + exp($1 - top) })
    }
}
