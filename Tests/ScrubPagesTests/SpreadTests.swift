import ScrubExperiment
import ScrubPages
import ScrubStore
import Testing

@Suite struct SpreadTests {
    @Test func seedsHaveAMeanAndTwoEnds() {
        let spread = Spread([0.5, 0.25, 0.75, 0.3])
        #expect(spread?.mean == 0.45)
        #expect(spread?.least == 0.25 && spread?.greatest == 0.75 && spread?.count == 4)
        #expect(Spread([]) == nil)
    }

    /// A mean of equal numbers is that number, whatever its last digit.
    @Test func equalSeedsHaveNoSpread() {
        for count in 1...12 {
            let spread = Spread(Array(repeating: 0.1, count: count))
            #expect(spread?.mean == 0.1, "\(count) seeds")
        }
    }

    private func runs(_ change: (inout StoredRun) -> Void) throws -> [Substring] {
        let two = try SampleSweep.runs.get().prefix(2)
        var second = two[1]
        change(&second)
        return PageText(try SweepPage(title: "two", runs: [two[0], second]).html()).bodies()
    }

    @Test func runsOfOtherFilesAreNotAveraged() throws {
        #expect(try runs { _ in }.count == 1)
        let bodies = try runs { $0.report?.provenance.files["Benchmarks/brackets/parens.npz"] = "0123456789" }
        #expect(bodies.count == 2)
        #expect(bodies.allSatisfy { $0.contains("0.1.0, files ") })
        #expect(try runs { $0.report?.provenance.version = "0.0.9" }.count == 2)
        // The text of the hypothesis is what counts, not its file.
        #expect(try runs { $0.report?.provenance.files["Benchmarks/brackets/0a.yaml"] = "0123456789" }.count == 1)
    }

    @Test func runsOfOtherSamplesAreNotAveraged() throws {
        let bodies = try runs { $0.statement.samples = 1000 }
        #expect(bodies.map { $0.matches(of: /<td>(400|1,000)<\/td>/).count } == [1, 1])
    }

    @Test func aSeedThatFailedStandsBesideThoseThatDidNot() throws {
        let bodies = try runs {
            ($0.report, $0.state) = (nil, .failed(message: "no memory", isInput: false))
        }
        #expect(bodies.count == 1)
        #expect(bodies[0].contains("1 of 2 seeds") && bodies[0].contains("failed on the device: no memory"))
    }

    @Test func aRunThatIsNotFinishedSaysHowFarItIs() throws {
        let bodies = try runs { ($0.report, $0.state) = (nil, .unfinished(replicates: 1200)) }
        #expect(bodies[0].contains("not finished: 1,200 samples so far"))
    }
}
