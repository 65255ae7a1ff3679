public import ScrubCore
public import ScrubOps

/// A model's computation for one datum: a DAG of named nodes, inputs before readers. The residual stream is flattened
/// into its components, each of which reads every earlier one directly.
public struct Graph: Hashable, Sendable {
    public private(set) var nodes: [Node] = []
    /// The node at which the root claim stands.
    public private(set) var output = 0
    private var numbers: [String: Int] = [:]
    /// Other names, each with the name it stands for.
    private(set) var aliases: [String: String] = [:]

    public init() {}

    /// The number of the node called `name`, by its own name or an alias.
    public func number(of name: String) -> Int? { numbers[name] ?? aliases[name].flatMap { numbers[$0] } }

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
    public mutating func alias(_ alias: String, for name: String) { aliases[alias] = name }

    private mutating func insert(_ node: Node) throws(GraphError) -> Int {
        guard numbers[node.name] == nil else { throw .duplicate(node.name) }
        numbers[node.name] = nodes.count
        nodes.append(node)
        return nodes.count - 1
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
