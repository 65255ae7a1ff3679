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

        func roots(
            _ padding: UnreadPadding, _ set: InstructionSet? = nil,
            drawn tables: [[Int32]] = [[0, 1, 2, 3, 4, 0, 4, 3], [4, 4, 1, 0, 2, 3, 0, 2]],
            covered: Set<CoveredPosition> = []
        ) throws -> [String: [UInt32]] {
            let backend = CPUBackend(threads: 2, instructionSet: set, padding: padding)
            let bindings = b.bindings(tables)
            let data = DatasetBindings(rows: bindings.datasetRows, inputs: bindings.inputs, covered: covered)
            var roots: [String: HostTensor] = [:]
            let quiet: @Sendable (RunProgress) -> Void = { _ in }
            _ = try backend.prepare(b.plan).run(data, progress: quiet) { run, plain in
                roots = try run.run(tables).merging(plain) { first, _ in first }
            }
            return roots.compactMapValues { $0.floats?.map(\.bitPattern) }
        }

        /// Whatever table 0 is asked under the mask of table 1.
        func covered() -> Set<CoveredPosition> {
            var asked: Set<CoveredPosition> = []
            _ = Padding(b.plan) { position in
                asked.insert(position)
                return true
            }
            return asked
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

    @Test func lengthsEndWithTheLastTokenThatIsNoPadding() throws {
        let layers = try Layers(maskOf: 0)
        let padded = try #require(Padding(layers.b.plan).tokens.first)
        #expect(padded.column == 0 && padded.token == 9)
        let column = try #require(layers.b.inputs[.column("tokens")])
        #expect(padded.lengths(column) == [5, 6, 9, 4, 9])
    }

    @Test func whatIsLeftOutIsNotComputed() throws {
        // A padding token that no embedding knows.
        var layers = try Layers(maskOf: 0)
        let known = Self.tokens.map { $0.map { $0 == 9 ? 10 : $0 } }
        layers.b.inputs[.column("tokens")] = HostTensor([known.count, 9], known.flatMap { $0 })
        layers.b.plan = layers.b.plan.replacingPaddingToken(with: 10)
        #expect(throws: CPUError.self) { try layers.roots(.computed) }
        // The row of nothing but padding is read.
        #expect(throws: CPUError.self) { try layers.roots(.leftOut) }
        let full = known.map { row in
            let length = (row.lastIndex { $0 != 10 } ?? 8) + 1
            return row.prefix(length).map { $0 == 10 ? 1 : $0 } + row.dropFirst(length)
        }
        layers.b.inputs[.column("tokens")] = HostTensor([full.count, 9], full.flatMap { $0 })
        #expect(throws: CPUError.self) { try layers.roots(.computed) }
        #expect(try layers.roots(.leftOut).count == 2)
    }

    @Test func whatIsReadAsFarAsTheMaskGoes() throws {
        let layers = try Layers(maskOf: 0)
        let reads = Padding(layers.b.plan).reads
        let (mixed, kept) = (try #require(reads[layers.mixed]), try #require(reads[layers.kept]))
        #expect(kept.tokens == mixed.tokens && mixed.beyond == 0 && kept.beyond == 0)
        #expect(mixed.table == 0 && mixed.least == 1)
        // Of the datum whose mask it is, all that is not padding; of the other, position 1 in any case.
        #expect(kept.table == nil && kept.least == 2)
    }

    @Test func paddingThatNoDrawReads() throws {
        let layers = try Layers(maskOf: 1)
        let covered = layers.covered()
        #expect(covered.count == 8)
        #expect(covered.allSatisfy { $0.table == 0 && $0.mask == 1 && $0.position != 1 })
        #expect(Padding(layers.b.plan, isCovered: covered.contains).reads[layers.kept]?.least == 1)
        // Rows have 5, 6, 9 (all of them padding), 4 and 9 positions.
        let longer: [[Int32]] = [[4, 2, 1, 0, 4], [0, 4, 3, 3, 4]]
        #expect(
            try layers.roots(.poisoned, drawn: longer, covered: covered) == layers.roots(.computed, drawn: longer))
        #expect(throws: BindingError.self) {
            try layers.roots(.leftOut, drawn: [[4, 0, 1], [0, 1, 3]], covered: covered)
        }
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

extension Plan {
    fileprivate func replacingPaddingToken(with token: Int) -> Plan {
        var plan = self
        for step in plan.steps.indices {
            if case .paddingMask = plan.steps[step].op { plan.steps[step].op = .paddingMask(PaddingMask(token: token)) }
        }
        return plan
    }
}
