internal import Foundation
internal import ScrubCPU
internal import ScrubConformance
internal import ScrubCore
internal import ScrubOpenCL
internal import ScrubOps
internal import ScrubPlan

/// What a step must compute, by the CPU engine, on inputs that are not alike.
struct TrialReference {
    /// Of each input, `[rows, axes]`, or `[axes]` where constant.
    let inputs: [[Float]]
    /// `[rows, axes]`.
    let output: [Float]
    /// Of either engine.
    let tolerance: Tolerance

    init(_ step: TunableStep) throws {
        var plan = Plan(tables: [Table(key: "reference")], chunks: Chunks(dataset: 16, replicates: 1))
        var (inputs, bound): ([[Float]], [InputSource: HostTensor]) = ([], [:])
        for (number, type) in step.inputs.enumerated() {
            let isConstant = step.isConstant(number)
            let source: InputSource = isConstant ? .weight("w\(number)", slice: nil) : .column("x\(number)")
            let sizes = (isConstant ? [] : [step.rows]) + type.shape.axes.map(\.count)
            let values = Self.values(of: step, input: number, count: sizes.reduce(1, *))
            inputs.append(values)
            bound[source] = HostTensor(sizes, values)
            plan.values.append(Value("\(source)", type, isConstant ? .constant : .dataset))
            plan.inputs.append(Input(value: number, source: source))
        }
        let count = plan.values.count
        plan.values.append(Value("y", try step.op.rule.output(of: step.inputs), .dataset))
        plan.steps = [Step(step.op, Array(0..<count), count)]
        plan.roots = [Root("y", count)]
        let run = try CPUBackend().prepare(plan)
            .run(Bindings(datasetRows: step.rows, replicates: 0, inputs: bound, tables: [[]]))
        guard case .float32(let output)? = run.roots["y"]?.elements else {
            throw TuningError.noReference("\(step.shape)")
        }
        self.inputs = inputs
        self.output = output
        tolerance = Self.tolerance(of: step)
    }

    /// The first element that is too far off; nil where none is.
    func fault(of found: [Float]) -> String? {
        guard found.count == output.count else { return "\(found.count) elements, expected \(output.count)" }
        for (index, (value, wanted)) in zip(found, output).enumerated() {
            // Both engines may be off, each to its side.
            if value != wanted, tolerance.error(of: Double(value), from: Double(wanted)) > 2 {
                return "element \(index) is \(value), expected \(wanted)"
            }
        }
        return nil
    }

    /// Uniform in ±1; queries and keys and what is normalised in ±2, a norm's weights in 0.5 to 1.5; a mask has every third
    /// key masked or so, never the first.
    private static func values(of step: TunableStep, input: Int, count: Int) -> [Float] {
        let isMask = step.shape.kernel == .attention && input == 3
        let keys = step.inputs[input].shape.count
        var random = [UInt64](repeating: 0, count: count)
        random.withUnsafeMutableBufferPointer { RandomStream(seed: 1, key: UInt64(input)).fill($0, from: 0) }
        return random.enumerated().map { index, bits in
            if isMask { return index % keys == 0 || bits % 3 != 0 ? 1 : 0 }
            let unit = Float(bits >> 40) / Float(1 << 23) - 1
            switch (step.shape.kernel, input) {
            case (.attention, 0), (.attention, 1), (.layerNorm, 0): return 2 * unit
            case (.layerNorm, 1): return 1 + unit / 2
            default: return unit
            }
        }
    }

    private static func tolerance(of step: TunableStep) -> Tolerance {
        let shape = step.inputs[0].shape
        switch step.op {
        case .attention(let op):
            return .attention(
                inner: shape.width, term: 4 * Double(abs(op.scale)), keys: step.inputs[1].shape.vectors)
        case .layerNorm(let op):
            // Of few elements the deviation may be small.
            let deviation = shape.width >= 16 ? 0.5 : Double(op.epsilon).squareRoot()
            return .normalised(width: shape.width, magnitude: 2, deviation: deviation, weight: 1.5)
        default: return .product(terms: shape.width + step.inputs.count - 2, largest: 1)
        }
    }
}
