import ArgumentParser
import Foundation
import Scrubjay

/// What a sweep asks of Slurm, and whether it is run there.
struct SlurmFlags: ParsableArguments {
    @Option(
        name: .customLong("slurm"), parsing: .unconditional,
        help: "Submit the sweep to Slurm as an array of so many tasks, and a job that merges their stores.")
    var tasks: Int?

    @Option(help: "With --slurm: the partition, or several with commas between.")
    var partition: String?

    @Option(help: "With --slurm: GPUs of each task, a number, or a kind and a number such as a100:1.")
    var gpus: String?

    @Option(help: "With --slurm: the most time that a task may take before it goes back to the queue, such as 2:00:00.")
    var time: String?

    @Option(help: "With --slurm: memory of each task, such as 16G.")
    var mem: String?

    @Option(parsing: .unconditional, help: "With --slurm: processors of each task.")
    var cpus: Int?

    @Flag(name: .customLong("print"), help: "With --slurm: print both scripts, and submit nothing.")
    var prints = false

    /// The job; nil where the sweep is run here.
    ///
    /// - Parameters:
    ///   - sweep: the sweep file.
    ///   - name: the sweep's name.
    ///   - store: the store that is to hold its runs.
    ///   - arguments: the other arguments of the command, for each task.
    func job(sweep: String, name: String, store: String, arguments: [String]) throws -> SlurmJob? {
        guard let tasks else {
            let given = [
                ("--partition", partition != nil), ("--gpus", gpus != nil), ("--time", time != nil),
                ("--mem", mem != nil), ("--cpus", cpus != nil), ("--print", prints),
            ]
            if let flag = given.first(where: \.1)?.0 { throw UsageError("\(flag) needs --slurm, the number of tasks") }
            return nil
        }
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
        return try SlurmJob(
            sweep: sweep, store: store, tasks: tasks,
            request: SlurmRequest(partition: partition, gpus: gpus, time: time, memory: mem, cpus: cpus),
            program: program, name: name, arguments: arguments)
    }

    /// Prints the scripts, or submits them and says under which numbers.
    func run(_ job: SlurmJob) throws {
        if prints {
            print(
                job.arrayScript + "\n# The job that follows the array, by --dependency=afterany:\n\n" + job.mergeScript,
                terminator: "")
            return
        }
        let submission = try SlurmSubmission(submitting: job)
        print(
            "job \(submission.array): \(job.tasks) tasks; job \(submission.merge) merges their stores into \(job.store)"
        )
    }
}
