import ArgumentParser
import Scrubjay

/// Attention as the CPU engine runs it: a step for each head.
struct AttentionBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attention",
        abstract: "GFLOP/s of the CPU engine's attention, as a plan of one step for each head.")

    @Option(parsing: .upToNextOption, help: "Numbers of threads.")
    var threads = [1, 2]

    @OptionGroup var repeats: RepeatOptions

    private static let shapes: [(data: Int, heads: Int, positions: Int, width: Int)] = [
        (1, 12, 1024, 64), (64, 12, 128, 64),
    ]

    mutating func run() throws {
        for shape in Self.shapes {
            for causal in [false, true] {
                var plan = StepPlan(rows: shape.data)
                let axes: Shape = [Axis(.position, shape.positions), Axis(.head, shape.width)]
                let op = Op.attention(Attention(causal: causal, scale: 1 / Float(shape.width).squareRoot()))
                for head in 0..<shape.heads {
                    try plan.step(op, ["q", "k", "v"].map { plan.column("\($0)\(head)", axes) })
                }
                // A product of queries and keys and one of weights and values, of the pairs that take part.
                let positions = Double(shape.positions)
                let pairs = causal ? positions * (positions + 1) / 2 : positions * positions
                let operations = 4 * pairs * Double(shape.width * shape.heads * shape.data)
                let size = "\(shape.data)x\(shape.heads)x\(shape.positions)x\(shape.width)\(causal ? " causal" : "")"
                for count in threads {
                    let seconds = try plan.seconds(threads: count, repeats)
                    Measurement(
                        name: "attention/\(size)/threads \(count)", value: operations / seconds / 1e9, unit: "GFLOP/s"
                    ).report()
                }
            }
        }
    }
}
