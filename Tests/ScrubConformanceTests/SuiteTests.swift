import ScrubConformance
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// The suite judges rightly: it passes a float64 engine and fails every wrong one.
struct SuiteTests {
    @Test("the reference engine passes every case")
    func right() throws {
        var reported = 0
        let outcomes = try ConformanceSuite.run(on: ReferenceBackend()) { _ in reported += 1 }
        #expect(outcomes.filter { !$0.passed }.map(\.description) == [])
        #expect(outcomes.filter { !$0.sameBits }.map(\.name) == [])
        #expect(outcomes.count == ConformanceSuite.cases.count && reported == outcomes.count)
    }

    @Test("an error in the last element of the last row of any op fails its cases", arguments: Op.everyKind)
    func perturbed(op: Op) throws {
        let wrong = ReferenceBackend(mistake: { row, output in
            guard row.op.name == op.name, row.row == row.rows - 1, let last = output.last else { return }
            output[output.count - 1] = row.types[0].element == .int32 ? last + 1 : last + 1e-3 * (1 + abs(last))
        })
        let outcomes = try ConformanceSuite.run(on: wrong, only: [op.name])
        let passed = outcomes.filter(\.passed).map(\.name)
        // A row with next to no deviation may be that far off, and NaN and infinity stay what they are.
        #expect(Double(passed.count) <= 0.2 * Double(outcomes.count), "passed nonetheless: \(passed)")
    }

    @Test("classical mistakes are found", arguments: Mistake.all)
    func classical(mistake: Mistake) throws {
        let outcomes = try ConformanceSuite.run(on: mistake.backend, only: [mistake.subject])
        #expect(outcomes.contains { !$0.passed })
    }

    @Test("a failure says where, what was expected and what was found")
    func failure() throws {
        let wrong = ReferenceBackend(mistake: { row, output in
            if row.op.name == Sum.name, row.row == 2 { output[1] += 1 }
        })
        let outcome = try #require(
            try ConformanceSuite.run(on: wrong, only: ["sum: two values of 3 by 17"]).first)
        guard case .failed(let difference) = outcome.verdict else {
            Issue.record("\(outcome)")
            return
        }
        #expect(difference.run == "on dataset rows, chunks of 4")
        #expect(difference.root == "result")
        #expect(difference.index == [2, 0, 1])
        #expect(abs(difference.found - difference.expected - 1) < 1e-6)
        #expect(
            outcome.description.hasPrefix(
                "sum: two values of 3 by 17: failed on dataset rows, chunks of 4, result[2, 0, 1]:"))
    }

    @Test("an element that is not recorded must be finite, and the same in every chunk size")
    func unrecorded() throws {
        let long = try #require(ConformanceSuite.cases.first { $0.stride > 2 && $0.subject == Linear.name })
        let width = try #require(long.placements[0].plan.values.last?.type.shape.count)
        #expect(!long.recorded.contains(width + 1 - width % long.stride))
        for value in [Double.nan, 1e3] {
            let wrong = ReferenceBackend(mistake: { row, output in
                if row.row == 0, row.chunk == 1 || value.isNaN { output[1] = value }
            })
            let outcome = try #require(try ConformanceSuite.run(on: wrong, only: [long.name]).first)
            #expect(!outcome.passed, "\(outcome)")
        }
    }

    @Test("roots that are missing, of another shape or type, or too many, and errors thrown, are outcomes")
    func misshapen() throws {
        func verdict(_ change: @escaping @Sendable (inout [String: HostTensor]) throws -> Void) throws -> String {
            let outcome = try ConformanceSuite.run(on: ReferenceBackend(returned: change), only: ["sum: scalars"]).first
            return try #require(outcome).description
        }
        #expect(try verdict { $0 = [:] } == "sum: scalars: on dataset rows, chunks of 4: no root result")
        #expect(
            try verdict { $0["result"] = HostTensor([1, 4], [Float](repeating: 0, count: 4)) }
                == "sum: scalars: on dataset rows, chunks of 4, result: expected float32 [4], found float32 [1, 4]")
        #expect(
            try verdict { $0["result"] = HostTensor([4], [Int32](repeating: 0, count: 4)) }
                == "sum: scalars: on dataset rows, chunks of 4, result: expected float32 [4], found int32 [4]")
        #expect(
            try verdict { $0["more"] = HostTensor([4], [Int32](repeating: 0, count: 4)) }
                == "sum: scalars: on dataset rows, chunks of 4: more is no root")
        #expect(
            try verdict { _ in throw BindingError.tableCount(expected: 1, found: 2) }
                == "sum: scalars: threw the plan has 1 index tables, 2 are bound")
    }

    @Test("a subject that no case has is an error that names the nearest")
    func unknown() throws {
        #expect {
            _ = try ConformanceSuite.run(on: ReferenceBackend(), only: ["lineal"])
        } throws: { error in
            "\(error)".hasPrefix(
                "no conformance case \"lineal\"; perhaps linear; there are absoluteError, activation, ")
        }
    }
}
