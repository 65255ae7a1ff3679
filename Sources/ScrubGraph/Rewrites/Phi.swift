internal import ScrubCore
internal import ScrubOps

/// What computes an estimate of a node, as often as it is asked to.
struct Phi {
    private let estimate: EstimateRewrite.Estimate
    private let graph: Graph
    private let type: ValueType
    private(set) var constants: [InputSource: Constant] = [:]
    /// The new node of the column that it reads, and of weights.
    private var column = 0
    private var weights: [Int] = []

    /// Throws where tensors or columns do not fit the node `number`, `[position, model]`.
    init(_ estimate: EstimateRewrite.Estimate, of number: Int, in graph: Graph) throws(RewriteError) {
        (self.estimate, self.graph, type) = (estimate, graph, graph.nodes[number].type)
        let (positions, width) = (type.shape.axes[0].count, type.shape.width)
        switch estimate {
        case .along(let column, let direction):
            guard column.sizes.isEmpty || column.sizes == [positions] else {
                throw .sizes(of: column.name, found: column.sizes, expected: "one number, or [\(positions)]")
            }
            try Self.check(direction, [width])
        case .column(let column):
            guard column.sizes == [width] || column.sizes == [positions, width] else {
                throw .sizes(
                    of: column.name, found: column.sizes, expected: "[\(width)] or [\(positions), \(width)]")
            }
        case .tokens(let table):
            let tokens = try Self.tokens(in: graph)
            guard tokens < number, type.shape.axes[1].name == .model else {
                throw .unfit(
                    node: graph.nodes[number].name, found: graph.kind(of: number),
                    expected: "a vector along model for each token")
            }
            try Self.check(table, [graph.vocabulary(of: tokens) ?? table.value.sizes.first ?? 0, width])
        case .probe(let source, let map, let bias):
            let read = try graph.find(source)
            _ = try graph.vectors(at: read, called: source)
            guard read < number else { throw .later(source, than: graph.nodes[number].name) }
            let shape = graph.nodes[read].type.shape
            guard shape.replacingLast(with: type.shape.axes[1]) == type.shape else {
                throw .unfit(
                    node: source, found: graph.kind(of: read), expected: "a vector for each of \(positions) positions")
            }
            try Self.check(map, [shape.width, width])
            if let bias { try Self.check(bias, [width]) }
        }
    }

    private static func check(_ tensor: NamedTensor, _ sizes: [Int]) throws(RewriteError) {
        guard tensor.value.sizes == sizes else {
            throw .sizes(of: tensor.name, found: tensor.value.sizes, expected: "\(sizes)")
        }
    }

    private static func tokens(in graph: Graph) throws(RewriteError) -> Int {
        let tokens = try graph.find("tokens")
        let type = graph.nodes[tokens].type
        guard type.element == .int32, type.shape.axes.map(\.name) == [.position] else {
            throw .unfit(node: "tokens", found: graph.kind(of: tokens), expected: "a token for each position")
        }
        return tokens
    }

    /// Adds the column, before every node: two estimates of different nodes may read it.
    mutating func bind(_ copy: inout GraphCopy) throws(RewriteError) {
        let read: EstimateRewrite.Column
        let shape: Shape
        switch estimate {
        case .along(let column, _): (read, shape) = (column, Shape(column.sizes.isEmpty ? [] : [type.shape.axes[0]]))
        case .column(let column): (read, shape) = (column, Shape(type.shape.axes.suffix(column.sizes.count)))
        case .tokens, .probe: return
        }
        let known = graph.nodes.firstIndex { $0.kind == .source(read.source) && $0.type == ValueType(shape) }
        let free = graph.number(of: read.name) == nil ? read.name : "column \(read.name)"
        column = try copy.add(read.source, named: known.map { graph.nodes[$0].name } ?? free, ValueType(shape))
        if let known { copy.place(known, at: column) }
    }

    /// Adds the weights that it reads.
    mutating func addWeights(_ name: String, _ copy: inout GraphCopy) throws(RewriteError) {
        let model = type.shape.axes[1]
        switch estimate {
        case .along(_, let direction): try add(name, direction.value, [model], &copy)
        case .column(let column):
            if column.sizes.count == 1 { try add(name, HostTensor([], [1] as [Float]), .scalar, &copy) }
        case .tokens(let table): try add(name, table.value, [Axis(.vocabulary, table.value.sizes[0]), model], &copy)
        case .probe(let source, let map, let bias):
            let axis = graph.number(of: source).flatMap { graph.nodes[$0].type.shape.axes.last }
            try add(name, map.value, [axis ?? model, model], &copy)
            if let bias { try add("\(name).bias", bias.value, [model], &copy) }
        }
    }

    private mutating func add(
        _ name: String, _ value: HostTensor, _ shape: Shape, _ copy: inout GraphCopy
    ) throws(RewriteError) {
        let weight = try copy.add(weight: name, shape)
        constants[weight.source] = .tensor(value)
        weights.append(weight.node)
    }

    /// Adds nodes that compute it, the last of them called `name`.
    func add(_ name: String, _ copy: inout GraphCopy) throws(RewriteError) -> Int {
        let everywhere = Op.outer(Outer(positions: type.shape.axes[0].count))
        switch estimate {
        case .along: return try copy.add(everywhere, [column, weights[0]], named: name)
        case .column(let column):
            if column.sizes.count == 1 { return try copy.add(everywhere, [weights[0], self.column], named: name) }
            // A column is a component, which claims name by itself; the part is a node of its own.
            return try copy.add(.sum(Sum()), [self.column], named: name)
        case .tokens: return try copy.add(.embed(Embed()), [copy[try Self.tokens(in: graph)], weights[0]], named: name)
        case .probe(let source, _, _):
            return try copy.add(.linear(Linear()), [copy[try graph.find(source)]] + weights, named: name)
        }
    }
}

extension Graph {
    /// How many tokens there are, by the table that embeds them.
    fileprivate func vocabulary(of tokens: Int) -> Int? {
        for node in nodes {
            if case .op(.embed) = node.kind, node.inputs[0] == tokens {
                return nodes[node.inputs[1]].type.shape.vectors
            }
        }
        return nil
    }
}
