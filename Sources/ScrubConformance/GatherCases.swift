internal import ScrubCore
internal import ScrubOps

/// Cases of ``Gather``. Columns hold 7 rows; a run may have more replicates than rows, or fewer.
enum GatherCases {
    private static let again: [Int32] = [6, 0, 0, 3, 5, 3, 6, 1, 2, 4, 6]

    static let all = [
        floats("rows of 3 by 17", positions(3, .model, 17), again),
        floats("width 1", [Axis(.model, 1)], again),
        floats("scalars", .scalar, again),
        floats("fewer replicates than rows", positions(2, .model, 33), [4, 4]),
        floats("one replicate", positions(5, .model, 28), [6]),
        floats("rows of 65", [Axis(.model, 65)], (0..<30).map { ($0 * 5 + 2) % 7 }),
        integers, masks, embeds, computed, twoTables, chosen,
    ]

    private static func floats(_ title: String, _ shape: Shape, _ rows: [Int32]) -> ConformanceCase {
        var plan = CaseBuilder(datasetRows: 7, reference: rows)
        plan.root("result", plan.gather(plan.column("x", shape, .symmetric(1)), by: 0))
        return plan.finish("gather: \(title)", subject: Gather.name, .exact)
    }

    private static func tokens(_ plan: inout CaseBuilder) -> Int {
        plan.column("tokens", positions(6), .int32, .integers(low: 0, high: 5))
    }

    private static let integers = {
        var plan = CaseBuilder(datasetRows: 7, reference: again)
        plan.root("result", plan.gather(tokens(&plan), by: 0))
        return plan.finish("gather: int32 as they are", subject: Gather.name, .exact)
    }()

    private static let masks = {
        var plan = CaseBuilder(datasetRows: 7, reference: again)
        plan.root("result", plan.step(.paddingMask(PaddingMask(token: 0)), plan.gather(tokens(&plan), by: 0)))
        return plan.finish("gather: int32, then a mask of them", subject: Gather.name, .exact)
    }()

    private static let embeds = {
        var plan = CaseBuilder(datasetRows: 7, reference: again)
        let vectors = plan.weight("W_E", [Axis(.vocabulary, 5), Axis(.model, 3)], .symmetric(1))
        let places = plan.weight("W_pos", positions(6, .model, 3), .symmetric(1))
        plan.root("result", plan.step(.embed(Embed()), plan.gather(tokens(&plan), by: 0), vectors, places))
        return plan.finish("gather: int32, then their embedding", subject: Gather.name, oneAddition)
    }()

    /// Two phases: the dataset's rows are computed first, in chunks, and must all be there when replicates read them.
    private static let computed = {
        var plan = CaseBuilder(datasetRows: 7, reference: again)
        let x = plan.column("x", positions(4, .model, 9), .symmetric(1))
        let clipped = plan.step(.activation(Activation(.relu)), x)
        let doubled = plan.step(.sum(Sum()), clipped, clipped)
        plan.root("result", plan.step(.sum(Sum()), plan.gather(doubled, by: 0), plan.gather(clipped, by: 0)))
        return plan.finish("gather: what the first phase computed", subject: Gather.name, oneAddition)
    }()

    private static let twoTables = {
        var plan = CaseBuilder(datasetRows: 7, reference: again)
        let others = plan.table("others", [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3])
        let x = plan.column("x", positions(2, .model, 5), .symmetric(1))
        plan.root("reference", plan.gather(x, by: 0))
        plan.root("result", plan.gather(x, by: others))
        return plan.finish("gather: one value by two tables", subject: Gather.name, .exact)
    }()

    private static let chosen = {
        var plan = CaseBuilder(datasetRows: 7, reference: again)
        let x = plan.gather(plan.column("labels", positions(5), .int32, .integers(low: -9, high: 99)), by: 0)
        plan.root("result", plan.step(.selectPositions(SelectPositions([4, 1])), x))
        return plan.finish("gather: int32, then some positions", subject: Gather.name, .exact)
    }()

    private static let oneAddition = Tolerance(relative: 1.001 * Tolerance.unit, reason: "one addition, rounded once")
}
