import ScrubPlan
import Testing

/// A plan is its file.
@Suite struct PlanFileLawTests {
    /// Statement: a plan that is written as JSON and read back is equal, has the same text, and gives the same outputs
    /// to the bit.
    @Test(arguments: UInt64(5000)..<5050)
    func aPlanIsItsFile(seed: UInt64) throws {
        try withTemporaryFolder { folder in
            let scrubbed = try Scrubbed(.random(seed), in: folder)
            for optimised in [false, true] {
                let plan = try scrubbed.planned(optimised: optimised)
                let read = try Plan(json: plan.json(), file: "plan.json")
                #expect(read == plan)
                #expect(read.description == plan.description)
                let backend = Engines.shared.cpu(threads: 2)
                let (a, b) = (try backend.roots(plan, scrubbed.bindings), try backend.roots(read, scrubbed.bindings))
                #expect(a.mapValues { $0.map(\.bitPattern) } == b.mapValues { $0.map(\.bitPattern) })
            }
        }
    }

    /// Statement: a plan depends on the hypothesis and sizes, never on the seed.
    @Test(arguments: UInt64(5000)..<5020)
    func aPlanDoesNotDependOnTheSeed(seed: UInt64) throws {
        var reseeded = JudgeCase.random(seed)
        reseeded.seed ^= 1 << 40
        let a = try withTemporaryFolder { try Scrubbed(.random(seed), in: $0).planned(optimised: true) }
        let b = try withTemporaryFolder { try Scrubbed(reseeded, in: $0).planned(optimised: true) }
        #expect(a == b)
    }
}
