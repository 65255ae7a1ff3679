extension Graph {
    /// Components that `node` reads directly: those reached from it through wiring alone, in the order in which they
    /// are read.
    ///
    /// - Complexity: O(nodes inside the component).
    public func directInputs(of node: Int) -> [Int] {
        reachedThroughWiring(from: node).filter { nodes[$0].isComponent }
    }

    /// Every node that depends on the data and is reached from `node` through wiring alone: the wiring itself and the
    /// components behind it. What a claim on a direct input may name.
    public func reachedThroughWiring(from node: Int) -> [Int] {
        var reached: [Int] = []
        var seen: Set<Int> = []
        func visit(_ node: Int) {
            for input in nodes[node].inputs where nodes[input].dependsOnData && seen.insert(input).inserted {
                if !nodes[input].isComponent { visit(input) }
                reached.append(input)
            }
        }
        visit(node)
        return reached
    }

    /// The node that a claim below `parent` means by `name`: a part of the parent (`q`, `input`), or a node by its
    /// full name.
    public func resolve(_ name: String, below parent: Int) -> Int? {
        number(of: "\(owner(of: parent)).\(name)") ?? number(of: name)
    }

    /// What the parts of `node` are named after: its own name; of wiring, the component's that it is part of. A part's
    /// own parts are named like it: `norm` below `a1.h0.q` is `a1.h0.norm`.
    func owner(of node: Int) -> String {
        let name = nodes[node].name
        guard !nodes[node].isComponent, let dot = name.lastIndex(of: ".") else { return name }
        return String(name[..<dot])
    }
}
