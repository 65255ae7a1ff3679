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

/// What is asked in a verdict.
enum Judged: Sendable {
    /// Plans on the CPU engine.
    case cpu
    /// Plans on the OpenCL engine.
    case openCL
    /// The conductor, from the hypothesis file to the report.
    case experiment
}

extension JudgeCase {
    /// Runs the case through the project and compares every root with the judge's.
    ///
    /// - Parameter breaking: a defect, to prove that the judge sees it; in plans alone.
    func verdict(on engine: Judged, breaking: Breakage = .none) -> Verdict {
        do {
            let difference = try withTemporaryFolder { folder in
                if engine == .experiment { return try firstDifferenceOfRun(in: folder) }
                return try firstDifference(try Scrubbed(self, in: folder, breaking: breaking), on: engine)
            }
            return difference.map(Verdict.differs) ?? .agrees
        } catch {
            return .refused("\(error)")
        }
    }

    private func firstDifference(_ scrubbed: Scrubbed, on engine: Judged) throws -> String? {
        let judgement = try Judgement(self) { scrubbed.rows(replicate: $0) }
        let tables = Set(scrubbed.plan.tables.map(\.key))
        if tables != judgement.draws { return "tables \(tables.sorted()), draws \(judgement.draws.sorted())" }
        let given = scrubbed.plan.tables.compactMap { table in
            table.parent.map { "\(table.key) like \(scrubbed.plan.tables[$0].key) in \(table.feature ?? "")" }
        }
        if Set(given) != judgement.conditions {
            return "conditions \(given.sorted()), judged \(judgement.conditions.sorted())"
        }
        if scrubbed.hypothesis.withoutPlaces != hypothesis.withoutPlaces {
            return "the hypothesis reads back as another"
        }

        let plans = try scrubbed.plans()
        if engine == .cpu { return try firstDifferenceOnCPU(scrubbed, judgement, plans) }
        guard let backend = Engines.shared.openCL else { return nil }
        for (name, plan) in plans {
            let roots = try backend.roots(plan, scrubbed.bindings)
            if let difference = judgement.difference(from: roots) { return "\(name): \(difference)" }
        }
        return nil
    }

    private func firstDifferenceOnCPU(
        _ scrubbed: Scrubbed, _ judgement: Judgement, _ plans: [(name: String, plan: Plan)]
    ) throws -> String? {
        func roots(_ plan: Plan, threads: Int, chunk: Int?) throws -> [String: [Float]] {
            try Engines.shared.cpu(threads: threads).roots(plan, scrubbed.bindings, chunk: chunk)
        }
        let first = try roots(plans[0].plan, threads: 1, chunk: nil)
        if let difference = judgement.difference(from: first) { return "\(plans[0].name): \(difference)" }
        let bits = first.mapValues { $0.map(\.bitPattern) }
        for (name, plan) in plans {
            for (threads, chunk) in [(1, nil), (1, 1), (2, 7), (2, max(rows.count, replicates))] {
                let found = try roots(plan, threads: threads, chunk: chunk)
                guard let root = bits.keys.sorted().first(where: { found[$0]?.map(\.bitPattern) != bits[$0] }) else {
                    continue
                }
                let chunks = chunk.map { "chunks of \($0)" } ?? "chunks as chosen"
                let (new, old) = (found[root] ?? [], first[root] ?? [])
                return "\(name), \(threads) threads, \(chunks): \(root) is \(new), not \(old) to the bit"
            }
        }
        return nil
    }
}

extension Judgement {
    /// Engines agree within this, times one plus the judge's figure.
    static let tolerance = 1e-4

    /// The first figure that an engine has otherwise.
    func difference(from found: [String: [Float]]) -> String? {
        if Set(found.keys) != Set(roots.keys) { return "roots \(found.keys.sorted()), judged \(roots.keys.sorted())" }
        for (root, expected) in roots.sorted(by: { $0.key < $1.key }) {
            if let difference = Self.difference((found[root] ?? []).map(Double.init), expected) {
                return root + difference
            }
        }
        return nil
    }

    /// The first of `values` that is not as expected, in words that go on from a name.
    static func difference(_ values: [Double], _ expected: [Double]) -> String? {
        if values.count != expected.count { return " has \(values.count) elements, judged \(expected.count)" }
        for (element, (x, value)) in zip(expected, values).enumerated() {
            // Written so that NaN differs from everything.
            if !(abs(value - x) <= tolerance * (1 + abs(x))) { return ", element \(element), is \(value), judged \(x)" }
        }
        return nil
    }
}
