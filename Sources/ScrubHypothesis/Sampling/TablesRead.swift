public import ScrubGraph

extension ScrubTree {
    /// The tables whose rows the graph is evaluated on: the data of claims without children, and those of other inputs
    /// where there are any. The row of every other table matters only through the features of the claims below it.
    ///
    /// The label that a behaviour takes of the reference does not count.
    /// - Parameter graph: the graph that the tree is bound to.
    /// - Complexity: O(claims × nodes) at most.
    public func tablesRead(on graph: Graph) -> Set<Int> { Set(leaves(on: graph)) }

    /// The same, once for every claim without children and for every datum of a claim's other inputs: claims that are
    /// exact have one table.
    ///
    /// - Parameter graph: the graph that the tree is bound to.
    /// - Complexity: O(claims × nodes) at most.
    public func leaves(on graph: Graph) -> [Int] {
        var paths = Paths(self, on: graph)
        return claims.indices.flatMap { claim in
            switch claims[claim].others {
            case .none: [claims[claim].datum]
            case .shared(let table): paths.leaveSome(below: claim) ? [table] : []
            case .each(let tables): tables.values.sorted()
            }
        }
    }
}
