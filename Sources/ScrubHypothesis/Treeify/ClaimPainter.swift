internal import ScrubGraph
internal import ScrubPlan

/// Makes pictures of claims, several of one kind at once.
struct ClaimPainter {
    let tree: ScrubTree
    let graph: Graph
    let classes: [String: ClassSizes]
    let fold: Int
    private var paths: Paths
    private var shown: Set<Int> = []

    init(tree: ScrubTree, graph: Graph, classes: [String: ClassSizes], fold: Int) {
        (self.tree, self.graph, self.classes, self.fold) = (tree, graph, classes, fold)
        paths = Paths(tree, on: graph)
    }

    /// Of claims that look alike: they differ by the number of a position or head alone.
    ///
    /// - Parameter inherited: that number of the first, where a claim above has it.
    mutating func picture(of claims: [Int], inherited: Int? = nil) -> ClaimPicture {
        // One claim of `[*]` is shown with its number, several without.
        let number = claims.count == 1 ? nil : number(tree.claims[claims[0]]) ?? inherited
        let data = tables(claims.map { tree.claims[$0].datum })
        let isDrawn = tree.claims[claims[0]].same != .exact
        let classes = isDrawn ? hull(claims.map { tree.claims[$0].datum }) : nil
        var picture = ClaimPicture(
            role: .claim, claims: claims, name: name(claims), tables: data, draw: draw(claims, number),
            classes: classes)
        if !shown.insert(claims[0]).inserted {
            picture.role = .again
            return picture
        }
        for group in groups(claims) { picture.children.append(self.picture(of: group, inherited: number)) }
        if let others = others(claims, number) { picture.children.append(others) }
        return picture
    }

    private func tables(_ numbers: [Int]) -> [Int] { Set(numbers).sorted() }

    private func hull(_ tables: [Int]) -> ClassSizes? {
        tables.compactMap { tree.tables[$0].feature.flatMap { classes[$0] } }.reduce(nil) { $0?.union($1) ?? $1 }
    }

    // MARK: Names

    private func name(_ claims: [Int]) -> String {
        let first = tree.claims[claims[0]]
        if claims[0] == 0 { return graph.nodes[first.node].name }
        var name = String(first.path.split(separator: "/").last ?? "")
        if claims.count > 1, let number = number(first) {
            let numbers = ClaimPicture.ranges(claims.compactMap { self.number(tree.claims[$0]) }.sorted())
            let all = "[\(numbers.joined(separator: ","))]"
            name =
                name.contains("[\(number)]")
                ? name.replacing("[\(number)]", with: all) : name.dropLast("\(number)".count) + all
        }
        if !first.route.isDirect && first.route.via.isEmpty && first.route.avoiding.isEmpty { name += " by all paths" }
        if !first.route.avoiding.isEmpty {
            name += " avoiding \(first.route.avoiding.map(graph.text).joined(separator: ", "))"
        }
        return name
    }

    /// What stands for `[*]` in a claim: its one position, or the number of its head.
    private func number(_ claim: ScrubTree.Claim) -> Int? {
        if case .positions(let positions) = claim.places[0].slice {
            let isAlone = positions.count == 1 && claim.places.allSatisfy { $0.slice == claim.places[0].slice }
            return isAlone ? positions[0] : nil
        }
        let parts = graph.nodes[claim.node].name.split(separator: ".")
        guard claim.places.count == 1, parts.count == 2, parts[1].first == "h" else { return nil }
        return Int(parts[1].dropFirst())
    }

    // MARK: Draws

    private func draw(_ claims: [Int], _ starred: Int?) -> String {
        let claim = tree.claims[claims[0]]
        if claims[0] == 0 && claim.same == .exact { return "the reference" }
        switch claim.same {
        case .exact: return "exact"
        case .any: return "any"
        case .feature(let text):
            return "same \(star(text, starred)) as \(given(claims.map { tree.claims[$0].datum }))"
        }
    }

    private func given(_ data: [Int]) -> String {
        ClaimPicture.text(tables(data.compactMap { tree.tables[$0].parent }))
    }

    private func star(_ text: String, _ number: Int?) -> String {
        number.map { text.replacing("[\($0)]", with: "[*]") } ?? text
    }

    private mutating func others(_ claims: [Int], _ starred: Int?) -> ClaimPicture? {
        let drawn = claims.flatMap { claim -> [Int] in
            switch tree.claims[claim].others {
            case .none: []
            case .shared(let table): [table]
            case .each(let tables): Array(tables.values)
            }
        }
        guard let table = drawn.first else { return nil }
        let first = tree.claims[claims[0]]
        let isExact = first.others == .shared(first.datum)
        // Nothing is left for them where claims take every path.
        if isExact && !paths.leaveSome(below: claims[0]) { return nil }
        var draw = "any"
        if case .each(let each) = first.others {
            draw = "any, one for each of \(each.keys.sorted().map { graph.nodes[$0].name }.joined(separator: ", "))"
        } else if isExact {
            draw = "exact"
        } else if let feature = tree.tables[table].feature {
            draw = "same \(star(feature, starred)) as \(given(drawn))"
        } else if let name = tree.tables[table].key.wholeMatch(of: /together\/(.*)/)?.1 {
            draw = "any, together: \(name)"
        }
        return ClaimPicture(
            role: .others, claims: claims, name: "others", tables: tables(drawn), draw: draw,
            classes: isExact ? nil : hull(drawn))
    }

    // MARK: Folding

    /// The children of claims that look alike, those that look alike together.
    private func groups(_ claims: [Int]) -> [[Int]] {
        func order(_ claim: Int) -> (Int, Int) {
            if case .positions(let positions) = tree.claims[claim].places[0].slice {
                return (tree.claims[claim].node, positions[0])
            }
            return (tree.claims[claim].node, 0)
        }
        let children = claims.map { tree.claims[$0].children.sorted { order($0) < order($1) } }
        var known: [String: Int] = [:]
        var groups: [[Int]] = []
        // Alike claims have alike children, in one order; of theirs, those that one [*] made follow one another.
        for place in children[0].indices {
            let signature = signature(children[0][place], nil)
            let members = children.map { $0[place] }
            if let group = known[signature] {
                groups[group] += members
            } else {
                known[signature] = groups.count
                groups.append(members)
            }
        }
        return groups.flatMap { group in group.count < fold * claims.count ? group.chunked(claims.count) : [group] }
    }

    /// What a claim looks like, numbers of positions and heads left out.
    private func signature(_ claim: Int, _ inherited: Int?) -> String {
        let item = tree.claims[claim]
        if item.parents.count > 1 { return "shared \(claim)" }
        let own = number(item)
        func plain(_ text: String) -> String { star(text, own ?? inherited) }
        var parts = [item.places.map { own == nil ? graph.text($0) : kind($0) }.joined(separator: "+")]
        if case .feature(let text) = item.same {
            parts.append("same \(plain(text))")
        } else {
            parts.append("\(item.same)")
        }
        parts.append("\(item.route)")
        switch item.others {
        case .none: break
        case .shared(let table):
            let drawn = tree.tables[table]
            parts.append(
                table == item.datum
                    ? "exact" : drawn.key.hasPrefix("together/") ? drawn.key : plain(drawn.feature ?? "any"))
        case .each(let tables): parts.append("each \(tables.keys.sorted())")
        }
        return parts.joined(separator: "|") + "("
            + item.children.map { signature($0, own ?? inherited) }.sorted().joined() + ")"
    }

    private func kind(_ place: Place) -> String {
        let name = graph.nodes[place.node].name
        return place.slice == .whole ? String(name.prefix { $0 != "." }) : name
    }
}

extension Array {
    fileprivate func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
