internal import ScrubCore
internal import ScrubHypothesis
internal import Yams

/// Reads lists of a sweep file: `[a, b]`, one value alone, and ranges such as `0..4`, which hold both ends.
struct SweepLists {
    let yaml: YAMLReader

    /// The values, each once.
    ///
    /// - Parameters:
    ///   - node: a list or one value.
    ///   - key: what errors call it.
    ///   - takesRanges: whether `0..4` is five values.
    func texts(_ node: Node, key: String, takesRanges: Bool = false) throws -> [Located<String>] {
        let nodes: [Node] = if case .sequence(let items) = node { Array(items) } else { [node] }
        guard !nodes.isEmpty else {
            throw HypothesisError.value(
                yaml.place(node), key: key, found: "an empty list", expected: "one value or more")
        }
        var (values, known) = ([Located<String>](), Set<String>())
        for node in nodes {
            let stated = try yaml.text(node, key: key)
            for value in takesRanges ? try range(stated, key: key) : [stated.value] {
                guard known.insert(value).inserted else {
                    throw SweepError.twice(stated.location, key: key, value: value)
                }
                values.append(Located(value, stated.location))
            }
        }
        return values
    }

    /// Values of a parameter, which are put in on one line.
    func parameter(_ node: Node, name: String) throws -> [String] {
        try texts(node, key: name, takesRanges: true).map { text in
            guard !text.value.contains(where: \.isNewline) else {
                throw HypothesisError.value(
                    text.location, key: name, found: "text of several lines", expected: "one line")
            }
            return text.value
        }
    }

    /// The numbers of a range; the value itself, where it is none.
    private func range(_ stated: Located<String>, key: String) throws -> [String] {
        guard let ends = stated.value.wholeMatch(of: /(-?[0-9]+)\.\.(-?[0-9]+)/) else { return [stated.value] }
        guard let low = Int(ends.1), let high = Int(ends.2), low <= high else {
            throw HypothesisError.value(
                stated.location, key: key, found: "\"\(stated.value)\"",
                expected: "a range from the lesser number to the greater, such as 0..4")
        }
        let (last, overflow) = high.subtractingReportingOverflow(low)
        guard !overflow, last < Sweep.mostRuns else {
            throw SweepError.tooMany(
                stated.location, count: overflow || last == .max ? nil : last + 1, limit: Sweep.mostRuns)
        }
        return (low...high).map(String.init)
    }

    /// Seeds: whole numbers of at least 0.
    func seeds(_ node: Node, key: String) throws -> [UInt64] {
        var (seeds, known) = ([UInt64](), Set<UInt64>())
        for text in try texts(node, key: key, takesRanges: true) {
            guard let seed = UInt64(text.value) else {
                throw HypothesisError.value(
                    text.location, key: key, found: "\"\(text.value)\"",
                    expected: "whole numbers of at least 0, or a range such as 0..4")
            }
            // 7 and 07 are one.
            guard known.insert(seed).inserted else {
                throw SweepError.twice(text.location, key: key, value: text.value)
            }
            seeds.append(seed)
        }
        return seeds
    }

    /// Words that name policies; nil for `file`.
    func others(_ node: Node, key: String) throws -> [String?] {
        let words = [SweepMatrix.ofFile] + OthersPolicy.words
        return try texts(node, key: key).map { text in
            guard words.contains(text.value) else {
                throw HypothesisError.value(
                    text.location, key: key, found: "\"\(text.value)\"",
                    expected: words.dropLast().joined(separator: ", ") + " or \(words[words.count - 1])")
            }
            return text.value == SweepMatrix.ofFile ? nil : text.value
        }
    }
}
