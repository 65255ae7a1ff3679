internal import ScrubCore
public import ScrubGraph
internal import ScrubOps

/// The graph that a configuration of the family `graph` lists.
///
/// Columns and ops are components unless an op says that it is wiring. Every node has a part in the output, and every
/// op reads something that differs from datum to datum: plans have no steps on constants.
public struct GraphModel {
    private let configuration: GraphConfiguration
    private let checkpoint: Checkpoint
    private var graph = Graph()
    /// By node that holds integers, what they are below.
    private var bounds: [Int: Int] = [:]

    /// Builds the graph; weights are checked by shape, not read.
    ///
    /// - Throws: `GraphModelError`.
    public static func graph(
        of configuration: GraphConfiguration, in checkpoint: Checkpoint
    ) throws(GraphModelError) -> Graph {
        var builder = GraphModel(configuration: configuration, checkpoint: checkpoint)
        for node in configuration.nodes { try builder.add(node) }
        try builder.finish()
        return builder.graph
    }

    private init(configuration: GraphConfiguration, checkpoint: Checkpoint) {
        self.configuration = configuration
        self.checkpoint = checkpoint
    }

    private mutating func add(_ node: GraphConfiguration.Node) throws(GraphModelError) {
        let subject = node.subject
        do throws(GraphError) {
            switch node.body {
            case .column(let name, let type, let below):
                bounds[try graph.add(source: .column(name), named: node.name, type: type)] = below
            case .weight(let name, let shape):
                _ = try graph.add(source: .weight(name, slice: nil), named: node.name, type: ValueType(shape))
            case .op(let op, let inputs):
                let number = try graph.add(op, inputs, named: node.name, isComponent: node.isComponent)
                if case .selectPositions = op { bounds[number] = bounds[inputs[0]] }
            }
        } catch {
            switch error {
            case .op(_, let error): throw .inputs(node.place, of: subject, error)
            case .duplicate: throw .taken(node.place, of: subject)
            }
        }
        switch node.body {
        case .column: break
        case .weight(let name, let shape): try check(name, shape, node)
        case .op(let op, let inputs): try check(op, inputs, node)
        }
    }

    private func check(_ tensor: String, _ shape: Shape, _ node: GraphConfiguration.Node) throws(GraphModelError) {
        guard checkpoint.has(tensor) else {
            throw .missingTensor(node.place, of: node.subject, name: tensor, known: checkpoint.names)
        }
        do { try checkpoint.check(tensor, sizes: shape.axes.map(\.count)) } catch {
            throw .tensor(node.place, of: node.subject, error)
        }
    }

    private func check(_ op: Op, _ inputs: [Int], _ node: GraphConfiguration.Node) throws(GraphModelError) {
        let made = graph.nodes[graph.nodes.count - 1]
        guard made.dependsOnData else { throw .constant(node.place, of: node.subject) }
        guard made.type.shape.isCountable else { throw .size(node.place, of: node.subject, made.type.shape) }
        for input in inputs {
            guard let below = bounds[input], let limit = limit(of: op, inputs) else { continue }
            let name = graph.nodes[input].name
            guard let limit else { throw .range(node.place, of: node.subject, input: name, below: below, limit: nil) }
            if below > limit { throw .range(node.place, of: node.subject, input: name, below: below, limit: limit) }
        }
    }

    /// Below what an op needs its integers to be: nil where it takes any, a nil inside where that is not known.
    private func limit(of op: Op, _ inputs: [Int]) -> Int?? {
        switch op {
        case .selectPositions, .paddingMask: nil
        case .embed: graph.nodes[inputs[1]].type.shape.vectors
        case .crossEntropy: graph.nodes[inputs[0]].type.shape.width
        case .binaryCrossEntropy: 2
        case .labelScore: max(2, graph.nodes[inputs[0]].type.shape.width)
        default: .some(nil)
        }
    }

    private mutating func finish() throws(GraphModelError) {
        let output = configuration.nodes[configuration.output]
        guard graph.nodes[configuration.output].dependsOnData else {
            throw .value(
                output.place, of: "the model", key: "output", found: "\"\(output.name)\"",
                expected: "a node that differs from datum to datum")
        }
        var isRead = Set([configuration.output])
        for number in graph.nodes.indices.reversed() {
            guard isRead.contains(number) else {
                let node = configuration.nodes[number]
                throw .unread(node.place, of: node.subject, output: output.name)
            }
            isRead.formUnion(graph.nodes[number].inputs)
        }
        graph.setOutput(configuration.output)
    }
}

extension GraphConfiguration.Node {
    /// What errors call it.
    var subject: String { "node \"\(name)\"" }
}

extension GraphConfiguration {
    /// The error that a behaviour has a node called `name` too.
    public func taken(_ name: String) -> GraphModelError? {
        nodes.first { $0.name == name }.map { .taken($0.place, of: $0.subject) }
    }
}
