import ScrubCPU
import ScrubCore
import ScrubPlan
import Testing

/// Several CPU backends as one compute what one computes.
@Suite struct SeveralBackendsLawTests {
    /// Statement: to the bit, on random hypotheses, in whatever rounds and chunks.
    @Test(arguments: UInt64(3500)..<3580) func areOne(seed: UInt64) throws {
        func bits(_ roots: [String: [Float]]) -> [String: [UInt32]] { roots.mapValues { $0.map(\.bitPattern) } }
        try withTemporaryFolder { folder in
            let scrubbed = try Scrubbed(.random(seed), in: folder)
            let bindings = scrubbed.bindings
            for (name, plan) in try scrubbed.plans() {
                let one = bits(try Engines.shared.cpu(threads: 1).roots(plan, bindings))
                for chunk in [nil, 1, 3] {
                    #expect(bits(try Engines.severalCPUs.roots(plan, bindings, chunk: chunk)) == one, "\(name)")
                }
                #expect(bits(try inRounds(plan, bindings)) == one, "\(name), in rounds")
            }
        }
    }

    /// The roots of several rounds: those after the first are cut by rates, which no run has twice.
    private func inRounds(_ plan: Plan, _ bindings: Bindings) throws -> [String: [Float]] {
        var roots: [String: [Float]] = [:]
        let silent: @Sendable (RunProgress) -> Void = { _ in }
        _ = try Engines.severalCPUs.prepare(plan).run(bindings.data, progress: silent) { run, known in
            roots = known.compactMapValues(\.floats)
            let round = max(1, bindings.replicates / 3)
            for start in stride(from: 0, to: bindings.replicates, by: round) {
                let rows = start..<min(bindings.replicates, start + round)
                for (root, tensor) in try run.run(bindings.tables.map { Array($0[rows]) }) {
                    roots[root, default: []] += tensor.floats ?? []
                }
            }
        }
        return roots
    }
}
