internal import ScrubCore
internal import ScrubOps

/// A graph written anew from another, node by node in its order, with some nodes replaced, added or left out.
struct GraphCopy {
    private let old: Graph
    private(set) var new = Graph()
    /// By old node, what its readers read instead; nil where it is left out.
    private var numbers: [Int?]

    init(_ graph: Graph) {
        old = graph
        numbers = Array(repeating: nil, count: graph.nodes.count)
    }

    /// `graph` with what `make` adds in the place of the node `number`; it returns the node that readers read.
    ///
    /// - Parameter first: adds what must come before every node.
    static func of(
        _ graph: Graph, replacing number: Int, first: (inout GraphCopy) throws(RewriteError) -> Void = { _ in },
        by make: (inout GraphCopy) throws(RewriteError) -> Int
    ) throws(RewriteError) -> Graph {
        var copy = GraphCopy(graph)
        try first(&copy)
        for each in graph.nodes.indices {
            if each == number { copy.place(each, at: try make(&copy)) } else { try copy.keep(each) }
        }
        return copy.finished()
    }

    /// The new number of an old node that is not left out.
    subscript(number: Int) -> Int {
        guard let new = numbers[number] else { preconditionFailure("\(old.nodes[number].name) is read and left out") }
        return new
    }

    func isPlaced(_ number: Int) -> Bool { numbers[number] != nil }

    /// Lets those that read an old node read a new one.
    mutating func place(_ number: Int, at new: Int) { numbers[number] = new }

    /// Adds an old node as it was, and lets its readers read it; unless that is settled already.
    mutating func keep(_ number: Int) throws(RewriteError) {
        if numbers[number] == nil { numbers[number] = try copy(number, named: old.nodes[number].name) }
    }

    /// Adds what an old node is under a name, reading `others` in the place of old nodes.
    mutating func copy(
        _ number: Int, named name: String, isComponent: Bool? = nil, reading others: [Int: Int] = [:]
    ) throws(RewriteError) -> Int {
        let node = old.nodes[number]
        switch node.kind {
        case .source(let source): return try add(source, named: name, node.type)
        case .op(let op):
            return try add(
                op, node.inputs.map { others[$0] ?? self[$0] }, named: name,
                isComponent: isComponent ?? node.isComponent)
        case .onReference:
            do { return try new.add(onReference: self[node.inputs[0]], named: name) } catch {
                throw RewriteError(error)
            }
        }
    }

    mutating func add(
        _ op: Op, _ inputs: [Int], named name: String, isComponent: Bool = false
    ) throws(RewriteError) -> Int {
        do { return try new.add(op, inputs, named: name, isComponent: isComponent) } catch { throw RewriteError(error) }
    }

    mutating func add(_ source: InputSource, named name: String, _ type: ValueType) throws(RewriteError) -> Int {
        do { return try new.add(source: source, named: name, type: type) } catch { throw RewriteError(error) }
    }

    /// A weight that the checkpoint does not have, under a name that is free.
    mutating func add(weight name: String, _ shape: Shape) throws(RewriteError) -> (node: Int, source: InputSource) {
        var free = Rewritten.prefix + name
        while old.number(of: free) != nil || new.number(of: free) != nil { free += "'" }
        let source = InputSource.weight(free, slice: nil)
        return (try add(source, named: free, ValueType(shape)), source)
    }

    /// The sum of old weights of one shape: a weight, since plans have no steps on constants.
    mutating func addSum(
        of weights: [Int], named name: String, _ constants: inout [InputSource: Constant]
    ) throws(RewriteError) -> Int {
        if weights.count == 1 { return self[weights[0]] }
        let sources = weights.compactMap { weight in
            if case .source(let source) = old.nodes[weight].kind { source } else { nil }
        }
        let sum = try add(weight: name, old.nodes[weights[0]].type.shape)
        constants[sum.source] = .sum(sources)
        return sum.node
    }

    mutating func alias(_ alias: String, for name: String) { new.alias(alias, for: name) }

    /// The new graph, with the old one's aliases and output.
    func finished() -> Graph {
        var graph = new
        for (alias, names) in old.aliases { graph.alias(alias, for: names) }
        for (name, nodes) in old.hints { graph.hint(name, perhaps: nodes) }
        graph.setOutput(self[old.output])
        return graph
    }
}
