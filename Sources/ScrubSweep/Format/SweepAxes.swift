internal import Foundation
internal import ScrubCore
internal import ScrubHypothesis
internal import ScrubPlanner
internal import Yams

/// Reads what the runs of a sweep differ in, and collects the hypotheses that are named.
struct SweepAxes {
    let lists: SweepLists
    let pattern: SweepPattern
    /// Every hypothesis named so far, each file once.
    private(set) var hypotheses: [SweepHypothesis] = []

    init(lists: SweepLists, pattern: SweepPattern) {
        self.lists = lists
        self.pattern = pattern
    }

    /// Reads one list into a matrix.
    ///
    /// - Parameters:
    ///   - node: the list.
    ///   - key: what errors call it.
    ///   - axis: the key of one choice: a member of `SweepMatrix.keys`.
    ///   - matrix: what it goes into.
    mutating func read(_ node: Node, key: String, axis: String, into matrix: inout SweepMatrix) throws {
        switch axis {
        case "hypothesis": matrix.hypotheses = try files(node, key: key)
        case "model": matrix.models = try paths(node, key: key)
        case "dataset": matrix.datasets = try paths(node, key: key)
        case "others": matrix.others = try lists.others(node, key: key)
        case "ablation": matrix.ablations = try ablations(node, key: key)
        default: matrix.seeds = try lists.seeds(node, key: key)
        }
    }

    func ablations(_ node: Node, key: String) throws -> [String] {
        try lists.texts(node, key: key).map { text in
            guard Ablation(text.value) != nil else {
                throw HypothesisError.value(
                    text.location, key: key, found: "\"\(text.value)\"",
                    expected: "resample, zero, mean or mean:FEATURE")
            }
            return text.value
        }
    }

    /// Files of hypotheses, by their numbers. A file that an earlier pattern matched keeps its place.
    private mutating func files(_ node: Node, key: String) throws -> [Int] {
        var numbers: [Int] = []
        for stated in try lists.texts(node, key: key) {
            let files = pattern.files(stated.value)
            guard !files.isEmpty else {
                throw SweepError.noMatch(stated.location, pattern: stated.value, exist: pattern.yamlFiles)
            }
            for path in files {
                let number = try number(of: path, at: stated.location)
                if !numbers.contains(number) { numbers.append(number) }
            }
        }
        return numbers
    }

    private mutating func number(of path: String, at location: SourceLocation) throws -> Int {
        if let known = hypotheses.firstIndex(where: { $0.path == path }) { return known }
        hypotheses.append(SweepHypothesis(path: path, text: try HypothesisText.read(path), location: location))
        return hypotheses.count - 1
    }

    private func paths(_ node: Node, key: String) throws -> [String?] {
        try lists.texts(node, key: key).map { stated in
            let path = pattern.resolve(stated.value)
            guard FileManager.default.fileExists(atPath: path) else {
                throw SweepError.noFile(stated.location, key: key, path: path)
            }
            return path
        }
    }
}
