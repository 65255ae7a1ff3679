public import ScrubCore

/// A sweep that cannot begin.
public enum ConductorError: Diagnostic, Equatable {
    /// So many runs were left unfinished, and it was not said what is to become of them.
    case unfinished(Int, store: String)

    public var message: String {
        switch self {
        case .unfinished(let count, let store):
            "\(store) has progress of \(count.counted("unfinished run")) of this sweep: --resume goes on with "
                + "it, --fresh drops it"
        }
    }
}
