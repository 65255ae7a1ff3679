internal import ScrubCore
internal import ScrubGraph
internal import ScrubOps

/// A member of a division of a node by slices: each of them takes in all of it or nothing.
struct Member {
    var slice: Slice
    /// One of its elements: a position, and of a pattern a source.
    var position: Int
    var source: Int

    /// Whether `slice`, one of those that divide, takes it in.
    func isIn(_ slice: Slice) -> Bool { slice.contains(position: position, source: source) }
}

extension Slice {
    fileprivate func contains(position: Int, source: Int) -> Bool {
        if case .sources(let part) = self { return part.contains(query: position, source: source) }
        return contains(position: position)
    }
}

extension Graph {
    /// The coarsest division of a node such that every slice of `slices` is a union of its members, in the order of
    /// their elements. Of a pattern that slices divide by source, what no slice takes in comes last, as `whole`.
    func division(of node: Int, by slices: [Slice]) -> [Member] {
        let dividing = slices.filter { $0 != .whole }
        if dividing.isEmpty { return [Member(slice: .whole, position: 0, source: 0)] }
        let isBySource = dividing.contains { if case .sources = $0 { true } else { false } }
        let sources = isBySource ? nodes[node].type.shape.count(of: .source) ?? 1 : 1
        var members: [[Bool]: [(position: Int, source: Int)]] = [:]
        for position in 0..<(positions(of: node) ?? 1) {
            for source in 0..<sources {
                let takenIn = dividing.map { $0.contains(position: position, source: source) }
                members[takenIn, default: []].append((position, source))
            }
        }
        func member(_ slice: Slice, _ elements: [(position: Int, source: Int)]) -> Member {
            Member(slice: slice, position: elements[0].position, source: elements[0].source)
        }
        let ordered = members.sorted {
            ($0.value[0].position, $0.value[0].source) < ($1.value[0].position, $1.value[0].source)
        }
        if !isBySource { return ordered.map { member(.positions($0.value.map(\.position)), $0.value) } }
        let taken = ordered.filter { $0.key.contains(true) }.map { takenIn, elements in
            // A slice that none other meets is its own name; what slices have in common has none.
            let alone = zip(dividing, takenIn).filter(\.1).map(\.0)
            let isWhole = members.keys.allSatisfy { key in key == takenIn || !zip(key, takenIn).contains { $0 && $1 } }
            if isWhole, case .sources = alone[0] { return member(alone[0], elements) }
            return member(.sources(.pairs(elements.map { [$0.position, $0.source] })), elements)
        }
        return taken + ordered.filter { !$0.key.contains(true) }.map { member(.whole, $0.value) }
    }
}
