public import ScrubCore

/// What can be wrong with a kept tuning, or keep one from being made.
public enum TuningError: Diagnostic, Equatable {
    case notATuning(file: String)
    case ofAnother(file: String, found: String, expected: String)
    case notRemoved(file: String)
    /// No variable of the environment names a folder to keep it in.
    case noFolder
    /// The CPU engine gave nothing to compare with.
    case noReference(String)

    public var location: SourceLocation? {
        switch self {
        case .notATuning(let file), .ofAnother(let file, _, _), .notRemoved(let file): SourceLocation(file: file)
        case .noFolder, .noReference: nil
        }
    }

    public var message: String {
        switch self {
        case .notATuning: "not a tuning of a device, expected the JSON that `scrubjay tune` writes"
        case .ofAnother(_, let found, let expected): "a tuning of \(found), expected one of \(expected)"
        case .notRemoved: "cannot remove the tuning"
        case .noFolder: "a tuning cannot be kept: SCRUBJAY_CACHE, XDG_CACHE_HOME and HOME name no folder"
        case .noReference(let shape): "the CPU engine computes nothing for \(shape)"
        }
    }

    public var fault: Fault { .device }
}
