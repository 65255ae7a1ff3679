public import ScrubCore

/// A job that cannot be asked for, or that Slurm does not take.
public enum SlurmError: Diagnostic, Equatable {
    /// What cannot stand in a script.
    case value(option: String, found: String, expected: String)
    /// There is no `sbatch` to be run.
    case noSlurm
    /// What `sbatch` said; the array was submitted, where it has a number.
    case refused(job: String, said: String, array: String?)

    public var message: String {
        switch self {
        case .value(let option, let found, let expected): "\(option) is \"\(found)\", expected \(expected)"
        case .noSlurm: "no sbatch on the PATH: submit from a machine of the cluster, or print the scripts with --print"
        case .refused(let job, let said, let array):
            "Slurm does not take the \(job): \(said)"
                + (array.map { "; the array was submitted as job \($0), and its stores can be merged by hand" } ?? "")
        }
    }

    public var fault: Fault { if case .value = self { .input } else { .device } }
}
