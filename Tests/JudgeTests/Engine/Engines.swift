import ScrubCPU
import ScrubCore
import ScrubOpenCL
import ScrubPlan

/// The engines that are judged. Made once: they keep what they compiled.
struct Engines: Sendable {
    let cpu: [Int: CPUBackend]
    /// Nil where no device is installed.
    let openCL: OpenCLBackend?

    static let shared = Engines()

    private init() {
        cpu = [1: CPUBackend(threads: 1), 2: CPUBackend(threads: 2)]
        let devices = (try? OpenCLDevice.all()) ?? []
        openCL = devices.first.flatMap { try? OpenCLBackend(device: $0) }
    }

    /// CPUs as one backend, of which no two have as many threads.
    static let severalCPUs = SeveralBackends(
        CPUBackend(threads: 2), [CPUBackend(threads: 1), CPUBackend(threads: 5)])

    /// The CPU with one thread or two.
    func cpu(threads: Int) -> CPUBackend { cpu[threads] ?? CPUBackend(threads: threads) }
}

extension Backend {
    /// The roots of one run of `plan`, whose rows are taken `chunk` at a time where that is given.
    func roots(_ plan: Plan, _ bindings: Bindings, chunk: Int? = nil) throws -> [String: [Float]] {
        var plan = plan
        if let chunk { plan.chunks = Chunks(dataset: chunk, replicates: chunk) }
        return try prepare(plan).run(bindings).roots.compactMapValues(\.floats)
    }
}
