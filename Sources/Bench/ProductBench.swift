import ArgumentParser
import Scrubjay

/// Matrix products as the CPU engine runs them.
struct ProductBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product", abstract: "GFLOP/s of the CPU engine's matrix product, as a plan of one step.")

    @Option(parsing: .upToNextOption, help: "Numbers of threads.")
    var threads = [1, 2]

    @OptionGroup var repeats: RepeatOptions

    /// Data, positions of each, and the axes of the weights: a product has data × positions rows.
    private static let shapes: [(data: Int, positions: Int, from: Axis, to: Axis)] = [
        (64, 128, Axis(.model, 1024), Axis(.neuron, 1024)),
        (128, 128, Axis(.model, 768), Axis(.neuron, 3072)),
        (128, 128, Axis(.neuron, 3072), Axis(.model, 768)),
        (128, 128, Axis(.model, 768), Axis(.head, 768)),
        (4000, 42, Axis(.model, 56), Axis(.neuron, 56)),
    ]

    mutating func run() throws {
        for shape in Self.shapes {
            var plan = StepPlan(rows: shape.data)
            let x = plan.column("x", [Axis(.position, shape.positions), shape.from])
            let w = plan.weight("w", [shape.from, shape.to])
            try plan.step(.linear(Linear()), [x, w])
            let rows = shape.data * shape.positions
            let operations = 2 * Double(rows) * Double(shape.from.count) * Double(shape.to.count)
            let size =
                shape.data < 1000
                ? "\(rows)x\(shape.from.count)x\(shape.to.count)"
                : "\(shape.data) of \(shape.positions)x\(shape.from.count)x\(shape.to.count)"
            for count in threads {
                let seconds = try plan.seconds(threads: count, repeats)
                Measurement(
                    name: "product/\(size)/threads \(count)", value: operations / seconds / 1e9, unit: "GFLOP/s"
                ).report()
            }
        }
    }
}
