public import ScrubCore
internal import ScrubOps

/// What tells how far a row of a plan is more than padding: the last of its tokens that is not the padding token. A row of
/// nothing else counts whole, since attention then reads all of it.
public struct PaddedTokens: Hashable, Sendable {
    /// The column of tokens, `[position]`, by number.
    public var column: Int
    /// The padding token.
    public var token: Int

    /// By row, how many positions there are up to its padding; nil where the tensor has no tokens.
    ///
    /// - Parameter column: `[row, position]`.
    /// - Complexity: O(padding).
    public func lengths(_ column: HostTensor) -> [Int32]? {
        guard let tokens = column.integers, column.sizes.count == 2 else { return nil }
        return [Int32](unsafeUninitializedCapacity: column.sizes[0]) { lengths, count in
            tokens.withUnsafeBufferPointer {
                if let base = $0.baseAddress {
                    measure(base, positions: column.sizes[1], rows: column.sizes[0], lengths)
                }
            }
            count = tokens.isEmpty ? 0 : column.sizes[0]
        }
    }

    /// The same in memory of the caller's.
    ///
    /// - Parameters:
    ///   - tokens: `[row, position]`.
    ///   - positions: of each row.
    ///   - rows: how many there are.
    ///   - lengths: room for as many.
    public func measure(
        _ tokens: UnsafePointer<Int32>, positions: Int, rows: Int, _ lengths: UnsafeMutableBufferPointer<Int32>
    ) {
        for row in 0..<rows {
            let own = tokens + row * positions
            var length = positions
            while length > 0, Int(own[length - 1]) == token { length -= 1 }
            lengths[row] = Int32(length == 0 ? positions : length)
        }
    }
}

/// Of two draws: wherever the datum of `mask` has a token at this position, that of `table` has one too.
public struct CoveredPosition: Hashable, Sendable {
    public var tokens: PaddedTokens
    public var table: Int
    public var mask: Int
    public var position: Int
}

/// At how many positions of each row, from the first on, a value is read.
public struct ReadPositions: Hashable, Sendable {
    /// As far as these tokens of the row go, or of that datum which the table names.
    public var tokens: PaddedTokens
    public var table: Int?
    /// So many more than that, or fewer, where positions were left out or put in.
    public var beyond: Int
    /// So many in any case.
    public var least: Int
}

/// Values of which nobody reads the padding: it is masked for all heads that read keys and values there, and what is
/// computed position by position from it is not read either.
///
/// An engine may leave undefined what lies beyond; steps that are not here read all that they are given. It takes for
/// granted that no score which is not masked comes near `Attention.maskedScore`: then a masked key weighs exactly 0.
///
/// - Complexity: O(inputs of steps).
public struct Padding: Sendable {
    /// By number of a value that a step writes.
    public private(set) var reads: [Int: ReadPositions] = [:]
    /// Those that the plan's masks are made of.
    public let tokens: [PaddedTokens]

    /// - Parameters:
    ///   - plan: a verified one.
    ///   - isCovered: what is known of the draws. Where a position that is read under another draw's mask is not covered,
    ///     the value is computed there for all data.
    public init(_ plan: Plan, isCovered: (CoveredPosition) -> Bool = { _ in false }) {
        let masks = Masks(plan)
        tokens = masks.tokens
        if tokens.isEmpty { return }
        var demands = [Demand](repeating: Demand(), count: plan.values.count)
        for root in plan.roots { demands[root.value] = .everything }
        for step in plan.steps.reversed() {
            let demand = demands[step.output]
            let axes = plan.values[step.output].type.shape.axes
            let isCut = axes.count == 2 && axes[0].name == .position && step.op.canStopEarly
            if isCut, demand.least < axes[0].count, let mask = demand.mask {
                reads[step.output] = ReadPositions(
                    tokens: mask.tokens, table: mask.table, beyond: demand.beyond, least: demand.least)
            }
            for (number, input) in step.inputs.enumerated() where plan.values[input].rows != .constant {
                demands[input].join(masks.demand(of: step, number, isCut ? demand : .everything, isCovered))
            }
        }
    }
}

/// As far as which positions of a value are read: so many at least, and as many as there are up to a mask's padding and
/// `beyond`.
private struct Demand {
    var least = 0
    var mask: Mask?
    var beyond = 0

    static let everything = Demand(least: .max)

    mutating func join(_ other: Demand) {
        least = max(least, other.least)
        guard let theirs = other.mask else { return }
        if let mask, mask != theirs { least = .max }
        beyond = mask == nil ? other.beyond : max(beyond, other.beyond)
        mask = theirs
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

    /// In a fixed order.
    var tokens: [PaddedTokens] {
        Set(masks.values.map(\.tokens)).sorted { ($0.column, $0.token) < ($1.column, $1.token) }
    }

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
    func demand(
        of step: Step, _ number: Int, _ output: Demand, _ isCovered: (CoveredPosition) -> Bool
    ) -> Demand {
        let input = plan.values[step.inputs[number]].type.shape
        guard input.axes.first?.name == .position else { return .everything }
        switch step.op {
        case .attention where step.inputs.count == 4 && (number == 1 || number == 2):
            return keys(under: masks[step.inputs[3]])
        case .attentionPattern where step.inputs.count == 3 && number == 1: return keys(under: masks[step.inputs[2]])
        case .mixValues where number == 1: return keys(under: patterns[step.inputs[0]])
        case .selectPositions(let op): return Demand(least: (op.positions.max() ?? -1) + 1)
        case .mergePositions(let op):
            let picked = op.picks.map { $0.input == number ? $0.position : nil }
            return positions(picked, through: nil, output, isCovered)
        case .resampleGather(let op):
            let term = op.terms[number]
            return positions(term.positions ?? input.everyPosition, through: term.table, output, isCovered)
        case .gather(let op): return positions(input.everyPosition, through: op.table, output, isCovered)
        default: return plan.followers(of: step)?.contains(number) == true ? output : .everything
        }
    }

    private func keys(under mask: Mask?) -> Demand { mask.map { Demand(mask: $0) } ?? .everything }

    /// What is read of positions that are picked, by place: where the datum's own tokens reach as far as the mask's, as far
    /// as the output's; otherwise always.
    private func positions(
        _ picks: [Int?], through table: Int?, _ output: Demand, _ isCovered: (CoveredPosition) -> Bool
    ) -> Demand {
        var demand = Demand(mask: output.mask)
        if table != nil { demand.mask?.table = nil }
        // By position, how far beyond a mask's padding the place reaches to which it is moved.
        var moved: [(position: Int, beyond: Int)] = []
        for (place, position) in picks.enumerated() {
            guard let position else { continue }
            if place < output.least { demand.least = max(demand.least, position + 1) }
            guard let mask = output.mask else { continue }
            if let table, let other = mask.table, table != other,
                !isCovered(
                    CoveredPosition(tokens: mask.tokens, table: table, mask: other, position: place - output.beyond))
            {
                demand.least = max(demand.least, position + 1)
            } else {
                moved.append((position, output.beyond + position - place))
            }
        }
        // The last decides, and what is moved further than that is read always.
        guard let last = moved.max(by: { $0.position < $1.position }) else { return Demand(least: demand.least) }
        demand.beyond = last.beyond
        for other in moved where other.beyond > last.beyond { demand.least = max(demand.least, other.position + 1) }
        return demand
    }
}

extension Shape {
    fileprivate var everyPosition: [Int?] { (0..<axes[0].count).map(\.self) }
}

extension Op {
    /// Whether its routine may compute the first positions of a row alone.
    fileprivate var canStopEarly: Bool {
        switch self {
        case .activation, .attention, .difference, .embed, .gather, .layerNorm, .linear, .mergePositions, .product,
            .resampleGather, .sum:
            true
        default: false
        }
    }
}
