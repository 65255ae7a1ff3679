internal import ScrubCore
internal import ScrubOps

/// Cases that no single op makes: how values live, die and are returned in a plan of many steps.
enum PlanCases {
    static let all = [chain, readTwice, rootsOfBothAxes, rootReadOn, mixture, lengths]

    private static let shape = positions(3, .model, 7)
    private static let additions = Tolerance(
        absolute: 40 * Tolerance.unit, reason: "some ten additions of values up to 4, each rounded")

    /// Twelve steps of which each reads the one before and the column: an engine may reuse the place of what is read no
    /// more.
    private static let chain = {
        var plan = CaseBuilder(datasetRows: 5)
        let x = plan.column("x", shape, .symmetric(0.25))
        var last = x
        for number in 0..<12 {
            last = plan.step(
                number % 3 == 2 ? .activation(Activation(.relu)) : .sum(Sum()), number % 3 == 2 ? [last] : [last, x])
        }
        plan.root("result", last)
        return plan.finish("plan: a chain of 12 steps", subject: "plan", additions)
    }()

    private static let readTwice = {
        var plan = CaseBuilder(datasetRows: 5)
        let x = plan.column("x", shape, .symmetric(1))
        let twice = plan.step(.sum(Sum()), x, x)
        plan.root("error", plan.step(.squaredError(SquaredError(scale: 1)), twice, twice))
        plan.root("thrice", plan.step(.sum(Sum()), twice, x))
        return plan.finish("plan: one value read twice by a step", subject: "plan", additions)
    }()

    private static let rootsOfBothAxes = {
        var plan = CaseBuilder(datasetRows: 7, reference: [3, 3, 0, 6, 1, 2, 5, 5, 5, 4])
        let x = plan.column("x", shape, .symmetric(1))
        let clipped = plan.step(.activation(Activation(.relu)), x)
        let drawn = plan.gather(clipped, by: 0)
        plan.root("model", clipped)
        plan.root("scrubbed", plan.step(.sum(Sum()), drawn, plan.gather(x, by: 0)))
        plan.root("drawn", drawn)
        return plan.finish("plan: roots on both row axes", subject: "plan", additions)
    }()

    private static let rootReadOn = {
        var plan = CaseBuilder(datasetRows: 4)
        let x = plan.column("x", shape, .symmetric(1))
        let first = plan.step(.sum(Sum()), x, x)
        let second = plan.step(.activation(Activation(.relu)), first)
        let third = plan.step(.sum(Sum()), second, x)
        plan.root("third", third)
        plan.root("first", first)
        plan.root("again", first)
        return plan.finish("plan: a root that later steps read, under two names", subject: "plan", additions)
    }()

    /// A residual stream whose terms come from four data, as resampling makes it.
    private static let mixture = {
        var plan = CaseBuilder(datasetRows: 6, reference: [0, 1, 2, 3, 4, 5, 0, 1])
        let tables = [0, plan.table("a", [5, 5, 0, 1, 2, 3, 4, 4]), plan.table("b", [2, 0, 2, 0, 2, 0, 2, 0])]
        let terms = (0..<3).map { plan.column("x\($0)", shape, .symmetric(1)) }
        let mean = plan.statistic("mean", shape, .symmetric(1))
        let gathered = zip(terms, tables).map { plan.gather($0, by: $1) }
        let mixed = plan.step(.sum(Sum()), gathered + [mean])
        let target = plan.gather(plan.step(.sum(Sum()), terms), by: 0)
        plan.root("mixed", mixed)
        plan.root("distance", plan.step(.squaredError(SquaredError(scale: 1)), mixed, target))
        return plan.finish("plan: a sum of gathers by three tables", subject: "plan", distance)
    }()
    private static let distance = Tolerance(
        absolute: 80 * Tolerance.unit, relative: 40 * Tolerance.unit, reason: "additions, then squares of their errors")

    /// More dataset rows than replicates, and neither a multiple of the chunks.
    private static let lengths = {
        var plan = CaseBuilder(datasetRows: 23, reference: [22, 0, 7, 21])
        let x = plan.column("x", [Axis(.model, 4)], .symmetric(1))
        let y = plan.step(.sum(Sum()), x, x)
        plan.root("dataset", y)
        plan.root("replicates", plan.step(.activation(Activation(.relu)), plan.gather(y, by: 0)))
        return plan.finish("plan: 23 rows, 4 replicates", subject: "plan", .exact)
    }()
}
