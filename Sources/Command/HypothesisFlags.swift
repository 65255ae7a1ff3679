import ArgumentParser
import Scrubjay

/// What is put into hypotheses, or in the place of what they name, shared by `run`, `plan` and `explain`.
struct HypothesisFlags: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: "NAME=VALUE: what stands for ${NAME} in the hypotheses. May be given several times.")
    var parameters: [String] = []

    @Option(help: "A model folder, in place of the one that the hypotheses name.", completion: .directory)
    var model: String?

    @Option(help: "A data file, in place of the one that the hypotheses name.", completion: .datasets)
    var data: String?

    /// Reads the files, in order.
    func hypotheses(_ paths: [String]) throws -> [Hypothesis] {
        let values = try values()
        let texts = try paths.map(HypothesisText.read)
        let used = Set(texts.flatMap(\.names).map(\.value)).sorted()
        for name in values.keys.sorted() where !used.contains(name) {
            throw UsageError(
                "--set \(name): no hypothesis has ${\(name)}"
                    + (suggestions(for: name, among: used).first.map { ", perhaps ${\($0)}" } ?? "")
                    + (used.isEmpty
                        ? "; they have no parameters" : "; parameters are \(used.joined(separator: ", "))"))
        }
        return try texts.map { text in
            try HypothesisFile.parse(text, parameters: values)
                .replacing(model: located(model, "--model"), data: located(data, "--data"))
        }
    }

    private func located(_ path: String?, _ flag: String) -> Located<String>? {
        path.map { Located($0, SourceLocation(file: flag)) }
    }

    private func values() throws -> [String: String] {
        var values: [String: String] = [:]
        for text in parameters {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, HypothesisText.isName(parts[0]) else {
                throw UsageError("--set is \"\(text)\", expected NAME=VALUE, such as layer=1")
            }
            guard values.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw UsageError("--set gives \(parts[0]) twice")
            }
        }
        return values
    }
}
