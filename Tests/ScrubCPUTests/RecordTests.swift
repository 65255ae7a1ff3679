import ScrubCPU
import ScrubOps
import ScrubPlan
import Synchronization
import Testing

/// What a run says of itself.
@Suite struct RecordTests {
    @Test(arguments: [1, 4]) func countsChunksAndSteps(threads: Int) throws {
        var b = try transformer(rows: 10, causal: false)
        b.plan.chunks = Chunks(dataset: 4, replicates: 4)
        let record = try CPUBackend(threads: threads).prepare(b.plan).run(b.bindings()).record
        #expect(record.chunks == [.dataset: 3])
        var expected: [String: Int] = [:]
        for step in b.plan.steps { expected[step.op.name, default: 0] += 3 }
        #expect(record.deviceSteps == expected)
        #expect(record.hostSteps.isEmpty)
        #expect(record.readBacksPerChunk == 0 && record.kernelLaunches == 0)
    }

    @Test func countsBothPhases() throws {
        var b = try transformer(rows: 6, causal: false, gathered: true)
        b.plan.chunks = Chunks(dataset: 4, replicates: 4)
        let record = try CPUBackend(threads: 2).prepare(b.plan).run(b.bindings([[0, 5, 2, 2, 1, 0, 0, 3, 4]])).record
        #expect(record.chunks == [.replicates: 3])
        #expect(record.deviceSteps["gather"] == 6)
    }

    /// Values, weights and roots must be in it, and it grows with the threads' arenas alone.
    @Test func peakBytesCountWhatWasAllocated() throws {
        let b = try transformer(rows: 64, causal: false)
        func peak(_ threads: Int) throws -> Int {
            try CPUBackend(threads: threads).prepare(b.plan).run(b.bindings()).record.peakBytes
        }
        let (one, two) = (try peak(1), try peak(2))
        let arena = Layout(b.plan, phase: .dataset).elementsPerRow * 4
        let roots = 64 * (7 * 20 + 1) * 4
        #expect(one > roots + 8 * arena)
        #expect(one < two && two < 2 * one)
    }

    @Test func progressIsReportedOnceForEachChunk() throws {
        var b = try transformer(rows: 10, causal: false)
        b.plan.chunks = Chunks(dataset: 3, replicates: 1)
        let seen = Mutex<[RunProgress]>([])
        _ = try CPUBackend(threads: 3).prepare(b.plan).run(b.bindings()) { progress in
            seen.withLock { $0.append(progress) }
        }
        #expect(seen.withLock { $0 } == (1...4).map { RunProgress(phase: .dataset, done: $0, total: 4) })
    }

    @Test func identityNamesTheMicroKernels() {
        let identity = CPUBackend(instructionSet: .baseline).identity
        #expect(identity.name == "cpu")
        #expect(!identity.device.isEmpty)
        #expect(identity.driver == "baseline 4x8")
    }
}
