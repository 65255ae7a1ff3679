import ScrubHypothesis

/// By which paths a claim is reached from its parent's places.
struct JudgedRoute: Hashable, Sendable {
    var isDirect = true
    var via: [[JudgedPlace]] = []
    var avoiding: [JudgedPlace] = []
}

/// One claim, its names read: where it stands, and what it draws.
struct JudgedClaim: Sendable {
    struct Parent: Hashable, Sendable {
        var claim: Int
        /// What a path through this parent calls the claim.
        var name: String
    }

    /// Where inputs that no child claims take their datum from.
    enum Others: Hashable, Sendable {
        case table(String)
        /// By direct input: this key, a slash, the input's name.
        case each(String)
    }

    /// As written, every `[*]` of its features replaced.
    var written: Claim
    var places: [JudgedPlace]
    var route: JudgedRoute
    /// None for the root, several for a claim that is drawn once under all of them.
    var parents: [Parent]
    var children: [Int] = []
    /// The least of its canonical paths.
    var key = ""
    /// The draw of the datum that it is given.
    var given = ""
    /// The draw of its own datum.
    var datum = ""
    /// Nil for a claim without children.
    var others: Others?
    /// Whether its other inputs stay on its own datum.
    var keepsOthers = false
}

extension JudgedNames {
    /// A claim as it stands once below its parent; several of them for `[*]`.
    struct Placed {
        var written: Claim
        var places: [JudgedPlace]
        var route: JudgedRoute
        var name: String
    }

    func placed(_ claim: Claim, below parents: [JudgedPlace]) throws(JudgeError) -> [Placed] {
        var whole: [JudgedPlace] = []
        var each: [Int: [JudgedPlace]] = [:]
        for node in claim.nodes {
            for parent in parents {
                let reading = try read(node.value, below: parent.site)
                guard reading.isEachHead || reading.isEachPosition else {
                    whole += reading.places.map { $0[0] }
                    continue
                }
                if claim.nodes.count > 1 { throw JudgeError(.name, "[*] among several nodes") }
                for (head, places) in reading.places.enumerated() {
                    for (position, place) in places.enumerated() {
                        each[reading.isEachHead ? head : position, default: []].append(place)
                    }
                }
            }
        }
        let route = try route(of: claim, below: parents)
        func placed(_ written: Claim, _ places: [JudgedPlace]) -> Placed {
            let places = Set(places).sorted { ($0.site, $0.slice) < ($1.site, $1.slice) }
            return Placed(
                written: written, places: places, route: route, name: name(of: places, route, below: parents))
        }
        if each.isEmpty { return [placed(claim, whole)] }
        return each.sorted { $0.key < $1.key }.map { number, places in
            var one = claim.numbered(number)
            // Each of them is shared for itself.
            one.shared = claim.shared.map { "\($0) \(number)" }
            return placed(one, places)
        }
    }

    private func route(of claim: Claim, below parents: [JudgedPlace]) throws(JudgeError) -> JudgedRoute {
        func group(_ text: String) throws(JudgeError) -> Set<JudgedPlace> {
            var places: Set<JudgedPlace> = []
            for parent in parents {
                let reading = try read(text, below: parent.site)
                if reading.isEachHead || reading.isEachPosition { throw JudgeError(.name, "[*] in a route") }
                places.formUnion(reading.places.map { $0[0] })
            }
            return places
        }
        var route = JudgedRoute(isDirect: claim.route.scope == .direct)
        for name in claim.route.via {
            route.via.append(try group(name.value).sorted { ($0.site, $0.slice) < ($1.site, $1.slice) })
        }
        route.via.sort { a, b in
            let (low, high) = (a.last?.site ?? 0, b.last?.site ?? 0)
            return low == high ? text(a) < text(b) : low > high
        }
        var avoiding: Set<JudgedPlace> = []
        for name in claim.route.avoiding { avoiding.formUnion(try group(name.value)) }
        route.avoiding = avoiding.sorted { ($0.site, $0.slice) < ($1.site, $1.slice) }
        return route
    }

    // MARK: Canonical names

    private func text(_ group: [JudgedPlace]) -> String {
        group.map { transformer.sites[$0.site].name + $0.slice }.joined(separator: "|")
    }

    private func name(of places: [JudgedPlace], _ way: JudgedRoute, below parents: [JudgedPlace]) -> String {
        let passed = way.via.map(text).joined(separator: ", ")
        let route = way.via.isEmpty ? "" : way.isDirect ? "(directly via \(passed))" : "(via \(passed))"
        if Set(places.map(\.slice)).count == 1 {
            return name(of: places.map(\.site), below: parents.map(\.site)) + places[0].slice + route
        }
        let first = transformer.sites[parents[0].site].owner
        let names = places.map { place in
            let site = transformer.sites[place.site]
            return (!site.isComponent && site.owner == first ? site.part : site.name) + place.slice
        }
        return names.joined(separator: "+") + route
    }

    /// Heads of one layer as a group; a part that is meant in every parent by the part's name.
    private func name(of group: [Int], below parents: [Int]) -> String {
        let owners = parents.map { transformer.sites[$0].owner }
        var names: [String] = []
        for number in group {
            let site = transformer.sites[number]
            let isEverywhere = owners.allSatisfy { owner in
                transformer.number(of: "\(owner).\(site.part)").map(group.contains) ?? false
            }
            let isShort = !site.isComponent && owners.contains(site.owner) && isEverywhere
            let name = isShort ? site.part : site.name
            if !names.contains(name) { names.append(name) }
        }
        let heads = group.compactMap { transformer.headNumber($0) }
        if names.count > 1, heads.count == group.count, Set(heads.map(\.layer)).count == 1 {
            return "a\(heads[0].layer).h[\(Self.text(heads.map(\.head).sorted()))]"
        }
        return names.joined(separator: "+")
    }
}

extension JudgeTransformer {
    /// The layer and number of a head; nil for any other node.
    func headNumber(_ site: Int) -> (layer: Int, head: Int)? {
        let pieces = sites[site].name.split(separator: ".")
        guard pieces.count == 2, pieces[1].first == "h", let head = Int(pieces[1].dropFirst()),
            let layer = Int(pieces[0].dropFirst())
        else { return nil }
        return (layer, head)
    }
}

extension Claim {
    /// The claim with `[*]` of its features replaced by a number, down to claims that are `[*]` themselves.
    func numbered(_ number: Int) -> Claim {
        func text(_ text: String) -> String { text.replacing("[*]", with: "[\(number)]") }
        var claim = self
        if case .feature(let feature) = same.value { claim.same = Located(.feature(text(feature))) }
        if case .same(let feature) = others?.value { claim.others = Located(.same(text(feature))) }
        claim.inputs = inputs.map { input in
            input.nodes.contains { $0.value.contains("[*]") } ? input : input.numbered(number)
        }
        return claim
    }
}
