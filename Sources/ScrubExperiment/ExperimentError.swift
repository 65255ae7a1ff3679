public import ScrubCore

/// A hypothesis, data and model that do not fit together, or a run that cannot be made of them.
public enum ExperimentError: Diagnostic, Equatable {
    case unknownColumn(SourceLocation, name: String, known: [String], role: String)
    case notTokens(SourceLocation, column: String, found: String)
    case token(SourceLocation, column: String, row: Int, position: Int, value: Int, vocabulary: Int)
    case position(SourceLocation, found: Int, positions: Int)
    case positionTwice(SourceLocation, Int)
    case behaviour(SourceLocation, String)
    case label(SourceLocation, column: String, row: Int, value: String, expected: String)
    case noMask(SourceLocation, column: String, row: Int)
    case samples(Int)
    case backend(String)
    case noDevice(wanted: String, exist: [String])
    case replay(file: String, String)
    case plan(file: String, expected: [String], found: [String])
    case noRoot(String)

    public var location: SourceLocation? {
        switch self {
        case .unknownColumn(let place, _, _, _), .notTokens(let place, _, _), .token(let place, _, _, _, _, _),
            .position(let place, _, _), .positionTwice(let place, _), .behaviour(let place, _),
            .label(let place, _, _, _, _),
            .noMask(let place, _, _):
            place
        case .replay(let file, _), .plan(let file, _, _): SourceLocation(file: file)
        case .noRoot, .samples, .backend, .noDevice: nil
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
        case .noMask(_, let column, let row): "\"\(column)\" leaves no position at row \(row), so its mean is undefined"
        case .samples(let found): "--samples is \(found), expected 1 or more"
        case .backend(let name): "no backend \"\(name)\"; backends are auto, cpu, opencl, opencl:<number>"
        case .noDevice(let wanted, let exist):
            "no device for --backend \(wanted)"
                + (exist.isEmpty ? "; no OpenCL device was found" : "; devices are \(exist.joined(separator: ", "))")
        case .replay(_, let text): text
        case .plan(_, let expected, let found):
            "a plan of another hypothesis: it draws \(found.joined(separator: ", ")); this one draws "
                + expected.joined(separator: ", ")
        case .noRoot(let name): "the plan has no root \"\(name)\""
        }
    }

    public var fault: Fault { if case .noDevice = self { .device } else { .input } }
}
