import Scrubjay

/// `--others random,each,together,exact`: the policies under which a hypothesis is run, one after the other.
enum OthersFlag {
    static func policies(_ text: String) throws -> [OthersPolicy] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            switch word {
            case "random": .random
            case "each": .each
            case "exact": .exact
            case "together": .together("others")
            default:
                throw UsageError(
                    "--others is \"\(text)\", expected random, each, together or exact, with commas between")
            }
        }
    }

    /// The hypothesis once for each policy; as it is where none is given.
    static func variants(of hypothesis: Hypothesis, _ policies: [OthersPolicy]?) throws -> [Hypothesis] {
        guard let policies else { return [hypothesis] }
        guard hypothesis.circuit != nil || hypothesis.interpretation.leavesOthers else {
            throw UsageError(
                "--others: every claim of \(hypothesis.file) states its own others, so that nothing would vary")
        }
        return policies.map { policy in
            var variant = hypothesis
            variant.others = policy
            return variant
        }
    }
}

extension Claim {
    /// Whether it or a claim below it has inputs and takes the file's policy for the rest of them.
    fileprivate var leavesOthers: Bool {
        (!inputs.isEmpty && others == nil) || inputs.contains(where: \.leavesOthers)
    }
}
