public import ScrubCore
public import ScrubOps
public import ScrubPlan

/// A tree that cannot be planned.
public enum PlannerError: Diagnostic, Equatable {
    case op(value: String, OpError)
    /// The least that a run needs is more than it may take.
    case memory(limit: Int, least: Int)
    /// The last pass found a plan that breaks a rule: a defect of the pass before it.
    case broken(after: String, PlanError)

    public var message: String {
        switch self {
        case .op(let value, let error): "\(value): \(error.message)"
        case .memory(let limit, let least):
            "the run needs at least \(size(least)), the memory limit is \(size(limit)); "
                + "raise --memory-limit or take fewer samples"
        case .broken(let pass, let error): "the plan breaks a rule after \(pass): \(error.message)"
        }
    }

    /// Rounded up: `25 KiB`, `3,506 KiB`, `23 MiB`.
    private func size(_ bytes: Int) -> String {
        if bytes < 1 << 10 { return "\(bytes) bytes" }
        let (unit, name) = bytes < 1 << 24 ? (1 << 10, "KiB") : (1 << 20, "MiB")
        return "\(((bytes + unit - 1) / unit).grouped) \(name)"
    }
}
