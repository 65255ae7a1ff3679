import ArgumentParser
import Scrubjay

/// What an OpenCL device's kernels make, beside what the device can move.
struct DeviceBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device",
        abstract: "The copy rate of an OpenCL device, and the rates of gathers, products, attention and every op on it.")

    @Option(help: "opencl or opencl:<number>.")
    var device = "opencl"

    @Flag(help: "Small sizes, to try that all of it runs.")
    var quick = false

    @Flag(help: "Lines of JSON, which is what it prints in any case.")
    var jsonLines = false

    @Flag(help: "Name the cases and what their kernels read, and measure none.")
    var list = false

    @Option(parsing: .upToNextOption, help: "Only these parts: copy, gathers, products, attention, ops.")
    var parts = Part.allCases

    @OptionGroup var repeats: RepeatOptions

    enum Part: String, CaseIterable, ExpressibleByArgument { case copy, gathers, products, attention, ops }

    private var sizes: KernelSizes { quick ? .quick : .whole }

    mutating func run() throws {
        if list { return try listCases() }
        let opened = try MeasuredDevice(device)
        print("{\"device\": \(jsonQuoted(opened.exact.device.name)), \"driver\": \(jsonQuoted(opened.exact.identity.driver))}")
        for part in parts {
            switch part {
            case .copy: try copy(opened.exact)
            case .gathers:
                for gather in KernelCase.resampleGathers(sizes) { try measure(gather, opened.exact, byBytes: true) }
            case .products: try products(opened)
            case .attention:
                for precision in Precision.allCases {
                    try measure(.attention(sizes), opened.backend(precision), precision)
                }
            case .ops:
                for op in Op.everyKind {
                    var large = try KernelCase.large(op, sizes)
                    large.name = "op/\(large.name)"
                    let (operations, bytes) = try large.work()
                    // What has few operations to a byte waits for memory.
                    try measure(large, opened.exact, byBytes: operations < 8 * bytes)
                }
            }
        }
    }

    private func listCases() throws {
        let cases =
            KernelCase.resampleGathers(sizes) + KernelCase.products(sizes) + [KernelCase.attention(sizes)]
            + (try Op.everyKind.map { try KernelCase.large($0, sizes) })
        for listed in cases {
            let (operations, bytes) = try listed.work()
            print(
                "{\"name\": \(jsonQuoted(listed.name)), \"op\": \(jsonQuoted(listed.op(0).name)), "
                    + "\"operations\": \(operations), \"bytes\": \(bytes)}")
        }
    }

    /// Each byte is read and written, and counts twice.
    private func copy(_ backend: OpenCLBackend) throws {
        let trial = try CopyTrial(bytes: sizes.coldBytes, on: backend)
        let launches = max(4, min(64, Int(sizes.seconds / (try trial.seconds(launches: 2)))))
        let seconds = try repeats.median { try trial.seconds(launches: launches) }
        KernelMeasurement(
            name: "copy", precision: nil, seconds: seconds, operations: 0, bytes: Double(2 * sizes.coldBytes), form: nil
        ).report(byBytes: true)
    }

    private func products(_ opened: MeasuredDevice) throws {
        for product in KernelCase.products(sizes) {
            for precision in Precision.allCases {
                let backend = try opened.backend(precision)
                try measure(product, backend, precision)
                try ProductError(product, on: backend, coldBytes: sizes.coldBytes)
                    .report("\(product.name)/\(precision.rawValue)")
            }
        }
    }

    private func measure(
        _ measured: KernelCase, _ backend: OpenCLBackend, _ precision: Precision? = nil, byBytes: Bool = false
    ) throws {
        let (operations, bytes) = try measured.work()
        let form = TunableStep(measured.op(0), measured.operands.map(\.type), rows: measured.replicates)
            .flatMap { backend.form(of: $0)?.description }
        let seconds = try KernelTimer(backend: backend, sizes: sizes, repeats: repeats).seconds(measured)
        KernelMeasurement(
            name: measured.name, precision: precision, seconds: seconds, operations: operations, bytes: bytes, form: form
        ).report(byBytes: byBytes)
    }
}
