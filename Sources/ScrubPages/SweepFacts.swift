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
        let failed = runs.count { if case .failed = $0.state { true } else { false } }
        let unfinished = runs.count { if case .unfinished = $0.state { true } else { false } }
        var lead = "\(runs.count.counted("run")) of \(hypotheses.counted("hypothesis"))"
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
            fact(Set(statements.map(\.hypothesis)).count.several("Hypothesis"), hypotheses),
            fact(metrics.count.several("Behaviour"), [Numerals.some(metrics)]),
            fact(seeds.count.several("Seed"), [Numerals.list(seeds)]),
            fact("Samples a run", [Numerals.some(samples)]),
            fact("Other inputs", [Numerals.some(statements.map { $0.others ?? "as written" }.unique)]),
            fact("Ablation", [Numerals.some(statements.map(\.ablation).unique)]),
            fact(
                "Precision",
                statements.allSatisfy { $0.precision == nil }
                    ? [] : [Numerals.some(statements.map { $0.precision ?? "exact" }.unique)]),
            fact(
                "Storage",
                statements.allSatisfy { $0.storage == nil }
                    ? [] : [Numerals.some(statements.map { $0.storage ?? "f32" }.unique)]),
            fact("Model files", files.models), fact("Data files", files.data),
            fact(devices.count.several("Device"), devices),
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
        return [Numerals.some(groups.map { names.hypothesis($0.statement) }.unique)] + folder
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
        let (from, to) = (Numerals.minute(first), Numerals.minute(last))
        return from == to ? "\(from) UTC" : "\(from) to \(to) UTC"
    }
}

extension [String] {
    /// Each once, in order of appearance.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
