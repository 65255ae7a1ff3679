import ArgumentParser
import Foundation
import Scrubjay

struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Measure which form of each kernel is fastest on an OpenCL device, and keep it for later runs.")

    @Argument(
        help: "Hypothesis files, for the shapes of whose plans kernels are tuned; common shapes unless given.",
        completion: .hypotheses)
    var hypotheses: [String] = []

    @OptionGroup var flags: RunFlags

    @Option(parsing: .unconditional, help: "Begin no candidate for a shape after so many seconds.")
    var seconds = 4.0

    @Option(help: "Write what became of every candidate as JSON.", completion: .file(extensions: ["json"]))
    var json: String?

    @Flag(help: "Print every candidate.")
    var verbose = false

    @Flag(help: "Print what is kept for each device. Measures nothing.")
    var list = false

    @Flag(help: "Remove what is kept for the device. Measures nothing.")
    var forget = false

    /// The form of the file that `--json` writes.
    private struct Account: Encodable {
        var device: Tuning.Subject
        var digest: String
        var shapes: [TunedShape]
    }

    mutating func run() throws {
        guard seconds > 0, seconds.isFinite else {
            throw UsageError("--seconds is \(seconds), expected a number above 0")
        }
        if list && forget { throw UsageError("--list and --forget are two commands: give one of them") }
        guard let store = TuningStore.ofUser else { throw TuningError.noFolder }
        if list { return try printKept(store) }
        var options = try flags.options()
        options.tuning = { _ in nil }
        if options.backend == .auto { options.backend = .opencl(0) }
        guard let backend = try Engine.one(options).backend as? OpenCLBackend else {
            throw UsageError("--backend \(flags.backend) has nothing to tune, expected opencl or opencl:<number>")
        }
        let subject = Tuning.Subject(backend.device)
        if forget {
            print(try store.forget(subject).map { "removed \($0)" } ?? "nothing is kept for \(subject)")
            return
        }
        if let json { try requireFolder(of: json) }
        try tune(try steps(options), on: backend, store)
    }

    private func steps(_ options: RunOptions) throws -> [TunableStep] {
        if hypotheses.isEmpty { return TunableStep.standard }
        var reader = ExperimentReader()
        let experiments = try hypotheses.map { try reader.experiment(HypothesisFile.read($0)) }
        return try Experiment.tunableSteps(of: experiments, options)
    }

    private func tune(_ steps: [TunableStep], on backend: OpenCLBackend, _ store: TuningStore) throws {
        let subject = Tuning.Subject(backend.device)
        var kept = Tuning(subject)
        do { kept = try store.tuning(of: subject) ?? kept } catch {
            Console.error("warning: \(error); it is replaced")
        }
        // Before the time is spent: a folder that cannot be written keeps nothing.
        var file = try store.keep(kept)
        print("\(backend.identity.name): \(subject)\n")
        let tuner = Tuner(backend, seconds: seconds)
        var found: [TunedShape] = []
        for step in steps {
            guard let shape = try tuner.tune(step) else { continue }
            found.append(shape)
            print(TunedText(shape).text(listsCandidates: verbose), terminator: "")
            if let entry = tuner.entry(of: shape) {
                kept.add(entry)
                file = try store.keep(kept)
            }
            for wrong in shape.candidates where wrong.verdict == .wrong {
                Console.error("warning: \(shape.shape): \(wrong.choice): \(wrong.reason ?? "wrong"); never chosen")
            }
        }
        print("\nkept in \(file)")
        guard let json else { return }
        let data = try JSONEncoder.ofFigures.encode(Account(device: subject, digest: kept.digest, shapes: found))
        try writeAtomically(Array(data) + [UInt8(ascii: "\n")], to: json)
    }

    private func printKept(_ store: TuningStore) throws {
        let files = store.files
        if files.isEmpty { print("nothing is kept in \(store.folder.path)") }
        for (number, file) in files.enumerated() {
            do {
                let tuning = try store.read(file)
                print((number == 0 ? "" : "\n") + "\(file)\n\(tuning.subject)\n")
                print(TunedText.kept(tuning), terminator: "")
            } catch { Console.error("warning: \(error)") }
        }
    }
}
