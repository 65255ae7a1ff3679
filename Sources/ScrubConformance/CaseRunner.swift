internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Runs one case on one engine: every placement, in several chunk sizes, the plan having gone through its file.
struct CaseRunner {
    let judged: ConformanceCase
    let backend: any Backend

    private var largestError = 0.0
    private var sameBits = true
    private var hostSteps: [String: Int] = [:]

    init(_ judged: ConformanceCase, on backend: any Backend) {
        self.judged = judged
        self.backend = backend
    }

    /// Stops at the first thing wrong.
    mutating func outcome() -> CaseOutcome {
        let verdict: CaseOutcome.Verdict
        do {
            verdict = try firstFault() ?? .passed(largestError: largestError)
        } catch {
            verdict = .threw("\(error)")
        }
        return CaseOutcome(
            name: judged.name, subject: judged.subject, verdict: verdict, sameBits: sameBits, hostSteps: hostSteps)
    }

    private mutating func firstFault() throws -> CaseOutcome.Verdict? {
        for (placement, bindings) in zip(judged.placements, judged.bindings()) {
            var first: [String: HostTensor] = [:]
            let all = max(judged.datasetRows, placement.replicates)
            for rows in [all] + [1, 3].filter({ $0 < all }) {
                let result = try run(placement, bindings, chunk: rows)
                let name = "\(placement.name), chunks of \(rows)"
                for (op, count) in result.record.hostSteps { hostSteps[op, default: 0] += count }
                if let fault = shapeFault(result, placement, run: name) { return .misshapen(fault) }
                if let fault = valueFault(result, placement, run: name) { return .failed(fault) }
                if first.isEmpty { first = result.roots }
                if let fault = chunkFault(result, placement, first: first, run: name) { return .failed(fault) }
            }
        }
        return nil
    }

    private func run(
        _ placement: ConformanceCase.Placement, _ bindings: Bindings, chunk: Int
    ) throws -> RunResult {
        var written = placement.plan
        written.chunks = Chunks(dataset: chunk, replicates: chunk)
        let plan = try Plan(json: written.json(), file: judged.name)
        if plan != written { throw ConformanceError.changedByFile(judged.name) }
        return try backend.prepare(plan).run(bindings)
    }

    private func shapeFault(_ result: RunResult, _ placement: ConformanceCase.Placement, run: String) -> String? {
        for root in placement.plan.roots {
            let type = placement.plan.values[root.value].type.element
            guard let found = result.roots[root.name] else { return "\(run): no root \(root.name)" }
            let sizes = judged.sizes(of: root, in: placement)
            guard found.sizes == sizes, found.type == type else {
                return "\(run), \(root.name): expected \(type.rawValue) \(sizes), "
                    + "found \(found.type.rawValue) \(found.sizes)"
            }
        }
        let known = Set(placement.plan.roots.map(\.name))
        return result.roots.keys.sorted().first { !known.contains($0) }.map { "\(run): \($0) is no root" }
    }

    /// The recorded elements against the expected ones; the others must at least be finite, if all expected ones are.
    private mutating func valueFault(
        _ result: RunResult, _ placement: ConformanceCase.Placement, run: String
    ) -> CaseOutcome.Difference? {
        let (expected, indices) = (judged.expected ?? [], judged.recorded)
        let finite = expected.allSatisfy(\.isFinite)
        var (start, next) = (0, 0)
        for root in placement.plan.roots {
            let found = result.roots[root.name]?.doubles ?? []
            for (offset, value) in found.enumerated() {
                var error = finite && !value.isFinite ? Double.infinity : 0
                var wanted = Double.nan
                if next < indices.count, indices[next] == start + offset {
                    wanted = next < expected.count ? expected[next] : .infinity
                    error = judged.tolerance.error(of: value, from: wanted)
                    next += 1
                }
                if error > 1 { return difference(run, root, placement, offset, wanted, value, factor: 1) }
                largestError = max(largestError, error)
            }
            start += found.count
        }
        return nil
    }

    /// Every element against the first run's: both are within the tolerance of one number, so at most two apart.
    private mutating func chunkFault(
        _ result: RunResult, _ placement: ConformanceCase.Placement, first: [String: HostTensor], run: String
    ) -> CaseOutcome.Difference? {
        for root in placement.plan.roots {
            let (found, before) = (result.roots[root.name]?.doubles ?? [], first[root.name]?.doubles ?? [])
            for (offset, (value, other)) in zip(found, before).enumerated() where value.bitPattern != other.bitPattern {
                sameBits = sameBits && value.isNaN && other.isNaN
                if judged.tolerance.error(of: value, from: other) > 2 {
                    return difference("\(run) against one chunk", root, placement, offset, other, value, factor: 2)
                }
            }
        }
        return nil
    }

    private func difference(
        _ run: String, _ root: Root, _ placement: ConformanceCase.Placement, _ offset: Int, _ expected: Double,
        _ found: Double, factor: Double
    ) -> CaseOutcome.Difference {
        var (rest, index) = (offset, [Int]())
        for size in judged.sizes(of: root, in: placement).reversed() {
            index.insert(rest % size, at: 0)
            rest /= size
        }
        let allowed = judged.tolerance.absolute + judged.tolerance.relative * abs(expected)
        return .init(
            run: run, root: root.name, index: index, expected: expected, found: found, tolerance: factor * allowed)
    }
}

extension HostTensor {
    fileprivate var doubles: [Double] {
        switch elements {
        case .float32(let values): values.map(Double.init)
        case .int32(let values): values.map(Double.init)
        }
    }
}
