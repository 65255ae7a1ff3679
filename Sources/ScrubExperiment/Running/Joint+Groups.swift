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
    /// - Complexity: O(experiments × groups); a plan is made for each group of several, and for its parts where memory is
    ///   short.
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
        return try groups.flatMap { try $0.divided(options, engines) }
    }
}

extension JointGroup {
    /// Two halves, again divided, where a plan of all does not fit, or computes so much again for want of memory that two
    /// plans are less work.
    fileprivate func divided(_ options: RunOptions, _ engines: [Engine]) throws -> [JointGroup] {
        guard members.count > 1 else { return [self] }
        let whole = try work(options, engines)
        if let whole, !whole.recomputes { return [self] }
        let middle = members.count / 2
        let halves = try [0..<middle, middle..<members.count].map { part in
            try JointGroup(joint: joint.picking(part, options), members: Array(members[part]))
        }
        if let whole {
            let parts = try halves.compactMap { try $0.work(options, engines)?.operations }
            if parts.count < halves.count || parts.reduce(0, +) >= whole.operations { return [self] }
        }
        return try halves.flatMap { try $0.divided(options, engines) }
    }

    /// What a plan of all costs; nil where none fits.
    private func work(
        _ options: RunOptions, _ engines: [Engine]
    ) throws -> (operations: Double, recomputes: Bool)? {
        do {
            let (forecast, stages) = try joint.forecast(options, engines, { _ in nil }, listsPasses: false)
            return (forecast.operations, stages.last?.plan.recomputed?.isEmpty == false)
        } catch is PlannerError {
            return nil
        }
    }
}

extension Joint {
    /// Those of the members alone.
    fileprivate func picking(_ part: Range<Int>, _ options: RunOptions) throws -> Joint {
        var picked = Joint(members[part.lowerBound])
        for member in members[part].dropFirst() { _ = try picked.add(member, options) }
        return picked
    }
}
