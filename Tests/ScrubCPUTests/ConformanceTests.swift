import ScrubCPU
import ScrubConformance
import Testing

/// Every conformance case, over every instruction set that this CPU has.
@Suite struct ConformanceTests {
    @Test(arguments: InstructionSet.allCases.filter(\.isSupported), [1, 3])
    func everyCasePassesWithTheSameBits(set: InstructionSet, threads: Int) throws {
        for outcome in try ConformanceSuite.run(on: CPUBackend(threads: threads, instructionSet: set)) {
            #expect(outcome.passed, "\(outcome)")
            #expect(outcome.sameBits, "\(outcome.name) depends on the chunk")
            #expect(outcome.hostSteps.isEmpty)
        }
    }
}
