internal import Foundation
package import ScrubCore
package import Yams

/// Typed reading of YAML nodes, each error with file, line and column, and the keys that exist.
package struct YAMLReader {
    package let file: String
    /// Where what is read stands in the file.
    private let origin: TextOrigin

    package init(file: String) { self.init(file: file, origin: TextOrigin()) }

    init(file: String, origin: TextOrigin) {
        self.file = file
        self.origin = origin
    }

    /// The one document of `text`.
    package func document(_ text: String) throws(HypothesisError) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw HypothesisError.syntax(SourceLocation(file: file, line: 1, column: 1), "the file is empty")
            }
            return node
        } catch let error as HypothesisError {
            throw error
        } catch let error as YamlError {
            throw syntax(error)
        } catch {
            throw .syntax(SourceLocation(file: file), "\(error)")
        }
    }

    /// What most often brings a list or a mapping to a bad end: `{same: tokens[7]}`.
    private static let quoting = "; a text with [ ] { } , or : in it stands in quotes"

    private func syntax(_ error: YamlError) -> HypothesisError {
        switch error {
        case .composer(let context, let problem, let mark, _):
            .syntax(
                place(mark),
                [context?.text, problem].compactMap(\.self).joined(separator: " "))
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            .syntax(
                place(mark),
                problem.hasPrefix("Maximum nesting level")
                    ? "nested too deeply"
                    : problem + (problem.contains("did not find expected ','") ? Self.quoting : ""))
        case .duplicatedKeysInMapping(let duplicates, let context):
            .syntax(
                place(context.mark),
                "the key \(duplicates.map { "\"\($0)\"" }.joined(separator: ", ")) occurs twice")
        case .reader(let problem, let offset, _, let text): .syntax(place(offset, in: text), problem)
        default: .syntax(SourceLocation(file: file), "\(error)")
        }
    }

    /// The place of a character, for an error that has no mark.
    private func place(_ offset: Int?, in text: String) -> SourceLocation {
        guard let offset else { return SourceLocation(file: file) }
        let lines = text.prefix(offset).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return SourceLocation(
            file: file, line: lines.count, column: origin.column((lines.last?.count ?? 0) + 1, line: lines.count))
    }

    private func place(_ mark: Mark) -> SourceLocation {
        SourceLocation(file: file, line: mark.line, column: origin.column(mark.column, line: mark.line))
    }

    package func place(_ node: Node) -> SourceLocation { node.mark.map(place) ?? SourceLocation(file: file) }

    /// Tells nodes apart, also those that one parameter's value put in one place.
    func identity(_ node: Node) -> SourceLocation {
        SourceLocation(file: file, line: node.mark?.line, column: node.mark?.column)
    }

    /// The members of a mapping, in order; every key must be among `known`, unless that is nil.
    package func members(
        _ node: Node, of owner: String, known: [String]?
    ) throws(HypothesisError) -> [(key: Located<String>, value: Node)] {
        guard case .mapping(let mapping) = node else {
            throw .value(place(node), key: owner, found: describe(node), expected: "a mapping")
        }
        var members: [(key: Located<String>, value: Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw .value(
                    place(key), key: owner, found: "a key that is \(describe(key))", expected: "keys that are names")
            }
            if let known, !known.contains(scalar.string) {
                throw .unknownKey(place(key), key: scalar.string, known: known)
            }
            members.append((Located(scalar.string, place(key)), value))
        }
        return members
    }

    package func text(_ node: Node, key: String) throws(HypothesisError) -> Located<String> {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw .value(place(node), key: key, found: describe(node), expected: "text")
        }
        return Located(scalar.string, place(node))
    }

    package func integer(_ node: Node, key: String) throws(HypothesisError) -> Int {
        guard case .scalar(let scalar) = node, let value = Int(scalar.string), value.magnitude < 1 << 31 else {
            throw .value(place(node), key: key, found: describe(node), expected: "an integer")
        }
        return value
    }

    package func truth(_ node: Node, key: String) throws(HypothesisError) -> Bool {
        guard case .scalar(let scalar) = node, let value = ["true": true, "false": false][scalar.string] else {
            throw .value(place(node), key: key, found: describe(node), expected: "true or false")
        }
        return value
    }

    /// What a node is, for messages: its text in quotes, or its kind.
    package func describe(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "\"\(scalar.string)\""
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias(let alias): "an alias, *\(alias.anchor.rawValue)"
        }
    }
}
