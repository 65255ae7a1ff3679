internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubHypothesis
internal import ScrubOpenCL
internal import Yams

/// Reads sweep files.
struct SweepReader {
    private static let known = [
        "name", "hypotheses", "parameters", "seeds", "others", "ablations", "models", "datasets", "samples", "exact",
        "until-width", "by", "attribution", "distance", "precision", "storage", "include", "exclude", "require",
        "checkpoint",
    ]
    /// Keys of lists, with the key of one choice.
    private static let axes = [
        "hypotheses": "hypothesis", "models": "model", "datasets": "dataset", "others": "others",
        "ablations": "ablation", "seeds": "seed",
    ]

    let file: String
    private let yaml: YAMLReader
    private let lists: SweepLists

    init(file: String) {
        self.file = file
        yaml = YAMLReader(file: file)
        lists = SweepLists(yaml: yaml)
    }

    func sweep(_ text: String) throws -> Sweep {
        let document = try yaml.document(text)
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        var sweep = Sweep(
            file: file, text: text, name: name, samples: 4000, isExact: false, groupings: [], attribution: false,
            requirements: [])
        var (matrix, axes) = (SweepMatrix(), SweepAxes(lists: lists, pattern: SweepPattern(ofFile: file)))
        var (sections, places, parameterPlaces) = (
            [String: Node](), [String: SourceLocation](), [String: SourceLocation]()
        )
        for (key, value) in try yaml.members(document, of: "the sweep", known: Self.known) {
            places[key.value] = key.location
            if let axis = Self.axes[key.value] {
                try axes.read(value, key: key.value, axis: axis, into: &matrix)
            } else if key.value == "parameters" {
                for (name, values) in try parameters(value) {
                    matrix.parameters.append((name.value, values))
                    parameterPlaces[name.value] = name.location
                }
            } else if ["include", "exclude"].contains(key.value) {
                sections[key.value] = value
            } else {
                try read(value, key: key.value, into: &sweep)
            }
        }
        try check(sweep, places)
        if places["hypotheses"] == nil && sections["include"] == nil {
            throw HypothesisError.missing(yaml.place(document), key: "hypotheses", of: "the sweep")
        }
        let entries = SweepEntries(matrix: matrix, axes: axes, parameterPlaces: parameterPlaces)
        return try entries.fill(
            sweep, include: sections["include"], exclude: sections["exclude"], top: yaml.place(document))
    }

    /// What every run has in common.
    private func read(_ value: Node, key: String, into sweep: inout Sweep) throws {
        switch key {
        case "name": sweep.name = try yaml.text(value, key: key).value
        case "samples": sweep.samples = try integer(value, key: key, most: ExperimentError.mostSamples)
        case "checkpoint": sweep.checkpoint = try integer(value, key: key, most: RunOptions.mostReplicates)
        case "exact": sweep.isExact = try yaml.truth(value, key: key)
        case "distance": sweep.measuresDistance = try yaml.truth(value, key: key)
        case "precision": sweep.precision = try choice(value, key: key)
        case "storage": sweep.storage = try choice(value, key: key)
        case "attribution": sweep.attribution = try yaml.truth(value, key: key)
        case "by":
            let stated = try lists.texts(value, key: key)
            (sweep.groupings, sweep.groupingPlaces) = (stated.map(\.value), stated.map(\.location))
        case "until-width":
            let text = try yaml.text(value, key: key)
            guard let width = Double(text.value), width > 0, width.isFinite else {
                throw HypothesisError.value(
                    text.location, key: key, found: "\"\(text.value)\"", expected: "a number above 0, such as 0.01")
            }
            sweep.width = width
        default:
            sweep.requirements = try lists.texts(value, key: key).map { text in
                guard let threshold = Threshold(text.value) else {
                    throw HypothesisError.value(
                        text.location, key: key, found: "\"\(text.value)\"", expected: Threshold.form)
                }
                return threshold
            }
        }
    }

    private func choice<Choice: CaseIterable & RawRepresentable<String>>(_ node: Node, key: String) throws -> Choice {
        let text = try yaml.text(node, key: key)
        guard let choice = Choice(rawValue: text.value) else {
            throw HypothesisError.value(
                text.location, key: key, found: "\"\(text.value)\"",
                expected: Choice.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return choice
    }

    private func integer(_ node: Node, key: String, most: Int) throws -> Int {
        let value = try yaml.integer(node, key: key)
        guard (1...most).contains(value) else {
            throw HypothesisError.value(
                yaml.place(node), key: key, found: "\(value)", expected: "1 to \(most)")
        }
        return value
    }

    private func parameters(_ node: Node) throws -> [(name: Located<String>, values: [String])] {
        let members = try yaml.members(node, of: "parameters", known: nil)
        guard !members.isEmpty else {
            throw HypothesisError.value(
                yaml.place(node), key: "parameters", found: "empty", expected: "a name or more with its values")
        }
        return try members.map { key, value in
            if SweepMatrix.keys.contains(key.value) {
                throw SweepError.reserved(key.location, name: key.value, keys: SweepMatrix.keys)
            }
            guard HypothesisText.isName(key.value) else {
                throw HypothesisError.value(
                    key.location, key: "parameters", found: "\"\(key.value)\"",
                    expected: "names of letters, digits, _ and -, no digit or - first")
            }
            return (key, try lists.parameter(value, name: key.value))
        }
    }

    private func check(_ sweep: Sweep, _ places: [String: SourceLocation]) throws {
        guard sweep.isExact else { return }
        if let place = places["seeds"] { throw SweepError.seedOfExact(place, key: "seeds") }
        if let place = places["until-width"] { throw SweepError.widthOfExact(place) }
    }
}
