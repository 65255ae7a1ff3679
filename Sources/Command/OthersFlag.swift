import Scrubjay

/// `--others random,each,together,exact`: the policies under which a hypothesis is run, one after the other.
enum OthersFlag {
    static func policies(_ text: String) throws -> [OthersPolicy] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            guard let policy = OthersPolicy(word: String(word)) else {
                throw UsageError(
                    "--others is \"\(text)\", expected random, each, together or exact, with commas between")
            }
            return policy
        }
    }

    /// The hypothesis once for each policy; as it is where none is given.
    static func variants(of hypothesis: Hypothesis, _ policies: [OthersPolicy]?) throws -> [Hypothesis] {
        try policies?.map { try hypothesis.replacing(others: $0) } ?? [hypothesis]
    }
}
