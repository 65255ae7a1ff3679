internal import ScrubPlan

/// One claim of a tree made stricter or looser than it says, all else left as it is: every other draw keeps its key,
/// so that the two trees can be compared replicate by replicate.
extension ScrubTree {
    /// The tree in which the claim's datum is its parent's own.
    ///
    /// - Parameter number: of the claim.
    /// - Returns: nil for the root, for a claim that is exact already, and for one drawn under several parents without
    ///   a condition.
    public func makingExact(_ number: Int) -> ScrubTree? {
        let (claim, datum) = (claims[number], claims[number].datum)
        let given = tables[datum].parent ?? (claim.parents.count == 1 ? claims[claim.parents[0]].datum : nil)
        guard let given, !claim.parents.isEmpty, !claim.parents.contains(where: { claims[$0].datum == datum }) else {
            return nil
        }
        var tree = self
        for other in tree.claims.indices {
            if tree.claims[other].datum == datum { tree.claims[other].datum = given }
            tree.claims[other].others = claims[other].others.renumbered { $0 == datum ? given : $0 }
        }
        for table in tree.tables.indices where tree.tables[table].parent == datum { tree.tables[table].parent = given }
        tree.claims[number].same = .exact
        return tree
    }

    /// The tree in which the claim's datum is any row of D.
    ///
    /// - Parameter number: of the claim.
    /// - Returns: nil for the root, for a claim that is drawn without a condition already, and for one whose datum
    ///   another claim outside its subtree has too.
    public func makingUnconditional(_ number: Int) -> ScrubTree? {
        let datum = claims[number].datum
        guard !claims[number].parents.isEmpty else { return nil }
        var tree = self
        tree.claims[number].same = .any
        if !claims[number].parents.contains(where: { claims[$0].datum == datum }) {
            guard tables[datum].feature != nil else { return nil }
            tree.tables[datum] = Table(key: tables[datum].key)
            return tree
        }
        // Its datum is its parent's: it gets a table of its own, and what hangs on the datum through it follows.
        let followers = followers(of: number)
        guard followers.allSatisfy({ claims[$0].parents.count == 1 }),
            !tables.contains(where: { $0.key == claims[number].path })
        else { return nil }
        let place = datum + 1
        func moved(_ table: Int) -> Int { table >= place ? table + 1 : table }
        tree.tables.insert(Table(key: claims[number].path), at: place)
        for table in tree.tables.indices { tree.tables[table].parent = tree.tables[table].parent.map(moved) }
        for claim in tree.claims.indices {
            tree.claims[claim].datum = moved(claims[claim].datum)
            tree.claims[claim].others = claims[claim].others.renumbered(moved)
        }
        for follower in followers {
            tree.claims[follower].datum = place
            for table in claims[follower].others.tables where tables[table].parent == datum {
                tree.tables[moved(table)].parent = place
            }
            tree.claims[follower].others = claims[follower].others.renumbered { $0 == datum ? place : moved($0) }
            for child in claims[follower].children where tables[claims[child].datum].parent == datum {
                tree.tables[moved(claims[child].datum)].parent = place
            }
        }
        return tree
    }

    /// The claim, and those below it that have its datum.
    private func followers(of number: Int) -> [Int] {
        [number] + claims[number].children.filter { claims[$0].datum == claims[number].datum }.flatMap(followers)
    }
}
