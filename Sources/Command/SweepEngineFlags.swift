import ArgumentParser
import Scrubjay

/// The options that say what a sweep runs on. None of them changes a draw.
struct SweepEngineFlags: ParsableArguments {
    @Option(
        help:
            "auto, cpu, opencl, opencl:<number>, opencl:<number>,<number> or opencl:all. auto takes the CPU where there is no other device.",
        completion: .backends)
    var backend = "auto"

    @Option(
        parsing: .unconditional,
        help:
            "Most memory that runs of one plan may hold, such as 512M or 4G. Half of the machine's memory unless stated."
    )
    var memoryLimit: String?

    @Option(
        parsing: .unconditional,
        help: "Threads of the cpu backend; one each core unless stated. No figure depends on it.")
    var threads: Int?

    @Option(
        parsing: .unconditional,
        help: "Replicates from one stored progress to the next, in place of the file's; 16384 at most unless stated.")
    var checkpoint: Int?

    /// The same again, for another process.
    var arguments: [String] {
        let stated = [
            ("--memory-limit", memoryLimit), ("--threads", threads.map(String.init)),
            ("--checkpoint", checkpoint.map(String.init)),
        ]
        return ["--backend", backend] + stated.flatMap { name, value in value.map { [name, $0] } ?? [] }
    }

    func options(checkpoint stated: Int?) throws -> ConductorOptions {
        if let checkpoint, checkpoint < 1 {
            throw UsageError("--checkpoint is \(checkpoint), expected a number of replicates, at least 1")
        }
        var options = ConductorOptions(
            backend: try BackendChoice(backend), memoryLimit: try memoryLimit.map(RunFlags.byteCount),
            threads: try RunFlags.checked(threads: threads), checkpoint: checkpoint ?? stated)
        options.tuning = KeptTuning.of
        return options
    }
}
