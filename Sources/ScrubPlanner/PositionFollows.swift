internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// At which positions a value is the plain model's on single data, so that `HoistToDataset` finds it there without
/// computing anything for a replicate.
///
/// - Complexity: O(inputs of steps), times positions where several data meet.
struct PositionFollows {
    private enum Form {
        /// The same at all positions, or of a value without.
        case uniform(Follows)
        case positions([Follows])
    }

    private var forms: [Form]

    init(_ plan: Plan) {
        forms = plan.values.map { value in
            switch value.rows {
            case .constant: .uniform(.constant)
            case .dataset: .uniform(.dataset)
            case .replicates: .uniform(.mixed)
            }
        }
        for step in plan.steps where plan.values[step.output].rows == .replicates {
            forms[step.output] = form(of: step, in: plan)
        }
    }

    /// How many of the first axis's positions follow several data.
    func mixed(_ value: Int, of count: Int) -> Int {
        switch forms[value] {
        case .uniform(let follows): follows == .mixed ? count : 0
        case .positions(let all): all.count { $0 == .mixed }
        }
    }

    private func form(of step: Step, in plan: Plan) -> Form {
        switch step.op {
        case .gather(let gather): return .uniform(.table(gather.table))
        // It gathers itself, for each replicate.
        case .lookup, .resampleGather: return .uniform(.mixed)
        case .selectPositions(let select): return .positions(select.positions.map { follows(step.inputs[0], at: $0) })
        case .mergePositions(let merge):
            return .positions(merge.picks.map { follows(step.inputs[$0.input], at: $0.position) })
        default: break
        }
        let followers = plan.followers(of: step) ?? []
        var whole = Follows.constant
        for (number, input) in step.inputs.enumerated() where !followers.contains(number) {
            whole = whole.joined(with: follows(input))
        }
        let vary = followers.map { forms[step.inputs[$0]] }
        for case .uniform(let follows) in vary { whole = whole.joined(with: follows) }
        var positions: [Follows]?
        for case .positions(let all) in vary {
            positions = zip(positions ?? all.map { _ in whole }, all).map { $0.joined(with: $1) }
        }
        return positions.map(Form.positions) ?? .uniform(whole)
    }

    private func follows(_ value: Int) -> Follows {
        switch forms[value] {
        case .uniform(let follows): follows
        case .positions(let all): all.reduce(.constant) { $0.joined(with: $1) }
        }
    }

    private func follows(_ value: Int, at position: Int) -> Follows {
        switch forms[value] {
        case .uniform(let follows): follows
        case .positions(let all): all[position]
        }
    }
}
