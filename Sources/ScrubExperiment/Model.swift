public import ScrubCore
internal import ScrubData
public import ScrubGraph
internal import ScrubModels
public import ScrubOps

/// A computation as an experiment needs it: its graph, and what the graph's sources are bound to.
public struct Model: Sendable {
    public var graph: Graph
    /// `[row, …]` over D, for every column that the graph reads.
    public var columns: [InputSource: HostTensor]
    /// Figures over D that the graph reads.
    public var statistics: [InputSource: HostTensor]
    /// A weight by name, whole or one element of its first axis.
    public var weight: @Sendable (_ name: String, _ slice: Int?) throws -> HostTensor
    /// Files that it was made of, for provenance.
    public var files: [String]
    /// The checkpoint's folder; nil where the model was made in a program.
    var origin: String?
    /// What its graph has been through.
    public internal(set) var rewrites: [AppliedRewrite] = []

    /// - Parameters:
    ///   - graph: the computation.
    ///   - columns: `[row, …]` over D, by the name that the graph reads.
    ///   - weights: by name.
    ///   - statistics: by name.
    public init(
        graph: Graph, columns: [String: HostTensor], weights: [String: HostTensor] = [:],
        statistics: [String: HostTensor] = [:]
    ) {
        self.init(
            graph: graph, columns: columns.keyed(InputSource.column),
            statistics: statistics.keyed(InputSource.statistic), files: []
        ) { name, slice in
            guard let weight = weights[name] else {
                throw ExperimentError.noWeight(name, known: weights.keys.sorted())
            }
            guard let slice else { return weight }
            guard let count = weight.sizes.first, (0..<count).contains(slice) else {
                throw ExperimentError.noWeight("\(name)[\(slice)]", known: weights.keys.sorted())
            }
            var element = weight.picking([Int32(slice)])
            element.sizes.removeFirst()
            return element
        }
    }

    init(
        graph: Graph, columns: [InputSource: HostTensor], statistics: [InputSource: HostTensor], files: [String],
        weight: @escaping @Sendable (String, Int?) throws -> HostTensor
    ) {
        self.graph = graph
        self.columns = columns
        self.statistics = statistics
        self.files = files
        self.weight = weight
    }

    /// Throws unless every column that the graph reads is bound, with a row for each datum.
    func check(rows: Int) throws(ExperimentError) {
        for node in graph.nodes {
            guard case .source(let source) = node.kind, case .column(let name) = source else { continue }
            let expected = [rows] + node.type.shape.axes.map(\.count)
            guard let column = columns[source] else {
                throw .noColumn(name, node: node.name, known: columns.keys.map(\.description).sorted())
            }
            guard column.sizes == expected, column.type == node.type.element else {
                throw .columnShape(
                    name, found: "\(column.type.rawValue) \(column.sizes)",
                    expected: "\(node.type.element.rawValue) \(expected)")
            }
        }
    }
}

extension Model {
    /// What a source stands for, a column with every datum; nil where there is none.
    func tensor(_ source: InputSource) throws -> HostTensor? {
        switch source {
        case .weight(let name, let slice): try weight(name, slice)
        case .transposedWeight(let name, let slice): try weight(name, slice).transposed
        case .column: columns[source]
        case .statistic: statistics[source]
        }
    }

    /// Throws unless the behaviour's nodes are of this graph, and its losses are numbers.
    func check(_ behaviour: Behaviour) throws(ExperimentError) {
        var losses = [("loss", behaviour.loss)]
        if case .expected(let node) = behaviour.baseline { losses.append(("baseline", node)) }
        for (name, node) in losses + [("read", behaviour.read)] where !graph.nodes.indices.contains(node) {
            throw .measured("\(name) is node \(node), the graph has \(graph.nodes.count)")
        }
        for (name, node) in losses where graph.nodes[node].type != ValueType(.scalar) {
            throw .measured(
                "\(name) is \"\(graph.nodes[node].name)\", a \(graph.nodes[node].type), expected one float32 number")
        }
    }
}

extension [String: HostTensor] {
    fileprivate func keyed(_ source: (String) -> InputSource) -> [InputSource: HostTensor] {
        [InputSource: HostTensor](uniqueKeysWithValues: map { (source($0.key), $0.value) })
    }
}
