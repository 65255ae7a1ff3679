public import ScrubCore

/// A page that could not be made.
public enum PageError: Diagnostic, Equatable {
    /// One of the templates is none: the program was built wrong.
    case template(String)

    public var message: String {
        switch self {
        case .template(let said): "a template of this program is none: \(said)"
        }
    }

    public var fault: Fault { .device }
}
