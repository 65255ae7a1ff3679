import Foundation
import ScrubConformance
import ScrubOps
import ScrubPlan
import Testing

/// The cases are well formed, whatever an engine makes of them.
struct CaseTests {
    @Test("every op has at least four cases")
    func everyOp() {
        let counts = Dictionary(grouping: ConformanceSuite.cases, by: \.subject).mapValues(\.count)
        let lacking = Op.everyKind.map(\.name).filter { counts[$0, default: 0] < 4 }
        #expect(
            lacking.isEmpty, "write Sources/ScrubConformance/<Op>Cases.swift and its line in ConformanceSuite.cases")
    }

    @Test("a name begins with its subject and is unique")
    func names() {
        var seen: Set<String> = []
        for judged in ConformanceSuite.cases {
            #expect(judged.name.hasPrefix("\(judged.subject): "))
            #expect(seen.insert(judged.name).inserted, "\(judged.name)")
        }
    }

    @Test("every plan keeps the rules, and its bindings fit", arguments: ConformanceSuite.cases)
    func plans(judged: ConformanceCase) throws {
        #expect(!judged.placements.isEmpty)
        for (placement, bindings) in zip(judged.placements, judged.bindings()) {
            try placement.plan.verify()
            try bindings.check(against: placement.plan)
            #expect(placement.plan.inputs.map(\.source) == judged.inputs.map(\.source))
        }
        if Op.everyKind.map(\.name).contains(judged.subject) {
            #expect(judged.placements.allSatisfy { $0.plan.steps.contains { $0.op.name == judged.subject } })
        }
    }

    @Test("every case has its expected values", arguments: ConformanceSuite.cases)
    func expected(judged: ConformanceCase) throws {
        let expected = try #require(judged.expected, "record them: see ExpectedTests")
        #expect(expected.count == judged.recorded.count)
        #expect(judged.recorded.last == judged.resultCount - 1)
        #expect(!judged.tolerance.reason.isEmpty)
        // No slack in which a wrong answer could hide: a zero is outside the tolerance somewhere, unless zero is the
        // answer.
        let isFound = zip(expected, expected.indices).contains { value, _ in
            judged.tolerance.error(of: 0, from: value) > 10
        }
        #expect(isFound || expected.allSatisfy { $0 == 0 || abs($0) < Tolerance.smallest }, "\(judged.name)")
    }

    @Test("the committed values stay small")
    func size() throws {
        let folder = Oracle.folder.appending(path: "Expected")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        let bytes = try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
        #expect(bytes < 300_000)
    }

    @Test("a tolerance measures in its own units")
    func tolerance() {
        let tolerance = Tolerance(absolute: 0.5, relative: 0.25, reason: "chosen")
        #expect(tolerance.error(of: 3, from: 2) == 1)
        #expect(tolerance.error(of: 2, from: 2) == 0)
        #expect(tolerance.error(of: .nan, from: 2) == .infinity)
        #expect(tolerance.error(of: .infinity, from: 2) == .infinity)
        #expect(tolerance.error(of: .nan, from: .nan) == 0)
        #expect(Tolerance.exact.error(of: Double(Float(0.1)), from: 0.1) == 0)
        #expect(Tolerance.exact.error(of: Double(Float(0.1).nextUp), from: 0.1) == .infinity)
    }
}
