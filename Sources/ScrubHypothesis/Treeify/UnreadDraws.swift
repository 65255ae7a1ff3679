internal import ScrubGraph
internal import ScrubPlan

extension ScrubTree {
    /// The tree without draws of other inputs that no path takes, since claims take them all.
    ///
    /// - Complexity: O(claims × nodes) at most.
    func withoutUnreadDraws(on graph: Graph) -> ScrubTree {
        var paths = Paths(self, on: graph)
        var tree = self
        for claim in claims.indices where claims[claim].others != .none {
            let left = paths.unclaimed(below: claim)
            switch claims[claim].others {
            case .none: break
            case .shared: if left.isEmpty { tree.claims[claim].others = .shared(claims[claim].datum) }
            case .each(let tables): tree.claims[claim].others = .each(tables.filter { left.contains($0.key) })
            }
        }
        return tree.keepingReadTables()
    }

    /// The same claims with the tables that they use, renumbered in order.
    private func keepingReadTables() -> ScrubTree {
        var used: Set<Int> = [0]
        for claim in claims {
            used.formUnion(claim.others.tables + [claim.datum])
        }
        var number: [Int: Int] = [:]
        for table in tables.indices where used.contains(table) { number[table] = number.count }
        func renumbered(_ table: Int) -> Int { number[table] ?? 0 }
        var tree = self
        tree.tables = tables.indices.filter(used.contains).map { table in
            Table(key: tables[table].key, feature: tables[table].feature, parent: tables[table].parent.map(renumbered))
        }
        for claim in claims.indices {
            tree.claims[claim].datum = renumbered(claims[claim].datum)
            tree.claims[claim].others = claims[claim].others.renumbered(renumbered)
        }
        return tree
    }
}

extension Paths {
    /// The direct inputs through which paths from `claim` lead that no child can be reached by; its own node where its
    /// others are not drawn for each.
    mutating func unclaimed(below claim: Int) -> Set<Int> {
        var left: Set<Int> = []
        let node = tree.claims[claim].node
        let isEach = if case .each = tree.claims[claim].others { true } else { false }
        walk(claim) { _, _, _, piece in
            guard case .onward(let state) = piece.target else { return false }
            if isEach, state.isHopeless, let direct = state.left { left.insert(direct) }
            if !isEach && state.isHopeless { left.insert(node) }
            return !state.isHopeless || (isEach && state.left == nil)
        }
        return left
    }
}
