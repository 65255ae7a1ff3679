import Foundation
import ScrubCore
import ScrubExperiment
import ScrubStatistics
import Testing

/// A hypothesis of `Benchmarks/gallery` with its figures, which `expected.json` beside it has from a closed form or a
/// float64 enumeration.
struct GalleryCase: Sendable, CustomTestStringConvertible {
    let folder: String
    /// The file's name.
    let hypothesis: String
    /// By name: `model`, `scrubbed`, `baseline`, `recovered`.
    let figures: [String: Double]
    /// Whether there are few enough combinations of draws to run them all.
    let isEnumerable: Bool
    /// Keys that say nothing to this test.
    let unknown: [String]

    var testDescription: String { "\(folder)/\(hypothesis)" }
    var path: String { "\(Gallery.folder)/\(folder)/\(hypothesis)" }

    /// Whether there is a share recovered: not where the model is no better than the baseline.
    var hasRecovered: Bool { figures["recovered"] != nil }

    init(_ folder: String, _ hypothesis: String, _ json: JSONValue) {
        self.folder = folder
        self.hypothesis = hypothesis
        var (figures, unknown, isEnumerable) = ([String: Double](), [String](), false)
        if case .object(let members) = json.content {
            for member in members {
                switch (member.key, member.value.content) {
                case ("exact", .boolean(let flag)): isEnumerable = flag
                case ("recovered", .null): break
                case ("model", .real(let value)), ("scrubbed", .real(let value)), ("baseline", .real(let value)),
                    ("recovered", .real(let value)):
                    figures[member.key] = value
                case ("model", .integer(let value)), ("scrubbed", .integer(let value)),
                    ("baseline", .integer(let value)), ("recovered", .integer(let value)):
                    figures[member.key] = Double(value)
                default: unknown.append(member.key)
                }
            }
        }
        (self.figures, self.unknown, self.isEnumerable) = (figures, unknown, isEnumerable)
    }

    /// Runs it.
    func figure(_ options: RunOptions) throws -> Report.Figure {
        try #require(try Experiment(contentsOf: path).run(options).report.figures.first)
    }

    /// Whether each figure lies within `errors` of its standard errors, and rounding, of what it must be.
    ///
    /// Rounding: values are float32, to 6e-8 relative, through a few tens of additions.
    func check(_ figure: Report.Figure, errors: Double, _ place: Testing.SourceLocation = #_sourceLocation) throws {
        if hasRecovered { #expect(figure.recovered != nil, sourceLocation: place) }
        let found: [(String, Estimate?)] = [
            ("model", figure.model), ("scrubbed", figure.scrubbed), ("baseline", figure.baseline),
            ("recovered", hasRecovered ? figure.recovered : nil),
        ]
        for case (let name, let estimate?) in found {
            let expected = try #require(figures[name], "\(name)", sourceLocation: place)
            let distance = abs(estimate.mean - expected)
            // Written so that NaN fails.
            #expect(
                distance <= errors * estimate.standardError + 1e-6 * (1 + abs(expected)),
                "\(name): \(estimate.mean) ± \(estimate.standardError), not \(expected)", sourceLocation: place)
        }
    }
}

/// The folder of worked examples.
enum Gallery {
    static let folder =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
        + "/Benchmarks/gallery"

    /// The examples' names.
    static let examples = files(in: "").filter { files(in: $0).contains("expected.json") }

    static let all = examples.flatMap { example -> [GalleryCase] in
        let json = try? JSONText.parse(contentsOf: "\(folder)/\(example)/expected.json")
        guard case .object(let members)? = json?.content else { return [] }
        return members.map { GalleryCase(example, $0.key, $0.value) }
    }

    static let enumerable = all.filter(\.isEnumerable)

    static func files(in example: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(example)")) ?? []).sorted()
    }
}
