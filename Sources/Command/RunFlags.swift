import ArgumentParser
import Scrubjay

/// The options that decide a run, shared by `run`, `plan` and `explain`.
struct RunFlags: ParsableArguments {
    @Option(parsing: .unconditional, help: "Replicates to draw.")
    var samples = 4000

    @Option(
        parsing: .unconditional,
        help: "Seed of the draws; the same seed gives the same draws on any machine and backend.")
    var seed: UInt64 = 0

    @Option(
        help:
            "auto, cpu, opencl, opencl:<number>, opencl:<number>,<number> or opencl:all. auto takes the CPU where there is no other device.",
        completion: .backends)
    var backend = "auto"

    @Option(
        parsing: .unconditional,
        help: "Most memory that a run may hold, such as 512M or 4G. Half of the machine's memory unless stated.")
    var memoryLimit: String?

    @Option(
        parsing: .unconditional,
        help: "Threads of the cpu backend; one each core unless stated. No figure depends on it.")
    var threads: Int?

    @Flag(inversion: .prefixedNo, help: "Plan so that nothing is computed twice. Without, the plain plan is run.")
    var optimise = true

    @Flag(
        inversion: .prefixedNo,
        help:
            "Measure how far whole outputs lie from the model's (L2 and, of logits, KL). Without, a logit difference against a column computes no other logits."
    )
    var distance = true

    @Option(
        help:
            "What replaces inputs that no claim claims: resample, zero, mean, or mean:FEATURE for the mean over rows that are alike in it.",
        completion: .list(["resample", "zero", "mean", "mean:"])
    )
    var ablation = "resample"

    @Flag(help: "Run every combination of draws with its probability, instead of samples; for small data.")
    var exact = false

    func options() throws -> RunOptions {
        guard (1...ExperimentError.mostSamples).contains(samples) else { throw ExperimentError.samples(samples) }
        guard let ablation = Ablation(ablation) else { throw ExperimentError.ablation(ablation) }
        var options = RunOptions(
            samples: samples, seed: seed, backend: try BackendChoice(backend),
            memoryLimit: try memoryLimit.map(Self.byteCount),
            threads: try Self.checked(threads: threads), optimises: optimise, ablation: ablation, isExact: exact)
        options.tuning = KeptTuning.of
        options.measuresDistance = distance
        return options
    }

    static func checked(threads: Int?) throws -> Int? {
        if let threads, !(1...1024).contains(threads) {
            throw UsageError("--threads is \(threads), expected 1 to 1024")
        }
        return threads
    }

    static func byteCount(_ text: String) throws -> Int {
        let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
        let unit = text.last.flatMap { units[$0] }
        guard let count = Int(unit == nil ? text : String(text.dropLast())), count > 0,
            case (let bytes, false) = count.multipliedReportingOverflow(by: unit ?? 1)
        else {
            throw UsageError(
                "--memory-limit is \"\(text)\", expected a whole number of bytes, or of K, M or G, such as 512M or 4G")
        }
        return bytes
    }
}
