internal import ScrubCore
internal import ScrubGraph
internal import Yams

/// Reads what a hypothesis measures.
struct BehaviourReader {
    let yaml: YAMLReader

    /// `{measure: NAME, at: last | all | INTEGER | [INTEGER], label: COLUMN, mask: COLUMN, shift: INTEGER, against:
    /// COLUMN | others, logit: INTEGER}`; `loss` is another word for `measure`.
    func behaviour(_ node: Yams.Node) throws(HypothesisError) -> BehaviourStatement {
        try statement(node, of: "behaviour", inheriting: nil)
    }

    /// A list whose members are names of measures, or mappings as the behaviour's. What one does not say is as the
    /// behaviour's, where its measure takes it.
    func also(_ node: Yams.Node, besides behaviour: BehaviourStatement) throws(HypothesisError) -> [BehaviourStatement]
    {
        guard case .sequence(let items) = node else {
            throw .value(yaml.place(node), key: "also", found: yaml.describe(node), expected: "a list of measures")
        }
        var statements: [BehaviourStatement] = []
        for item in items {
            if case .scalar = item {
                statements.append(behaviour.measuring(try measure(item, key: "also")))
            } else {
                statements.append(try statement(item, of: "also", inheriting: behaviour))
            }
        }
        return statements
    }

    private func statement(
        _ node: Yams.Node, of owner: String, inheriting behaviour: BehaviourStatement?
    ) throws(HypothesisError) -> BehaviourStatement {
        let known = ["measure", "loss", "at", "label", "mask", "shift", "against", "logit"]
        let members = try yaml.members(node, of: owner, known: known)
        let names = members.filter { ["measure", "loss"].contains($0.key.value) }
        guard let (key, name) = names.first else { throw .missing(yaml.place(node), key: "measure", of: owner) }
        if names.count > 1 {
            throw .value(
                names[1].key.location, key: names[1].key.value, found: "given beside \"\(key.value)\"",
                expected: "one of the two")
        }
        let measure = try measure(name, key: key.value)
        let labels = members.first { $0.key.value == "label" }.map(\.value)
        let label = try labels.map { (node) throws(HypothesisError) in try yaml.text(node, key: "label") }
        guard let label = label ?? behaviour?.label else { throw .missing(yaml.place(node), key: "label", of: owner) }
        var statement =
            behaviour?.measuring(measure)
            ?? BehaviourStatement(measure: measure, positions: Located(.all, yaml.place(node)), label: label)
        statement.label = label
        for (key, value) in members {
            switch key.value {
            case "at": statement.positions = Located(try positions(value), yaml.place(value))
            case "mask": statement.mask = try yaml.text(value, key: "mask")
            case "against": statement.against = try yaml.text(value, key: "against")
            case "logit": statement.logit = Located(try yaml.integer(value, key: "logit"), yaml.place(value))
            case "shift":
                statement.shift = try yaml.integer(value, key: "shift")
                if statement.shift < 0 {
                    throw .value(yaml.place(value), key: "shift", found: "\(statement.shift)", expected: "0 or more")
                }
            default: break
            }
        }
        return statement
    }

    private func measure(_ node: Yams.Node, key: String) throws(HypothesisError) -> Located<Measure> {
        let name = try yaml.text(node, key: key)
        guard let measure = Measure(rawValue: name.value) else {
            throw .unknownMeasure(name.location, name: name.value)
        }
        return Located(measure, name.location)
    }

    private func positions(_ node: Yams.Node) throws(HypothesisError) -> BehaviourStatement.Positions {
        switch node {
        case .scalar(let scalar) where scalar.string == "all": return .all
        case .scalar(let scalar) where scalar.string == "last": return .last
        case .scalar(let scalar) where Int(scalar.string) != nil: return .list([try yaml.integer(node, key: "at")])
        case .sequence(let items) where !items.isEmpty:
            var list: [Int] = []
            for item in items { list.append(try yaml.integer(item, key: "at")) }
            return .list(list)
        default:
            throw .value(
                yaml.place(node), key: "at",
                found: node.sequence?.isEmpty == true ? "an empty list" : yaml.describe(node),
                expected: "all, last, a position or a list of positions")
        }
    }
}
