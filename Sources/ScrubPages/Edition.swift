internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStore

/// Which text a hypothesis had, where it was changed between runs: of one file there are then several, alike in name and
/// parameters.
enum Edition {
    private struct Place: Hashable {
        let hypothesis: String
        let parameters: [String: String]
        let others: String?

        init(_ statement: RunStatement) {
            (hypothesis, parameters, others) = (statement.hypothesis, statement.parameters, statement.others)
        }
    }

    /// Eight digits of a SHA-256, by number of the group; none for hypotheses of one text. They are those of the file,
    /// which tell one version under all values of its parameters, or else of the text with its parameters put in.
    static func digests(_ groups: [RunGroup]) -> [Int: String] {
        var digests: [Int: String] = [:]
        for (_, own) in Dictionary(grouping: groups, by: \.statement.hypothesis) {
            let places = Dictionary(grouping: own) { Place($0.statement) }.values
            func several(_ said: (RunGroup) -> String) -> Int { places.reduce(0) { $0 + Set($1.map(said)).count } }
            let texts = several(\.statement.text)
            if texts == places.count { continue }
            // Files may have been read again after the text was.
            let isOfFile = several(\.fileDigest) == texts
            for group in own { digests[group.number] = isOfFile ? group.fileDigest : group.textDigest }
        }
        return digests
    }

    /// A sentence for each hypothesis of several texts: which there are, of how many runs, and until when.
    static func notes(_ groups: [RunGroup], _ names: GroupNames) -> [String] {
        let changed = groups.filter { $0.edition != nil }
        return changed.map(\.statement.hypothesis).unique.map { hypothesis in
            let own = changed.filter { $0.statement.hypothesis == hypothesis }
            let editions = own.compactMap(\.edition).unique.map { edition in
                let runs = own.filter { $0.edition == edition }.flatMap(\.runs)
                let last = runs.compactMap(\.finished).max().map { ", the last at \(Numerals.minute($0)) UTC" } ?? ""
                return "\(edition) (\(runs.count.counted("run"))\(last))"
            }
            return "The text of \(names.hypothesis(own[0].statement)) changed between its runs: "
                + "\(editions.count.counted("version")), told apart in the column text. "
                + "\(Numerals.some(editions)). The commands below run the file as it is now."
        }
    }
}

extension RunGroup {
    fileprivate var textDigest: String { String(Digest(statement.text).description.prefix(8)) }

    fileprivate var fileDigest: String {
        let known = runs.lazy.compactMap { $0.report?.provenance.files[statement.hypothesis] }.first
        return known.map { String($0.prefix(8)) } ?? textDigest
    }
}
