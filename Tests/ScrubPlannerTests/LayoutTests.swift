import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// Values lie where first fit puts them: at the lowest place that is free for as long as they live.
@Suite struct LayoutTests {
    /// Steps that read some of the values before them, of sizes that leave gaps of every kind, 0 among them.
    private func plan(seed: UInt64) -> Plan {
        let stream = RandomStream(seed: seed, key: 1)
        var drawn: UInt64 = 0
        func number(below bound: Int) -> Int {
            drawn += 1
            return Int(stream.bits(replicate: drawn) % UInt64(bound))
        }
        var plan = Plan(tables: [Table(key: "reference")])
        plan.values.append(Value("x", ValueType([Axis(.model, 3)]), .dataset))
        plan.inputs.append(Input(value: 0, source: .column("x")))
        let reach = 1 + number(below: 30)
        for step in 1...60 {
            let size = number(below: 8)
            plan.values.append(Value("\(step)", ValueType([Axis(.model, size)]), .dataset))
            let inputs = (0..<1 + number(below: 3)).map { _ in max(0, step - 1 - number(below: reach)) }
            plan.steps.append(Step(.sum(Sum()), inputs, step))
            if number(below: 10) == 0 { plan.roots.append(Root("\(step)", step)) }
        }
        return plan
    }

    /// First fit by looking at all that is alive.
    private func offsets(of plan: Plan) -> (offsets: [Int: Int], elements: Int) {
        var offsets: [Int: Int] = [:]
        var top = 0
        for (time, step) in plan.steps.enumerated() {
            let roots = Set(plan.roots.map(\.value))
            let alive = plan.steps[..<time].map(\.output).filter { value in
                roots.contains(value) || plan.steps[time...].contains { $0.inputs.contains(value) }
            }
            let size = plan.values[step.output].type.shape.count
            var start = 0
            while let hit = alive.first(where: { value in
                let place = offsets[value] ?? 0
                return max(place, start) < min(place + plan.values[value].type.shape.count, start + size)
            }) {
                start = (offsets[hit] ?? 0) + plan.values[hit].type.shape.count
            }
            offsets[step.output] = start
            top = max(top, start + size)
        }
        return (offsets, top)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyValueLiesWhereItFitsFirst(seed: UInt64) {
        let plan = plan(seed: seed)
        let (layout, expected) = (Layout(plan, phase: .dataset), offsets(of: plan))
        #expect(layout.offsets == expected.offsets)
        #expect(layout.elementsPerRow == expected.elements)
    }
}
