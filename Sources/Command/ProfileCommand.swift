import ArgumentParser
import Scrubjay

struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Measure how fast a backend is on this machine, so that plan can tell how long a run will take.")

    @Option(help: "auto, cpu, opencl or opencl:<number>.", completion: .list(["auto", "cpu", "opencl"]))
    var backend = "auto"

    @Option(parsing: .unconditional, help: "Threads of the cpu backend; one each core unless stated.")
    var threads: Int?

    mutating func run() throws {
        var options = RunOptions(backend: try BackendChoice(backend), threads: try RunFlags.checked(threads: threads))
        options.tuning = KeptTuning.of
        let profile = try Engine.one(options).measureProfile()
        print(ProfileText(profile).text)
        guard let store = ProfileStore.ofUser else {
            Console.error("warning: the profile is not kept: SCRUBJAY_CACHE, XDG_CACHE_HOME and HOME name no folder")
            return
        }
        do { print("kept in \(try store.keep(profile))") } catch {
            Console.error("warning: the profile is not kept: \(error)")
        }
    }
}
