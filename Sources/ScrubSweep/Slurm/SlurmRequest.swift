/// What each task of a job array asks of the cluster; what is nil is left to the cluster's defaults.
public struct SlurmRequest: Hashable, Sendable {
    /// One partition or several, separated by commas.
    public let partition: String?
    /// A number, or a kind and a number, such as `a100:1`.
    public let gpus: String?
    /// Most time, as Slurm writes it: `30` (minutes), `2:00:00`, `1-12`.
    public let time: String?
    /// Memory: `16G`.
    public let memory: String?
    /// Processors.
    public let cpus: Int?

    /// - Parameters:
    ///   - partition: one or several, separated by commas.
    ///   - gpus: a number, or a kind and a number.
    ///   - time: the most that a task may take at once.
    ///   - memory: the most that it may hold.
    ///   - cpus: processors.
    /// - Throws: `SlurmError.value`, for a text that is not of Slurm's form.
    public init(
        partition: String? = nil, gpus: String? = nil, time: String? = nil, memory: String? = nil, cpus: Int? = nil
    ) throws(SlurmError) {
        func check(_ option: String, _ text: String?, _ form: Regex<Substring>, _ expected: String) throws(SlurmError) {
            guard let text, text.wholeMatch(of: form) == nil else { return }
            throw .value(option: option, found: text, expected: expected)
        }
        try check("--partition", partition, /[A-Za-z0-9_.,+-]+/, "names of partitions with commas between")
        try check("--gpus", gpus, /(?:[A-Za-z0-9_.-]+:)?[1-9][0-9]*/, "a number, or a kind and a number such as a100:1")
        try check(
            "--time", time, /[0-9]+(?::[0-9]+){0,2}|[0-9]+-[0-9]+(?::[0-9]+){0,2}/,
            "minutes, or a time such as 2:00:00 or 1-12")
        try check("--mem", memory, /[1-9][0-9]*[KMGT]?/, "a size such as 16G")
        if let cpus, cpus < 1 { throw .value(option: "--cpus", found: "\(cpus)", expected: "1 or more") }
        (self.partition, self.gpus, self.time, self.memory, self.cpus) = (partition, gpus, time, memory, cpus)
    }

    /// As options of `sbatch`.
    var options: [(name: String, value: String)] {
        [
            ("partition", partition), ("gpus", gpus), ("time", time), ("mem", memory),
            ("cpus-per-task", cpus.map(String.init)),
        ].compactMap { name, value in value.map { (name, $0) } }
    }
}
