internal import ScrubCore

/// One SQL expression over the columns of a dataset: checked, and rewritten so that every mention of a column is a
/// quoted name.
struct SQLExpression {
    let text: String
    let dataset: Dataset
    let location: SourceLocation?
    /// The expression as it goes to SQLite; its names are those of `columns`.
    private(set) var rewritten = ""
    /// The scalar columns and elements it mentions, each once.
    private(set) var columns: [Column] = []

    init(
        _ text: String, in dataset: Dataset, named: [String: String], location: SourceLocation?
    ) throws(FeatureError) {
        self.text = text
        self.dataset = dataset
        self.location = location
        let scalars = Array(text.unicodeScalars)
        let tokens: [SQLToken]
        do { tokens = try SQLToken.tokens(scalars) } catch { throw syntax(error.problem, at: error.position) }
        guard !tokens.isEmpty else { throw syntax("it is empty", at: nil) }
        try checkStructure(tokens)
        try rewrite(tokens, scalars, named)
    }

    /// One expression: parentheses match, and no comma is outside them.
    private func checkStructure(_ tokens: [SQLToken]) throws(FeatureError) {
        var open: [Int] = []
        for token in tokens {
            switch token.kind {
            case .symbol("("): open.append(token.range.lowerBound)
            case .symbol(")"):
                guard open.popLast() != nil else { throw syntax("')' without '('", at: token.range.lowerBound) }
            case .symbol(",") where open.isEmpty:
                throw syntax("expected one expression, found ','", at: token.range.lowerBound)
            default: break
            }
        }
        if let last = open.last { throw syntax("'(' without ')'", at: last) }
    }

    private mutating func rewrite(
        _ tokens: [SQLToken], _ scalars: [Unicode.Scalar], _ named: [String: String]
    ) throws(FeatureError) {
        var index = 0
        var end = 0
        var skip = Skip.nothing
        while index < tokens.count {
            let token = tokens[index]
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            let written = Self.string(scalars[token.range])
            if token.range.lowerBound > end { rewritten += " " }
            end = token.range.upperBound
            index += 1
            switch token.kind {
            case .literal, .symbol:
                skip = .nothing
                rewritten += written
            case .bracketed(let name): rewritten += try mention(name, token, named)
            case .name(let name, let quoted):
                if let next, case .bracketed(let element) = next.kind, next.range.lowerBound == end {
                    rewritten += try mention("\(name)[\(element)]", token, named)
                    end = next.range.upperBound
                    index += 1
                    continue
                }
                let word = quoted ? "" : name.uppercased()
                if SQLWords.forbidden.contains(word) {
                    throw syntax(
                        "subqueries and statements are not allowed, found '\(name)'", at: token.range.lowerBound)
                }
                let isCall = !quoted && next?.kind == .symbol("(")
                if isCall || (skip != .nothing && !quoted) {
                    rewritten += written
                } else if SQLWords.allowed.contains(word) {
                    // Where a column bears the word's name, SQLite decides by the grammar which is meant.
                    if let column = try column(name) { add(column) }
                    rewritten += written
                } else {
                    rewritten += try mention(name, token, named)
                }
                skip = Skip(after: word, skip)
            }
        }
    }

    /// Words that are not columns because of the word before them.
    private enum Skip {
        case nothing
        /// After COLLATE: the name of a collation.
        case word
        /// After AS: the words of a type.
        case type

        init(after word: String, _ current: Skip) {
            self =
                switch word {
                case "AS": .type
                case "COLLATE": .word
                default: current == .type ? .type : .nothing
                }
        }
    }

    private mutating func add(_ column: Column) {
        if !columns.contains(where: { ExactText($0.name) == ExactText(column.name) }) { columns.append(column) }
    }

    /// The quoted name under which SQLite finds what `name` means.
    private mutating func mention(
        _ name: String, _ token: SQLToken, _ named: [String: String]
    ) throws(FeatureError) -> String {
        guard let column = try column(name) else {
            if named[name] != nil { throw .featureInExpression(name: name, sql: text, location: location) }
            let names = dataset.columns.map(\.name)
            throw .unknownColumn(
                name: name, sql: text, suggestions: suggestions(for: name, among: names), columns: names,
                location: location)
        }
        guard !column.name.utf8.contains(0) else {
            throw syntax("a column whose name has the character U+0000", at: token.range.lowerBound)
        }
        add(column)
        return SQLTable.quoted(column.name)
    }

    /// The scalar column or element called `name`, in any capitals as in SQLite, where no column has exactly these;
    /// nil when there is none.
    private func column(_ name: String) throws(FeatureError) -> Column? {
        if let found = try scalar(name) { return found }
        let base = ColumnReference.parts(name)
        for (wanted, suffix) in [(name, "")] + (base.map { [($0.name, "[\($0.index)]")] } ?? []) {
            let matches = dataset.columns.filter { asciiLowercased($0.name) == asciiLowercased(wanted) }
            if matches.count > 1 {
                throw .ambiguousColumn(name: wanted, columns: matches.map(\.name), sql: text, location: location)
            }
            if let match = matches.first { return try scalar(match.name + suffix) }
        }
        return nil
    }

    private func scalar(_ name: String) throws(FeatureError) -> Column? {
        switch ColumnReference(name, in: dataset) {
        case .column(let column):
            if let width = column.width {
                throw .arrayInExpression(column: column.name, width: width, sql: text, location: location)
            }
            return column
        case .outside(let column, let index, let width):
            throw .noSuchElement(column: column, index: index, width: width, location: location)
        case .notAnArray(let column): throw .notAnArray(column: column, text: name, location: location)
        case nil: return nil
        }
    }

    private func syntax(_ problem: String, at position: Int?) -> FeatureError {
        .syntax(sql: text, problem: problem, position: position.map { $0 + 1 }, location: location)
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

/// Lower case for A to Z alone, as SQLite compares names.
func asciiLowercased(_ text: String) -> [UInt8] {
    text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
}
