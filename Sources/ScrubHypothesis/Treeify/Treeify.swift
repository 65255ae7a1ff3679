internal import ScrubCore
public import ScrubGraph
internal import ScrubPlan

/// A hypothesis bound to a graph.
public struct Treeified: Sendable {
    public var tree: ScrubTree
    /// By claim of the tree, the claim as written, `[*]` expanded.
    public var claims: [Claim]
}

extension Interpretation {
    /// The most claims that a hypothesis may become: far more than can be read, far fewer than a careless DAG makes.
    public static let mostClaims = 1 << 18

    /// Binds the claims to nodes of `graph` and names every draw.
    ///
    /// Each claim becomes one node of the tree for the path by which it is reached, with its own draw; a shared one
    /// stands once. The result does not depend on the order in which claims stand in the file.
    ///
    /// - Throws: a claim on a node that does not exist, is not reached from its parent by the paths stated, stands on
    ///   another claim's path, or is the same for every datum; a hypothesis that touches nothing.
    /// - Complexity: O(claims × nodes) at most.
    public func treeify(on graph: Graph) throws(HypothesisError) -> Treeified {
        if let elsewhere = root.nodes.first(where: { graph.number(of: $0.value) != graph.output }) {
            throw .rootElsewhere(elsewhere.location, node: elsewhere.value, output: graph.nodes[graph.output].name)
        }
        if root.inputs.isEmpty && root.same.value == .exact {
            throw .touchesNothing(root.location)
        }
        var outline = ClaimOutline(graph: graph)
        _ = try outline.add(
            PlacedClaim(
                claim: root, places: [Place(graph.output)], route: ScrubTree.Route(), name: "output"),
            below: nil)
        var drawing = Drawing(outline: outline, graph: graph, features: features.mapValues(\.value), others: others)
        try drawing.visit(0)
        var treeified = Treeified(tree: drawing.tree, claims: drawing.written)
        var paths = try treeified.checkPaths(on: graph)
        try treeified.checkNames()
        if let clash = drawing.clash { throw clash }
        treeified.tree = treeified.tree.withoutUnreadDraws(&paths)
        return treeified
    }
}

/// The claims with their places and parents, before anything is drawn.
private struct ClaimOutline {
    struct Item {
        var placed: PlacedClaim
        var parents: [Int]
        /// What it is called below each of its parents.
        var names: [String]
        var children: [Int] = []
    }

    let graph: Graph
    var items: [Item] = []
    private var shared: [String: Int] = [:]
    private var below: Reachability

    init(graph: Graph) {
        self.graph = graph
        below = Reachability(graph)
    }

    /// Adds a claim and all below it; a shared one only where it is met first.
    mutating func add(_ placed: PlacedClaim, below parent: Int?) throws(HypothesisError) -> Int {
        let claim = placed.claim
        if let name = claim.shared, let known = shared[name] {
            let first = items[known].placed
            guard first.places == placed.places, first.route == placed.route,
                first.claim.same.value == claim.same.value, first.claim.inputs == claim.inputs,
                first.claim.others?.value == claim.others?.value
            else { throw .sharedDiffers(claim.location, node: claim.name, first: first.claim.location) }
            if let parent {
                items[known].parents.append(parent)
                items[known].names.append(placed.name)
            }
            return known
        }
        let number = items.count
        guard number < Interpretation.mostClaims else {
            throw .tooMany(claim.location, limit: Interpretation.mostClaims)
        }
        items.append(
            Item(placed: placed, parents: parent.map { [$0] } ?? [], names: parent == nil ? [] : [placed.name]))
        if let name = claim.shared { shared[name] = number }
        var children: [PlacedClaim] = []
        for input in claim.inputs { children += try input.placed(below: placed.places, in: graph) }
        for child in children where child.claim.route == .direct {
            // Here, so that an outer mistake is reported before those inside it.
            for place in child.places where !isWired(placed.places, to: place.node) {
                throw graph.notReached(place, child.claim, child.route, below: placed.places, of: claim.name)
            }
        }
        let sorted = children.enumerated().sorted {
            ($0.element.places[0].node, $0.element.name, $0.offset)
                < ($1.element.places[0].node, $1.element.name, $1.offset)
        }
        for (_, child) in sorted { items[number].children.append(try add(child, below: number)) }
        return number
    }

    /// Whether the node is reached from one of the places through wiring alone.
    private mutating func isWired(_ places: [Place], to node: Int) -> Bool {
        for place in places where below.isWired(place.node, to: node) { return true }
        return false
    }
}

/// Claims and tables of the tree as they are drawn, top-down.
private struct Drawing {
    let outline: ClaimOutline
    let graph: Graph
    let features: [String: String]
    let others: OthersPolicy
    var tree = ScrubTree(claims: [], tables: [Table(key: "reference")], agreements: [])
    var written: [Claim] = []
    /// By item of the outline: its claim, and how many parents are still to come.
    private var number: [Int: Int] = [:]
    private var waiting: [Int: Int] = [:]
    /// Keys that are taken, and by name the draws that several claims share.
    private var keys: Set<String> = ["reference", ScrubTree.baseline]
    private var together: [String: Int] = [:]
    /// The first two draws of one key. Told last: two claims on one path have one too, which is the better word for it.
    private(set) var clash: HypothesisError?
    /// Where the claim that is being drawn is written.
    private var place = SourceLocation(file: "")
    /// By claim, the nearest claim that every path to it passes.
    private var ancestor: [Int] = []

    init(outline: ClaimOutline, graph: Graph, features: [String: String], others: OthersPolicy) {
        (self.outline, self.graph, self.features, self.others) = (outline, graph, features, others)
    }

    /// Draws an item once all its parents are drawn, then its children.
    mutating func visit(_ item: Int) throws(HypothesisError) {
        let (placed, all) = (outline.items[item].placed, outline.items[item].parents)
        waiting[item, default: all.count] -= 1
        if waiting[item, default: 0] > 0 { return }
        let parents = all.compactMap { number[$0] }.sorted()
        let paths = zip(all, outline.items[item].names).map { parent, name in
            number[parent].flatMap { $0 == 0 ? nil : "\(tree.claims[$0].path)/\(name)" } ?? name
        }
        let path = paths.min() ?? placed.name
        let given = parents.reduce(nil) { nearest, parent in nearest.map { common($0, parent) } ?? parent }
        let claim = tree.claims.count
        if parents.count > 1, let given { try agree(placed.claim, path, parents, given) }
        ancestor.append(given ?? 0)
        number[item] = claim

        try checkStars(placed.claim)
        place = placed.claim.location
        let from = given.map { tree.claims[$0].datum } ?? 0
        let datum =
            switch placed.claim.same.value {
            case .exact: from
            case .any: draw(path)
            case .feature(let text): draw(path, same: text, as: from)
            }
        let policy = placed.claim.inputs.isEmpty ? nil : placed.claim.others?.value ?? others
        written.append(placed.claim)
        tree.claims.append(
            ScrubTree.Claim(
                path: path, places: placed.places, route: placed.route, parents: parents, children: [],
                same: placed.claim.same.value, datum: datum, others: .none))
        for parent in parents { tree.claims[parent].children.append(claim) }
        if let policy { tree.claims[claim].others = others(policy, placed.places, path, datum) }
        for child in outline.items[item].children { try visit(child) }
    }

    /// The nearest claim that every path to `a` and every path to `b` passes.
    private func common(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while a != b { if a > b { a = ancestor[a] } else { b = ancestor[b] } }
        return a
    }

    /// Notes what D must satisfy for a datum drawn given `top`'s to be one that every claim between permits.
    private mutating func agree(
        _ claim: Claim, _ path: String, _ parents: [Int], _ top: Int
    ) throws(HypothesisError) {
        var between: Set<Int> = []
        var open = parents
        while let next = open.popLast() {
            if next == top { continue }
            if between.insert(next).inserted { open += tree.claims[next].parents }
        }
        for middle in between.sorted() where tree.claims[middle].same != .exact {
            switch (claim.same.value, tree.claims[middle].same) {
            case (.any, _): continue
            case (.exact, _):
                throw .sharedExact(claim.location, node: claim.name, between: written[middle].name)
            case (.feature(let text), let condition):
                var given: String?
                if case .feature(let text) = condition { given = features[text] ?? text }
                tree.agreements.append(
                    ScrubTree.Agreement(
                        claim: path, between: tree.claims[middle].path, feature: features[text] ?? text, given: given))
            }
        }
    }

    /// Throws where a feature still has a `[*]` that no claim above stands for.
    private func checkStars(_ claim: Claim) throws(HypothesisError) {
        if case .feature(let text) = claim.same.value, text.contains(Claim.star) {
            throw .star(claim.same.location, text: text)
        }
        if let others = claim.others, case .same(let text) = others.value, text.contains(Claim.star) {
            throw .star(others.location, text: text)
        }
    }

    private mutating func others(
        _ policy: OthersPolicy, _ places: [Place], _ path: String, _ datum: Int
    ) -> ScrubTree.Others {
        switch policy {
        case .random: return .shared(draw("\(path)/others"))
        case .exact: return .shared(datum)
        case .same(let text): return .shared(draw("\(path)/others", same: text, as: datum))
        case .together(let name):
            let key = "together/\(name)"
            if let drawn = together[name] { return .shared(drawn) }
            let drawn = draw(key)
            together[name] = drawn
            return .shared(drawn)
        case .each:
            var tables: [Int: Int] = [:]
            for place in places {
                for input in graph.directInputs(of: place.node) where tables[input] == nil {
                    tables[input] = draw("\(path)/others/\(graph.nodes[input].name)")
                }
            }
            return .each(tables)
        }
    }

    private mutating func draw(_ key: String, same text: String? = nil, as parent: Int? = nil) -> Int {
        // Names of nodes may be anything, those of draws among them.
        if !keys.insert(key).inserted && clash == nil { clash = .sameDraw(place, key: key) }
        tree.tables.append(Table(key: key, feature: text.map { features[$0] ?? $0 }, parent: parent))
        return tree.tables.count - 1
    }
}
