internal import ScrubCore
internal import ScrubData
internal import ScrubModels

extension HypothesisDraft {
    /// The file's text.
    ///
    /// - Parameter file: what the file will be called, for the command in it.
    public func text(file: String) -> String {
        let claimed = Self.claimed(among: inputs)
        let columns = dataset.columns.map { "\($0.name) (\($0.kind))" }.joined(separator: ", ")
        let others = otherFeatures.filter { $0 != behaviour.label }.prefix(4)
        let rest = inputs.filter { $0 != claimed }.suffix(3)
        let condition =
            feature == "any" ? "nothing at all, since no column tells rows apart" : "\(feature), a column of the data"
        var lines = DraftText.comment(
            "A first hypothesis, to be edited: of all that the output reads, \(claimed) alone matters, and of what it "
                + "holds only \(condition). Run it as it is:")
        lines += ["#   scrubjay run \(shellQuoted(file))", "#", "# Components of the model that claims may name:"]
        lines += layers.map { "#   \($0)" }
        if isTransformer {
            lines += DraftText.comment(
                "Parts of a head are q, k, v, pattern and more: `scrubjay inspect` lists every node with its inputs.")
        }
        let path = DraftText.quoted(data)
        lines += [
            "model: \(DraftText.quoted(model))",
            tokens.map { "data: {file: \(path), tokens: \(DraftText.quoted($0))}" } ?? "data: \(path)",
        ]
        lines += DraftText.comment("\(dataset.count.grouped) rows of \(columns)")
        lines += [""] + DraftText.comment("What is measured: \(behaviour.reason).") + ["behaviour: \(behaviour.text)"]
        lines += otherBehaviours.map { "# behaviour: \($0.text)" }
        lines += [
            "",
            "interpretation:",
            "  same: exact",
            "  inputs:",
            "    \(claimed): {same: \(feature)}",
        ]
        lines += others.map { "    # \(claimed): {same: \($0)}" }
        if feature != "any" {
            lines.append("    # \(claimed): {same: \(feature) IS NOT NULL}    # any SQL over the columns")
        }
        lines += rest.map { "    # \($0): {same: any}" }
        lines += [
            "  # The datum of all other inputs: random, one draw for all; each, one for each input; exact, the claim's own.",
            "  others: random",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    private var isTransformer: Bool { if case .transformer = configuration { true } else { false } }

    /// A line for the components before the layers, and one for each layer.
    private var layers: [String] {
        var (first, byLayer) = ([String](), [(layer: Substring, names: [String])]())
        for name in components {
            guard let layer = name.prefixMatch(of: /[am]([0-9]+)(?=\.h[0-9]+$|$)/)?.1, isTransformer else {
                first.append(name)
                continue
            }
            if let known = byLayer.firstIndex(where: { $0.layer == layer }) {
                byLayer[known].names.append(name)
            } else {
                byLayer.append((layer, [name]))
            }
        }
        return [first.joined(separator: " ")] + byLayer.map { "layer \($0.layer): \($0.names.joined(separator: " "))" }
    }
}
