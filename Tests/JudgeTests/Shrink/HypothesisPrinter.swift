import ScrubCore
import ScrubHypothesis

/// A hypothesis as the text of a file that reads back as it.
struct HypothesisPrinter {
    private var lines: [String] = []

    static func text(_ hypothesis: Hypothesis) -> String {
        var printer = HypothesisPrinter()
        printer.lines.append("model: \(quoted(hypothesis.model.value))")
        printer.lines.append("data: \(members(of: hypothesis.data))")
        printer.lines.append("behaviour: \(members(of: hypothesis.behaviour))")
        if !hypothesis.features.isEmpty {
            printer.lines.append("features:")
            for (name, text) in hypothesis.features.sorted(by: { $0.key < $1.key }) {
                printer.lines.append("  \(quoted(name)): \(quoted(text.value))")
            }
        }
        printer.add(hypothesis.interpretation, named: "interpretation", indent: 0)
        return printer.lines.joined(separator: "\n") + "\n"
    }

    private mutating func add(_ claim: Claim, named name: String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        lines.append("\(margin)\(name):")
        lines.append("\(margin)  same: \(Self.text(claim.same.value))")
        if !claim.inputs.isEmpty {
            lines.append("\(margin)  inputs:")
            for child in claim.inputs { add(child, named: Self.quoted(child.node.value), indent: indent + 4) }
        }
        // Others of a claim without inputs say nothing, and the format refuses them.
        if !claim.inputs.isEmpty { lines.append("\(margin)  others: \(Self.text(claim.others.value))") }
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
            "loss: \(quoted(behaviour.loss.value))", "at: \(positions)", "label: \(quoted(behaviour.label.value))",
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

extension Hypothesis {
    /// The same without the places that it was read from.
    var withoutPlaces: Hypothesis {
        var plain = self
        plain.file = "case"
        plain.model = Located(model.value)
        plain.data.file = Located(data.file.value)
        plain.data.tokens = Located(data.tokens.value)
        plain.data.condition = data.condition.map { Located($0.value) }
        plain.data.weight = data.weight.map { Located($0.value) }
        plain.behaviour.loss = Located(behaviour.loss.value)
        plain.behaviour.positions = Located(behaviour.positions.value)
        plain.behaviour.label = Located(behaviour.label.value)
        plain.behaviour.mask = behaviour.mask.map { Located($0.value) }
        plain.features = features.mapValues { Located($0.value) }
        plain.interpretation = interpretation.mapped { claim in
            Claim(claim.node.value, claim.same.value, claim.inputs, others: claim.others.value)
        }
        plain.interpretation.node = Located("output")
        return plain
    }
}
