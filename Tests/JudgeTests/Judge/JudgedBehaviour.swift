import Foundation
import ScrubGraph
import ScrubHypothesis

/// The labels, targets and weights of one datum at the positions that a behaviour reads.
struct BehaviourDatum: Hashable, Sendable {
    var labels: [Int] = []
    var targets: [Double] = []
    /// Weights of positions, which sum to 1.
    var weights: [Double] = []
}

/// A behaviour in float64.
struct JudgedBehaviour {
    let statement: BehaviourStatement
    /// Positions read.
    let positions: [Int]

    init(_ statement: BehaviourStatement, positions count: Int) {
        self.statement = statement
        positions =
            switch statement.positions.value {
            case .all: Array(0..<count - statement.shift)
            case .last: [count - 1]
            case .list(let list): list
            }
    }

    /// What the behaviour needs of one row.
    func datum(_ row: TinyRow, outputs: Int) -> BehaviourDatum {
        var datum = BehaviourDatum()
        datum.labels = positions.map {
            statement.label.value == "tokens" ? row.tokens[$0 + statement.shift] : row.labels[$0 + statement.shift]
        }
        datum.targets = positions.flatMap { row.targets[$0 * outputs..<($0 + 1) * outputs] }
        let weights = positions.map { statement.mask == nil ? 1 : Double(row.mask[$0 + statement.shift]) }
        datum.weights = weights.map { $0 / weights.reduce(0, +) }
        return datum
    }

    /// The output at the positions read.
    func read(_ output: Matrix) -> Matrix { Matrix(positions.count, output.width, positions.flatMap(output.row)) }

    /// The loss of an output against the labels of the reference datum.
    ///
    /// - Parameters:
    ///   - read: the output at the positions read.
    ///   - model: the model's own output on the reference datum, at the same positions.
    func loss(_ read: Matrix, _ reference: BehaviourDatum, model: Matrix) -> Double {
        switch statement.measure.value {
        case .squaredError:
            let target = statement.label.value == "model" ? model.values : reference.targets
            return zip(read.values, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        case .binaryCrossEntropy:
            let losses = (0..<read.rows).map { position -> Double in
                let logit = read.width == 1 ? read[position, 0] : read[position, 1] - read[position, 0]
                return Self.softplus(reference.labels[position] == 1 ? -logit : logit)
            }
            return zip(losses, reference.weights).reduce(0) { $0 + $1.0 * $1.1 }
        default:
            return (0..<read.rows).reduce(0) { sum, position in
                let label = read[position, reference.labels[position]]
                let greatest = read.row(position).max() ?? 0
                let total = read.row(position).reduce(0) { $0 + exp($1 - greatest) }
                return sum + reference.weights[position] * (greatest + log(total) - label)
            }
        }
    }

    private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}
