import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// Every pass by itself, all of them, all but one, and none: on random hypotheses, the outputs of the CPU are the same
/// to the bit. One reorders sums, so that it always runs, and has a tolerance.
@Suite struct PassLawTests {
    /// Statement: whichever passes run, no output changes by a bit.
    @Test(arguments: UInt64(3000)..<3100) func whicheverPassesRun(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict { scrubbed in
                let plans = try Self.sets.map { name, passes in
                    let planner = Planner(limits: Self.limits, passes: passes)
                    return (name, try scrubbed.stages(planner).last?.plan ?? scrubbed.plan)
                }
                return [(try AttendToStream().apply(scrubbed.plan), plans)]
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: a pass changes no output by a bit, on whatever stage of a plan it runs; recomputing, whatever is
    /// gathered.
    @Test(arguments: UInt64(3100)..<3160) func onWhateverPlanAPassRuns(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict { scrubbed in
                func passed(_ stage: Stage) throws -> [(name: String, plan: Plan)] {
                    try PassKind.allCases.map { kind in
                        let pass = kind.pass(recomputing: stage.plan.gathersOfComputedValues)
                        let plan = try pass.apply(stage.plan)
                        try plan.verify()
                        return ("\(kind.name) after \(stage.name)", plan)
                    }
                }
                let stages = try scrubbed.stages(Planner(limits: Self.limits))
                // The lowered plan, then those that attend to the stream.
                return [
                    (scrubbed.plan, try stages.prefix(1).flatMap(passed)),
                    (try AttendToStream().apply(scrubbed.plan), try stages.dropFirst().flatMap(passed)),
                ]
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: attending to the stream wherever that can be done, worthwhile or not, no output leaves the tolerance;
    /// doing it again does nothing.
    @Test(arguments: UInt64(3200)..<3300) func attendingToTheStream(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict(withinTolerance: AttendToStream.tolerance) { scrubbed in
                let plan = try AttendToStream(gain: 0).apply(scrubbed.plan)
                try plan.verify()
                guard try AttendToStream(gain: 0).apply(plan) == plan else { return [(plan, [("again", Plan())])] }
                return [(scrubbed.plan, [("attend to the stream", plan)])]
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: padding that an engine may leave out is read by nobody, whatever the plan, given all that draws keep to.
    @Test(arguments: UInt64(3300)..<3400) func paddingThatNobodyReads(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict(on: CPUBackend(threads: 1, padding: .poisoned)) { scrubbed in
                let stages = try scrubbed.stages(Planner(limits: Self.limits))
                return stages.map { ($0.plan, [("poisoned after \($0.name)", $0.plan)]) }
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: into whatever segments an engine cuts its blocks for want of cache, no value is written over before its
    /// last reader, and no bit changes.
    @Test(arguments: UInt64(3400)..<3500) func segmentsOfAnyLength(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict(
                on: CPUBackend(threads: 1 + Int(seed % 3), padding: .poisoned, cacheBytes: 16 << (seed / 3 % 10))
            ) { scrubbed in
                try scrubbed.stages(Planner(limits: Self.limits)).map { ($0.plan, [("in segments", $0.plan)]) }
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: the law of padding is about something.
    @Test func someCasesHavePaddingThatNobodyReads() throws {
        let padded = try (UInt64(3300)..<3400).count { seed in
            try withTemporaryFolder { folder in
                guard let scrubbed = try? Scrubbed(.random(seed), in: folder) else { return false }
                let plan = try scrubbed.stages(Planner(limits: Self.limits)).last?.plan
                return plan.map { !Padding($0).reads.isEmpty } ?? false
            }
        }
        #expect(padded >= 20)
    }

    /// Statement: the law of attending to the stream is about something.
    @Test func someCasesAttendToTheStream() throws {
        let changed = try (UInt64(3200)..<3300).count { seed in
            try withTemporaryFolder { folder in
                guard let scrubbed = try? Scrubbed(.random(seed), in: folder) else { return false }
                return try AttendToStream(gain: 0).apply(scrubbed.plan) != scrubbed.plan
            }
        }
        #expect(changed >= 30)
    }

    private static let limits = DeviceLimits(memory: 1 << 30, workers: 2, preferredArena: 1 << 20)

    private static let sets: [(name: String, passes: Set<PassKind>)] = {
        let all = Set(PassKind.allCases)
        return [("no pass", []), ("all passes", all)] + PassKind.allCases.map { ("\($0.name) alone", [$0]) }
            + PassKind.allCases.map { ("all but \($0.name)", all.subtracting([$0])) }
    }()
}

extension Scrubbed {
    fileprivate func stages(_ planner: Planner) throws -> [Stage] {
        try planner.stages(plan, datasetRows: bindings.datasetRows, replicates: bindings.replicates)
    }
}

extension Plan {
    /// What might be computed again in place of being kept.
    fileprivate var gathersOfComputedValues: [RecomputedGather] {
        let computed = Set(steps.map(\.output))
        return steps.compactMap { step in
            guard case .gather(let gather) = step.op, computed.contains(step.inputs[0]) else { return nil }
            return RecomputedGather(value: values[step.inputs[0]].name, table: gather.table)
        }
    }
}

extension JudgeCase {
    /// Whether plans have on the CPU the outputs of another: to the bit, or within a tolerance relative to the largest
    /// element of each root, at least 1.
    ///
    /// - Parameters:
    ///   - engine: what the others run on, while the first computes all; the same engine, if nil.
    ///   - make: by plan, those that must agree with it.
    fileprivate func verdict(
        withinTolerance tolerance: Double? = nil, on engine: CPUBackend? = nil,
        _ make: (Scrubbed) throws -> [(expected: Plan, plans: [(name: String, plan: Plan)])]
    ) -> Verdict {
        do {
            let difference: String? = try withTemporaryFolder { folder in
                let scrubbed = try Scrubbed(self, in: folder)
                func roots(_ plan: Plan, _ backend: CPUBackend) throws -> [String: [Float]] {
                    var data = scrubbed.bindings.data
                    if backend.padding == .poisoned { data.covered = covered(plan, scrubbed.bindings) }
                    var roots: [String: HostTensor] = [:]
                    let quiet: @Sendable (RunProgress) -> Void = { _ in }
                    _ = try backend.prepare(plan).run(data, progress: quiet) {
                        roots = try $0.run(scrubbed.bindings.tables).merging($1) { first, _ in first }
                    }
                    return roots.compactMapValues(\.floats)
                }
                let first = CPUBackend(threads: 1, padding: engine == nil ? .leftOut : .computed)
                for (reference, plans) in try make(scrubbed) {
                    let expected = try roots(reference, first)
                    for (name, plan) in plans where engine != nil || plan != reference {
                        let found = try roots(plan, engine ?? first)
                        let others = expected.keys.filter { root in
                            !agree(found[root] ?? [], expected[root] ?? [], within: tolerance)
                        }
                        if others.isEmpty { continue }
                        return "\(name): other values of \(others.sorted().joined(separator: ", "))"
                    }
                }
                return nil
            }
            return difference.map(Verdict.differs) ?? .agrees
        } catch {
            return .refused("\(error)")
        }
    }

    /// Every position asked for that these draws cover.
    private func covered(_ plan: Plan, _ bindings: Bindings) -> Set<CoveredPosition> {
        var covered: Set<CoveredPosition> = []
        _ = Padding(plan) { known in
            guard let input = plan.inputs.first(where: { $0.value == known.tokens.column }),
                let lengths = bindings.inputs[input.source].flatMap({ known.tokens.lengths($0) })
            else { return false }
            let holds = zip(bindings.tables[known.table], bindings.tables[known.mask]).allSatisfy { row, mask in
                lengths[Int(row)] > known.position || lengths[Int(mask)] <= known.position
            }
            if holds { covered.insert(known) }
            return holds
        }
        return covered
    }

    private func agree(_ found: [Float], _ expected: [Float], within tolerance: Double?) -> Bool {
        guard let tolerance else { return found.map(\.bitPattern) == expected.map(\.bitPattern) }
        let limit = tolerance * max(1, expected.map { Double(abs($0)) }.max() ?? 0)
        return found.count == expected.count
            && zip(found, expected).allSatisfy { Double(abs($0 - $1)) <= limit }
    }
}
