public import ScrubGraph

extension ScrubTree {
    /// The tables whose rows the graph is evaluated on: the data of claims without children, and those of other inputs
    /// where there are any. The row of every other table matters only through the features of the claims below it.
    ///
    /// The label that a behaviour takes of the reference does not count.
    /// - Parameter graph: the graph that the tree is bound to.
    /// - Complexity: O(claims × nodes) at most.
    public func tablesRead(on graph: Graph) -> Set<Int> {
        var paths = Paths(self, on: graph)
        var read: Set<Int> = []
        for (number, claim) in claims.enumerated() {
            switch claim.others {
            case .none: read.insert(claim.datum)
            case .shared(let table): if !paths.unclaimed(below: number).isEmpty { read.insert(table) }
            case .each(let tables): read.formUnion(tables.values)
            }
        }
        return read
    }
}
