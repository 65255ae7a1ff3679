public import ScrubPlan

/// A transformation of a plan that changes no figure.
public protocol Pass: Sendable {
    static var name: String { get }
    /// What it did in one sentence, given that it changed something.
    static func account(of change: PlanChange) -> String
    func apply(_ plan: Plan) throws(PlannerError) -> Plan
}

/// A plan as it left one stage, for `explain`.
public struct Stage: Sendable {
    public var name: String
    public var plan: Plan
    /// What made it of the stage before; nil for the plan as it was lowered.
    let pass: (any Pass.Type)?

    init(_ plan: Plan, after pass: (any Pass.Type)? = nil) {
        name = pass?.name ?? "lowered"
        self.plan = plan
        self.pass = pass
    }

    /// The plan's text, or that nothing changed since `previous`.
    public func text(after previous: Stage?) -> String {
        let title = "== \(name)\n"
        return title + (previous?.plan == plan ? "(nothing changed)\n" : plan.description)
    }
}
