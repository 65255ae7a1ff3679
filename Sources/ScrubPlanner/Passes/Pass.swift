public import ScrubPlan

/// A transformation of a plan that changes no figure.
public protocol Pass: Sendable {
    static var name: String { get }
    func apply(_ plan: Plan) throws(PlannerError) -> Plan
}

/// A plan as it left one stage, for `explain`.
public struct Stage: Sendable {
    public var name: String
    public var plan: Plan

    /// The plan's text, or that nothing changed since `previous`.
    public func text(after previous: Stage?) -> String {
        let title = "== \(name)\n"
        return title + (previous?.plan == plan ? "(nothing changed)\n" : plan.description)
    }
}
