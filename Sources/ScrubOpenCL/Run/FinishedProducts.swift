internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// A plan whose activations, and sums of two values, are left to the products that nobody else reads. The values are the same.
struct FinishedProducts {
    /// Its steps are those that are launched: a product that adds has what it adds as one more input.
    private(set) var plan: Plan
    /// By the output of a product.
    private(set) var epilogues: [Int: Epilogue] = [:]

    /// - Parameter takes: whether the kernel of a product takes an epilogue.
    init(_ plan: Plan, _ takes: (Step) throws -> Bool) rethrows {
        self.plan = plan
        var readers: [Int: Int] = [:]
        for input in plan.steps.flatMap(\.inputs) { readers[input, default: 0] += 1 }
        for root in plan.roots { readers[root.value, default: 0] += 1 }
        let writers = Dictionary(uniqueKeysWithValues: plan.steps.enumerated().map { ($1.output, $0) })
        var isLeftOut: Set<Int> = []
        // What a product reads lives until its new place: unless that is the next one, it must be no more than what it makes.
        func product(_ value: Int, before number: Int, on rows: Rows) throws -> Int? {
            guard let writer = writers[value], readers[value] == 1, plan.values[value].rows == rows,
                case .linear = plan.steps[writer].op, epilogues[value] == nil,
                number == writer + 1
                    || plan.values[plan.steps[writer].inputs[0]].type.bytes <= plan.values[value].type.bytes,
                try takes(plan.steps[writer])
            else { return nil }
            return writer
        }
        for (number, step) in plan.steps.enumerated() {
            let output = plan.values[step.output]
            switch step.op {
            case .activation(let op):
                guard let writer = try product(step.inputs[0], before: number, on: output.rows) else { continue }
                replace(number, plan.steps[writer], reading: [], Epilogue(activation: op.function))
                isLeftOut.insert(writer)
            case .sum where step.inputs.count == 2:
                for place in [0, 1].sorted(by: { writers[step.inputs[$0]] ?? -1 > writers[step.inputs[$1]] ?? -1 }) {
                    let other = plan.values[step.inputs[1 - place]]
                    guard let writer = try product(step.inputs[place], before: number, on: output.rows),
                        other.rows == output.rows,
                        other.type == output.type, plan.values[step.inputs[place]].type == output.type
                    else { continue }
                    replace(number, plan.steps[writer], reading: [step.inputs[1 - place]], Epilogue(adds: true))
                    isLeftOut.insert(writer)
                    break
                }
            default: continue
            }
        }
        self.plan.steps = self.plan.steps.enumerated().filter { !isLeftOut.contains($0.offset) }.map(\.element)
    }

    private mutating func replace(_ number: Int, _ product: Step, reading added: [Int], _ epilogue: Epilogue) {
        let output = plan.steps[number].output
        plan.steps[number] = Step(product.op, product.inputs + added, output)
        epilogues[output] = epilogue
    }
}
