internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStore

/// What was run, from which files, on what and when.
struct SweepFacts {
    let runs: [StoredRun]
    let groups: [RunGroup]
    let names: GroupNames

    private var reports: [Report] { runs.compactMap(\.report) }

    /// `60 runs of 4 hypotheses, 57 done`.
    var lead: String {
        let hypotheses = Set(runs.map(\.statement.hypothesis)).count
        let word = hypotheses == 1 ? "1 hypothesis" : "\(hypotheses.grouped) hypotheses"
        let failed = runs.count { if case .failed = $0.state { true } else { false } }
        let unfinished = runs.count { if case .unfinished = $0.state { true } else { false } }
        var lead = "\(Numerals.count(runs.count, "run")) of \(word)"
        if groups.count != hypotheses, groups.count != runs.count {
            lead += ", in \(groups.count.grouped) combinations of parameters and policies"
        }
        if failed > 0 { lead += ", \(failed.grouped) failed" }
        if unfinished > 0 { lead += ", \(unfinished.grouped) not finished" }
        return lead + "."
    }

    var facts: [PageView.Fact] {
        let seeds = Set(runs.filter { !$0.statement.isExact }.map(\.statement.seed)).sorted()
        let metrics = reports.flatMap { $0.figures.map(\.metric) }.unique
        let files = files
        let statements = groups.map(\.statement)
        return [
            fact("Hypotheses", hypotheses), fact("Behaviours", [Self.some(metrics)]),
            fact("Seeds", [Self.list(seeds)]), fact("Samples a run", [Self.some(samples)]),
            fact("Other inputs", [Self.some(statements.map { $0.others ?? "as written" }.unique)]),
            fact("Ablation", [Self.some(statements.map(\.ablation).unique)]),
            fact("Models", files.models), fact("Data", files.data), fact("Devices", devices),
            fact("Version", reports.map(\.provenance.version).unique), fact("Run", [dates].compactMap(\.self)),
        ].compactMap(\.self)
    }

    private func fact(_ term: String, _ definitions: [String]) -> PageView.Fact? {
        let said = definitions.filter { !$0.isEmpty }
        guard !said.isEmpty else { return nil }
        let most = 8
        let rest = said.count - most
        return PageView.Fact(
            term: term, definitions: rest > 1 ? said.prefix(most) + ["and \(rest.grouped) more"] : said)
    }

    private var hypotheses: [String] {
        let folder = names.folder.isEmpty ? [] : ["in \(names.folder)"]
        return [Self.some(groups.map { names.hypothesis($0.statement) }.unique)] + folder
    }

    private var samples: [String] {
        runs.map { run in
            run.report.map { $0.isExact ? "every combination of draws" : $0.samples.grouped }
                ?? (run.statement.isExact ? "every combination of draws" : run.statement.samples.grouped)
        }.unique
    }

    private var devices: [String] {
        reports.map { report in
            report.backend.name == report.backend.device
                ? report.backend.name : "\(report.backend.name): \(report.backend.device)"
        }.unique
    }

    /// Files that were read, with eight digits of their SHA-256, under their folders: those of models, and the rest.
    private var files: (models: [String], data: [String]) {
        var read: [String: Set<String>] = [:]
        for report in reports {
            for (path, hash) in report.provenance.files { read[path, default: []].insert(String(hash.prefix(8))) }
        }
        func isModel(_ path: String) -> Bool {
            path.hasSuffix(".safetensors") || path.hasSuffix("/config.json") || path == "config.json"
        }
        func said(_ paths: [String]) -> [String] {
            var (folder, lines): (String?, [String]) = (nil, [])
            for path in paths {
                let file = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
                let own = String(path.dropLast(file.count))
                if own != folder, !own.isEmpty { lines.append(own) }
                folder = own
                lines.append("\(file) \((read[path] ?? []).sorted().joined(separator: ", "))")
            }
            return lines
        }
        let paths = read.keys.sorted().filter { !$0.hasSuffix(".yaml") && !$0.hasSuffix(".yml") }
        return (said(paths.filter(isModel)), said(paths.filter { !isModel($0) }))
    }

    private var dates: String? {
        let finished = runs.compactMap(\.finished)
        guard let first = finished.min(), let last = finished.max() else { return nil }
        func text(_ date: Date) -> String { String(date.ISO8601Format().prefix(16)).replacing("T", with: " ") }
        return text(first) == text(last) ? "\(text(first)) UTC" : "\(text(first)) to \(text(last)) UTC"
    }

    /// `1a, 1b and 12 more`.
    private static func some(_ names: [String]) -> String {
        let most = 12
        return names.count > most + 1
            ? "\(names.prefix(most).joined(separator: ", ")) and \((names.count - most).grouped) more"
            : names.joined(separator: ", ")
    }

    /// `0 to 4`, `0, 3, 9`.
    private static func list(_ seeds: [UInt64]) -> String {
        guard let first = seeds.first, let last = seeds.last else { return "" }
        if seeds.count > 2, last - first == UInt64(seeds.count - 1) { return "\(first) to \(last)" }
        return seeds.count > 12
            ? "\(seeds.count.grouped) of them, \(first) to \(last)" : seeds.map { "\($0)" }.joined(separator: ", ")
    }
}

extension [String] {
    /// Each once, in order of appearance.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
