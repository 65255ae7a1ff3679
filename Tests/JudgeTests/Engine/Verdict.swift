import ScrubCore
import ScrubPlan

/// What the judge says of a case.
enum Verdict: Hashable {
    case agrees
    case differs(String)
    /// The project refuses what the generator takes for a sound case.
    case refused(String)

    /// Whether two cases fail in the same manner.
    func isLike(_ other: Verdict) -> Bool {
        switch (self, other) {
        case (.agrees, .agrees), (.differs, .differs), (.refused, .refused): true
        default: false
        }
    }
}

extension JudgeCase {
    /// Runs the case through the project and compares every root with the judge's.
    ///
    /// - Parameters:
    ///   - openCL: whether to ask the OpenCL engine too.
    ///   - breaking: a change to the plain plan, to prove that the judge sees it.
    func verdict(openCL: Bool, breaking: (Plan) -> Plan = { $0 }) -> Verdict {
        do {
            let difference = try withTemporaryFolder { folder in
                try firstDifference(try Scrubbed(self, in: folder, breaking: breaking), openCL: openCL)
            }
            return difference.map(Verdict.differs) ?? .agrees
        } catch {
            return .refused("\(error)")
        }
    }

    private func firstDifference(_ scrubbed: Scrubbed, openCL: Bool) throws -> String? {
        let judgement = try Judgement(self) { scrubbed.rows(replicate: $0) }
        let tables = Set(scrubbed.plan.tables.map(\.key))
        if tables != judgement.draws { return "tables \(tables.sorted()), draws \(judgement.draws.sorted())" }
        if scrubbed.hypothesis.withoutPlaces != hypothesis { return "the hypothesis reads back as another" }

        let engines = Engines.shared
        let (plain, passed) = (try scrubbed.planned(optimised: false), try scrubbed.planned(optimised: true))
        let expected = try engines.cpu(threads: 1).roots(plain, scrubbed.bindings)
        if let difference = judgement.difference(from: expected) { return "cpu, passes off: \(difference)" }
        for (name, plan) in [("passes off", plain), ("passes on", passed)] {
            for (threads, chunk) in [(1, nil), (1, 1), (2, 1), (2, 7), (2, max(rows.count, replicates))] {
                let roots = try engines.cpu(threads: threads).roots(plan, scrubbed.bindings, chunk: chunk)
                if let root = expected.keys.sorted().first(where: { !same(expected[$0], roots[$0]) }) {
                    let chunks = chunk.map { "chunks of \($0)" } ?? "chosen chunks"
                    return "cpu, \(name), \(threads) threads, \(chunks): \(root) is \(roots[root] ?? []), not \(expected[root] ?? []) to the bit"
                }
            }
            guard openCL, let backend = engines.openCL else { continue }
            let roots = try backend.roots(plan, scrubbed.bindings)
            if let difference = judgement.difference(from: roots) { return "opencl, \(name): \(difference)" }
        }
        return nil
    }

    private func same(_ a: [Float]?, _ b: [Float]?) -> Bool {
        a?.map(\.bitPattern) == b?.map(\.bitPattern)
    }
}

extension Judgement {
    /// Engines agree within this, times one plus the judge's figure.
    static let tolerance = 1e-4

    /// The first figure that an engine has otherwise.
    func difference(from found: [String: [Float]]) -> String? {
        if Set(found.keys) != Set(roots.keys) { return "roots \(found.keys.sorted()), judged \(roots.keys.sorted())" }
        for (root, expected) in roots.sorted(by: { $0.key < $1.key }) {
            let values = found[root] ?? []
            if values.count != expected.count { return "\(root) has \(values.count) elements, judged \(expected.count)" }
            for (element, (x, value)) in zip(expected, values).enumerated() {
                // Written so that NaN differs from everything.
                if !(abs(Double(value) - x) <= Self.tolerance * (1 + abs(x))) {
                    return "\(root), element \(element) is \(value), judged \(x)"
                }
            }
        }
        return nil
    }
}
