import ScrubCore
import ScrubData
import ScrubHypothesis
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

/// The device's draws are the host's, row for row.
@Suite struct DrawsTests {
    let rows = 257, slotCount = 100

    /// A reference, its children by a feature, theirs, and others that are drawn like nothing.
    let tables = [
        Table(key: "reference"), Table(key: "a0", feature: "f", parent: 0), Table(key: "others"),
        Table(key: "a0.h1", feature: "g", parent: 1), Table(key: "a1", feature: "f", parent: 2),
        Table(key: "a0.h1.x", feature: "f", parent: 3), Table(key: "b", feature: "f", parent: 0),
    ]

    let untold: @Sendable (RunProgress) -> Void = { _ in }

    /// Row r of D is computed by this row of the dataset axis.
    var slots: [Int32] { (0..<rows).map { Int32($0 * 7 % slotCount) } }

    func sampler(_ classes: [String: ClassIndex], _ everything: ClassIndex, seed: UInt64) throws -> Sampler {
        try Sampler(tables: tables, features: classes, everything: everything, seed: seed)
    }

    /// A plan that returns the slots drawn, and how it draws them.
    func sketch(_ sampler: Sampler, chunk: Int) throws -> (sketch: Sketch, draws: RowDraws) {
        var s = Sketch()
        s.plan.tables = tables
        s.plan.chunks = Chunks(dataset: slotCount, replicates: chunk)
        let numbers = s.bind(
            .column("slot"), [Axis(.position, 1)], HostTensor([slotCount, 1], (0..<Int32(slotCount)).map(\.self)))
        for table in tables.indices {
            _ = try s.step("\(table)", .gather(Gather(table: table)), [numbers], root: true)
        }
        return (s, try #require(sampler.rowDraws(slots: slots)))
    }

    func drawn(_ sampler: Sampler, _ replicates: [Range<Int>], chunk: Int) throws -> [[Int32]] {
        let (sketch, draws) = try sketch(sampler, chunk: chunk)
        let prepared = try OpenCLBackend(device: #require(device)).prepare(sketch.plan)
        let data = DatasetBindings(rows: slotCount, inputs: sketch.bound, draws: draws)
        var found: [[Int32]] = tables.map { _ in [] }
        let record = try prepared.run(data, progress: untold) { run, _ in
            for range in replicates {
                let roots = try run.run(drawing: range, seed: sampler.seed)
                for table in tables.indices { found[table] += try #require(roots["\(table)"]?.integers) }
            }
        }
        let most = replicates.map(\.count).max() ?? 0
        #expect(record.peakBytes == prepared.peakBytes(datasetRows: slotCount, replicates: most, drawing: draws))
        #expect(record.readBacksPerChunk == 1)
        return found
    }

    func expectSame(_ sampler: Sampler, _ replicates: [Range<Int>], chunk: Int = 1000, _ about: String) throws {
        let found = try drawn(sampler, replicates, chunk: chunk)
        let wanted = try replicates.map { try sampler.draw($0) }
        for table in tables.indices {
            #expect(
                found[table] == wanted.flatMap { $0[table].map { slots[Int($0)] } }, "\(about), \(tables[table].key)")
        }
    }

    /// One class, few, and as many as rows; all alike, some weighted, all weighted.
    @Test(arguments: [1, 3, 257]) func ofClassesOfAnySize(classes: Int) throws {
        let labels = integers(rows, below: classes, seed: 5)
        let weights = numbers(rows, seed: 6).map { Double(abs($0)) }
        let (alike, weighted) = (ClassIndex(labels: labels), ClassIndex(labels: labels, weights: weights))
        let (all, allWeighted) = (ClassIndex.everything(rows), ClassIndex.everything(rows, weights: weights))
        try expectSame(try sampler(["f": alike, "g": alike], all, seed: 0), [0..<5000], "alike")
        try expectSame(try sampler(["f": alike, "g": weighted], all, seed: 3), [0..<5000], "some weighted")
        try expectSame(
            try sampler(["f": weighted, "g": weighted], allWeighted, seed: .max), [0..<5000], "all weighted")
    }

    /// Whatever rounds and chunks, and where replicates carry from one word into the next.
    @Test(arguments: [1, 64, 333, 5000]) func ofAnyRange(chunk: Int) throws {
        let index = ClassIndex(labels: integers(rows, below: 4, seed: 1))
        let sampler = try sampler(["f": index, "g": index], .everything(rows), seed: 0xDEAD_BEEF_0BAD_F00D)
        let starts = [0, 7, 0xFFFF_FF80, 0x1234_5678_FFFF_FF80]
        try expectSame(sampler, starts.map { $0..<$0 + 300 }, chunk: chunk, "chunks of \(chunk)")
    }

    /// Sums whose products round up to the total, and weights that differ by many magnitudes.
    @Test func ofExtremeWeights() throws {
        let few = [Double.leastNonzeroMagnitude, 0, Double.leastNonzeroMagnitude, 1e-300, 1, 1e300, 0]
        let weights = (0..<rows).map { few[$0 % few.count] }
        let index = ClassIndex(labels: integers(rows, below: 30, seed: 1), weights: weights)
        let all = ClassIndex.everything(rows, weights: weights.map { $0 > 0 ? 1 : 0 })
        try expectSame(try sampler(["f": index, "g": index], all, seed: 1), [0..<5000], "extreme")
    }

    /// A class without weight is told of, whichever chunk it is met in, and what is drawn like its rows does not matter.
    @Test(arguments: [10, 5000]) func ofNothing(chunk: Int) throws {
        let labels = integers(rows, below: 5, seed: 1)
        let index = ClassIndex(labels: labels, weights: labels.map { $0 == 3 ? 0 : 1 })
        let sampler = try sampler(["f": index, "g": index], .everything(rows), seed: 1)
        let error = #expect(throws: BindingError.self) { try drawn(sampler, [0..<2000], chunk: chunk) }
        guard case .nothingDrawn(let key) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(["a0", "a1", "b"].contains(key))
    }

    /// What a kernel would read beyond its bounds is refused before.
    @Test func ofWhatIsNotWhole() throws {
        let index = ClassIndex(labels: integers(rows, below: 4, seed: 1))
        let (sketch, draws) = try sketch(sampler(["f": index, "g": index], .everything(rows), seed: 0), chunk: 10)
        let prepared = try OpenCLBackend(device: #require(device)).prepare(sketch.plan)
        func expectRefused(_ draws: RowDraws?, _ about: String) {
            #expect(throws: BindingError.self, "\(about)") {
                let data = DatasetBindings(rows: slotCount, inputs: sketch.bound, draws: draws)
                _ = try prepared.run(data, progress: untold) { run, _ in _ = try run.run(drawing: 0..<5, seed: 0) }
            }
        }
        func changed(_ change: (inout [Int32], inout [Int], inout [Int32]) -> Void) -> RowDraws {
            var (classOf, offsets, rows) = (draws.classes[1].classOf, draws.classes[1].offsets, draws.classes[1].rows)
            change(&classOf, &offsets, &rows)
            let classes = [draws.classes[0], RowDraws.Classes(classOf: classOf, offsets: offsets, rows: rows)]
            return RowDraws(classes: classes + draws.classes.dropFirst(2), draws: draws.draws, slots: slots)
        }
        expectRefused(nil, "not told how")
        expectRefused(RowDraws(classes: draws.classes, draws: draws.draws.dropLast(), slots: slots), "a table less")
        expectRefused(RowDraws(classes: [draws.classes[0]], draws: draws.draws, slots: slots), "no such classes")
        let slotBeyond = Array(slots.dropLast()) + [Int32(slotCount)]
        expectRefused(RowDraws(classes: draws.classes, draws: draws.draws, slots: slotBeyond), "no such slot")
        expectRefused(changed { classOf, _, _ in classOf[3] = 4 }, "no such class")
        expectRefused(changed { _, offsets, _ in offsets[1] = 0 }, "a class without members")
        expectRefused(changed { _, offsets, _ in offsets = [] }, "no classes")
        expectRefused(changed { _, _, rows in rows[9] = 257 }, "no such row")
        let later = draws.draws.map { RowDraws.Draw(classes: $0.classes, key: $0.key, parent: 6) }
        expectRefused(RowDraws(classes: draws.classes, draws: later, slots: slots), "a later parent")
    }
}
