internal import Foundation
internal import ScrubCore
public import ScrubExperiment
internal import ScrubHypothesis
public import ScrubOpenCL
internal import ScrubStore

/// A sweep file as values: which runs are made, and how. docs/sweeps.md describes the format.
public struct Sweep: Sendable {
    /// The most runs that a sweep may have.
    public static let mostRuns = 1_000_000

    /// The sweep file, from the working directory.
    public var file: String
    /// Its contents.
    public var text: String
    /// What pages call the sweep: its `name`, or the file's name without its ending.
    public var name: String
    /// Replicates of each run; the first ones, where a width is to be reached.
    public var samples: Int
    /// Every combination of draws, instead of samples.
    public var isExact: Bool
    /// Replicates are drawn until the 95% interval of the share recovered is this wide at most.
    public var width: Double?
    /// By what figures are told apart besides.
    public var groupings: [String]
    /// Whether each claim is made exact and unconditional in turn.
    public var attribution: Bool
    /// Whether it is measured how far whole outputs lie from the model's.
    public var measuresDistance = true
    /// Of the factors of matrix products, on OpenCL devices.
    public var precision = Precision.exact
    /// How values are kept for gathers, on OpenCL devices.
    public var storage = Storage.f32
    /// What every run must meet.
    public var requirements: [Threshold]
    /// Replicates between stored progress; nil where the file leaves that to the program.
    public var checkpoint: Int?
    /// What the file says that has no effect, a line each, with its place.
    public internal(set) var warnings: [String] = []

    var hypotheses: [SweepHypothesis] = []
    var groupingPlaces: [SourceLocation] = []
    var choices: [PlacedChoice] = []

    /// - Parameter path: the sweep file, from the working directory.
    /// - Throws: `FileError` or `SweepError`: the file, or a hypothesis file that it names, cannot be read or says what
    ///   cannot be. What a hypothesis says is not looked at yet.
    public static func read(_ path: String) throws -> Sweep {
        let file = try MappedFile(path)
        let text = file.withBytes { String(validating: $0, as: UTF8.self) }
        guard let text else {
            throw SweepError.format(.syntax(SourceLocation(file: path), "the file is not UTF-8"))
        }
        return try parse(text, file: path)
    }

    /// - Parameters:
    ///   - text: the sweep file's contents.
    ///   - file: what errors call the text, and what paths in it are relative to.
    /// - Throws: as `read` does.
    public static func parse(_ text: String, file: String) throws -> Sweep {
        do {
            return try SweepReader(file: file).sweep(text)
        } catch let error as HypothesisError where error.location?.file == file {
            throw SweepError.format(error)
        }
    }

    /// The runs, in order: hypotheses outermost, then parameters, models, datasets, others, ablations, and seeds
    /// innermost; then those of `include`. Equal runs are one.
    ///
    /// - Parameters:
    ///   - backend: what each is to run on, `cpu` or `opencl`.
    ///   - samples: replicates of each, in place of what the file says.
    /// - Throws: a parameter's value that cannot stand in a hypothesis.
    public func runs(backend: String = "cpu", samples: Int? = nil) throws -> [SweepRun] {
        var last: (choice: SweepChoice, text: String)?
        return try choices.map { placed in
            let (choice, written) = (placed.choice, hypotheses[placed.choice.hypothesis])
            // Parameters change seldom from run to run, and the text with them.
            let text: String
            if let last, last.choice.hypothesis == choice.hypothesis, last.choice.parameters == choice.parameters {
                text = last.text
            } else {
                text = try written.text.text(choice.parameters)
            }
            last = (choice, text)
            let statement = RunStatement(
                hypothesis: written.path, text: text, parameters: choice.parameters, model: choice.model,
                data: choice.dataset, others: choice.others, ablation: choice.ablation, seed: choice.seed,
                samples: samples ?? self.samples, isExact: isExact, width: width, groupings: groupings,
                attribution: attribution, backend: backend, distance: measuresDistance ? nil : false,
                precision: precision == .exact ? nil : precision.rawValue,
                storage: storage == .f32 ? nil : storage.rawValue)
            return SweepRun(
                statement: statement, location: placed.location, written: written.text, groupingPlaces: groupingPlaces)
        }
    }
}
