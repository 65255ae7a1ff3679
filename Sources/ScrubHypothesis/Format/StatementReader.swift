internal import ScrubCore
internal import Yams

/// Reads what a hypothesis says of its data and of the behaviour it measures.
struct StatementReader {
    let yaml: YAMLReader

    /// A path, or `{file: PATH, tokens: COLUMN, where: SQL, weight: COLUMN}`.
    func data(_ node: Node) throws(HypothesisError) -> DataStatement {
        let tokens = Located("tokens", yaml.place(node))
        var statement = DataStatement(file: tokens, tokens: tokens)
        statement.namesTokens = false
        if case .scalar = node {
            statement.file = try yaml.text(node, key: "data")
            return statement
        }
        var file: Located<String>?
        for (key, value) in try yaml.members(node, of: "data", known: ["file", "tokens", "where", "weight"]) {
            let text = try yaml.text(value, key: key.value)
            switch key.value {
            case "file": file = text
            case "tokens": (statement.tokens, statement.namesTokens) = (text, true)
            case "where": statement.condition = text
            default: statement.weight = text
            }
        }
        guard let file else { throw .missing(yaml.place(node), key: "file", of: "data") }
        statement.file = file
        return statement
    }

    /// `{loss: NAME, at: last | all | INTEGER | [INTEGER], label: COLUMN, mask: COLUMN, shift: INTEGER}`.
    func behaviour(_ node: Node) throws(HypothesisError) -> BehaviourStatement {
        var loss: Located<String>?
        var label: Located<String>?
        var statement = BehaviourStatement(
            loss: Located("", yaml.place(node)), positions: Located(.all, yaml.place(node)),
            label: Located("", yaml.place(node)))
        for (key, value) in try yaml.members(node, of: "behaviour", known: ["loss", "at", "label", "mask", "shift"]) {
            switch key.value {
            case "loss": loss = try yaml.text(value, key: "loss")
            case "at": statement.positions = Located(try positions(value), yaml.place(value))
            case "label": label = try yaml.text(value, key: "label")
            case "mask": statement.mask = try yaml.text(value, key: "mask")
            default:
                statement.shift = try yaml.integer(value, key: "shift")
                if statement.shift < 0 {
                    throw .value(yaml.place(value), key: "shift", found: "\(statement.shift)", expected: "0 or more")
                }
            }
        }
        guard let loss else { throw .missing(yaml.place(node), key: "loss", of: "behaviour") }
        guard let label else { throw .missing(yaml.place(node), key: "label", of: "behaviour") }
        (statement.loss, statement.label) = (loss, label)
        return statement
    }

    private func positions(_ node: Node) throws(HypothesisError) -> BehaviourStatement.Positions {
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
