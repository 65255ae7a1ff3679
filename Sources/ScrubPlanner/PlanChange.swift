internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// A plan before and after a pass: what the pass's account of itself is made of.
public struct PlanChange: Sendable {
    public let before: Plan
    public let after: Plan
    /// Rows of the dataset axis, and replicates in all.
    public let datasetRows: Int
    public let replicates: Int

    public init(before: Plan, after: Plan, datasetRows: Int, replicates: Int) {
        self.before = before
        self.after = after
        self.datasetRows = datasetRows
        self.replicates = replicates
    }

    /// By how many there are fewer steps after; negative for more.
    ///
    /// - Parameters:
    ///   - rows: of those on this axis; nil for both.
    ///   - counts: of operations of which this holds.
    func fewerSteps(on rows: Rows? = nil, _ counts: (Op) -> Bool = { _ in true }) -> Int {
        func steps(_ plan: Plan) -> Int {
            plan.steps.count { (rows == nil || plan.values[$0.output].rows == rows) && counts($0.op) }
        }
        return steps(before) - steps(after)
    }

    var fewerSteps: Int { fewerSteps() }

    /// Positions that the steps of a plan write for one row, added up.
    func positions(of plan: Plan) -> Int {
        plan.steps.reduce(0) { total, step in
            let first = plan.values[step.output].type.shape.axes.first
            return total + (first?.name == .position ? first?.count ?? 0 : 0)
        }
    }
}

extension Op {
    var isPattern: Bool { if case .attentionPattern = self { true } else { false } }
    var isGather: Bool { if case .gather = self { true } else { false } }
    var isLabelLogit: Bool { if case .labelLogit = self { true } else { false } }
    var isResampleGather: Bool { if case .resampleGather = self { true } else { false } }
}
