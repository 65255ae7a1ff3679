import ArgumentParser
import Foundation
import Scrubjay

/// What an OpenCL device's kernels make, beside what the device can move.
struct DeviceBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device",
        abstract:
            "The copy rate of an OpenCL device, and the rates of gathers, products, attention and every op on it.",
        discussion:
            "A line of a kernel has its seconds, operations and bytes too. One with \"failed\" names what the device refused."
    )

    @Option(help: "opencl or opencl:<number>.")
    var device = "opencl"

    @Flag(help: "Small sizes, to try that all of it runs.")
    var quick = false

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
        let (name, driver) = (opened.exact.device.name, opened.exact.identity.driver)
        print("{\"device\": \(jsonQuoted(name)), \"driver\": \(jsonQuoted(driver))}")
        for part in parts {
            switch part {
            case .copy: attempt("copy") { try copy(opened.exact) }
            case .gathers:
                for gather in KernelCase.resampleGathers(sizes) {
                    attempt(gather.name) {
                        try measure(gather, opened.backend(.exact, gather.storage), byBytes: true)
                    }
                }
            case .products: products(opened)
            case .attention:
                for precision in Precision.allCases {
                    let attention = KernelCase.attention(sizes)
                    attempt("\(attention.name)/\(precision.rawValue)") {
                        try measure(attention, opened.backend(precision), precision)
                    }
                }
            case .ops: for op in Op.everyKind { attempt("op/\(op.name)") { try measure(op, opened.exact) } }
            }
        }
    }

    /// What a device refuses is named in a line of its own, and the rest measured.
    private func attempt(_ name: String, _ body: () throws -> Void) {
        // What was measured is told at once: there is much to come, and the command may be cut off.
        defer { fflush(nil) }
        do { try body() } catch { print("{\"failed\": \(jsonQuoted(name)), \"reason\": \(jsonQuoted("\(error)"))}") }
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

    private func products(_ opened: MeasuredDevice) {
        for product in KernelCase.products(sizes) {
            for precision in Precision.allCases {
                let name = "\(product.name)/\(precision.rawValue)"
                attempt(name) {
                    let backend = try opened.backend(precision)
                    try measure(product, backend, precision)
                    try ProductError(product, on: backend, coldBytes: sizes.coldBytes).report(name)
                }
            }
        }
    }

    private func measure(_ op: Op, _ backend: OpenCLBackend) throws {
        var large = try KernelCase.large(op, sizes)
        large.name = "op/\(large.name)"
        let (operations, bytes) = try large.work()
        // What has few operations to a byte waits for memory.
        try measure(large, backend, byBytes: operations < 8 * bytes)
    }

    private func measure(
        _ measured: KernelCase, _ backend: OpenCLBackend, _ precision: Precision? = nil, byBytes: Bool = false
    ) throws {
        let (operations, bytes) = try measured.work()
        let form = TunableStep(measured.op(0), measured.operands.map(\.type), rows: measured.replicates)
            .flatMap { backend.form(of: $0)?.description }
        let seconds = try KernelTimer(backend: backend, sizes: sizes, repeats: repeats).seconds(measured)
        KernelMeasurement(
            name: measured.name, precision: precision, seconds: seconds, operations: operations, bytes: bytes,
            form: form
        ).report(byBytes: byBytes)
    }
}
