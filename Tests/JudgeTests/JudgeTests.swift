import Testing

/// The project against an interpreter that follows the definition literally, on random models, data and hypotheses.
///
/// A failure is shrunk, and printed as a hypothesis file with its seed: `JudgeCase.random(seed)` is the case again.
@Suite struct JudgeTests {
    /// Statement: logits and losses are the judge's within the tolerance, with all passes off and all on; and passes, chunks and
    /// threads change no bit.
    @Test(arguments: UInt64(0)..<500)
    func everyFigureOfTheCPUIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(on: .cpu) }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: logits and losses are the judge's within the tolerance, with all passes off and all on.
    @Test(.enabled(if: Engines.shared.openCL != nil, "no OpenCL device"), arguments: UInt64(0)..<500)
    func everyFigureOfOpenCLIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(on: .openCL) }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: what the conductor draws, runs and reports from the files alone is what the judge says: outputs, losses, and the
    /// means of the model, the scrubbed model and the baseline.
    @Test(arguments: UInt64(500)..<700)
    func everyReportIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(on: .experiment) }
        if let failure { Issue.record("\(failure)") }
    }
}
