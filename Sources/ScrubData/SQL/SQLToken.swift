/// A piece of an SQL expression.
struct SQLToken {
    enum Kind: Equatable {
        /// A name as written between its quotes, if any.
        case name(String, quoted: Bool)
        case literal
        /// A bracketed text, `[3]`: a quoted name in SQLite, an index here when it follows a name at once.
        case bracketed(String)
        case symbol(Character)
    }

    let kind: Kind
    /// Where it stands in the text, in characters.
    let range: Range<Int>
}

/// Why a text is not made of the tokens of an expression.
struct SQLTokenError: Error {
    let problem: String
    /// Counted from 0.
    let position: Int
}

extension SQLToken {
    /// The tokens of `text`, white space left out (<https://www.sqlite.org/lang_expr.html>).
    ///
    /// Rejects what no expression over columns has: comments, `;`, parameters, control characters.
    static func tokens(_ text: [Unicode.Scalar]) throws(SQLTokenError) -> [SQLToken] {
        var tokens: [SQLToken] = []
        var at = 0
        while at < text.count {
            let start = at
            let kind: Kind
            switch text[at] {
            case " ", "\t", "\n", "\r":
                at += 1
                continue
            case "'":
                _ = try quoted(text, &at, by: "'", what: "a string")
                kind = .literal
            case "\"", "`": kind = .name(try quoted(text, &at, by: text[at], what: "a quoted name"), quoted: true)
            case "[":
                guard let end = text[at...].firstIndex(of: "]") else {
                    throw SQLTokenError(problem: "'[' without ']'", position: at)
                }
                kind = .bracketed(string(text[at + 1..<end]))
                at = end + 1
            case "0"..."9": kind = number(text, &at)
            case "." where at + 1 < text.count && isDigit(text[at + 1]): kind = number(text, &at)
            case let scalar where isNameStart(scalar):
                while at < text.count, isNameStart(text[at]) || isDigit(text[at]) || text[at] == "$" { at += 1 }
                let name = string(text[start..<at])
                if name.lowercased() == "x", at < text.count, text[at] == "'" {
                    _ = try quoted(text, &at, by: "'", what: "a blob")
                    kind = .literal
                } else {
                    kind = .name(name, quoted: false)
                }
            case "-" where at + 1 < text.count && text[at + 1] == "-":
                throw SQLTokenError(problem: "a comment", position: at)
            case "/" where at + 1 < text.count && text[at + 1] == "*":
                throw SQLTokenError(problem: "a comment", position: at)
            case ";": throw SQLTokenError(problem: "';'", position: at)
            case "+", "-", "*", "/", "%", "&", "|", "<", ">", "=", "!", "~", "(", ")", ",", ".":
                kind = .symbol(Character(text[at]))
                at += 1
            case let scalar:
                let shown = scalar.value < 32 ? "a control character" : "'\(scalar)'"
                throw SQLTokenError(problem: shown, position: at)
            }
            tokens.append(SQLToken(kind: kind, range: start..<at))
        }
        return tokens
    }

    /// The text between two `quote`s, doubled ones inside standing for one.
    private static func quoted(
        _ text: [Unicode.Scalar], _ at: inout Int, by quote: Unicode.Scalar, what: String
    ) throws(SQLTokenError) -> String {
        let start = at
        var contents: [Unicode.Scalar] = []
        at += 1
        while at < text.count {
            if text[at] == quote {
                guard at + 1 < text.count, text[at + 1] == quote else {
                    at += 1
                    return string(contents[...])
                }
                at += 1
            }
            contents.append(text[at])
            at += 1
        }
        throw SQLTokenError(problem: "\(what) that does not end, from its quote", position: start)
    }

    private static func number(_ text: [Unicode.Scalar], _ at: inout Int) -> Kind {
        while at < text.count {
            let scalar = text[at]
            let isExponentSign =
                (scalar == "+" || scalar == "-") && (text[at - 1] == "e" || text[at - 1] == "E")
                && at + 1 < text.count && isDigit(text[at + 1])
            guard isDigit(scalar) || isNameStart(scalar) || scalar == "." || isExponentSign else { break }
            at += 1
        }
        return .literal
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z") || scalar == "_" || scalar.value >= 0x80
    }
}
