internal import ScrubPlan

/// Finds what to compute again so that a run fits its memory: as few as will do of those values that cost least for each
/// byte.
///
/// How much less is held without a value is known when the rest is planned: what it was made of may have to be kept in its
/// place, sliced, or whole. So each trial plans.
struct MemorySearch {
    /// Plans without keeping what is named; whether a run by that plan fits.
    typealias Trial = ([RecomputedGather]) throws(PlannerError) -> (stages: [Stage], fits: Bool)

    private let trial: Trial
    private var kept: KeptValues?
    private let price: Double
    /// In the order in which they are left out.
    private var choices: [KeptValues.Choice] = []

    /// Of the dearest that were left out, how many are tried to be kept after all.
    private static let second = 16

    /// - Parameters:
    ///   - plan: whose values may be left out; nil where all are kept.
    ///   - price: operations a replicate for each byte a row, below which a value is not kept though it would fit.
    init(keeping plan: Plan?, below price: Double, _ trial: @escaping Trial) {
        self.trial = trial
        self.price = price
        kept = plan.map(KeptValues.init)
    }

    /// The stages of a plan that fits; where none does, of one that keeps nothing it need not.
    mutating func stages() throws(PlannerError) -> [Stage] {
        if price > 0 { while leaveOut(below: price) {} }
        let cheap = choices.count
        var found = try attempt(choices)
        var (low, step) = (cheap, 1)
        while !found.fits {
            low = choices.count
            while choices.count < low + step, leaveOut(below: .infinity) {}
            if choices.count == low { return found.stages }
            found = try attempt(choices)
            step *= 2
        }
        if low == choices.count { return found.stages }
        while choices.count - low > 1 {
            let middle = low + (choices.count - low) / 2
            let fewer = try attempt(Array(choices[..<middle]))
            if fewer.fits { (found, choices) = (fewer, Array(choices[..<middle])) } else { low = middle }
        }
        // What a later choice made needless.
        for place in (cheap..<choices.count).sorted(by: { choices[$0].operations > choices[$1].operations })
            .prefix(Self.second).sorted(by: >)
        {
            var without = choices
            without.remove(at: place)
            let fewer = try attempt(without)
            if fewer.fits { (found, choices) = (fewer, without) }
        }
        return found.stages
    }

    private mutating func leaveOut(below price: Double) -> Bool {
        guard let choice = kept?.cheapest(below: price) else { return false }
        kept?.leaveOut(choice)
        choices.append(choice)
        return true
    }

    private func attempt(_ choices: [KeptValues.Choice]) throws(PlannerError) -> (stages: [Stage], fits: Bool) {
        try trial(choices.flatMap(\.gathers).sorted { ($0.value, $0.table) < ($1.value, $1.table) })
    }
}
