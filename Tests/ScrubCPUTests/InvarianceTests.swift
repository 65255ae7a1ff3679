import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// The law of this engine: a row's value depends on its own inputs alone, to the last bit.
@Suite struct InvarianceTests {
    private func run(_ builder: PlanBuilder, _ bindings: Bindings, chunk: Int = 256, on backend: CPUBackend) throws
        -> RunResult
    {
        var plan = builder.plan
        plan.chunks = Chunks(dataset: chunk, replicates: chunk)
        return try backend.prepare(plan).run(bindings)
    }

    @Test(arguments: [false, true]) func chunksThreadsAndInstructionSetsDoNotMatter(causal: Bool) throws {
        let builder = try transformer(rows: 23, causal: causal)
        let expected = try run(builder, builder.bindings(), on: CPUBackend(threads: 1)).roots
        #expect(expected["loss"]?.sizes == [23])
        #expect(expected["stream"]?.sizes == [23, 7, 20])
        for set in InstructionSet.allCases where set.isSupported {
            for threads in [1, 2, 5] {
                for chunk in [1, 3, 22, 23, 1000] {
                    let found = try run(
                        builder, builder.bindings(), chunk: chunk, on: CPUBackend(threads: threads, instructionSet: set)
                    )
                    #expect(found.roots == expected, "\(set), \(threads) threads, chunks of \(chunk)")
                }
            }
        }
    }

    @Test func theReplicateAxisComputesWhatTheDatasetAxisDoes() throws {
        let plain = try transformer(rows: 9, causal: true)
        let gathered = try transformer(rows: 9, causal: true, gathered: true)
        let table: [Int32] = [3, 3, 8, 0, 5, 1, 8, 2, 7, 6, 4, 0, 0]
        let expected = try run(plain, plain.bindings(), on: CPUBackend()).roots
        let found = try run(gathered, gathered.bindings([table]), chunk: 4, on: CPUBackend(threads: 2)).roots
        for (name, width) in [("loss", 1), ("stream", 140)] {
            let (all, some) = (try #require(expected[name]?.floats), try #require(found[name]?.floats))
            for (replicate, row) in table.enumerated() {
                let start = Int(row) * width
                #expect(
                    Array(some[replicate * width..<(replicate + 1) * width]) == Array(all[start..<start + width]),
                    "\(name) \(row)")
            }
        }
    }

    @Test func aRowDoesNotDependOnTheOthers() throws {
        let builder = try transformer(rows: 11, causal: false)
        let all = try #require(try run(builder, builder.bindings(), on: CPUBackend()).roots["stream"]?.floats)
        for row in [0, 4, 10] {
            var one = builder.bindings()
            one.datasetRows = 1
            for (name, width) in [("tokens", 7), ("labels", 1)] {
                let column = try #require(one.inputs[.column(name)])
                let values = try #require(column.integers)
                one.inputs[.column(name)] = HostTensor([1, width], Array(values[row * width..<(row + 1) * width]))
            }
            let alone = try run(builder, one, on: CPUBackend()).roots["stream"]?.floats
            #expect(alone == Array(all[row * 140..<(row + 1) * 140]), "row \(row)")
        }
    }

    @Test(arguments: [[0], [29], [40, 3, 3, 17], Array((0..<41).reversed())]) func positionsNotComputedDoNotMatter(
        _ some: [Int]
    ) throws {
        for causal in [false, true] {
            var b = PlanBuilder(rows: 3)
            let (position, model, head) = (Axis(.position, 41), Axis(.model, 50), Axis(.head, 28))
            let x = b.column("x", position, model)
            let mask = try b.step(.paddingMask(PaddingMask(token: 0)), b.column("tokens", position, below: 3))
            let (wq, wk, wv) = (b.weight(model, head), b.weight(model, head), b.weight(model, head))
            let select = Op.selectPositions(SelectPositions(some))
            let q = try b.step(.linear(Linear()), x, wq)
            let (k, v) = (try b.step(.linear(Linear()), x, wk), try b.step(.linear(Linear()), x, wv))
            b.root("all", try b.step(select, b.step(.attention(Attention(causal: causal, scale: 0.2)), q, k, v, mask)))
            let few = try b.step(.linear(Linear()), b.step(select, x), wq)
            b.root("few", try b.step(.attention(Attention(causal: causal, scale: 0.2, queries: some)), few, k, v, mask))
            for set in InstructionSet.allCases where set.isSupported {
                let found = try run(b, b.bindings(), on: CPUBackend(instructionSet: set)).roots
                #expect(found["all"] == found["few"], "\(set), causal \(causal)")
            }
        }
    }

    @Test func aLaterKeyTakesNoPart() throws {
        var b = PlanBuilder(rows: 2)
        let (position, head) = (Axis(.position, 20), Axis(.head, 5))
        let (q, k, v) = (b.column("q", position, head), b.column("k", position, head), b.column("v", position, head))
        b.root("z", try b.step(.attention(Attention(causal: true, scale: 1)), q, k, v))
        let expected = try #require(try run(b, b.bindings(), on: CPUBackend()).roots["z"]?.floats)
        // Position 13 of each row becomes NaN: positions before it keep their bits.
        for name in ["k", "v"] {
            var values = try #require(b.inputs[.column(name)]?.floats)
            for row in 0..<2 { for d in 0..<5 { values[row * 100 + 13 * 5 + d] = .nan } }
            b.inputs[.column(name)] = HostTensor([2, 20, 5], values)
        }
        let found = try #require(try run(b, b.bindings(), on: CPUBackend()).roots["z"]?.floats)
        for row in 0..<2 {
            #expect(found[row * 100..<row * 100 + 65] == expected[row * 100..<row * 100 + 65])
            #expect(found[row * 100 + 65..<row * 100 + 100].allSatisfy { $0.isNaN })
        }
    }
}
