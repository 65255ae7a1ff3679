internal import ScrubCore
public import ScrubGraph
public import ScrubHypothesis
internal import ScrubOps
public import ScrubPlan

/// A hypothesis as plans are made of it: its claims on its graph, and what is measured.
public struct PlannedHypothesis: Sendable {
    /// The treeified hypothesis.
    public var tree: ScrubTree
    /// The model, with the behaviours' nodes.
    public var graph: Graph
    public var behaviours: [Behaviour]
    /// How far the scrubbed output lies from the model's.
    public var distance: OutputDistance?

    public init(tree: ScrubTree, graph: Graph, behaviours: [Behaviour], distance: OutputDistance? = nil) {
        self.tree = tree
        self.graph = graph
        self.behaviours = behaviours
        self.distance = distance
    }
}

/// The plan of several hypotheses on one model and dataset.
public struct JointPlan: Sendable {
    public var plan: Plan
    /// By hypothesis, the number in the plan of each table of its tree. Tables that are one by name are one here.
    public var tables: [[Int]]
}

/// The plainest correct plan: every claim's inputs computed for every replicate, nothing shared between claims. By
/// `options` the next to plainest, which does not grow with the model for every claim: what a claim takes of one datum
/// alone is computed for each dataset row, and gathered.
///
/// Roots, whose names `PlanRoot` gives: of each hypothesis and behaviour its value scrubbed for each replicate, and the
/// model's and the baseline for each dataset row (a sampled baseline for each replicate); the distance of the outputs
/// for each replicate; and by `options` the values that the first behaviour reads. Reads the trees, no draws.
///
/// - Parameters:
///   - hypotheses: all on one dataset, and on graphs in which one source has one value.
///   - options: further roots, and what replaces unimportant inputs.
/// - Throws: `PlannerError`.
/// - Complexity: O(edges of the graph × claims); where plain values are gathered O(edges of the graph) for each
///   hypothesis, and for each claim with children those of its own wiring and of the nodes on the paths to them.
public func lower(
    _ hypotheses: [PlannedHypothesis], _ options: LoweringOptions = LoweringOptions()
) throws(PlannerError) -> JointPlan {
    var builder = PlanBuilder(tables: [Table(key: "reference")])
    builder.groupsSums = true
    var tables: [[Int]] = []
    var bound: [InputSource: Int] = [:]
    for (member, hypothesis) in hypotheses.enumerated() {
        let numbers = builder.add(hypothesis.tree.tables)
        var lowering = Lowering(hypothesis, member: member, options: options, builder, tables: numbers, bound)
        try lowering.addRoots()
        (builder, bound) = (lowering.builder, lowering.bound)
        tables.append(numbers)
    }
    return JointPlan(plan: builder.plan, tables: tables)
}

/// The plain model's value of each of `nodes`, by name, for each dataset row, computed as the graph has it: parts are
/// added up, though they make a whole that is known.
public func lower(_ nodes: [Int], of graph: Graph) throws(PlannerError) -> Plan {
    let tree = ScrubTree(claims: [], tables: [Table(key: "reference")], agreements: [])
    var builder = PlanBuilder(tables: tree.tables)
    builder.joinsParts = false
    var lowering = Lowering(
        PlannedHypothesis(tree: tree, graph: graph, behaviours: []), member: 0, options: LoweringOptions(), builder,
        tables: [0], [:])
    for node in nodes { try lowering.add(graph.nodes[node].name, node, .dataset) }
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
    /// Gathers the plain model's values in place of computing them for each replicate. The same to the last bit, and
    /// without it a plan is as large as the model is, times the draws.
    public var gathersPlainValues: Bool

    public init(
        keepsOutputs: Bool = false, keepsModelOutputs: Bool = false, ablation: Ablation = .resample,
        ablationClasses: Int = 1, gathersPlainValues: Bool = false
    ) {
        self.gathersPlainValues = gathersPlainValues
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

    let hypothesis: PlannedHypothesis
    /// The hypothesis's place among those of the plan.
    let member: Int
    let options: LoweringOptions
    var paths: Paths
    var builder: PlanBuilder
    /// By table of the tree, its number in the plan.
    let tables: [Int]
    /// By node, its value as a constant or on the dataset axis.
    var plain: [Int?]
    /// What else was made.
    var made: [Key: Operand] = [:]
    /// By node, whether on the rows of a table it is its value for those dataset rows: what follows the reference datum
    /// is not.
    let isOfOneDatum: [Bool]
    /// What is bound, by this hypothesis and those before it.
    var bound: [InputSource: Int]

    var graph: Graph { hypothesis.graph }
    var tree: ScrubTree { hypothesis.tree }

    init(
        _ hypothesis: PlannedHypothesis, member: Int, options: LoweringOptions, _ builder: PlanBuilder, tables: [Int],
        _ bound: [InputSource: Int]
    ) {
        self.hypothesis = hypothesis
        self.member = member
        self.options = options
        self.builder = builder
        self.tables = tables
        self.bound = bound
        paths = Paths(hypothesis.tree, on: hypothesis.graph)
        plain = [Int?](repeating: nil, count: hypothesis.graph.nodes.count)
        var isOfOneDatum: [Bool] = []
        for node in hypothesis.graph.nodes {
            isOfOneDatum.append(node.kind != .onReference && node.inputs.allSatisfy { isOfOneDatum[$0] })
        }
        self.isOfOneDatum = isOfOneDatum
    }

    mutating func addRoots() throws(PlannerError) {
        for (number, behaviour) in hypothesis.behaviours.enumerated() {
            try addRoots(behaviour, isFirst: number == 0)
        }
        if let distance = hypothesis.distance { try addRoots(distance) }
    }

    private mutating func addRoots(_ behaviour: Behaviour, isFirst: Bool) throws(PlannerError) {
        func add(_ root: PlanRoot, _ node: Int, _ context: Context) throws(PlannerError) {
            try self.add(root.name(of: isFirst ? nil : behaviour, member: member), node, context)
        }
        try add(.model, behaviour.loss, .dataset)
        switch behaviour.baseline {
        case .expected(let node): try add(.baseline, node, .dataset)
        case .ownOutput, .zero: break
        case .sampled:
            let table = tree.tables.firstIndex { $0.key == ScrubTree.baseline } ?? 0
            try add(.baseline, behaviour.loss, .randomised(table))
        }
        if behaviour.baseline == .ownOutput || (isFirst && options.keepsModelOutputs) {
            try add(.modelOutputs, behaviour.read, .dataset)
        }
        try add(.scrubbed, behaviour.loss, .scrubbed)
        if isFirst && options.keepsOutputs { try add(.outputs, behaviour.read, .scrubbed) }
    }

    private mutating func addRoots(_ distance: OutputDistance) throws(PlannerError) {
        try add(PlanRoot.squaredDistance.name(member: member), distance.squared, .scrubbed)
        if let divergence = distance.divergence {
            try add(PlanRoot.divergence.name(member: member), divergence, .scrubbed)
        }
    }

    mutating func add(_ root: String, _ node: Int, _ context: Context) throws(PlannerError) {
        let operand = try value(node, context)
        builder.root(root, builder.value(of: operand))
    }

    private mutating func value(_ node: Int, _ context: Context) throws(PlannerError) -> Operand {
        if !graph.nodes[node].dependsOnData { return .value(try plainValue(node)) }
        if node == graph.output {
            if context == .scrubbed { return try claim(0, at: node) }
            if case .randomised = context { return try value(node, .table(0)) }
        }
        switch context {
        case .constant, .dataset: return .value(try plainValue(node))
        case .table(let table) where options.gathersPlainValues && (table == 0 || isOfOneDatum[node]):
            return .row(of: try plainValue(node), table: tables[table])
        default:
            let key = Key(node: node, context: context)
            if let value = made[key] { return value }
            let value = try compute(key)
            made[key] = value
            return value
        }
    }

    /// The plain model's value for each dataset row, or a constant.
    private mutating func plainValue(_ number: Int) throws(PlannerError) -> Int {
        if let value = plain[number] { return value }
        let node = graph.nodes[number]
        let value: Int
        switch node.kind {
        case .source(let source): value = bind(source, named: node.name, node.type)
        case .onReference: value = try plainValue(node.inputs[0])
        case .op(let op):
            var inputs: [Int] = []
            for input in node.inputs { inputs.append(try plainValue(input)) }
            value = try builder.step(op, inputs, named: node.name)
        }
        plain[number] = value
        return value
    }

    private mutating func compute(_ key: Key) throws(PlannerError) -> Operand {
        let node = graph.nodes[key.node]
        if case .ablated(let datum) = key.context { return try ablated(node, datum, key) }
        switch node.kind {
        case .source:
            switch key.context {
            // A claim on a model input has no other inputs there.
            case .claim(let claim, _): return try value(key.node, .table(tree.claims[claim].datum))
            case .table(let table):
                let row = Operand.row(of: try plainValue(key.node), table: tables[table])
                return .value(builder.value(of: row))
            case .randomised(let table): return try value(key.node, .table(table))
            case .constant, .dataset, .scrubbed, .ablated: return try value(key.node, .table(0))
            }
        case .onReference:
            if case .randomised(let table) = key.context { return try value(node.inputs[0], .table(table)) }
            return try value(node.inputs[0], .table(0))
        case .op(let op):
            var operands: [Operand] = []
            for input in node.inputs { operands.append(try operand(input, key.context)) }
            return try builder.step(op, operands, named: name(key))
        }
    }

    /// What a node evaluated in `context` reads as its input `node`.
    private mutating func operand(_ node: Int, _ context: Context) throws(PlannerError) -> Operand {
        guard case .claim(let number, let state) = context, graph.nodes[node].dependsOnData else {
            return try value(node, context)
        }
        if let next = paths.pass(number, state, through: node) { return try onward(number, next, at: node) }
        var pieces: [(slice: Slice, value: Operand)] = []
        for piece in paths.follow(number, state, to: node) {
            switch piece.target {
            case .child(let child): pieces.append((piece.slice, try claim(child, at: node)))
            case .onward(let state): pieces.append((piece.slice, try onward(number, state, at: node)))
            }
        }
        return try merged(pieces, of: node, in: context)
    }

    /// The value of a node below the claim, where children may still be reached or none can.
    private mutating func onward(_ number: Int, _ state: PathState, at node: Int) throws(PlannerError) -> Operand {
        if !state.isHopeless { return try value(node, .claim(number, state)) }
        let datum = tree.claims[number].datum
        switch tree.claims[number].others {
        case .none: return try value(node, .table(datum))
        case .shared(let table):
            return table == datum ? try value(node, .table(table)) : try other(node, table, datum)
        case .each(let tables):
            if let table = state.left.flatMap({ tables[$0] }) { return try other(node, table, datum) }
            // Wiring of the claim's own: its direct inputs are still to come, each with its own datum.
            return options.ablation == .resample
                ? try value(node, .claim(number, state)) : try other(node, datum, datum)
        }
    }

    /// An input that no child claims: its value on the others datum, or what the ablation puts there.
    private mutating func other(_ node: Int, _ table: Int, _ datum: Int) throws(PlannerError) -> Operand {
        if options.ablation == .resample { return try value(node, .table(table)) }
        return try value(node, graph.nodes[node].isActivation ? .ablated(datum) : .table(datum))
    }

    /// The row of replacements that the class of the claim's own datum has.
    private mutating func ablated(_ node: Node, _ datum: Int, _ key: Key) throws(PlannerError) -> Operand {
        let classes = bind(Ablation.classes, named: "class", ValueType(.scalar, .int32))
        let table = bind(
            Ablation.values(of: node.name), named: "\(node.name) ablated",
            ValueType(Shape([Axis(.group, options.ablationClasses)] + node.type.shape.axes)))
        return try builder.step(
            .lookup(Lookup()), [.row(of: classes, table: tables[datum]), .value(table)], named: name(key))
    }

    private mutating func bind(_ source: InputSource, named name: String, _ type: ValueType) -> Int {
        if let value = bound[source] { return value }
        let value = builder.bind(source, named: name, type)
        bound[source] = value
        return value
    }

    /// One value from slices of several.
    private mutating func merged(
        _ pieces: [(slice: Slice, value: Operand)], of node: Int, in context: Context
    ) throws(PlannerError) -> Operand {
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
    private mutating func claim(_ number: Int, at node: Int) throws(PlannerError) -> Operand {
        if tree.claims[number].others == .none { return try value(node, .table(tree.claims[number].datum)) }
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
