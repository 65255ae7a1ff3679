import ScrubCore
import ScrubGraph
import ScrubHypothesis

/// A hypothesis as the text of a file that reads back as it.
struct HypothesisPrinter {
    /// Names of shared claims that stand in lists, whose bodies therefore name their nodes.
    private let listed: Set<String>

    static func text(_ hypothesis: Hypothesis) -> String {
        let printer = HypothesisPrinter(listed: hypothesis.interpretation.listedShares)
        var lines = ["model: \(quoted(hypothesis.model.value))"]
        lines.append("data: \(members(of: hypothesis.data))")
        lines.append("behaviour: \(members(of: hypothesis.behaviour))")
        if !hypothesis.features.isEmpty {
            lines.append("features:")
            for (name, text) in hypothesis.features.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(quoted(name)): \(quoted(text.value))")
            }
        }
        if hypothesis.others != .random { lines.append("defaults: {others: \(text(hypothesis.others))}") }
        let shares = hypothesis.interpretation.shares
        if !shares.isEmpty { lines.append("claims:") }
        for (name, claim) in shares.sorted(by: { $0.key < $1.key }) {
            lines += ["  \(name):"] + indented(printer.body(claim, namesNode: printer.listed.contains(name)), by: 4)
            lines.append("    shared: true")
        }
        lines += ["interpretation:"] + indented(printer.body(hypothesis.interpretation, namesNode: false), by: 2)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func indented(_ lines: [String], by count: Int) -> [String] {
        lines.map { String(repeating: " ", count: count) + $0 }
    }

    /// The members of a claim.
    private func body(_ claim: Claim, namesNode: Bool) -> [String] {
        var lines = namesNode ? ["node: \(Self.list(claim.nodes))"] : []
        lines.append("same: \(Self.text(claim.same.value))")
        let route = claim.route
        let usual: Route.Scope = route.via.isEmpty && route.avoiding.isEmpty ? .direct : .all
        if route.scope != usual { lines.append("paths: \(route.scope == .all ? "all" : "direct")") }
        if !route.via.isEmpty { lines.append("via: \(Self.list(route.via))") }
        if !route.avoiding.isEmpty { lines.append("avoiding: \(Self.list(route.avoiding))") }
        if !claim.inputs.isEmpty { lines.append("inputs:") }
        for child in claim.inputs {
            if claim.needsList(listed) {
                let item = child.shared.map { [$0] } ?? body(child, namesNode: true)
                lines += zip(["  - "] + item.dropFirst().map { _ in "    " }, item).map { $0 + $1 }
            } else if let name = child.shared {
                lines.append("  \(Self.quoted(child.nodes[0].value)): \(name)")
            } else {
                lines.append("  \(Self.quoted(child.nodes[0].value)):")
                lines += Self.indented(body(child, namesNode: false), by: 4)
            }
        }
        if let others = claim.others { lines.append("others: \(Self.text(others.value))") }
        return lines
    }

    private static func list(_ names: [Located<String>]) -> String {
        let texts = names.map { quoted($0.value) }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }

    private static func members(of data: DataStatement) -> String {
        var members = ["file: \(quoted(data.file.value))", "tokens: \(quoted(data.tokens.value))"]
        if let condition = data.condition { members.append("where: \(quoted(condition.value))") }
        if let weight = data.weight { members.append("weight: \(quoted(weight.value))") }
        return "{\(members.joined(separator: ", "))}"
    }

    private static func members(of behaviour: BehaviourStatement) -> String {
        let positions =
            switch behaviour.positions.value {
            case .all: "all"
            case .last: "last"
            case .list(let list): "[\(list.map(String.init).joined(separator: ", "))]"
            }
        var members = [
            "measure: \(behaviour.measure.value.rawValue)", "at: \(positions)",
            "label: \(quoted(behaviour.label.value))",
        ]
        if let mask = behaviour.mask { members.append("mask: \(quoted(mask.value))") }
        if behaviour.shift != 0 { members.append("shift: \(behaviour.shift)") }
        return "{\(members.joined(separator: ", "))}"
    }

    private static func text(_ condition: Condition) -> String {
        switch condition {
        case .exact: "exact"
        case .any: "any"
        case .feature(let text): quoted(text)
        }
    }

    private static func text(_ policy: OthersPolicy) -> String {
        switch policy {
        case .random, .exact, .each: policy.description
        case .together(let name): "{together: \(quoted(name))}"
        case .same(let feature): "{same: \(quoted(feature))}"
        }
    }

    /// Plain where YAML reads it as the same text; otherwise in double quotes, whose escapes are those of JSON.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._/".contains($0)) }
        return isPlain ? text : jsonQuoted(text)
    }
}

extension Claim {
    /// Whether the inputs must be written as a list, where claims name their nodes.
    fileprivate func needsList(_ listed: Set<String>) -> Bool {
        Set(inputs.map { $0.nodes[0].value }).count < inputs.count
            || inputs.contains { $0.nodes.count > 1 || $0.shared.map(listed.contains) == true }
    }

    /// One of each shared claim, by name.
    fileprivate var shares: [String: Claim] {
        inputs.reduce(into: [:]) { shares, input in
            if let name = input.shared { shares[name] = input }
            shares.merge(input.shares) { first, _ in first }
        }
    }

    /// The shared claims that stand in a list somewhere.
    fileprivate var listedShares: Set<String> {
        var listed: Set<String> = []
        func visit(_ claim: Claim) {
            if claim.needsList(listed) { listed.formUnion(claim.inputs.compactMap(\.shared)) }
            claim.inputs.forEach(visit)
        }
        // A claim that stands in one list makes a list of every place where it stands.
        while true {
            let before = listed
            visit(self)
            if listed == before { return listed }
        }
    }
}

extension Hypothesis {
    /// The same without the places that it was read from.
    var withoutPlaces: Hypothesis {
        func plain<T>(_ located: Located<T>) -> Located<T> { Located(located.value) }
        var plainest = self
        plainest.file = "case"
        plainest.model = plain(model)
        plainest.data.file = plain(data.file)
        plainest.data.tokens = plain(data.tokens)
        plainest.data.condition = data.condition.map(plain)
        plainest.data.weight = data.weight.map(plain)
        plainest.behaviour.measure = plain(behaviour.measure)
        plainest.behaviour.positions = plain(behaviour.positions)
        plainest.behaviour.label = plain(behaviour.label)
        plainest.behaviour.mask = behaviour.mask.map(plain)
        plainest.features = features.mapValues(plain)
        plainest.interpretation =
            interpretation.mapped { claim in
                var claim = claim
                claim.nodes = claim.nodes.map(plain)
                claim.route.via = claim.route.via.map(plain)
                claim.route.avoiding = claim.route.avoiding.map(plain)
                claim.same = plain(claim.same)
                claim.others = claim.others.map(plain)
                return claim
            }.renamingShared
        return plainest
    }
}
