internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStore

/// Why runs failed, in their words, and which they are: runs that failed alike are told of once.
struct RunFailure {
    var why: String
    var failedRuns: String

    /// Of so many groups that failed alike the names are given.
    private static let mostNamed = 12

    /// In order of appearance.
    static func all(of groups: [RunGroup], _ names: GroupNames) -> [RunFailure] {
        var order: [String] = []
        var failed: [String: [String]] = [:]
        for group in groups {
            for (why, seeds) in group.reasons(\.failure) {
                if failed[why] == nil { order.append(why) }
                failed[why, default: []].append(names.name(group) + (seeds.map { ", \($0)" } ?? ""))
            }
        }
        return order.map { why in
            RunFailure(why: why, failedRuns: Numerals.some(failed[why] ?? [], most: mostNamed, separator: "; "))
        }
    }
}

extension RunGroup {
    /// What is said of its runs, each once, and of which seeds it is said; there are none where every draw is taken.
    func reasons(_ said: (StoredRun) -> String?) -> [(why: String, seeds: String?)] {
        let all = runs.compactMap { run in said(run).map { (why: $0, seed: run.statement.seed) } }
        return all.map(\.why).unique.map { why in
            (why, statement.isExact ? nil : Numerals.seeds(all.filter { $0.why == why }.map(\.seed)))
        }
    }
}

extension StoredRun {
    /// Why it failed; nil where it did not.
    var failure: String? {
        guard case .failed(let message, let isInput) = state else { return nil }
        return "failed\(isInput ? "" : " on the device"): \(message)"
    }

    /// Why it has no figures; nil where it has.
    var lack: String? {
        switch state {
        case .failed: failure
        case .unfinished(let replicates): "not finished: \(replicates.counted("sample")) so far"
        case .done: report?.figures.isEmpty == false ? nil : "no figures"
        }
    }
}
