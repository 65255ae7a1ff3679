internal import ScrubCore
internal import ScrubOps

/// What tells how far a row of a plan is more than padding: the last of its tokens that is not the padding token. A row of
/// nothing else counts whole, since attention then reads all of it.
public struct PaddedTokens: Hashable, Sendable {
    /// The column of tokens, `[position]`, by number.
    public var column: Int
    /// The padding token.
    public var token: Int
}

/// At how many positions of each row, from the first on, a value is read.
public struct ReadPositions: Hashable, Sendable {
    /// As far as these tokens of the row go, or of that datum which the table names.
    public var tokens: PaddedTokens
    public var table: Int?
    /// So many in any case.
    public var least: Int
}

/// Values of which nobody reads the padding: it is masked for all heads that read keys and values there, and what is
/// computed position by position from it is not read either.
///
/// An engine may leave undefined what lies beyond; steps that are not here read all that they are given. It takes for
/// granted that no score which is not masked comes near ``Attention/maskedScore``: then a masked key weighs exactly 0.
///
/// - Complexity: O(inputs of steps).
public struct Padding: Sendable {
    /// By number of a value that a step writes.
    public private(set) var reads: [Int: ReadPositions] = [:]

    public init(_ plan: Plan) {
        let masks = Masks(plan)
        if masks.isEmpty { return }
        var demands = [Demand](repeating: Demand(), count: plan.values.count)
        for root in plan.roots { demands[root.value].whole = true }
        for step in plan.steps.reversed() {
            let demand = demands[step.output]
            let axes = plan.values[step.output].type.shape.axes
            let isCut = axes.count == 2 && axes[0].name == .position && step.op.canStopEarly
            if isCut, !demand.whole, demand.least < axes[0].count, let padding = demand.padding {
                reads[step.output] = ReadPositions(tokens: padding.tokens, table: padding.table, least: demand.least)
            }
            for (number, input) in step.inputs.enumerated() where plan.values[input].rows != .constant {
                demands[input].join(masks.demand(of: step, number, isCut ? demand : .everything))
            }
        }
    }
}

/// As far as which positions of a value are read.
private struct Demand {
    var least = 0
    var padding: Mask?
    var whole = false

    static let everything = Demand(whole: true)

    mutating func join(_ other: Demand) {
        whole = whole || other.whole || (padding != nil && other.padding != nil && padding != other.padding)
        padding = padding ?? other.padding
        least = max(least, other.least)
    }
}

/// What a mask is 0 beyond.
private struct Mask: Hashable {
    var tokens: PaddedTokens
    var table: Int?
}

private struct Masks {
    private let plan: Plan
    private var masks: [Int: Mask] = [:]
    /// Columns of tokens, and what gathers of them are by.
    private var columns: [Int: (column: Int, table: Int?)] = [:]
    /// The masks of patterns.
    private var patterns: [Int: Mask] = [:]

    var isEmpty: Bool { masks.isEmpty }

    init(_ plan: Plan) {
        self.plan = plan
        for input in plan.inputs {
            if case .column = input.source { columns[input.value] = (input.value, nil) }
        }
        for step in plan.steps {
            guard let first = step.inputs.first else { continue }
            switch step.op {
            case .paddingMask(let op):
                masks[step.output] = columns[first].map {
                    Mask(tokens: PaddedTokens(column: $0.column, token: op.token), table: $0.table)
                }
            case .gather(let op):
                columns[step.output] = columns[first].map { ($0.column, op.table) }
                masks[step.output] = masks[first].map { Mask(tokens: $0.tokens, table: op.table) }
            case .attentionPattern where step.inputs.count == 3: patterns[step.output] = masks[step.inputs[2]]
            default: break
            }
        }
    }

    /// What a step reads of one input where its output is read so far.
    func demand(of step: Step, _ number: Int, _ output: Demand) -> Demand {
        let input = plan.values[step.inputs[number]].type.shape
        guard input.axes.first?.name == .position else { return .everything }
        switch step.op {
        case .attention where step.inputs.count == 4 && (number == 1 || number == 2):
            return keys(under: masks[step.inputs[3]])
        case .attentionPattern where step.inputs.count == 3 && number == 1: return keys(under: masks[step.inputs[2]])
        case .mixValues where number == 1: return keys(under: patterns[step.inputs[0]])
        case .selectPositions(let op): return Demand(least: (op.positions.max() ?? -1) + 1)
        case .resampleGather(let op):
            let term = op.terms[number]
            let places = term.positions ?? (0..<input.axes[0].count).map { $0 }
            return positions(places, through: term.table, output)
        case .gather(let op): return through(op.table, output) ?? .everything
        default: return plan.followers(of: step)?.contains(number) == true ? output : .everything
        }
    }

    private func keys(under mask: Mask?) -> Demand { mask.map { Demand(padding: $0) } ?? .everything }

    /// What is read of positions that are picked: those that stay where they are as far as the output's, if it is the
    /// datum's own tokens that count there; others always.
    private func positions(_ places: [Int?], through table: Int?, _ output: Demand) -> Demand {
        let own = through(table, output)
        let always = places.enumerated().filter { own == nil || $0.element != $0.offset }.compactMap(\.element)
        var demand = own ?? Demand()
        demand.least = max(demand.least, (always.max() ?? -1) + 1)
        return demand
    }

    /// What is read of a value that is gathered by a table; nil where it is another datum's tokens that count.
    private func through(_ table: Int?, _ output: Demand) -> Demand? {
        guard let table, let padding = output.padding else { return output }
        if padding.table != table { return nil }
        return Demand(least: output.least, padding: Mask(tokens: padding.tokens), whole: output.whole)
    }
}

extension Op {
    /// Whether its routine may compute the first positions of a row alone.
    fileprivate var canStopEarly: Bool {
        switch self {
        case .activation, .attention, .difference, .embed, .gather, .layerNorm, .linear, .product, .resampleGather,
            .sum:
            true
        default: false
        }
    }
}
