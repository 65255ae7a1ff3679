internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics
internal import ScrubStore

/// Runs that differ in nothing but the seed, and in what was asked of them besides, which changes no figure.
struct RunGroup {
    /// From 1, in order of appearance.
    let number: Int
    /// What was asked of each, besides the seed.
    let statement: RunStatement
    /// In order of seeds.
    let runs: [StoredRun]
    /// What the program and the files were, where several groups say the same and differ in these.
    var contents: String?
    /// Which text the hypothesis had, where it had several.
    var edition: String?

    var anchor: String { "g\(number)" }
    /// Of its first warning.
    var warningAnchor: String { "w\(number)" }

    var done: [(run: StoredRun, report: Report)] {
        runs.compactMap { run in
            guard run.state == .done, let report = run.report, !report.figures.isEmpty else { return nil }
            return (run, report)
        }
    }

    /// The run of which the page says all: the one that tells most, the first where several do.
    var example: (run: StoredRun, report: Report)? {
        func told(_ report: Report) -> Int {
            (report.attribution == nil ? 0 : 2) + (report.figures[0].groups.isEmpty ? 0 : 1)
        }
        let done = done
        guard let most = done.map({ told($0.report) }).max() else { return nil }
        return done.first { told($0.report) == most }
    }

    /// A figure of the first behaviour over the seeds that have it.
    func spread(_ value: (Report.Figure) -> Double?) -> Spread? {
        Spread(done.compactMap { $0.report.figures.first.flatMap(value) })
    }

    var recovered: Spread? { spread { $0.recovered?.mean } }

    /// In order of appearance.
    static func groups(of runs: [StoredRun]) -> [RunGroup] {
        struct Key: Hashable {
            var statement: RunStatement
            var contents: String?
        }
        // Runs that failed have read nothing, and join those that have.
        var known: [RunStatement: [String]] = [:]
        for run in runs {
            guard let contents = run.contents else { continue }
            let statement = run.statement.withoutSeed
            if known[statement]?.contains(contents) != true { known[statement, default: []].append(contents) }
        }
        var order: [Key] = []
        var members: [Key: [StoredRun]] = [:]
        for run in runs {
            let statement = run.statement.withoutSeed
            let key = Key(statement: statement, contents: run.contents ?? known[statement]?.first)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(run)
        }
        var groups = order.enumerated().map { number, key in
            RunGroup(
                number: number + 1, statement: key.statement,
                runs: (members[key] ?? []).sorted { $0.statement.seed < $1.statement.seed },
                contents: (known[key.statement]?.count ?? 0) > 1 ? key.contents : nil)
        }
        let editions = Edition.digests(groups)
        for place in groups.indices { groups[place].edition = editions[groups[place].number] }
        return groups
    }
}

extension RunStatement {
    fileprivate var withoutSeed: RunStatement {
        var statement = self
        (statement.seed, statement.groupings, statement.attribution) = (0, [], false)
        return statement
    }
}

extension StoredRun {
    /// The program's version and a digest of what was read besides hypotheses, whose text the statement has.
    fileprivate var contents: String? {
        guard let provenance = report?.provenance else { return nil }
        let read = provenance.files.filter { !$0.key.hasSuffix(".yaml") && !$0.key.hasSuffix(".yml") }
            .map { "\($0.key) \($0.value)" }.sorted().joined(separator: "\n")
        return "\(provenance.version), files \(Digest(read).description.prefix(8))"
    }
}
