public import ScrubCore
internal import ScrubOpenCL

/// A sweep that cannot begin.
public enum ConductorError: Diagnostic, Equatable {
    /// So many runs were left unfinished, and it was not said what is to become of them.
    case unfinished(Int, store: String)
    /// Runs that differ in precision or storage.
    case roundings
    /// A precision or storage that there is not.
    case rounding(String)

    public var message: String {
        switch self {
        case .unfinished(let count, let store):
            "\(store) has progress of \(count.counted("unfinished run")) of this sweep: --resume goes on with "
                + "it, --fresh drops it"
        case .roundings: "runs of one sweep have one precision and one storage; these have several"
        case .rounding(let name):
            "\"\(name)\" is no precision or storage; there are "
                + (Precision.allCases.map(\.rawValue) + Storage.allCases.map(\.rawValue)).joined(separator: ", ")
        }
    }
}
