internal import ScrubCore
internal import Yams

/// Reads hypothesis files: YAML, one document, one hypothesis. docs/hypothesis-format.md describes the format.
public enum HypothesisFile {
    /// - Parameters:
    ///   - path: the file, from the working directory.
    ///   - parameters: by name, what `${NAME}` in it stands for.
    /// - Throws: `FileError` or `HypothesisError`.
    public static func read(_ path: String, parameters: [String: String] = [:]) throws -> Hypothesis {
        try parse(HypothesisText.read(path), parameters: parameters)
    }

    /// - Parameters:
    ///   - text: the file's contents.
    ///   - file: what errors call the text, and what paths in it are relative to.
    ///   - parameters: by name, what `${NAME}` in it stands for.
    public static func parse(
        _ text: String, file: String, parameters: [String: String] = [:]
    ) throws(HypothesisError) -> Hypothesis {
        try parse(HypothesisText(text, file: file), parameters: parameters)
    }

    /// - Parameters:
    ///   - written: the file's contents.
    ///   - parameters: by name, what `${NAME}` in them stands for.
    public static func parse(
        _ written: HypothesisText, parameters: [String: String] = [:]
    ) throws(HypothesisError) -> Hypothesis {
        let (text, origin) = try written.putIn(parameters)
        let yaml = YAMLReader(file: written.file, origin: origin)
        let document = try yaml.document(text)
        let top = yaml.place(document)
        var sections: [String: Node] = [:]
        let known = [
            "model", "data", "behaviour", "also", "features", "interpretation", "circuit", "claims", "rewrites",
            "defaults",
        ]
        for (key, value) in try yaml.members(document, of: "the hypothesis", known: known) {
            sections[key.value] = value
        }
        func section(_ key: String) throws(HypothesisError) -> Node {
            guard let node = sections[key] else { throw .missing(top, key: key, of: "the hypothesis") }
            return node
        }

        let model = try yaml.text(try section("model"), key: "model")
        let data = try StatementReader(yaml: yaml).data(try section("data"))
        let behaviour = try BehaviourReader(yaml: yaml).behaviour(try section("behaviour"))
        let also = try sections["also"].map { (node) throws(HypothesisError) in
            try BehaviourReader(yaml: yaml).also(node, besides: behaviour)
        }
        var features: [String: Located<String>] = [:]
        if let node = sections["features"] {
            for (key, value) in try yaml.members(node, of: "features", known: nil) {
                if ["exact", "any"].contains(key.value) {
                    throw .value(
                        key.location, key: "features", found: "\"\(key.value)\"",
                        expected: "a name that is not reserved")
                }
                features[key.value] = try yaml.text(value, key: key.value)
            }
        }
        let rewrites = try sections["rewrites"].map { (node) throws(HypothesisError) in
            try RewriteReader(yaml: yaml).rewrites(node)
        }
        var claims = ClaimReader(yaml: yaml)
        if let node = sections["claims"] {
            for (key, value) in try yaml.members(node, of: "claims", known: nil) { claims.named[key.value] = value }
        }
        // What is outside a circuit is one thing, so that it is drawn as one.
        var others: OthersPolicy = sections["circuit"] == nil ? .random : .together("circuit")
        if let node = sections["defaults"] {
            for (_, value) in try yaml.members(node, of: "defaults", known: ["others"]) {
                let stated = try claims.policy(value)
                if case .same(let text) = stated.value, text.contains(Claim.star) {
                    throw .star(stated.location, text: text)
                }
                others = stated.value
            }
        }
        let circuit = try circuit(sections, yaml)
        let root: Claim
        if let place = circuit?.location {
            root = Claim(nodes: [Located("output", place)], same: Located(.exact, place))
        } else {
            root = try claims.root(try section("interpretation"))
        }
        return Hypothesis(
            file: written.file, model: model, data: data, behaviour: behaviour, features: features,
            rewrites: rewrites ?? [], others: others, interpretation: root, circuit: circuit,
            also: also ?? [])
    }

    /// The circuit that stands in place of an interpretation, where there is one.
    private static func circuit(
        _ sections: [String: Node], _ yaml: YAMLReader
    ) throws(HypothesisError) -> Located<String>? {
        guard let node = sections["circuit"] else { return nil }
        let stated = ["interpretation", "claims"].first { sections[$0] != nil }
        if let stated, let place = sections[stated].map(yaml.place) {
            throw .value(place, key: stated, found: "given beside \"circuit\"", expected: "one of the two")
        }
        return try yaml.text(node, key: "circuit")
    }
}
