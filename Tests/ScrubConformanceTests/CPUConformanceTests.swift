import ScrubCPU
import ScrubConformance
import Testing

/// The CPU engine against the suite, with every micro-kernel that this CPU has.
struct CPUConformanceTests {
    @Test(
        "the CPU engine passes every case, bit for bit in every chunk size, with nothing left undone",
        arguments: InstructionSet.allCases.filter(\.isSupported))
    func passes(instructionSet: InstructionSet) throws {
        let outcomes = try ConformanceSuite.run(on: CPUBackend(threads: 2, instructionSet: instructionSet))
        #expect(outcomes.filter { !$0.passed }.map(\.description) == [])
        #expect(outcomes.filter { !$0.sameBits }.map(\.name) == [])
        #expect(outcomes.filter { !$0.hostSteps.isEmpty }.map(\.name) == [])
    }
}
