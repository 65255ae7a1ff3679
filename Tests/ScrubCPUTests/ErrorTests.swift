import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// What cannot run is refused with a reason, and nothing is read or written out of bounds.
@Suite struct ErrorTests {
    private func embedding(gathered: Bool) throws -> PlanBuilder {
        var b = PlanBuilder(rows: 6)
        let (position, model) = (Axis(.position, 4), Axis(.model, 3))
        var tokens = b.column("tokens", position, below: 5)
        if gathered { tokens = try b.step(.gather(Gather(table: 0)), tokens) }
        b.root(
            "x", try b.step(.embed(Embed()), tokens, b.weight(Axis(.vocabulary, 5), model), b.weight(position, model)))
        return b
    }

    private func spoil(_ b: inout PlanBuilder, _ column: String, row: Int, _ value: Int32, width: Int) throws {
        var values = try #require(b.inputs[.column(column)]?.integers)
        values[row * width + width - 1] = value
        b.inputs[.column(column)] = HostTensor([b.rows, width], values)
    }

    @Test(arguments: [Int32.min, -1, 5, .max]) func aTokenOutsideTheVocabularyIsNamed(token: Int32) throws {
        var b = try embedding(gathered: false)
        try spoil(&b, "tokens", row: 3, token, width: 4)
        try spoil(&b, "tokens", row: 5, token, width: 4)
        for threads in [1, 3] {
            let plan = try CPUBackend(threads: threads).prepare(b.plan)
            #expect(throws: CPUError.indexOutOfRange(column: .column("tokens"), row: 3, value: Int(token), bound: 5)) {
                try plan.run(b.bindings())
            }
        }
    }

    @Test func aGatheredTokenIsNamedByItsDatum() throws {
        var b = try embedding(gathered: true)
        try spoil(&b, "tokens", row: 4, 9, width: 4)
        let plan = try CPUBackend().prepare(b.plan)
        #expect(throws: CPUError.indexOutOfRange(column: .column("tokens"), row: 4, value: 9, bound: 5)) {
            try plan.run(b.bindings([[0, 1, 4, 4]]))
        }
        #expect(throws: Never.self) { try plan.run(b.bindings([[0, 1, 5]])) }
    }

    @Test func aMergedTokenIsNamedByTheDatumThatHoldsIt() throws {
        var b = PlanBuilder(rows: 6)
        let (position, model) = (Axis(.position, 4), Axis(.model, 3))
        let tokens = b.column("tokens", position, below: 5)
        let drawn = try [0, 1].map { try b.step(.gather(Gather(table: $0)), tokens) }
        let picks = [(0, 0), (1, 1), (0, 2), (1, 3)].map { MergePositions.Pick(input: $0.0, position: $0.1) }
        let merged = try b.step(.mergePositions(MergePositions(picks)), drawn)
        b.root("x", try b.step(.embed(Embed()), merged, b.weight(Axis(.vocabulary, 5), model)))
        b.plan.tables.append(Table(key: "other"))
        try spoil(&b, "tokens", row: 4, 9, width: 4)
        let plan = try CPUBackend().prepare(b.plan)
        #expect(throws: CPUError.indexOutOfRange(column: .column("tokens"), row: 4, value: 9, bound: 5)) {
            try plan.run(b.bindings([[0, 1, 2], [3, 4, 5]]))
        }
        // The last position comes from the second draw.
        #expect(throws: Never.self) { try plan.run(b.bindings([[4, 4, 2], [3, 1, 5]])) }
    }

    @Test(arguments: [Int32.min, -1, 3, .max]) func aClassThatIsNotInTheTableIsNamed(index: Int32) throws {
        var b = PlanBuilder(rows: 6)
        let classes = b.column("classes", below: 3)
        b.root("x", try b.step(.lookup(Lookup()), classes, b.weight(Axis(.group, 3), Axis(.model, 5))))
        var values = try #require(b.inputs[.column("classes")]?.integers)
        values[4] = index
        b.inputs[.column("classes")] = HostTensor([6], values)
        let plan = try CPUBackend().prepare(b.plan)
        #expect(throws: CPUError.indexOutOfRange(column: .column("classes"), row: 4, value: Int(index), bound: 3)) {
            try plan.run(b.bindings())
        }
    }

    @Test func aLabelOutsideTheLogitsIsNamed() throws {
        var b = PlanBuilder(rows: 3)
        let (position, logit) = (Axis(.position, 2), Axis(.logit, 4))
        let labels = b.column("labels", position, below: 4)
        b.root("loss", try b.step(.crossEntropy(CrossEntropy()), b.column("logits", position, logit), labels))
        try spoil(&b, "labels", row: 1, -100, width: 2)
        let plan = try CPUBackend().prepare(b.plan)
        let error = CPUError.indexOutOfRange(column: .column("labels"), row: 1, value: -100, bound: 4)
        #expect(throws: error) { try plan.run(b.bindings()) }
        #expect(error.message == "column labels holds -100 at row 1; it must be in 0..<4")
    }

    @Test func aBinaryLabelIsZeroOrOne() throws {
        var b = try transformer(rows: 3, causal: false)
        try spoil(&b, "labels", row: 2, 2, width: 1)
        let plan = try CPUBackend().prepare(b.plan)
        #expect(throws: CPUError.indexOutOfRange(column: .column("labels"), row: 2, value: 2, bound: 2)) {
            try plan.run(b.bindings())
        }
    }

    @Test func anInstructionSetThisCPULacksIsRefused() throws {
        let b = try embedding(gathered: false)
        for set in InstructionSet.allCases where !set.isSupported {
            #expect(throws: CPUError.unsupportedInstructionSet(set)) {
                try CPUBackend(instructionSet: set).prepare(b.plan)
            }
        }
    }

    @Test func weightsWithARowAxisAreRefused() throws {
        var b = PlanBuilder(rows: 2)
        let (position, model) = (Axis(.position, 4), Axis(.model, 3))
        b.root("y", try b.step(.linear(Linear()), b.column("x", position, model), b.column("w", model, Axis(.head, 2))))
        #expect(throws: CPUError.malformedPlan("column w, a weight of linear, has a row axis")) {
            try CPUBackend().prepare(b.plan)
        }
    }

    @Test func aPlanThatBreaksARuleIsRefused() throws {
        var b = try embedding(gathered: false)
        b.plan.steps[0].output = 99
        #expect(throws: PlanError.self) { try CPUBackend().prepare(b.plan) }
        b = try embedding(gathered: false)
        b.plan.values[0].type.shape.axes[0].count = -4
        #expect(throws: CPUError.malformedPlan("column tokens has an axis of negative count")) {
            try CPUBackend().prepare(b.plan)
        }
    }

    @Test func bindingsAreChecked() throws {
        var b = try embedding(gathered: false)
        b.inputs[.column("tokens")] = nil
        let plan = try CPUBackend().prepare(b.plan)
        #expect(throws: BindingError.missing(.column("tokens"))) { try plan.run(b.bindings()) }
    }

    @Test func noRowsGiveEmptyRoots() throws {
        let b = try transformer(rows: 0, causal: false)
        let found = try CPUBackend().prepare(b.plan).run(b.bindings())
        #expect(found.roots["stream"] == HostTensor([0, 7, 20], [Float]()))
        #expect(found.record.chunks.isEmpty)
    }
}
