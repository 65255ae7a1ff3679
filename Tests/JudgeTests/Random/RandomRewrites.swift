import ScrubHypothesis

extension JudgeCase {
    /// Vectors that rewrites project on and estimate along, in a file beside the hypothesis.
    static let directions = "directions.safetensors"

    /// The same case with rewrites that change no claim's meaning: what the judge says of it stays.
    func rewritten(by seed: UInt64) -> JudgeCase {
        var (random, judged) = (SplitMix64(seed: seed), self)
        let text = HypothesisPrinter.text(hypothesis)
        // Other names for what a claim names, or draws for each of, would be other claims.
        func isSpoken(of name: String) -> Bool { text.contains(name) || text.contains("each") }
        let heads = (0..<model.layers).flatMap { layer in (0..<model.heads).map { "a\(layer).h\($0)" } }
        let mlps = model.neurons == nil ? [] : (0..<model.layers).map { "m\($0)" }
        let file = "file: \(Self.directions)"
        for node in ["embed"] + heads + mlps where random.chance(0.5) {
            let direction = "{\(file), tensor: one}"
            switch random.integer(0...5) {
            case 0: judged.rewrites.append("{project: \(node), onto: {\(file), tensor: two}}")
            case 1: judged.rewrites.append("{project: \(node), onto: \(direction)}")
            case 2:
                let column = random.pick(["weight", "mask"])
                judged.rewrites.append("{estimate: \(node), column: \(column), along: \(direction)}")
            case 3 where node.hasPrefix("m"):
                let neurons = model.neurons ?? 0
                if neurons > 1 {
                    judged.rewrites.append("{expand: \(node), groups: {low: \"0:1\", high: \"1:\(neurons)\"}}")
                    if random.chance(0.8) { judged.rewrites.append("{contract: \(node)}") }
                }
            case 4 where node.hasPrefix("m") && model.hasBiases: judged.rewrites.append("{unbias: \(node)}")
            case 4 where node.hasPrefix("a") && !node.hasPrefix("a0"):
                judged.rewrites.append("{split: \(node).input, parts: {early: [embed]}}")
            default:
                if node.hasPrefix("m"), !isSpoken(of: node) { judged.rewrites.append("{duplicate: \(node)}") }
            }
        }
        if model.heads > 1, !isSpoken(of: "a0"), random.chance(0.5),
            !judged.rewrites.contains(where: { $0.contains("a0.") })
        {
            judged.rewrites.append("{combine: [a0.h0, a0.h1], as: heads}")
        }
        return judged
    }
}
