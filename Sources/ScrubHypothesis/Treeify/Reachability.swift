internal import ScrubGraph

/// What lies below the nodes of a graph: a bit for each earlier node, worked out once a node however many claims ask.
///
/// Only nodes that depend on the data count; nothing leads to the others.
struct Reachability {
    private let graph: Graph
    /// By node; empty until it is asked for.
    private var wired: [[UInt64]]
    /// The same by any path; nodes below those known are known.
    private var below: [[UInt64]] = []

    init(_ graph: Graph) {
        self.graph = graph
        wired = [[UInt64]](repeating: [], count: graph.nodes.count)
    }

    /// Whether `target` is reached from `node` through wiring alone (`Graph.reachedThroughWiring`).
    ///
    /// - Complexity: O(1), but for the first question about a node O(nodes / 64) for each wiring node that it reads.
    mutating func isWired(_ node: Int, to target: Int) -> Bool {
        if wired[node].isEmpty { wire(node) }
        return wired[node].has(target)
    }

    /// Whether some path leads down from `node` to `target`.
    ///
    /// - Complexity: O(1), but for the first question about a node O(nodes / 64) for each edge below it.
    mutating func leads(_ node: Int, to target: Int) -> Bool {
        while below.count <= node { addNext() }
        return below[node].has(target)
    }

    private mutating func wire(_ node: Int) {
        var bits = [UInt64](repeating: 0, count: node / 64 + 1)
        for input in graph.nodes[node].inputs where graph.nodes[input].dependsOnData && !bits.has(input) {
            bits.add(input)
            if graph.nodes[input].isComponent { continue }
            if wired[input].isEmpty { wire(input) }
            bits.formUnion(wired[input])
        }
        wired[node] = bits
    }

    private mutating func addNext() {
        let node = below.count
        var bits = graph.nodes[node].dependsOnData ? [UInt64](repeating: 0, count: node / 64 + 1) : []
        // The last input of a residual sum leads to most of the others.
        for input in graph.nodes[node].inputs.reversed() where graph.nodes[input].dependsOnData && !bits.has(input) {
            bits.add(input)
            bits.formUnion(below[input])
        }
        below.append(bits)
    }
}

extension [UInt64] {
    /// Whether the bit of this number is set; those beyond the last are not.
    fileprivate func has(_ number: Int) -> Bool {
        number >> 6 < count && self[number >> 6] >> UInt64(number & 63) & 1 == 1
    }

    fileprivate mutating func add(_ number: Int) { self[number >> 6] |= 1 << UInt64(number & 63) }

    /// Adds the bits of a node that comes before this one's.
    fileprivate mutating func formUnion(_ earlier: [UInt64]) {
        for word in earlier.indices { self[word] |= earlier[word] }
    }
}
