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
    /// What its graph has been through.
    public internal(set) var rewrites: [AppliedRewrite] = []

    /// - Parameter weights: by name.
    public init(
        graph: Graph, columns: [String: HostTensor], weights: [String: HostTensor] = [:],
        statistics: [String: HostTensor] = [:]
    ) {
        self.init(
            graph: graph, columns: columns.keyed(InputSource.column),
            statistics: statistics.keyed(InputSource.statistic), files: []
        ) { name, _ in
            guard let weight = weights[name] else {
                throw ExperimentError.noWeight(name, known: weights.keys.sorted())
            }
            return weight
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

extension [String: HostTensor] {
    fileprivate func keyed(_ source: (String) -> InputSource) -> [InputSource: HostTensor] {
        [InputSource: HostTensor](uniqueKeysWithValues: map { (source($0.key), $0.value) })
    }
}
