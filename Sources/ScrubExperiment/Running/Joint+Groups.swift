internal import ScrubCore
internal import ScrubPlan
internal import ScrubPlanner

/// Hypotheses of one plan, and which they are.
struct JointGroup {
    var joint: Joint
    /// Places among those that were grouped, in order.
    var members: [Int]
}

extension Joint {
    /// The most hypotheses of one plan: what it saves grows little beyond, and what is measured is kept for all at once.
    private static let most = 128

    /// Groups of hypotheses, each as large as it can be and as memory makes worth while.
    ///
    /// - Parameters:
    ///   - experiments: in the order in which they are run.
    ///   - options: of every run.
    ///   - engines: best first.
    ///   - keepsOrder: whether only neighbours may be grouped, so that results come in order.
    /// - Complexity: O(experiments × groups); a plan is made for each group of several, and another where it
    ///   computes anything again. Where memory is short, three for each half, half of a half and so on.
    static func groups(
        of experiments: [Experiment], _ options: RunOptions, on engines: [Engine], keepsOrder: Bool = true
    ) throws -> [JointGroup] {
        var groups: [JointGroup] = []
        for (number, experiment) in experiments.enumerated() {
            let open = keepsOrder ? groups.indices.suffix(1) : groups.indices
            let place = try open.first { place in
                try groups[place].members.count < most && groups[place].joint.add(experiment, options)
            }
            if let place {
                groups[place].members.append(number)
            } else {
                groups.append(JointGroup(joint: Joint(experiment), members: [number]))
            }
        }
        return try groups.flatMap { group in
            group.members.count == 1
                ? [group]
                : try group.divided(options, rows: group.joint.plannedRows(options), engines).map(\.group)
        }
    }
}

/// A group, and the operations of its plan: infinite where none fits.
private typealias PricedGroup = (group: JointGroup, operations: Double)

extension JointGroup {
    /// All by one plan; or, where memory is so short that it computes again what two plans would not, two halves, again
    /// divided, of which the neighbours in the middle may be put together again.
    ///
    /// - Parameter rows: most rows of the dataset axis, of any of them.
    fileprivate func divided(_ options: RunOptions, rows: Int, _ engines: [Engine]) throws -> [PricedGroup] {
        let (operations, recomputes) = try work(options, rows, engines)
        let whole = (group: self, operations: operations)
        if members.count == 1 || !recomputes { return [whole] }
        if try operations <= operationsWithoutLimit(options, rows, engines) { return [whole] }
        let middle = members.count / 2
        let first = try picking(0..<middle, options).divided(options, rows: rows, engines)
        let second = try picking(middle..<members.count, options).divided(options, rows: rows, engines)
        let parts = try Self.together(first, second, options, rows, engines)
        let isLess = parts.reduce(0) { $0 + $1.operations } < operations
        return isLess || operations == .infinity ? parts : [whole]
    }

    /// Both, with the last of the first and the first of the second as one where that is less work.
    private static func together(
        _ first: [PricedGroup], _ second: [PricedGroup], _ options: RunOptions, _ rows: Int, _ engines: [Engine]
    ) throws -> [PricedGroup] {
        guard let left = first.last, let right = second.first, first.count + second.count > 2 else {
            return first + second
        }
        let both = try left.group.joined(right.group, options)
        let operations = try both.work(options, rows, engines).operations
        let isLess = operations.isFinite && operations <= left.operations + right.operations
        return isLess ? first.dropLast() + [(both, operations)] + second.dropFirst() : first + second
    }

    /// Operations of a plan of all, and whether it computes anything again: where it does not, no other is less work.
    private func work(
        _ options: RunOptions, _ rows: Int, _ engines: [Engine]
    ) throws -> (operations: Double, recomputes: Bool) {
        do {
            let (forecast, stages) = try joint.forecast(
                options, datasetRows: rows, engines, { _ in nil }, listsPasses: false)
            return (forecast.operations, stages.last?.plan.recomputed?.isEmpty == false)
        } catch is PlannerError {
            return (.infinity, true)
        }
    }

    /// Operations of a plan of all, if there were memory for everything.
    private func operationsWithoutLimit(_ options: RunOptions, _ rows: Int, _ engines: [Engine]) throws -> Double {
        guard var limits = engines.first?.limits else { return 0 }
        limits.memory = .max / 2
        let plan = try joint.stages(options, joint.lowered(options).plan, limits, datasetRows: rows).last?.plan
        return plan?.cost(datasetRows: rows, replicates: options.samples, workers: 1).operations ?? 0
    }

    /// Those at `part` alone.
    private func picking(_ part: Range<Int>, _ options: RunOptions) throws -> JointGroup {
        var picked = Joint(joint.members[part.lowerBound])
        for member in joint.members[part].dropFirst() { _ = try picked.add(member, options) }
        return JointGroup(joint: picked, members: Array(members[part]))
    }

    private func joined(_ other: JointGroup, _ options: RunOptions) throws -> JointGroup {
        var joined = self
        for member in other.joint.members { _ = try joined.joint.add(member, options) }
        joined.members += other.members
        return joined
    }
}
