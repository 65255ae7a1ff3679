internal import ScrubCore

/// A sweep as a job array of Slurm: each task runs one shard into a store of its own, and a job that follows merges these.
///
/// What a task may ask of the cluster is checked on making, so that it can stand in a script.
public struct SlurmJob: Hashable, Sendable {
    /// The most tasks that Slurm can be set up to take in one array.
    public static let mostTasks = 4_000_000

    /// What queues call it.
    public let name: String
    /// Path of the program.
    public let program: String
    /// The sweep file and the store, from the folder in which the job is submitted.
    public let sweep: String
    public let store: String
    /// Further arguments of the command `sweep` in each task.
    public let arguments: [String]
    public let tasks: Int
    public let request: SlurmRequest

    /// - Parameters:
    ///   - sweep: the sweep file.
    ///   - store: the store that is to hold all runs; those of the shards stand beside it.
    ///   - tasks: how many shards.
    ///   - request: what each task asks of the cluster.
    ///   - program: path of the program.
    ///   - name: what queues call the job.
    ///   - arguments: further arguments of the command `sweep` in each task.
    /// - Throws: `SlurmError.value`, for what cannot stand in a script.
    public init(
        sweep: String, store: String, tasks: Int, request: SlurmRequest, program: String, name: String,
        arguments: [String] = []
    ) throws(SlurmError) {
        guard (1...Self.mostTasks).contains(tasks) else {
            throw .value(option: "--slurm", found: "\(tasks)", expected: "1 to \(Self.mostTasks) tasks")
        }
        for (option, text) in [("the store", store), ("the sweep's name", name)]
        where text.contains(where: \.isNewline) {
            throw .value(option: option, found: text, expected: "text of one line")
        }
        (self.sweep, self.store, self.tasks, self.request) = (sweep, store, tasks, request)
        (self.program, self.name, self.arguments) = (program, name, arguments)
    }

    /// The store of a shard, counted from 1.
    ///
    /// - Parameter number: the shard's.
    public func shardStore(_ number: Int) -> String { "\(store)-shard\(number)" }
}
