extension JudgeCase {
    /// A case as simple as single steps can make it that still fails: greedy, from the greatest cut to the least, by
    /// hypotheses alone.
    ///
    /// - Parameters:
    ///   - most: cases tried before the simplest so far is given back.
    ///   - fails: whether a case fails as this one did.
    /// - Complexity: O(most) runs. Every step makes some part smaller or plainer, so that it ends.
    func shrunk(most: Int = 600, fails: (JudgeCase) -> Bool) -> JudgeCase {
        var (simplest, tried) = (self, 0)
        while true {
            var found: JudgeCase?
            for candidate in simplest.simpler where found == nil && tried < most && candidate.isSound {
                tried += 1
                if fails(candidate) { found = candidate }
            }
            guard let found else { return simplest }
            simplest = found
        }
    }

    /// What a person needs to see the failure again: the case's seed, its sizes, its hypothesis, its rows.
    func report(_ verdict: Verdict, shrunkFrom seed: UInt64) -> String {
        """
        \(verdict)
        seed \(seed): JudgeCase.random(\(seed)) shrinks to \(replicates) replicates of
        model: \(model.configuration)\
        weights by seed \(model.seed), biases \(model.hasBiases), gain \(model.gain)
        ablation: \(ablation)
        hypothesis:
        \(HypothesisPrinter.text(hypothesis))\
        rewrites: \(rewrites)
        rows:
        \(rows.map(\.json).joined())
        """
    }

    /// Judges a case, and shrinks and reports it when it fails.
    ///
    /// - Returns: nil when the judge agrees, otherwise the report.
    static func failure(of judged: JudgeCase, _ verdict: (JudgeCase) -> Verdict) -> String? {
        let first = verdict(judged)
        if first == .agrees { return nil }
        let shrunk = judged.shrunk { verdict($0).isLike(first) }
        return shrunk.report(verdict(shrunk), shrunkFrom: judged.seed)
    }
}
