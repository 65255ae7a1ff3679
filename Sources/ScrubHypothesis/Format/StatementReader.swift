internal import ScrubCore
internal import Yams

/// Reads what a hypothesis says of its data.
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
}
