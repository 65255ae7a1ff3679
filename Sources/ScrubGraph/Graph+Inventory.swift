extension Graph {
    /// The names of components from which the output is computed, and its own.
    public var claimableNames: [String] {
        nodes[...output].filter { $0.dependsOnData && $0.isComponent }.map(\.name)
    }

    /// What exists, in a line: `nodes are tokens, embed, a0.h0 to a2.h1, m0 to m2, logits`.
    public var inventory: String { Self.inventory(of: claimableNames) }

    /// The same of any names.
    public static func inventory(of names: [String]) -> String {
        var families: [(first: String, last: String, letter: Character?)] = []
        for name in names {
            let isNumbered = "am".contains(name.prefix(1)) && name.dropFirst().first?.isNumber == true
            let letter = isNumbered ? name.first : nil
            if isNumbered, let family = families.firstIndex(where: { $0.letter == letter }) {
                families[family].last = name
            } else {
                families.append((name, name, letter))
            }
        }
        return "nodes are "
            + families.map { $0.first == $0.last ? $0.first : "\($0.first) to \($0.last)" }.joined(separator: ", ")
    }
}
