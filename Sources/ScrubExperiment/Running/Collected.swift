/// What was drawn and measured so far for one hypothesis under one seed.
struct Collected: Sendable {
    private(set) var replicates: Replicates?
    private(set) var outputs: [Float] = []
    /// By table of the hypothesis, where draws are kept.
    private(set) var tables: [[Int32]]
    /// Why its figures cannot be had; nothing more is taken then.
    private(set) var failure: (any Error)?

    init(tables: Int) { self.tables = Array(repeating: [], count: tables) }

    /// Takes replicates after those so far, or what is wrong with them.
    ///
    /// - Parameters:
    ///   - measured: of this hypothesis.
    ///   - experiment: which it is.
    ///   - most: how many are kept value by value.
    ///   - rounding: with what it was computed, if less than float32.
    mutating func add(
        _ measured: PlanRun.Measured, of experiment: Experiment, keeping most: Int, rounding: String?
    ) {
        if failure != nil { return }
        do { try experiment.check(measured.replicates, rounding: rounding) } catch {
            (failure, replicates, outputs) = (error, nil, [])
            return
        }
        if replicates?.append(measured.replicates, keeping: most) == nil {
            replicates = measured.replicates.keeping(most)
        }
        outputs += measured.outputs
    }

    /// Keeps the rows drawn, which are those of the tables with these numbers in `drawn`.
    mutating func add(_ drawn: [[Int32]], _ numbers: [Int]) {
        for (place, number) in numbers.enumerated() { tables[place] += drawn[number] }
    }
}
