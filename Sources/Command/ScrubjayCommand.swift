import ArgumentParser
import Scrubjay

/// The program: arguments to values, values to text, and nothing else.
@main
struct ScrubjayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrubjay",
        abstract: "Test claims about how a transformer works, by causal scrubbing.",
        version: scrubjayVersion,
        subcommands: [
            NewCommand.self, RunCommand.self, SweepCommand.self, RunsCommand.self, MergeCommand.self,
            ReportCommand.self,
            PlanCommand.self, ExplainCommand.self, InspectCommand.self, CoverageCommand.self, DevicesCommand.self,
            ProfileCommand.self, TuneCommand.self, SelftestCommand.self,
        ])

    /// Exit status: 0 done, 1 a stated threshold was missed, 2 bad input, 3 device or I/O failure.
    static func main() {
        giveBackFreedMemory()
        do {
            var command = try parseAsRoot()
            try command.run()
            clearProductCache()
        } catch {
            exit(after: error)
        }
    }

    private static func exit(after error: any Error) -> Never {
        clearProductCache()
        switch error {
        case let error as any Diagnostic:
            Console.error("error: \(error)")
            Console.exit(error.fault == .input ? 2 : 3)
        case let status as ExitCode:
            Console.exit(status.rawValue)
        default:
            let isUsage = exitCode(for: error) != .success
            let text = fullMessage(for: error)
            if isUsage { Console.error(text) } else { print(text) }
            Console.exit(isUsage ? 2 : 0)
        }
    }
}
