import ScrubExperiment
import ScrubHypothesis
import Testing

/// What is a hypothesis and what is none: the judge's word, by paths written out, against the project's.
@Suite struct SoundnessLawTests {
    /// Statement: what the judge takes for no hypothesis, the project refuses, saying where.
    ///
    /// That the project takes what the judge takes is what `JudgeTests` says.
    @Test(arguments: UInt64(0)..<500)
    func whatIsNoHypothesisIsRefused(seed: UInt64) throws {
        for (hypothesis, reason) in JudgeCase.grown(seed).refused {
            var judged = JudgeCase.random(seed)
            judged.hypothesis = hypothesis
            try withTemporaryFolder { folder in
                try judged.write(to: folder)
                do {
                    var stated = hypothesis
                    stated.file = folder + "/hypothesis.yaml"
                    _ = try Experiment(stated)
                    Issue.record("taken, judged \(reason)\n\(HypothesisPrinter.text(hypothesis))")
                } catch {
                    #expect("\(error)".contains("case:"))
                }
            }
        }
    }
}
