internal import ScrubCore
public import ScrubGraph
public import ScrubHypothesis
internal import ScrubOps
public import ScrubPlan

/// The plainest correct plan for a tree: every claim's inputs computed for every replicate, nothing shared between
/// claims.
///
/// Roots, whose names `PlanRoot` gives: of each behaviour its value scrubbed for each replicate, and the model's and
/// the baseline for each dataset row (a sampled baseline for each replicate); the distance of the outputs for each
/// replicate; and by `options` the values that the first behaviour reads. Reads the tree, no draws.
///
/// - Parameters:
///   - tree: the treeified hypothesis.
///   - graph: the model, with the behaviours' nodes.
///   - behaviours: what is measured.
///   - distance: how far the scrubbed output lies from the model's.
///   - options: further roots, and what replaces unimportant inputs.
/// - Throws: `PlannerError`.
/// - Complexity: O(graph nodes × claims).
public func lower(
    _ tree: ScrubTree, of graph: Graph, measuring behaviours: [Behaviour], distance: OutputDistance? = nil,
    _ options: LoweringOptions = LoweringOptions()
) throws(PlannerError) -> Plan {
    var lowering = Lowering(graph: graph, tree: tree, options: options)
    for (number, behaviour) in behaviours.enumerated() { try lowering.addRoots(behaviour, isFirst: number == 0) }
    if let distance { try lowering.addRoots(distance) }
    return lowering.builder.plan
}

/// The plain model's value of each of `nodes`, by name, for each dataset row.
public func lower(_ nodes: [Int], of graph: Graph) throws(PlannerError) -> Plan {
    let tree = ScrubTree(claims: [], tables: [Table(key: "reference")], agreements: [])
    var lowering = Lowering(graph: graph, tree: tree, options: LoweringOptions())
    for node in nodes { lowering.builder.root(graph.nodes[node].name, try lowering.value(node, .dataset)) }
    return lowering.builder.plan
}

/// Which roots a plan has besides the figures', and what replaces unimportant inputs.
public struct LoweringOptions: Hashable, Sendable {
    /// Keeps what the behaviour reads for each replicate, as root `outputs`.
    public var keepsOutputs: Bool
    /// Keeps what the behaviour reads for each dataset row, as root `model outputs`.
    public var keepsModelOutputs: Bool
    /// What replaces the inputs that no claim claims.
    public var ablation: Ablation
    /// Classes on D of the feature within which an ablation takes means; 1 without one.
    public var ablationClasses: Int

    public init(
        keepsOutputs: Bool = false, keepsModelOutputs: Bool = false, ablation: Ablation = .resample,
        ablationClasses: Int = 1
    ) {
        self.keepsOutputs = keepsOutputs
        self.keepsModelOutputs = keepsModelOutputs
        self.ablation = ablation
        self.ablationClasses = ablationClasses
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
        /// On paths that lead from a claim to its children: their values where they stand, the claim's others where
        /// no child can be reached any more.
        case claim(Int, PathState)
        /// What an ablation puts in place of the node for a claim whose own datum is drawn in this table.
        case ablated(Int)
        /// Above the output: the scrubbed output, labels of the reference datum.
        case scrubbed
        /// Above the output: the model's output on the reference datum, labels of the datum of this table.
        case randomised(Int)
    }

    struct Key: Hashable {
        var node: Int
        var context: Context
    }

    let graph: Graph
    let tree: ScrubTree
    let options: LoweringOptions
    var paths: Paths
    var builder: PlanBuilder
    var made: [Key: Int] = [:]
    /// What was bound outside the graph.
    var bound: [InputSource: Int] = [:]

    init(graph: Graph, tree: ScrubTree, options: LoweringOptions) {
        self.graph = graph
        self.tree = tree
        self.options = options
        paths = Paths(tree, on: graph)
        builder = PlanBuilder(tables: tree.tables)
    }

    mutating func addRoots(_ behaviour: Behaviour, isFirst: Bool) throws(PlannerError) {
        func name(_ root: PlanRoot) -> String { root.name(of: isFirst ? nil : behaviour) }
        builder.root(name(.model), try value(behaviour.loss, .dataset))
        switch behaviour.baseline {
        case .expected(let node): builder.root(name(.baseline), try value(node, .dataset))
        case .ownOutput, .zero: break
        case .sampled:
            let table = tree.tables.firstIndex { $0.key == ScrubTree.baseline } ?? 0
            builder.root(name(.baseline), try value(behaviour.loss, .randomised(table)))
        }
        if behaviour.baseline == .ownOutput || (isFirst && options.keepsModelOutputs) {
            builder.root(name(.modelOutputs), try value(behaviour.read, .dataset))
        }
        builder.root(name(.scrubbed), try value(behaviour.loss, .scrubbed))
        if isFirst && options.keepsOutputs { builder.root(name(.outputs), try value(behaviour.read, .scrubbed)) }
    }

    mutating func addRoots(_ distance: OutputDistance) throws(PlannerError) {
        builder.root(PlanRoot.squaredDistance.name(), try value(distance.squared, .scrubbed))
        if let divergence = distance.divergence {
            builder.root(PlanRoot.divergence.name(), try value(divergence, .scrubbed))
        }
    }

    mutating func value(_ node: Int, _ context: Context) throws(PlannerError) -> Int {
        if graph.nodes[node].dependsOnData, node == graph.output {
            if context == .scrubbed { return try claim(0, at: node) }
            if case .randomised = context { return try value(node, .table(0)) }
        }
        let key = Key(node: node, context: graph.nodes[node].dependsOnData ? context : .constant)
        if let value = made[key] { return value }
        let value = try compute(key)
        made[key] = value
        return value
    }

    private mutating func compute(_ key: Key) throws(PlannerError) -> Int {
        let node = graph.nodes[key.node]
        if case .ablated(let datum) = key.context { return try ablated(node, datum, key) }
        switch node.kind {
        case .source(let source): return try bound(source, node, key)
        case .onReference:
            if case .randomised(let table) = key.context { return try value(node.inputs[0], .table(table)) }
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
        // A claim on a model input has no other inputs there.
        case .claim(let claim, _): return try value(key.node, .table(tree.claims[claim].datum))
        case .randomised(let table): return try value(key.node, .table(table))
        case .scrubbed, .ablated: return try value(key.node, .table(0))
        }
    }

    /// What a node evaluated in `context` reads as its input `node`.
    private mutating func operand(_ node: Int, _ context: Context) throws(PlannerError) -> Int {
        guard case .claim(let number, let state) = context, graph.nodes[node].dependsOnData else {
            return try value(node, context)
        }
        var pieces: [(slice: Slice, value: Int)] = []
        for piece in paths.follow(number, state, to: node) {
            switch piece.target {
            case .child(let child): pieces.append((piece.slice, try claim(child, at: node)))
            case .onward(let state): pieces.append((piece.slice, try onward(number, state, at: node)))
            }
        }
        return try merged(pieces, of: node, in: context)
    }

    /// The value of a node below the claim, where children may still be reached or none can.
    private mutating func onward(_ number: Int, _ state: PathState, at node: Int) throws(PlannerError) -> Int {
        let claim = tree.claims[number]
        if !state.isHopeless { return try value(node, .claim(number, state)) }
        switch claim.others {
        case .none: return try value(node, .table(claim.datum))
        case .shared(let table):
            return table == claim.datum ? try value(node, .table(table)) : try other(node, table, claim.datum)
        case .each(let tables):
            if let table = state.left.flatMap({ tables[$0] }) { return try other(node, table, claim.datum) }
            // Wiring of the claim's own: its direct inputs are still to come, each with its own datum.
            return options.ablation == .resample
                ? try value(node, .claim(number, state)) : try other(node, claim.datum, claim.datum)
        }
    }

    /// An input that no child claims: its value on the others datum, or what the ablation puts there.
    private mutating func other(_ node: Int, _ table: Int, _ datum: Int) throws(PlannerError) -> Int {
        if options.ablation == .resample { return try value(node, .table(table)) }
        return try value(node, graph.nodes[node].isActivation ? .ablated(datum) : .table(datum))
    }

    /// The row of replacements that the class of the claim's own datum has.
    private mutating func ablated(_ node: Node, _ datum: Int, _ key: Key) throws(PlannerError) -> Int {
        let classes = bind(Ablation.classes, named: "class", ValueType(.scalar, .int32))
        let table = bind(
            Ablation.values(of: node.name), named: "\(node.name) ablated",
            ValueType(Shape([Axis(.group, options.ablationClasses)] + node.type.shape.axes)))
        let mine = try builder.step(
            .gather(Gather(table: datum)), [classes], named: "class @ \(tree.tables[datum].key)")
        return try builder.step(.lookup(Lookup()), [mine, table], named: name(key))
    }

    private mutating func bind(_ source: InputSource, named name: String, _ type: ValueType) -> Int {
        if let value = bound[source] { return value }
        let value = builder.bind(source, named: name, type)
        bound[source] = value
        return value
    }

    /// One value from slices of several.
    private mutating func merged(
        _ pieces: [(slice: Slice, value: Int)], of node: Int, in context: Context
    ) throws(PlannerError) -> Int {
        if pieces.count == 1 { return pieces[0].value }
        let name = "\(name(Key(node: node, context: context))) merged"
        let parts = pieces.compactMap { if case .sources(let part) = $0.slice { part } else { nil } }
        if !parts.isEmpty {
            // The last is what the others leave, whether or not it is a part.
            let values = pieces.suffix(1).map(\.value) + pieces.dropLast().map(\.value)
            return try builder.step(
                .mergeSources(MergeSources(parts: Array(parts.prefix(pieces.count - 1)))), values, named: name)
        }
        let picks = (0..<(graph.positions(of: node) ?? 0)).map { position in
            MergePositions.Pick(
                input: pieces.firstIndex { $0.slice.contains(position: position) } ?? 0, position: position)
        }
        return try builder.step(.mergePositions(MergePositions(picks)), pieces.map(\.value), named: name)
    }

    /// A claim's value at one of its places: the plain model on its datum, or the node over inputs of which children
    /// claim some.
    private mutating func claim(_ number: Int, at node: Int) throws(PlannerError) -> Int {
        let claim = tree.claims[number]
        if claim.others == .none { return try value(node, .table(claim.datum)) }
        return try value(node, .claim(number, paths.start(number, at: node)))
    }

    private func name(_ key: Key) -> String {
        let name = graph.nodes[key.node].name
        return switch key.context {
        case .constant, .dataset: name
        case .table(let table): "\(name) @ \(tree.tables[table].key)"
        case .claim(let number, _): "\(name) in \(tree.claims[number].path)"
        case .ablated(let datum): "\(name) ablated @ \(tree.tables[datum].key)"
        case .scrubbed: "\(name) of scrubbed"
        case .randomised: "\(name) of baseline"
        }
    }
}
