/// One datum of a random dataset, before any condition on the rows.
struct TinyRow: Hashable, Sendable {
    /// [position]
    var tokens: [Int]
    /// The columns c0, c1 and c2.
    var columns: [Int?]
    /// [position]
    var labels: [Int]
    /// [position, output]
    var targets: [Double]
    /// [position], 0 or 1.
    var mask: [Int]
    var weight: Double
    /// Whether the condition `kept = 1` holds.
    var isKept: Bool

    /// The row as a line of the dataset's file.
    var json: String {
        func list<T>(_ values: [T]) -> String { "[\(values.map { "\($0)" }.joined(separator: ", "))]" }
        let columns = columns.enumerated().map { "\"c\($0)\": \($1.map(String.init) ?? "null")" }
        let members = [
            "\"tokens\": \(list(tokens))", columns.joined(separator: ", "), "\"labels\": \(list(labels))",
            "\"targets\": \(list(targets))", "\"mask\": \(list(mask))", "\"weight\": \(weight)",
            "\"kept\": \(isKept ? 1 : 0)",
        ]
        return "{\(members.joined(separator: ", "))}\n"
    }
}

/// A feature that claims may name: how the file writes it, and its value as the judge reckons it.
struct TinyFeature: Sendable {
    /// What a claim says: a column, a named feature, or an expression.
    var text: String
    /// The SQL behind a named feature.
    var definition: String?
    /// Rows with equal values are alike.
    var value: @Sendable (TinyRow) -> [Int?]

    static let all: [TinyFeature] = [
        TinyFeature(text: "c0") { [$0.columns[0]] },
        TinyFeature(text: "c1") { [$0.columns[1]] },
        TinyFeature(text: "c2") { [$0.columns[2]] },
        TinyFeature(text: "tokens") { $0.tokens },
        TinyFeature(text: "tokens[0]") { [$0.tokens[0]] },
        TinyFeature(text: "c1 > 1") { [$0.columns[1].map { $0 > 1 ? 1 : 0 }] },
        TinyFeature(text: "parity", definition: "c0 % 2") { [$0.columns[0].map { $0 % 2 }] },
        TinyFeature(text: "total", definition: "c0 + c1") { row in
            [row.columns[0].flatMap { a in row.columns[1].map { a + $0 } }]
        },
        TinyFeature(text: "either", definition: "c0 = c1 OR c2 > 0") { row in
            let equal = row.columns[0].flatMap { a in row.columns[1].map { a == $0 } }
            let positive = row.columns[2].map { $0 > 0 }
            if equal == true || positive == true { return [1] }
            return [equal == nil || positive == nil ? nil : 0]
        },
    ]

    /// A feature by the text of a claim, or the SQL of a draw; nil where no such is known. Of arrays also every element,
    /// which claims on `[*]` name.
    static func named(_ text: String, positions: Int) -> TinyFeature? {
        if let feature = all.first(where: { $0.text == text || $0.definition == text }) { return feature }
        for position in 0..<positions {
            switch text {
            case "tokens[\(position)]": return TinyFeature(text: text) { [$0.tokens[position]] }
            case "tokens[\(position)] % 2": return TinyFeature(text: text) { [$0.tokens[position] % 2] }
            case "labels[\(position)]": return TinyFeature(text: text) { [$0.labels[position]] }
            default: continue
            }
        }
        return nil
    }

    /// What claims on `[*]`, and those below, may say.
    static let starred = ["tokens[*]", "tokens[*] % 2", "labels[*]"]
}
