import Testing

/// The project against an interpreter that follows the definition literally, on random models, data and hypotheses.
@Suite struct JudgeTests {
    /// Logits and losses agree within the tolerance on both engines with all passes off and all on; on the CPU passes, chunks and
    /// threads change no bit. Every fifth case runs on OpenCL.
    @Test(arguments: UInt64(0)..<500)
    func everyFigureIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(openCL: seed % 5 == 0) }
        if let failure { Issue.record("\(failure)") }
    }
}
