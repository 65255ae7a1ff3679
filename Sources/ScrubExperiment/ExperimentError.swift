public import ScrubCore
public import ScrubGraph
public import ScrubModels

/// A hypothesis, data and model that do not fit together, or a run that cannot be made of them.
public enum ExperimentError: Diagnostic, Equatable {
    /// Replicates are counted in 32 bits.
    public static let mostSamples = Int(Int32.max)

    case unknownColumn(SourceLocation, name: String, known: [String], role: String)
    case notTokens(SourceLocation, column: String, found: String)
    case token(SourceLocation, column: String, row: Int, position: Int, value: Int, vocabulary: Int)
    case position(SourceLocation, found: Int, positions: Int)
    case positionTwice(SourceLocation, Int)
    case behaviour(SourceLocation, String)
    case label(SourceLocation, column: String, row: Int, value: String, expected: String)
    case columnKind(SourceLocation, column: String, found: String, expected: String)
    case noMask(SourceLocation, column: String, row: Int)
    case tooLong(SourceLocation, column: String, positions: Int, limit: Int)
    case model(SourceLocation, path: String, ModelError)
    case rewrite(SourceLocation, RewriteError)
    case tensorFile(SourceLocation, path: String, FileError)
    case noTensor(SourceLocation, name: String, file: String, known: [String])
    case tensorValue(SourceLocation, name: String, index: Int, value: String)
    /// A rewritten graph computes something else.
    case rewriteDiffers(
        SourceLocation?, rewrite: String, node: String, row: Int, error: Double, tolerance: Double)
    case samples(Int)
    case backend(String)
    case severalDevices(String)
    case deviceTwice(String, number: Int)
    case noDevice(wanted: String, exist: [String])
    /// Less than float32, by a flag, asked of an engine that has nothing else; `note` says why no other was chosen.
    case precision(String, note: String?)
    case replay(file: String, String)
    case plan(file: String, String)
    case noRoot(String)
    case noWeight(String, known: [String])
    case noColumn(String, node: String, known: [String])
    case columnShape(String, found: String, expected: String)
    case ablation(String)
    case measured(String)
    case metricTwice(String)
    case noCorrelation(String)
    case attribution
    /// With what less than float32 was asked for.
    case notFinite(String, value: Double, row: Int, rounding: String? = nil)
    case ownOutputOfOne
    case outputs(bytes: Double, limit: Int)
    case emptyGrouping(String, number: Int)
    case groups(String, found: Int, limit: Int)
    case sharedSampler(SourceLocation, node: String, between: String)
    case shared(
        SourceLocation, node: String, feature: String, between: String, given: String?, rows: [String])

    public var location: SourceLocation? {
        switch self {
        case .unknownColumn(let place, _, _, _), .notTokens(let place, _, _), .token(let place, _, _, _, _, _),
            .position(let place, _, _), .positionTwice(let place, _), .behaviour(let place, _),
            .label(let place, _, _, _, _),
            .columnKind(let place, _, _, _), .noMask(let place, _, _), .tooLong(let place, _, _, _),
            .model(let place, _, _), .rewrite(let place, _), .tensorFile(let place, _, _),
            .noTensor(let place, _, _, _),
            .tensorValue(let place, _, _, _), .shared(let place, _, _, _, _, _),
            .sharedSampler(let place, _, _):
            place
        case .rewriteDiffers(let place, _, _, _, _, _): place
        case .replay(let file, _), .plan(let file, _): SourceLocation(file: file)
        case .noRoot, .noWeight, .noColumn, .columnShape, .ablation, .measured, .metricTwice, .noCorrelation,
            .attribution, .notFinite, .ownOutputOfOne, .outputs,
            .emptyGrouping, .groups, .samples, .backend, .noDevice, .severalDevices, .deviceTwice,
            .precision:
            nil
        }
    }

    public var message: String {
        switch self {
        case .unknownColumn(_, let name, let known, let role):
            "no column \"\(name)\" for \(role)"
                + (suggestions(for: name, among: known).first.map { ", perhaps \($0)" } ?? "")
                + "; columns are \(known.joined(separator: ", "))"
        case .notTokens(_, let column, let found):
            "\"\(column)\" holds \(found), expected one array of token ids for each row"
        case .token(_, let column, let row, let position, let value, let vocabulary):
            "\"\(column)\" has token \(value) at row \(row), position \(position); the vocabulary is 0 to \(vocabulary - 1)"
        case .position(_, let found, let positions):
            "position \(found) does not exist; positions are 0 to \(positions - 1)"
        case .positionTwice(_, let position): "position \(position) is listed twice"
        case .behaviour(_, let text): text
        case .label(_, let column, let row, let value, let expected):
            "\"\(column)\" is \(value) at row \(row), expected \(expected)"
        case .columnKind(_, let column, let found, let expected): "\"\(column)\" holds \(found), expected \(expected)"
        case .tooLong(_, let column, let positions, let limit):
            "\"\(column)\" has \(positions) positions; the model's n_ctx is \(limit)"
        case .model(_, let path, let error): "the model '\(path)': \(error.message)"
        case .rewrite(_, let error): error.message
        case .tensorFile(_, let path, let error): "the tensor file '\(path)': \(error.message)"
        case .noTensor(_, let name, let file, let known):
            "no tensor \"\(name)\" in '\(file)'"
                + (suggestions(for: name, among: known).first.map { ", perhaps \($0)" } ?? "")
                + "; tensors are \(known.joined(separator: ", "))"
        case .tensorValue(_, let name, let index, let value): "\"\(name)\" holds \(value) at element \(index)"
        case .rewriteDiffers(_, let rewrite, let node, let row, let error, let tolerance):
            "\(rewrite) changes \"\(node)\" by \(error.short) at row \(row), and its tolerance is \(tolerance.short); "
                + "it is not the same function"
        case .noMask(_, let column, let row): "\"\(column)\" leaves no position at row \(row), so its mean is undefined"
        case .metricTwice(let metric): "two behaviours are called \"\(metric)\"; figures tell them apart by name"
        case .noCorrelation(let metric):
            "\(metric): the output or the column is constant on the samples, so that nothing can correlate"
        case .attribution: "a replay holds the draws of one hypothesis; attribution draws others"
        case .notFinite(let metric, let value, let row, let rounding):
            "\(metric) is \(value) where the reference datum is row \(row) of the data, expected a finite number"
                + (rounding.map { "; it was computed with \($0)" } ?? "")
        case .ownOutputOfOne: "a baseline against the model's own output takes two samples or more"
        case .outputs(let bytes, let limit):
            "the outputs of every sample take \(Int(bytes)) bytes, at most \(limit) are kept: draw fewer samples"
        case .emptyGrouping(let list, let number): "--by \"\(list)\": expression \(number) is empty"
        case .groups(let list, let found, let limit):
            "--by \"\(list)\" tells \(found) groups apart, at most \(limit) can be reported: use a coarser expression"
        case .samples(let found): "--samples is \(found), expected 1 to \(ExperimentError.mostSamples)"
        case .backend(let name):
            "no backend \"\(name)\"; backends are auto, cpu, opencl, opencl:<number>, opencl:<number>,<number>, opencl:all"
        case .severalDevices(let name): "--backend \(name) names several devices, and this takes one"
        case .deviceTwice(let name, let number): "--backend \(name) names the device \(number) twice"
        case .precision(let name, let note):
            "\(name) needs an OpenCL device; the cpu backend rounds nothing beyond float32"
                + (note.map { " (it was taken because \($0))" } ?? "") + ": say --backend opencl"
        case .noDevice(let wanted, let exist):
            "no device for --backend \(wanted)"
                + (exist.isEmpty ? "; no OpenCL device was found" : "; devices are \(exist.joined(separator: ", "))")
        case .replay(_, let text), .plan(_, let text): text
        case .noRoot(let name): "the plan has no root \"\(name)\""
        case .noWeight(let name, let known):
            "the graph reads a weight \"\(name)\", which is not given; those given are \(known.joined(separator: ", "))"
        case .noColumn(let name, let node, let known):
            "\"\(node)\" reads a column \"\(name)\", which is not bound; bound are \(known.joined(separator: ", "))"
        case .columnShape(let name, let found, let expected):
            "the column \"\(name)\" is bound to \(found); the graph reads \(expected)"
        case .ablation(let text):
            "the ablation is \"\(text)\", expected resample, zero, mean or mean:FEATURE"
        case .measured(let why): "the behaviour is not of this graph: \(why)"
        case .sharedSampler(_, let node, let between):
            "\"\(node)\" is shared, but it or \"\(between)\" above it is drawn by a sampler of the program's own, of which no one can "
                + "tell whether the one permits what the other draws"
        case .shared(_, let node, let feature, let between, let given, let rows):
            "\"\(node)\" is shared, but \"\(feature)\" is no function of what \"\(between)\" above it keeps"
                + (given.map { " (\"\($0)\")" } ?? " (nothing)") + ": \(rows.joined(separator: " and "))"
        }
    }

    public var fault: Fault { if case .noDevice = self { .device } else { .input } }
}
