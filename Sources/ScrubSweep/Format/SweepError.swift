public import ScrubCore
public import ScrubHypothesis

/// A sweep file that cannot be read, or says something that cannot be.
public enum SweepError: Diagnostic, Equatable {
    /// It is not YAML, or has a key or value that is not one of the format.
    case format(HypothesisError)
    /// A value that is listed twice.
    case twice(SourceLocation, key: String, value: String)
    /// A path or pattern that is no file's; `exist` are those that could have been meant.
    case noMatch(SourceLocation, pattern: String, exist: [String])
    /// A model or data file that is not there.
    case noFile(SourceLocation, key: String, path: String)
    /// A parameter that bears the name of a key.
    case reserved(SourceLocation, name: String, keys: [String])
    /// A parameter that no hypothesis uses; `used` are used.
    case unusedParameter(SourceLocation, name: String, used: [String])
    /// A parameter that a hypothesis uses and the sweep does not state.
    case noParameter(SourceLocation, name: String, known: [String])
    /// An entry of `include` that lacks a parameter of its hypothesis.
    case lacksParameter(SourceLocation, name: String, hypothesis: String)
    /// Seeds where nothing is drawn.
    case seedOfExact(SourceLocation, key: String)
    case widthOfExact(SourceLocation)
    /// More runs than a sweep may have; `count` is nil where that many cannot be counted.
    case tooMany(SourceLocation, count: Int?, limit: Int)
    case noRuns(SourceLocation)
    /// What figures are to be told apart by, and what is wrong with it in the data of a run.
    case grouping(SourceLocation, String, String)

    public var location: SourceLocation? {
        switch self {
        case .format(let error): error.location
        case .twice(let place, _, _), .noMatch(let place, _, _), .noFile(let place, _, _), .reserved(let place, _, _),
            .unusedParameter(let place, _, _), .noParameter(let place, _, _), .lacksParameter(let place, _, _),
            .seedOfExact(let place, _), .widthOfExact(let place), .tooMany(let place, _, _), .noRuns(let place),
            .grouping(let place, _, _):
            place
        }
    }

    public var message: String {
        switch self {
        case .format(let error): error.message
        case .twice(_, let key, let value): "\"\(key)\" has \"\(value)\" twice"
        case .noMatch(_, let pattern, let exist):
            "no file matches \"\(pattern)\"" + (pattern.contains { "*?[".contains($0) } ? "" : perhaps(pattern, exist))
                + (exist.isEmpty ? "; the folder has no .yaml file" : "; there are \(exist.joined(separator: ", "))")
        case .noFile(_, let key, let path): "\"\(key)\" has \"\(path)\", which is not there"
        case .reserved(_, let name, let keys):
            "a parameter cannot be called \"\(name)\", which is a key of include and exclude, as are "
                + keys.filter { $0 != name }.joined(separator: ", ")
        case .unusedParameter(_, let name, let used):
            "no hypothesis has ${\(name)}" + perhaps(name, used)
                + (used.isEmpty ? "; they have no parameters" : "; they have \(used.joined(separator: ", "))")
        case .noParameter(_, let name, let known):
            "no parameter \"\(name)\"" + perhaps(name, known)
                + (known.isEmpty
                    ? "; the sweep states no parameters" : "; parameters are \(known.joined(separator: ", "))")
        case .lacksParameter(_, let name, let hypothesis):
            "the entry states no \"\(name)\", which \(hypothesis) uses; nothing of the matrix goes into it"
        case .seedOfExact(_, let key):
            "\"\(key)\" cannot be given with \"exact\": every combination of draws is run, and none is drawn"
        case .widthOfExact: "\"until-width\" cannot be given with \"exact\": it decides how many samples are drawn"
        case .tooMany(_, let count, let limit):
            "the sweep has \(count.map { $0.grouped } ?? "too many") runs, at most \(limit.grouped) can be made"
        case .grouping(_, let by, let why): "\"by\" has \"\(by)\": \(why)"
        case .noRuns: "the sweep has no run: \"exclude\" leaves none"
        }
    }

    private func perhaps(_ word: String, _ known: [String]) -> String {
        suggestions(for: word, among: known).first.map { ", perhaps \($0)" } ?? ""
    }
}
