import Dispatch
import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Synchronization
import Testing

/// Numbers below 2^-126 count as 0: weights that decayed that far would take many times as long.
@Suite struct SubnormalTests {
    /// One row, which several threads share where there are several, and many.
    @Test(arguments: InstructionSet.allCases.filter(\.isSupported), [(1, 1), (3, 1), (3, 40)])
    func countAsZero(set: InstructionSet, size: (threads: Int, rows: Int)) throws {
        let (positions, width) = (500, 64)
        var b = PlanBuilder(rows: size.rows)
        let x = b.column("x", Axis(.position, positions), Axis(.model, width))
        let w = b.weight(Axis(.model, width), Axis(.head, width))
        // The first half of the columns has decayed, to either side of 0.
        let source = try #require(b.plan.inputs.last?.source)
        var weights = try #require(b.inputs[source]?.floats)
        for i in weights.indices where i % width < width / 2 { weights[i] *= 0x1p-130 }
        b.inputs[source] = HostTensor([width, width], weights)
        b.root("y", try b.step(.linear(Linear()), x, w))
        let y = try #require(
            try CPUBackend(threads: size.threads, instructionSet: set).prepare(b.plan).run(b.bindings()).roots["y"]?
                .floats)
        for (i, value) in y.enumerated() { #expect((value == 0) == (i % width < width / 2)) }
        // Neither this thread nor those that the run started are changed beyond it.
        let least = Float(bitPattern: UInt32(size.threads))
        let changed = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 64) { _ in
            if !(least * 2 > least) { changed.withLock { $0 += 1 } }
        }
        #expect(changed.withLock(\.self) == 0)
    }
}
