import Testing

/// The project against an interpreter that follows the definition literally, on random models, data and hypotheses.
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
}
