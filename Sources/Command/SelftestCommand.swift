import ArgumentParser
import Scrubjay

struct SelftestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Run the conformance cases on this machine's backends, from this binary alone.")

    @Option(help: "cpu, opencl or opencl:<number>; all of them unless stated.", completion: .list(["cpu", "opencl"]))
    var backend: String?

    @Option(name: .customLong("case"), help: "Only these cases: an op's name, plan, model, or a case's whole name.")
    var cases: [String] = []

    @Flag(help: "Print every case, not only those that fail.")
    var verbose = false

    mutating func run() throws {
        var failures = 0
        for engine in try backends() {
            print("\(engine.identity.name): \(engine.identity.device), \(engine.identity.driver)")
            let outcomes = try ConformanceSuite.run(on: engine, only: cases) { outcome in
                if verbose || !outcome.passed { print("  \(outcome)") }
            }
            let passed = outcomes.count { $0.passed }
            failures += outcomes.count - passed
            print("  \(passed) of \(outcomes.count) cases passed")
        }
        if failures > 0 { throw ExitCode(3) }
    }

    private func backends() throws -> [any Backend] {
        let choices: [BackendChoice]
        if let backend {
            choices = [try BackendChoice(backend)]
        } else {
            choices = [.cpu] + ((try? OpenCLDevice.all()) ?? []).indices.map { .opencl($0) }
        }
        return try choices.map { choice in
            var options = RunOptions(backend: choice)
            options.tuning = KeptTuning.of
            return try Engine.one(options).backend
        }
    }
}
