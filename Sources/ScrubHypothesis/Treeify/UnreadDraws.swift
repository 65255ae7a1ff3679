internal import ScrubGraph
internal import ScrubPlan

extension ScrubTree {
    /// The tree without draws of other inputs that no path takes, since claims take them all.
    ///
    /// - Parameter paths: this tree's.
    /// - Complexity: O(edges that paths to children take), once for each state they take them in.
    func withoutUnreadDraws(_ paths: inout Paths) -> ScrubTree {
        var tree = self
        for claim in claims.indices where claims[claim].others != .none {
            switch claims[claim].others {
            case .none: break
            case .shared:
                if !paths.leaveSome(below: claim) { tree.claims[claim].others = .shared(claims[claim].datum) }
            case .each(let tables):
                let left = paths.unclaimed(below: claim)
                tree.claims[claim].others = .each(tables.filter { left.contains($0.key) })
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
    /// Whether some path from `claim` can come to a child no more, so that it takes the datum of the other inputs.
    mutating func leaveSome(below claim: Int) -> Bool {
        var isFound = false
        walk(claim) { _, _, _, piece in
            guard case .onward(let state) = piece.target else { return .turn }
            if state.isHopeless { isFound = true }
            return isFound ? .stop : .follow
        }
        return isFound
    }

    /// The direct inputs through which such paths lead, where others are drawn for each.
    mutating func unclaimed(below claim: Int) -> Set<Int> {
        var left: Set<Int> = []
        walk(claim) { _, _, _, piece in
            guard case .onward(let state) = piece.target else { return .turn }
            if state.isHopeless, let direct = state.left { left.insert(direct) }
            return !state.isHopeless || state.left == nil ? .follow : .turn
        }
        return left
    }
}
