import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// What depends on a token and its position alone is looked up in a table, to the same bits as without one.
@Suite struct TabulationTests {
    /// A first layer, and gathers of what it gives.
    private func layer() throws -> PlanBuilder {
        var b = PlanBuilder(rows: 6)
        b.plan.tables.append(Table(key: "other"))
        let (position, model, head) = (Axis(.position, 7), Axis(.model, 20), Axis(.head, 9))
        let tokens = b.column("tokens", position, below: 5)
        let (vocabulary, places) = (b.weight(Axis(.vocabulary, 5), model), b.weight(position, model))
        let (gain, shift, bias) = (b.weight(model), b.weight(model), b.weight(model))
        // Some weights of the layer's norm have decayed below 2^-126.
        let source = try #require(b.plan.inputs.first { $0.value == gain }?.source)
        b.inputs[source] = HostTensor(
            [20], try #require(b.inputs[source]?.floats).enumerated().map { $0 % 3 == 0 ? $1 * 0x1p-130 : $1 })
        let weights = (0..<3).map { _ in (b.weight(model, head), b.weight(head)) }
        func projections(_ x: Int, _ b: inout PlanBuilder) throws -> [Int] {
            let norm = try b.step(.layerNorm(LayerNorm(epsilon: 1e-5)), x, gain, shift)
            return try weights.map { try b.step(.linear(Linear()), norm, $0.0, $0.1) }
        }
        func attend(_ name: String, _ x: [Int], _ b: inout PlanBuilder) throws {
            b.root(name, try b.step(.attention(Attention(causal: false, scale: 0.3)), x))
        }
        let x = try b.step(.sum(Sum()), b.step(.embed(Embed()), tokens, vocabulary, places), bias)
        let plain = try projections(x, &b)
        try attend("plain", plain, &b)
        // Kept, and read of another datum, under the mask of one; of the same tokens, gathered first.
        let gathered = try plain.enumerated().map { try b.step(.gather(Gather(table: $0 % 2)), $1) }
        try attend("gathered", gathered, &b)
        let own = try b.step(.gather(Gather(table: 1)), tokens)
        try attend("masked", gathered + [try b.step(.paddingMask(PaddingMask(token: 4)), own)], &b)
        let drawn = try b.step(.gather(Gather(table: 1)), tokens)
        let again = try b.step(.sum(Sum()), b.step(.embed(Embed()), drawn, vocabulary, places), bias)
        try attend("drawn", try projections(again, &b), &b)
        // A few positions in another order; the sum of two data is no function of one token.
        let some = try b.step(.embed(Embed(positions: [4, 0, 2])), tokens, vocabulary, places)
        try attend("some", try projections(some, &b), &b)
        let others = try b.step(.embed(Embed(positions: [0, 1, 2])), tokens, vocabulary, places)
        try attend("two places", try projections(try b.step(.sum(Sum()), some, others), &b), &b)
        let both = try b.step(.sum(Sum()), again, b.step(.gather(Gather(table: 0)), x))
        try attend("both", try projections(both, &b), &b)
        return b
    }

    @Test(arguments: [1, 3]) func theBitsAreThoseWithoutTables(threads: Int) throws {
        let b = try layer()
        let bindings = b.bindings([[0, 5, 2, 2, 1, 0, 3], [4, 4, 1, 0, 2, 3, 5]])
        // No table fits in half of a byte.
        let expected = try CPUBackend(threads: 1, padding: .computed, cacheBytes: 1).prepare(b.plan).run(bindings)
        #expect(expected.roots.count == 7)
        for set in InstructionSet.allCases where set.isSupported {
            for (cacheBytes, padding) in [(5000, UnreadPadding.leftOut), (9000, .poisoned), (1 << 18, .leftOut)] {
                let backend = CPUBackend(
                    threads: threads, instructionSet: set, padding: padding, cacheBytes: cacheBytes)
                let found = try backend.prepare(b.plan).run(bindings)
                #expect(found.roots == expected.roots, "\(set), \(cacheBytes) bytes")
                #expect(found.record.deviceSteps.keys == expected.record.deviceSteps.keys)
            }
        }
    }

    @Test func tablesAreCounted() throws {
        let b = try layer()
        let bindings = b.bindings([[0, 1], [2, 3]])
        func peak(_ cacheBytes: Int) throws -> (stated: Int, found: Int) {
            let prepared = try CPUBackend(threads: 1, cacheBytes: cacheBytes).prepare(b.plan)
            return (prepared.peakBytes(datasetRows: 6, replicates: 2), try prepared.run(bindings).record.peakBytes)
        }
        for cacheBytes in [1, 5000, 9000, 1 << 18] {
            let (stated, found) = try peak(cacheBytes)
            #expect(stated == found, "\(cacheBytes) bytes")
        }
        // There are tables.
        #expect(try peak(1 << 18).found != peak(1).found)
    }

    /// Of the datum that was drawn, though nothing else of it is computed.
    @Test func aTokenWithoutAnEntryIsNamedByItsDatum() throws {
        var b = PlanBuilder(rows: 4)
        let (position, model) = (Axis(.position, 3), Axis(.model, 8))
        let tokens = b.column("tokens", position, below: 5)
        b.inputs[.column("tokens")] = HostTensor([4, 3], [Int32(0), 1, 2, 3, 4, 0, 1, 5, 2, 0, 0, -1])
        let x = try b.step(.embed(Embed()), tokens, b.weight(Axis(.vocabulary, 5), model))
        let y = try b.step(.linear(Linear()), x, b.weight(model, Axis(.head, 8)))
        b.root("y", try b.step(.gather(Gather(table: 0)), y))
        let plan = try CPUBackend().prepare(b.plan)
        #expect(throws: CPUError.indexOutOfRange(column: .column("tokens"), row: 2, value: 5, bound: 5)) {
            try plan.run(b.bindings([[0, 1, 2, 3]]))
        }
        // The first replicate that reads one, whatever its datum.
        for threads in [1, 3] {
            b.plan.chunks = Chunks(dataset: 1, replicates: 4 - threads)
            let plan = try CPUBackend(threads: threads).prepare(b.plan)
            #expect(throws: CPUError.indexOutOfRange(column: .column("tokens"), row: 3, value: -1, bound: 5)) {
                try plan.run(b.bindings([[1, 3, 2]]))
            }
        }
        let found = try plan.run(b.bindings([[1, 0, 0]]))
        #expect(found.roots["y"]?.sizes == [3, 3, 8])
        // Nothing is left to compute on the dataset axis; what came about is counted all the same.
        #expect(found.record.chunks == [.dataset: 1, .replicates: 1])
        #expect(found.record.deviceSteps == ["embed": 1, "linear": 1, "gather": 1])
    }
}
