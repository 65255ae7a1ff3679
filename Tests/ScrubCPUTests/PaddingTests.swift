import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// Padding that nobody reads is left out, other padding is not, and no output depends on it.
@Suite struct PaddingTests {
    /// Rows with padding at their end, in their middle, of nothing else, and without any.
    private static let tokens: [[Int32]] = [
        [1, 2, 3, 1, 2, 9, 9, 9, 9], [1, 9, 3, 9, 2, 1, 9, 9, 9], [9, 9, 9, 9, 9, 9, 9, 9, 9],
        [9, 9, 9, 2, 9, 9, 9, 9, 9],
        [4, 3, 2, 1, 0, 1, 2, 3, 4],
    ]

    /// Two layers on the dataset axis, then one whose stream at position 1 is another datum's; the mask of table 0 or 1.
    private struct Layers {
        var b: PlanBuilder
        var (plain, kept, mixed) = (0, 0, 0)

        init(maskOf table: Int) throws {
            b = PlanBuilder(rows: PaddingTests.tokens.count)
            b.plan.tables.append(Table(key: "other"))
            let tokens = b.column("tokens", Axis(.position, 9), below: 5)
            b.inputs[.column("tokens")] = HostTensor(
                [PaddingTests.tokens.count, 9], PaddingTests.tokens.flatMap { $0 })
            let (vocabulary, model) = (Axis(.vocabulary, 10), Axis(.model, 20))
            let x = try b.step(
                .embed(Embed()), tokens, b.weight(vocabulary, model), b.weight(Axis(.position, 9), model))
            plain = try layer(x, mask: try b.step(.paddingMask(PaddingMask(token: 9)), tokens))
            b.root("plain", try answer(try layer(plain, mask: try b.step(.paddingMask(PaddingMask(token: 9)), tokens))))
            kept = plain
            let terms = (0...1).map { term in
                ResampleGather.Term(table: term, positions: (0..<9).map { ($0 == 1) == (term == 1) ? $0 : nil })
            }
            mixed = try b.step(.resampleGather(ResampleGather(terms)), kept, kept)
            let drawn = try b.step(.gather(Gather(table: table)), tokens)
            b.root("mixed", try answer(try layer(mixed, mask: try b.step(.paddingMask(PaddingMask(token: 9)), drawn))))
        }

        /// The stream after attention and an MLP.
        private mutating func layer(_ x: Int, mask: Int) throws -> Int {
            let (model, head, neuron) = (Axis(.model, 20), Axis(.head, 9), Axis(.neuron, 33))
            let normed = try b.step(.layerNorm(LayerNorm(epsilon: 1e-5)), x, b.weight(model), b.weight(model))
            let q = try b.step(.linear(Linear()), normed, b.weight(model, head), b.weight(head))
            let k = try b.step(.linear(Linear()), normed, b.weight(model, head))
            let v = try b.step(.linear(Linear()), normed, b.weight(model, head))
            let z = try b.step(.attention(Attention(causal: false, scale: 0.3)), q, k, v, mask)
            let stream = try b.step(.sum(Sum()), x, b.step(.linear(Linear()), z, b.weight(head, model)))
            let hidden = try b.step(.linear(Linear()), stream, b.weight(model, neuron))
            let active = try b.step(.activation(Activation(.relu)), hidden)
            return try b.step(.sum(Sum()), stream, b.step(.linear(Linear()), active, b.weight(neuron, model)))
        }

        /// What is read of a stream at position 0.
        private mutating func answer(_ x: Int) throws -> Int { try b.step(.selectPositions(SelectPositions([0])), x) }

        func roots(_ padding: UnreadPadding, _ set: InstructionSet) throws -> [String: [UInt32]] {
            let tables: [[Int32]] = [[0, 1, 2, 3, 4, 0, 4, 3], [4, 4, 1, 0, 2, 3, 0, 2]]
            let backend = CPUBackend(threads: 2, instructionSet: set, padding: padding)
            let roots = try backend.prepare(b.plan).run(b.bindings(tables)).roots
            return roots.compactMapValues { $0.floats?.map(\.bitPattern) }
        }
    }

    @Test(arguments: [0, 1]) func noOutputDependsOnIt(maskOf table: Int) throws {
        let layers = try Layers(maskOf: table)
        for set in InstructionSet.allCases where set.isSupported {
            let computed = try layers.roots(.computed, set)
            #expect(computed.count == 2)
            #expect(try layers.roots(.leftOut, set) == computed, "\(set)")
            #expect(try layers.roots(.poisoned, set) == computed, "\(set)")
        }
    }

    @Test func whatIsReadAsFarAsTheMaskGoes() throws {
        let layers = try Layers(maskOf: 0)
        let reads = Padding(layers.b.plan).reads
        let (mixed, kept) = (try #require(reads[layers.mixed]), try #require(reads[layers.kept]))
        #expect(mixed.tokens.column == 0 && mixed.tokens.token == 9 && kept.tokens == mixed.tokens)
        #expect(mixed.table == 0 && mixed.least == 1)
        // Of the datum whose mask it is, all that is not padding; of the other, position 1 in any case.
        #expect(kept.table == nil && kept.least == 2)
    }

    @Test func paddingThatIsReadIsComputed() throws {
        // The mask is longer than the datum that is kept.
        var layers = try Layers(maskOf: 1)
        var reads = Padding(layers.b.plan).reads
        #expect(reads[layers.mixed]?.table == 1)
        #expect(reads[layers.kept] == nil)
        // A root returns all of it.
        layers = try Layers(maskOf: 0)
        layers.b.root("stream", layers.mixed)
        reads = Padding(layers.b.plan).reads
        #expect(reads[layers.mixed] == nil && reads[layers.kept] == nil)
    }
}
