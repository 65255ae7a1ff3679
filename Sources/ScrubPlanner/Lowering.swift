public import ScrubGraph
public import ScrubHypothesis
internal import ScrubOps
public import ScrubPlan

/// The plainest correct plan for a tree: every claim's inputs computed for every replicate, nothing shared between
/// claims.
///
/// Roots: `scrubbed`, the behaviour for each replicate; `model` and `baseline`, for each dataset row; and by `options`
/// the values the behaviour reads, `outputs` for each replicate and `model outputs` for each dataset row. Reads the
/// tree, no draws.
///
/// - Complexity: O(graph nodes × claims).
public func lower(
    _ tree: ScrubTree, of graph: Graph, measuring behaviour: Behaviour, _ options: LoweringOptions = LoweringOptions()
) throws(PlannerError) -> Plan {
    var lowering = Lowering(graph: graph, tree: tree)
    try lowering.addRoots(behaviour, options)
    return lowering.builder.plan
}

/// Which roots a plan has besides the figures'.
public struct LoweringOptions: Hashable, Sendable {
    /// Keeps what the behaviour reads for each replicate, as root `outputs`.
    public var keepsOutputs: Bool
    /// Keeps what the behaviour reads for each dataset row, as root `model outputs`.
    public var keepsModelOutputs: Bool

    public init(keepsOutputs: Bool = false, keepsModelOutputs: Bool = false) {
        self.keepsOutputs = keepsOutputs
        self.keepsModelOutputs = keepsModelOutputs
    }
}

private struct Lowering {
    /// On which data a node is evaluated.
    enum Context: Hashable {
        /// The same for every datum.
        case constant
        /// Each dataset row.
        case dataset
        /// The plain model on the rows of one table.
        case table(Int)
        /// Inside a claim with children: their values where they claim a path, the claim's others elsewhere.
        case claim(Int)
        /// Above the output: the scrubbed output, labels of the reference datum.
        case scrubbed
    }

    struct Key: Hashable {
        var node: Int
        var context: Context
    }

    let graph: Graph
    let tree: ScrubTree
    var builder: PlanBuilder
    var made: [Key: Int] = [:]

    init(graph: Graph, tree: ScrubTree) {
        self.graph = graph
        self.tree = tree
        builder = PlanBuilder(tables: tree.tables)
    }

    mutating func addRoots(_ behaviour: Behaviour, _ options: LoweringOptions) throws(PlannerError) {
        builder.root("model", try value(behaviour.loss, .dataset))
        if let baseline = behaviour.baseline { builder.root("baseline", try value(baseline, .dataset)) }
        if options.keepsModelOutputs { builder.root("model outputs", try value(behaviour.read, .dataset)) }
        builder.root("scrubbed", try value(behaviour.loss, .scrubbed))
        if options.keepsOutputs { builder.root("outputs", try value(behaviour.read, .scrubbed)) }
    }

    mutating func value(_ node: Int, _ context: Context) throws(PlannerError) -> Int {
        if graph.nodes[node].dependsOnData, context == .scrubbed, node == graph.output { return try claim(0) }
        let key = Key(node: node, context: graph.nodes[node].dependsOnData ? context : .constant)
        if let value = made[key] { return value }
        let value = try compute(key)
        made[key] = value
        return value
    }

    private mutating func compute(_ key: Key) throws(PlannerError) -> Int {
        let node = graph.nodes[key.node]
        switch node.kind {
        case .source(let source): return try bound(source, node, key)
        case .onReference:
            return try value(node.inputs[0], key.context == .dataset ? .dataset : .table(0))
        case .op(let op):
            var inputs: [Int] = []
            for input in node.inputs { inputs.append(try operand(input, key.context)) }
            return try builder.step(op, inputs, named: name(key))
        }
    }

    /// A column on the dataset axis, or gathered by a table.
    private mutating func bound(_ source: InputSource, _ node: Node, _ key: Key) throws(PlannerError) -> Int {
        switch key.context {
        case .constant, .dataset: return builder.bind(source, named: name(key), node.type)
        case .table(let table):
            return try builder.step(.gather(Gather(table: table)), [try value(key.node, .dataset)], named: name(key))
        case .scrubbed, .claim: return try value(key.node, .table(0))
        }
    }

    /// What a node evaluated in `context` reads as its input `node`.
    private mutating func operand(_ node: Int, _ context: Context) throws(PlannerError) -> Int {
        guard case .claim(let number) = context, graph.nodes[node].dependsOnData else {
            return try value(node, context)
        }
        let parent = tree.claims[number]
        if let child = parent.children.first(where: { tree.claims[$0].node == node }) { return try claim(child) }
        if !graph.nodes[node].isComponent { return try value(node, context) }
        switch parent.others {
        case .none: return try value(node, .table(parent.datum))
        case .shared(let table): return try value(node, .table(table))
        case .each(let tables): return try value(node, .table(tables[node] ?? parent.datum))
        }
    }

    /// A claim's value: the plain model on its datum, or its node over inputs of which children claim some.
    private mutating func claim(_ number: Int) throws(PlannerError) -> Int {
        let claim = tree.claims[number]
        return try value(
            claim.node, claim.children.isEmpty && claim.others == .none ? .table(claim.datum) : .claim(number))
    }

    private func name(_ key: Key) -> String {
        let name = graph.nodes[key.node].name
        return switch key.context {
        case .constant, .dataset: name
        case .table(let table): "\(name) @ \(tree.tables[table].key)"
        case .claim(let number): "\(name) in \(tree.claims[number].path)"
        case .scrubbed: "\(name) of scrubbed"
        }
    }
}
