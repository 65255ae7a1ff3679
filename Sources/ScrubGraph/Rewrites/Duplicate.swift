internal import ScrubCore
internal import ScrubOps

/// A copy of a component, with its wiring, for each component that reads it: `m0@a1.h0` is what `a1.h0` reads of `m0`.
public struct DuplicateRewrite: Rewrite {
    public static let name = "duplicate"
    public var node: String

    public init(_ node: String) { self.node = node }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let number = try graph.find(node)
        _ = try graph.vectors(at: number, called: node)
        guard graph.nodes[number].isComponent else {
            throw .unfit(node: node, found: "wiring inside \"\(graph.owner(of: number))\"", expected: "a component")
        }
        let readers = try readers(of: number, in: graph)
        let inside = graph.reachedThroughWiring(from: number).filter { !graph.nodes[$0].isComponent }
        let dropped = readers.isWholly ? graph.readOnly(by: number, among: inside).union([number]) : []

        var copy = GraphCopy(graph)
        // By component that reads it, the copy's number.
        var copies: [Int: Int] = [:]
        for each in graph.nodes.indices {
            if let component = readers.components[each], let made = copies[component] {
                let old = graph.nodes[each]
                copy.place(each, at: try copy.copy(each, named: old.name, reading: [number: made]))
            } else if !dropped.contains(each) {
                try copy.keep(each)
            }
            if each == number {
                for component in Set(readers.components.values).sorted() {
                    copies[component] = try copy.duplicate(number, inside, of: graph, for: component)
                }
            }
        }
        let names = copies.keys.sorted().map { Self.name(of: number, for: $0, in: graph) }
        return Rewritten(
            copy.finished(), kept: names.map { Rewritten.Pair(node, $0) }, tolerance: RoundingTolerance.sameSteps,
            equation: "\(node) = \(names.joined(separator: " = "))")
    }

    fileprivate static func name(of node: Int, for reader: Int, in graph: Graph) -> String {
        "\(graph.nodes[node].name)@\(graph.nodes[reader].name)"
    }

    /// By node that reads `number`, the component which that is, or is part of; and whether that is all that reads it.
    private func readers(
        of number: Int, in graph: Graph
    ) throws(RewriteError) -> (components: [Int: Int], isWholly: Bool) {
        let reading = graph.nodes.indices.filter { graph.nodes[$0].inputs.contains(number) }
        var components: [Int: Int] = [:]
        for component in graph.nodes.indices where graph.nodes[component].isComponent && component > number {
            let wiring = graph.reachedThroughWiring(from: component).filter { !graph.nodes[$0].isComponent }
            for reader in reading where reader == component || wiring.contains(reader) {
                if let other = components[reader] {
                    throw .sharedWiring(
                        node, through: graph.nodes[reader].name,
                        by: [graph.nodes[other].name, graph.nodes[component].name])
                }
                components[reader] = component
            }
        }
        if components.isEmpty { throw .notRead(node) }
        return (components, components.count == reading.count && number != graph.output)
    }
}

extension Graph {
    /// Those of `wiring` that nothing but `number`, and others of them, reads.
    fileprivate func readOnly(by number: Int, among wiring: [Int]) -> Set<Int> {
        var only: Set<Int> = [number]
        for each in wiring.sorted(by: >) {
            let readers = nodes.indices.filter { nodes[$0].inputs.contains(each) }
            if readers.allSatisfy(only.contains) { only.insert(each) }
        }
        return only
    }
}

extension GraphCopy {
    /// Adds a component and the wiring inside it once more.
    fileprivate mutating func duplicate(
        _ number: Int, _ inside: [Int], of graph: Graph, for reader: Int
    ) throws(RewriteError) -> Int {
        let (old, name) = (graph.nodes[number].name, DuplicateRewrite.name(of: number, for: reader, in: graph))
        var made: [Int: Int] = [:]
        for part in inside.sorted() {
            let wiring = graph.nodes[part].name
            let isPart = wiring.hasPrefix(old + ".")
            made[part] = try copy(
                part, named: isPart ? name + wiring.dropFirst(old.count) : "\(wiring)@\(graph.nodes[reader].name)",
                reading: made)
        }
        return try copy(number, named: name, reading: made)
    }
}
