internal import ScrubOps
internal import ScrubPlan

extension PlanBuilder {
    /// The w of `p + (w - p)` where the rest is not of one datum alone.
    mutating func whole(of parts: [Operand], named name: String) throws(PlannerError) -> Int? {
        guard joinsParts, parts.count == 2, case .value(let rest) = parts[1], let step = writers[rest],
            case .difference = plan.steps[step].op
        else { return nil }
        return try whole(of: [value(of: parts[0]), rest], named: name)
    }

    /// The w of `p + (w - p)`, gathered where the parts are.
    mutating func whole(of parts: [Int], named name: String) throws(PlannerError) -> Int? {
        guard parts.count == 2, let rest = writers[parts[1]].map({ plan.steps[$0] }) else { return nil }
        if case .gather(let gather) = rest.op, let part = writers[parts[0]].map({ plan.steps[$0] }),
            part.op == rest.op
        {
            guard let whole = try whole(of: [part.inputs[0], rest.inputs[0]], named: name) else { return nil }
            return try add(.gather(gather), [whole], named: name)
        }
        guard case .difference = rest.op, isSame(parts[0], rest.inputs[1], steps: 4) else { return nil }
        return rest.inputs[0]
    }

    /// Whether two values are one computation, of so many steps at most: a part is made of its whole in fewer.
    private func isSame(_ a: Int, _ b: Int, steps: Int) -> Bool {
        if a == b { return true }
        guard steps > 0, let x = writers[a].map({ plan.steps[$0] }), let y = writers[b].map({ plan.steps[$0] }) else {
            return false
        }
        return x.op == y.op && x.inputs.count == y.inputs.count
            && zip(x.inputs, y.inputs).allSatisfy { isSame($0, $1, steps: steps - 1) }
    }
}
