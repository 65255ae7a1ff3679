public import ScrubCore
public import ScrubOps

/// Why the CPU engine cannot run a plan or a binding.
public enum CPUError: Diagnostic, Equatable {
    /// A plan that is not well formed: a fault of whoever made it.
    case malformedPlan(String)
    /// This CPU lacks the instruction set that was asked for.
    case unsupportedInstructionSet(InstructionSet)
    /// A token or label outside `0..<bound`, at a row of the dataset.
    case indexOutOfRange(column: InputSource, row: Int, value: Int, bound: Int)
    /// So many bytes could not be allocated.
    case outOfMemory(bytes: Int)

    public var message: String {
        switch self {
        case .malformedPlan(let reason): "the plan cannot run on the CPU: \(reason)"
        case .unsupportedInstructionSet(let set):
            "this CPU has no \(set.rawValue); it has "
                + InstructionSet.allCases.filter(\.isSupported).map(\.rawValue).joined(separator: ", ")
        case .indexOutOfRange(let column, let row, let value, let bound):
            "\(column) holds \(value) at row \(row); it must be in 0..<\(bound)"
        case .outOfMemory(let bytes): "\(bytes) bytes could not be allocated"
        }
    }

    public var fault: Fault {
        if case .outOfMemory = self { .device } else { .input }
    }
}
