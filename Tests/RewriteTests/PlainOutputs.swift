import ScrubCore
import ScrubExperiment
import ScrubPlan
import Testing

/// What the model gives for each row of D, at the position that is read.
struct PlainOutputs {
    private let byRow: [Int: [Float]]

    /// With the rewrites of `section`, if any.
    init(_ fixture: Fixture, _ section: String = "") throws {
        // Each row is drawn some twenty times.
        let run = try fixture.with(section + "interpretation: {same: any}\n") {
            try $0.run(RunOptions(samples: 20 * Fixture.rows, seed: 1, backend: .cpu, keepsOutputs: true))
        }
        let outputs = try #require(run.outputs?.floats)
        let table = try #require(run.plan.tables.firstIndex { $0.key == "output" })
        var byRow: [Int: [Float]] = [:]
        for (sample, row) in run.tables[table].enumerated() {
            byRow[Int(row)] = Array(outputs[sample * 3..<sample * 3 + 3])
        }
        self.byRow = byRow
        try #require(byRow.count == Fixture.rows)
    }

    subscript(row: Int) -> [Float] { byRow[row] ?? [] }
}

/// Whether every number lies within `1e-4 (1 + |expected|)` of what is expected.
func expectClose(_ found: [Float], _ expected: [Float]) {
    #expect(found.count == expected.count)
    let bad = zip(found, expected).first { !(abs($0 - $1) <= 1e-4 * (1 + abs($1))) }
    #expect(bad == nil)
}
