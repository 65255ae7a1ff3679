public import ScrubCore
public import ScrubOps

/// A model's computation for one datum: a DAG of named nodes, inputs before readers. The residual stream is flattened
/// into its components, each of which reads every earlier one directly.
public struct Graph: Hashable, Sendable {
    public private(set) var nodes: [Node] = []
    /// The node at which the root claim stands.
    public private(set) var output = 0
    private var numbers: [String: Int] = [:]
    /// Other names, without white space, and the names of the nodes that each stands for.
    private(set) var aliases: [String: [String]] = [:]
    /// Names that stand for no node, and the names of nodes that may be meant.
    private(set) var hints: [String: [String]] = [:]

    public init() {}

    /// The number of the node called `name`, by its own name or an alias that stands for it alone.
    public func number(of name: String) -> Int? {
        if let number = numbers[name] { return number }
        let group = group(of: name)
        return group.count == 1 ? group[0] : nil
    }

    /// The numbers of the nodes that an alias stands for, in its order; none where `name` is no alias.
    public func group(of name: String) -> [Int] {
        let names = aliases[name.withoutSpace, default: []]
        let group = names.compactMap { numbers[$0] }
        return group.count == names.count ? group : []
    }

    /// The names of nodes that may be meant by a name that stands for none; nil where nothing is known of it.
    public func hints(for name: String) -> [String]? {
        hints[name.withoutSpace]?.filter { numbers[$0] != nil }
    }

    /// Every alias that stands for something, in order.
    public var aliasNames: [String] { aliases.keys.filter { !group(of: $0).isEmpty }.sorted() }

    /// Adds a bound value.
    public mutating func add(source: InputSource, named name: String, type: ValueType) throws(GraphError) -> Int {
        let isColumn = if case .column = source { true } else { false }
        return try insert(
            Node(
                name: name, kind: .source(source), inputs: [], type: type, isComponent: isColumn,
                dependsOnData: isColumn))
    }

    /// Adds an op over earlier nodes; its type follows from theirs.
    public mutating func add(
        _ op: Op, _ inputs: [Int], named name: String, isComponent: Bool = false
    ) throws(GraphError) -> Int {
        let type: ValueType
        do { type = try op.rule.output(of: inputs.map { nodes[$0].type }) } catch { throw .op(node: name, error) }
        return try insert(
            Node(
                name: name, kind: .op(op), inputs: inputs, type: type, isComponent: isComponent,
                dependsOnData: inputs.contains { nodes[$0].dependsOnData }))
    }

    /// Adds the value that `node` has on the reference datum.
    public mutating func add(onReference node: Int, named name: String) throws(GraphError) -> Int {
        try insert(
            Node(
                name: name, kind: .onReference, inputs: [node], type: nodes[node].type, isComponent: false,
                dependsOnData: true))
    }

    /// Makes `node` the one at which the root claim stands; `output` is another name for it.
    public mutating func setOutput(_ node: Int) {
        output = node
        alias("output", for: nodes[node].name)
    }

    /// Lets `alias` stand for the node called `name`.
    public mutating func alias(_ alias: String, for name: String) { self.alias(alias, for: [name]) }

    /// Lets `alias` stand for the nodes called `names`, while all of them are nodes.
    public mutating func alias(_ alias: String, for names: [String]) {
        aliases[alias.withoutSpace] = names
    }

    /// Proposes nodes to one who writes `name`, which others use for what is no node here.
    public mutating func hint(_ name: String, perhaps names: [String]) {
        hints[name.withoutSpace] = names
    }

    private mutating func insert(_ node: Node) throws(GraphError) -> Int {
        guard numbers[node.name] == nil else { throw .duplicate(node.name) }
        numbers[node.name] = nodes.count
        nodes.append(node)
        return nodes.count - 1
    }
}

extension String {
    /// The text as aliases are kept. Most names are ASCII without a space, which bytes tell faster than characters.
    fileprivate var withoutSpace: String {
        utf8.allSatisfy { $0 > 0x20 && $0 < 0x80 } ? self : filter { !$0.isWhitespace }
    }
}

/// A graph that cannot be built.
public enum GraphError: Diagnostic, Equatable {
    case duplicate(String)
    case op(node: String, OpError)

    public var message: String {
        switch self {
        case .duplicate(let name): "two nodes are called \"\(name)\""
        case .op(let node, let error): "node \"\(node)\": \(error.message)"
        }
    }
}
