import Foundation

/// A matrix of float64, one row a position.
struct Matrix: Hashable, Sendable {
    var rows: Int
    var width: Int
    var values: [Double]

    init(_ rows: Int, _ width: Int, _ values: [Double]) {
        precondition(values.count == rows * width)
        self.rows = rows
        self.width = width
        self.values = values
    }

    subscript(_ row: Int, _ column: Int) -> Double {
        get { values[row * width + column] }
        set { values[row * width + column] = newValue }
    }

    func row(_ row: Int) -> [Double] { Array(values[row * width..<(row + 1) * width]) }

    func map(_ transform: (Double) -> Double) -> Matrix { Matrix(rows, width, values.map(transform)) }

    /// `self · other + bias`, the bias added to every row.
    func times(_ other: Matrix, plus bias: [Double]) -> Matrix {
        precondition(width == other.rows && bias.count == other.width)
        var product = Matrix(rows, other.width, [Double](repeating: 0, count: rows * other.width))
        for i in 0..<rows {
            for j in 0..<other.width {
                var sum = bias[j]
                for k in 0..<width { sum += self[i, k] * other[k, j] }
                product[i, j] = sum
            }
        }
        return product
    }

    /// Each row less its mean, over its standard deviation, times `weight` plus `bias`.
    func normed(weight: [Double], bias: [Double], epsilon: Double) -> Matrix {
        var normed = self
        for i in 0..<rows {
            let x = row(i)
            let mean = x.reduce(0, +) / Double(width)
            let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for j in 0..<width {
                normed[i, j] = (x[j] - mean) / (variance + epsilon).squareRoot() * weight[j] + bias[j]
            }
        }
        return normed
    }

    /// The softmax of every row; an entry of minus infinity takes no part.
    func softmax() -> Matrix {
        var result = self
        for i in 0..<rows {
            let x = row(i)
            let greatest = x.max() ?? 0
            let total = x.reduce(0) { $0 + exp($1 - greatest) }
            for j in 0..<width { result[i, j] = exp(x[j] - greatest) / total }
        }
        return result
    }

    func transposed() -> Matrix {
        Matrix(width, rows, (0..<width).flatMap { column in (0..<rows).map { self[$0, column] } })
    }
}

/// The three activations by their names in configurations.
func activation(_ name: String, _ x: Double) -> Double {
    switch name {
    case "relu": max(x, 0)
    case "gelu": 0.5 * x * erfc(-x / 2.0.squareRoot())
    case "gelu_new": 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    default: .nan
    }
}
