internal import Foundation
internal import ScrubCore

/// The text of a hypothesis file, in which `${NAME}` stands for the value of a parameter and `$${` for the characters `${`.
///
/// A line that begins with `#`, blanks left out, is a comment: nothing in it stands for anything.
public struct HypothesisText: Sendable {
    /// What errors call the text, and what paths in it are relative to.
    public let file: String
    /// The parameters that it uses, each where it is first met, in that order.
    public let names: [Located<String>]
    private let pieces: [Piece]

    private enum Piece: Sendable {
        case literal(String)
        case parameter(Located<String>)
        /// `$${`.
        case escaped(SourceLocation)
    }

    /// - Throws: `FileError`, or `HypothesisError` where the file is not UTF-8 or has a `${` that opens no parameter.
    public static func read(_ path: String) throws -> HypothesisText {
        let file = try MappedFile(path)
        let text = file.withBytes { String(validating: $0, as: UTF8.self) }
        guard let text else { throw HypothesisError.syntax(SourceLocation(file: path), "the file is not UTF-8") }
        return try HypothesisText(text, file: path)
    }

    /// - Parameters:
    ///   - text: the file's contents.
    ///   - file: what errors call them, and what paths in them are relative to.
    /// - Throws: a `${` that opens no parameter.
    public init(_ text: String, file: String) throws(HypothesisError) {
        self.file = file
        var (pieces, names, literal) = ([Piece](), [Located<String>](), "")
        var (rest, line, column) = (text.unicodeScalars[...], 1, 1)
        var isComment = Self.isComment(rest)
        func take(_ count: Int) -> String {
            defer { (rest, column) = (rest.dropFirst(count), column + count) }
            return String(String.UnicodeScalarView(rest.prefix(count)))
        }
        func close(with piece: Piece) {
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            pieces.append(piece)
            literal = ""
        }
        while let scalar = rest.first {
            let place = SourceLocation(file: file, line: line, column: column)
            if !isComment, rest.starts(with: "$${".unicodeScalars) {
                _ = take(3)
                close(with: .escaped(place))
            } else if !isComment, rest.starts(with: "${".unicodeScalars) {
                guard let name = Self.name(rest.dropFirst(2)) else { throw .parameterName(place) }
                _ = take(name.unicodeScalars.count + 3)
                if !names.contains(where: { $0.value == name }) { names.append(Located(name, place)) }
                close(with: .parameter(Located(name, place)))
            } else {
                literal += take(1)
                guard scalar == "\n" else { continue }
                (line, column) = (line + 1, 1)
                isComment = Self.isComment(rest)
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        (self.pieces, self.names) = (pieces, names)
    }

    private static func isComment(_ line: Substring.UnicodeScalarView) -> Bool {
        line.first { $0 != " " && $0 != "\t" } == "#"
    }

    /// The name before the first `}`: letters, digits, `_` and `-`, no digit or `-` first.
    private static func name(_ text: Substring.UnicodeScalarView) -> String? {
        let name = Substring(text.prefix { $0 != "}" && $0 != "\n" })
        guard isName(name), text.dropFirst(name.unicodeScalars.count).first == "}" else { return nil }
        return String(name)
    }

    /// Whether a parameter may be called so: letters, digits, `_` and `-` of ASCII, beginning with a letter or `_`.
    ///
    /// - Parameter text: the name.
    public static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.unicodeScalars.first, first.isASCII else { return false }
        return (first.properties.isAlphabetic || first == "_")
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-")
            }
    }

    /// The text with every parameter put in; it has the same lines.
    ///
    /// - Parameter parameters: values by name; those that the text does not use have no part.
    /// - Throws: a parameter without a value, or a value of several lines.
    public func text(_ parameters: [String: String] = [:]) throws(HypothesisError) -> String {
        try putIn(parameters).text
    }

    /// The text with every parameter put in, and where its characters come from.
    func putIn(_ parameters: [String: String]) throws(HypothesisError) -> (text: String, origin: TextOrigin) {
        var (text, origin) = ("", TextOrigin())
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .escaped(let place):
                text += "${"
                origin.put(2, for: 3, at: place)
            case .parameter(let name):
                guard let value = parameters[name.value] else {
                    throw .noParameter(name.location, name: name.value)
                }
                guard !value.contains(where: \.isNewline) else {
                    throw .value(
                        name.location, key: "${\(name.value)}", found: "text of several lines", expected: "one line")
                }
                text += value
                origin.put(value.unicodeScalars.count, for: name.value.unicodeScalars.count + 3, at: name.location)
            }
        }
        return (text, origin)
    }
}
