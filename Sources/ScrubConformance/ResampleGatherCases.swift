internal import ScrubCore
internal import ScrubOps

/// Cases of ``ResampleGather``. Columns hold 7 rows.
enum ResampleGatherCases {
    private static let reference: [Int32] = [6, 0, 0, 3, 5, 3, 6, 1, 2, 4, 6]
    private static let others: [Int32] = [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3]

    static let all = [
        sum("one source", 1, [Axis(.model, 5)]),
        sum("three sources, width 17", 3, positions(2, .model, 17)),
        sum("eleven sources, width 8", 11, positions(3, .model, 8)),
        sum("numbers", 2, .scalar),
        merge(
            "out of order and again, width 3", [2, 6], [Axis(.model, 3)], .float32, [(1, 5), (0, 1), (1, 5), (1, 0)]),
        merge("int32", [4, 4], [], .int32, [(1, 3), (0, 0), (1, 1)]),
        some, own, many,
    ]

    /// Sources by two tables in turn.
    private static func sum(_ title: String, _ count: Int, _ shape: Shape) -> ConformanceCase {
        var plan = CaseBuilder(datasetRows: 7, reference: reference)
        let second = plan.table("others", others)
        let sources = (0..<count).map { plan.column("x\($0)", shape, .symmetric(1)) }
        let terms = sources.indices.map { ResampleGather.Term(table: $0 % 2 == 0 ? 0 : second) }
        plan.root("result", plan.step(.resampleGather(ResampleGather(terms)), sources))
        return plan.finish(
            "resampleGather: sum of \(title)", subject: ResampleGather.name, count == 1 ? .exact : additions(count))
    }

    private static func merge(
        _ title: String, _ counts: [Int], _ rest: [Axis], _ element: ElementType, _ picks: [(Int, Int)]
    ) -> ConformanceCase {
        var plan = CaseBuilder(datasetRows: 7, reference: reference)
        let second = plan.table("others", others)
        let sources = counts.enumerated().map { number, count in
            plan.column(
                "x\(number)", Shape([Axis(.position, count)] + rest), element,
                element == .int32 ? .integers(low: -9, high: 99) : .symmetric(1))
        }
        let terms = counts.indices.map { number in
            ResampleGather.Term(
                table: number % 2 == 0 ? 0 : second,
                positions: picks.map { $0.0 == number ? $0.1 : nil })
        }
        plan.root("result", plan.step(.resampleGather(ResampleGather(terms)), sources))
        return plan.finish("resampleGather: \(title)", subject: ResampleGather.name, .exact)
    }

    /// Some positions of one value.
    private static let some = {
        var plan = CaseBuilder(datasetRows: 7, reference: reference)
        let x = plan.column("x", positions(6, .model, 5), .symmetric(1))
        let term = ResampleGather.Term(table: 0, positions: [5, 0, 3])
        plan.root("result", plan.step(.resampleGather(ResampleGather([term])), x))
        return plan.finish("resampleGather: some positions", subject: ResampleGather.name, .exact)
    }()

    /// A value on the replicate axis between two that are gathered, of which one has some positions only.
    private static let own = {
        var plan = CaseBuilder(datasetRows: 7, reference: reference)
        let second = plan.table("others", others)
        let x = plan.column("x", positions(3, .model, 12), .symmetric(1))
        let y = plan.column("y", positions(5, .model, 12), .symmetric(1))
        let mixed = plan.step(.activation(Activation(.relu)), plan.gather(x, by: second))
        let terms = [
            ResampleGather.Term(table: 0, positions: [0, 1, 2]),
            ResampleGather.Term(table: nil, positions: [2, 1, nil]),
            ResampleGather.Term(table: second, positions: [nil, 4, nil]),
        ]
        plan.root("result", plan.step(.resampleGather(ResampleGather(terms)), x, mixed, y))
        return plan.finish(
            "resampleGather: one of its own row between two", subject: ResampleGather.name, additions(3))
    }()

    /// More terms than a launch takes, with positions at which the first launch writes nothing.
    private static let many = {
        var plan = CaseBuilder(datasetRows: 7, reference: reference)
        let second = plan.table("others", others)
        let sources = (0..<10).map { plan.column("x\($0)", positions(4, .model, 6), .symmetric(1)) }
        let terms = sources.indices.map { number in
            ResampleGather.Term(
                table: number % 3 == 0 ? second : 0,
                positions: number < 8 ? [0, nil, number % 4, nil] : [nil, 3, 2, number == 9 ? 1 : nil])
        }
        plan.root("result", plan.step(.resampleGather(ResampleGather(terms)), sources))
        return plan.finish(
            "resampleGather: ten terms, some positions late", subject: ResampleGather.name, additions(10))
    }()

    /// Each addend is at most 1, so that partial sums are at most `count`, and each addition rounds once.
    private static func additions(_ count: Int) -> Tolerance {
        Tolerance(
            absolute: Double(count * count) * Tolerance.unit,
            reason: "\(count - 1) additions of numbers below 1, each rounded once")
    }
}
