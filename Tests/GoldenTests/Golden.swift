import Foundation
import ScrubCore
import Testing

/// The golden folder, which lies beside the repository's: models, the columns and figures that belong to them, replays.
enum Golden {
    /// The repository's folder.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let folder = repository + "/../shared"
    static let isPresent = FileManager.default.fileExists(atPath: folder + "/goldens/goldens.json")

    static let models = [
        "brackets", "modular-addition", "induction-heads", "tracr-reverse", "tracr-frac-prevs", "tracr-hist",
    ]

    static func model(_ name: String) -> String { "\(folder)/models/\(name)" }

    /// The hypotheses of `Tests/Goldens` on a model, by key.
    static func hypotheses(_ model: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/Tests/Goldens/\(model)")) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()
    }

    static func hypothesis(_ model: String, _ key: String) -> String {
        "\(repository)/Tests/Goldens/\(model)/\(key).yaml"
    }

    static func replay(_ model: String, _ key: String) -> String { "\(folder)/goldens/\(model)/\(key).replay.npz" }

    /// The dataset that belongs to a model.
    static func data(_ model: String) -> String {
        model == "induction-heads" ? "\(folder)/models/\(model)/data.npz" : "\(folder)/goldens/\(model)/columns.npz"
    }

    static func columns(_ model: String) throws -> Npz { try Npz(data(model)) }

    /// The rows of the column `tokens`.
    static func tokens(_ model: String) throws -> [[Int]] {
        let array = try #require(try columns(model)["tokens"])
        return try array.integers().map { Int($0) }.rows(of: array.sizes[1])
    }
}

/// A figure of `goldens.json`.
struct GoldenFigure {
    let mean: Double
    /// 0 where the figure is exact.
    let standardError: Double

    init(_ model: String, _ key: String) throws {
        let figure = try Self.entry(model, key)
        mean = try #require(figure.number("mean"))
        standardError = figure.number("standard_error") ?? 0
    }

    /// The share of the behaviour recovered, where that is the figure known.
    static func recovered(_ model: String, _ key: String) throws -> Double {
        try #require(try entry(model, key).number("recovered"))
    }

    private static func entry(_ model: String, _ key: String) throws -> JSONValue {
        let json = try JSONText.parse(contentsOf: Golden.folder + "/goldens/goldens.json")
        return try #require(json[model]?[key], "\(model) \(key)")
    }
}

extension JSONValue {
    /// The number under `key`, whichever way it is written.
    func number(_ key: String) -> Double? {
        let content = self[key]?.content
        if case .integer(let integer)? = content { return Double(integer) }
        if case .real(let real)? = content { return real }
        return nil
    }
}

extension Array {
    /// Consecutive runs of `width` elements.
    func rows(of width: Int) -> [[Element]] {
        stride(from: 0, to: count, by: width).map { Array(self[$0..<$0 + width]) }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips, by name, where the golden folder is absent.
    static var needsGoldens: Self { .enabled(if: Golden.isPresent, "the golden folder ../shared is absent") }
}
