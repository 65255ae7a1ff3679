import Foundation
import Testing

/// The project against an interpreter that follows the definition literally, on random models, data and hypotheses.
///
/// A failure is shrunk, and printed as a hypothesis file with its seed: `JudgeCase.random(seed)` is the case again.
///
/// `JUDGE_SEEDS=1000-4999` in the environment judges those seeds instead of the first 500.
@Suite struct JudgeTests {
    static let seeds: Range<UInt64> = {
        let given = ProcessInfo.processInfo.environment["JUDGE_SEEDS"] ?? ""
        let ends = given.split(separator: "-").compactMap { UInt64($0) }
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]..<ends[1] + 1 : 0..<500
    }()

    /// Statement: logits and losses are the judge's within the tolerance, with all passes off and all on; and passes,
    /// chunks and threads change no bit.
    @Test(arguments: seeds)
    func everyFigureOfTheCPUIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(on: .cpu) }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: logits and losses are the judge's within the tolerance, with all passes off and all on.
    @Test(.enabled(if: Engines.shared.openCL != nil, "no OpenCL device"), arguments: seeds)
    func everyFigureOfOpenCLIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(on: .openCL) }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: what the conductor draws, runs and reports from the files alone is what the judge says: outputs,
    /// losses, and the means of the model, the scrubbed model and the baseline.
    @Test(arguments: UInt64(500)..<700)
    func everyReportIsTheJudges(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { $0.verdict(on: .experiment) }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: rewrites of the graph, of nodes that claims name, that lie on their paths, or neither, change nothing
    /// that the conductor draws or reports.
    @Test(arguments: UInt64(700)..<1000)
    func everyReportIsTheJudgesRewritten(seed: UInt64) {
        let failure = JudgeCase.failure(of: JudgeCase.random(seed).rewritten(by: seed)) { $0.verdict(on: .experiment) }
        if let failure { Issue.record("\(failure)") }
    }

    @Test func rewritesOfEveryKindAreMet() {
        let rewrites = (UInt64(700)..<1000).flatMap { JudgeCase.random($0).rewritten(by: $0).rewrites }
        for kind in ["project", "estimate", "split", "expand", "contract", "unbias", "duplicate", "combine"] {
            #expect(rewrites.count { $0.hasPrefix("{\(kind):") } >= 5, "\(kind)")
        }
    }
}
