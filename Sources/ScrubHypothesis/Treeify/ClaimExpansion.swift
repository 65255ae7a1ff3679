internal import ScrubCore
internal import ScrubGraph

/// A claim with the places that its nodes mean below its parent; `[*]` is one claim for each position or head.
struct PlacedClaim {
    var claim: Claim
    var places: [Place]
    var route: ScrubTree.Route
    /// Canonical, from the parent: `a1.h0`, `input[1]`, `a1.h[5,6]`, `m0(via m1)`.
    var name: String
}

extension Claim {
    /// What stands for the number of the position or head in a feature below a claim on each.
    static let star = "[*]"

    /// The claim with every `[*]` of its features replaced, down to claims that are themselves on each position.
    fileprivate func numbered(_ number: Int) -> Claim {
        func numbered(_ text: String) -> String { text.replacing(Self.star, with: "[\(number)]") }
        var claim = self
        if case .feature(let text) = same.value { claim.same.value = .feature(numbered(text)) }
        if let others, case .same(let text) = others.value { claim.others?.value = .same(numbered(text)) }
        claim.inputs = inputs.map { input in
            input.nodes.contains { $0.value.contains(Self.star) } ? input : input.numbered(number)
        }
        return claim
    }

    /// The claims that this one means below any of `parents`, in the order of positions or heads.
    ///
    /// - Throws: a name or slice that means nothing there.
    func placed(below parents: [Place], in graph: Graph) throws(HypothesisError) -> [PlacedClaim] {
        var whole: [Place] = []
        var each: [[Place]] = []
        for name in nodes {
            for parent in parents {
                let reference = try NodeReference(name, below: parent.node, in: graph)
                for (number, node) in reference.nodes.enumerated() {
                    let selection = try reference.selection(of: node, name, in: graph)
                    guard case .some(let slice) = selection, !reference.isEachHead else {
                        guard nodes.count == 1, !(selection == .each && reference.isEachHead) else {
                            throw .slice(
                                name.location, node: name.value, text: "*", expected: "one [*], of one node, in a claim"
                            )
                        }
                        if case .some(let slice) = selection {
                            each.add(Place(node, slice), at: number)
                        } else {
                            let count = graph.positions(of: node) ?? 0
                            for position in 0..<count {
                                each.add(Place(node, count == 1 ? .whole : .positions([position])), at: position)
                            }
                        }
                        continue
                    }
                    if !whole.contains(Place(node, slice)) { whole.append(Place(node, slice)) }
                }
            }
        }
        let route = try route(below: parents, in: graph)
        func placed(_ claim: Claim, _ places: [Place]) throws(HypothesisError) -> PlacedClaim {
            for place in places where !graph.nodes[place.node].dependsOnData {
                throw .constant(location, node: name)
            }
            guard !places.isEmpty else { throw .noNode(claim.location) }
            let places = places.united.sorted { ($0.node, $0.slice.description) < ($1.node, $1.slice.description) }
            return PlacedClaim(
                claim: claim, places: places, route: route,
                name: graph.canonicalName(of: places, below: parents) + graph.text(of: route))
        }
        if each.isEmpty { return [try placed(self, whole)] }
        var claims: [PlacedClaim] = []
        for (number, places) in each.enumerated() {
            var claim = numbered(number)
            // One that is shared is shared position by position.
            claim.shared = shared.map { "\($0)[\(number)]" }
            claims.append(try placed(claim, places))
        }
        return claims
    }

    private func route(below parents: [Place], in graph: Graph) throws(HypothesisError) -> ScrubTree.Route {
        func group(_ name: Located<String>) throws(HypothesisError) -> [Place] {
            var places: [Place] = []
            for parent in parents {
                let reference = try NodeReference(name, below: parent.node, in: graph)
                for node in reference.nodes {
                    guard case .some(let slice) = try reference.selection(of: node, name, in: graph),
                        !reference.isEachHead
                    else {
                        throw .slice(name.location, node: name.value, text: "*", expected: "a node, a slice or a group")
                    }
                    if !places.contains(Place(node, slice)) { places.append(Place(node, slice)) }
                }
            }
            return places
        }
        guard route.via.count < 64 else {
            throw .slice(
                route.via[0].location, node: name, text: "\(route.via.count)", expected: "at most 63 nodes in via")
        }
        var bound = ScrubTree.Route(isDirect: route.scope == .direct)
        for name in route.via { bound.via.append(try group(name)) }
        for name in route.avoiding { bound.avoiding += try group(name) }
        // From the claim down, so that the order in the file does not matter.
        bound.via.sort { a, b in
            let (low, high) = (a.map(\.node).max() ?? 0, b.map(\.node).max() ?? 0)
            return low == high ? graph.text(a) < graph.text(b) : low > high
        }
        bound.avoiding.sort { ($0.node, $0.slice.description) < ($1.node, $1.slice.description) }
        return bound
    }
}

extension [Place] {
    /// Positions of one node as one slice.
    fileprivate var united: [Place] {
        var united: [Place] = []
        for place in self {
            guard let known = united.firstIndex(where: { $0.node == place.node && $0.slice.isOfPositions }),
                case .positions(let some) = united[known].slice, case .positions(let more) = place.slice
            else {
                united.append(place)
                continue
            }
            united[known].slice = .positions(Set(some + more).sorted())
        }
        return united
    }
}

extension Slice {
    fileprivate var isOfPositions: Bool { if case .positions = self { true } else { false } }
}

extension [[Place]] {
    fileprivate mutating func add(_ place: Place, at number: Int) {
        while count <= number { append([]) }
        if !self[number].contains(place) { self[number].append(place) }
    }
}

extension Graph {
    /// What tells a claim from one on the same node by other paths.
    fileprivate func text(of route: ScrubTree.Route) -> String {
        if route.via.isEmpty { return "" }
        return "(\(route.isDirect ? "directly via" : "via") \(route.via.map(text).joined(separator: ", ")))"
    }

    fileprivate func text(_ group: [Place]) -> String { group.map(text).joined(separator: "|") }

    /// What a path calls places that one claim holds: heads of one layer as a group, others joined by `+`.
    fileprivate func canonicalName(of places: [Place], below parents: [Place]) -> String {
        let parent = parents.first?.node ?? output
        if let slice = places.first?.slice, places.allSatisfy({ $0.slice == slice }) {
            return groupName(places.map(\.node), below: parents) + slice.description
        }
        return places.map { pathName(of: $0.node, below: parent) + $0.slice.description }.joined(separator: "+")
    }

    private func groupName(_ group: [Int], below parents: [Place]) -> String {
        var names: [String] = []
        for node in group {
            // A part by its short name where that means just these below the parents.
            let short = parents.map { pathName(of: node, below: $0.node) }.min { $0.count < $1.count }
            let isShort = parents.allSatisfy { parent in
                short.flatMap { resolve($0, below: parent.node) }.map(group.contains) ?? false
            }
            let name = isShort ? short ?? nodes[node].name : nodes[node].name
            if !names.contains(name) { names.append(name) }
        }
        let split = names.map { $0.split(separator: ".", omittingEmptySubsequences: false) }
        let (layers, heads) = (
            Set(split.map { $0[0] }), split.compactMap { $0.count == 2 ? Int($0[1].dropFirst()) : nil }
        )
        if names.count > 1, layers.count == 1, heads.count == names.count, split.allSatisfy({ $0[1].first == "h" }) {
            return "\(split[0][0]).h[\(Slice.text(heads.sorted()))]"
        }
        return names.joined(separator: "+")
    }
}
