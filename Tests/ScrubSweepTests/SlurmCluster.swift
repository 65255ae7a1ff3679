import Foundation

/// A Slurm cluster of this machine alone, which ends with the last reference to it, or with this process.
final class SlurmCluster: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String
    private let process = Process()
    private let input = Pipe()

    /// Why there can be none here; nil where there can.
    static let obstacle: String? = {
        let programs = ["munged", "slurmctld", "slurmd", "sbatch"]
        let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]
        let missing = programs.filter { name in
            !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        }
        if !missing.isEmpty { return "no \(missing.joined(separator: ", ")) here: install slurmctld, slurmd, munge" }
        return geteuid() == 0 ? nil : "slurmd takes root"
    }()

    init() throws {
        // Short, since sockets lie in it; and open to all, as slurmd asks.
        folder = "/tmp/slurm-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder + "/jobs", withIntermediateDirectories: true)
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "cluster.sh").path
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [script, folder, String(20_000 + 2 * Int(getpid() % 10_000))]
        let output = Pipe()
        try Data().write(to: URL(filePath: folder + "/errors"))
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: folder + "/errors")
        try process.run()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard said == "ready\n" else {
            let why = (try? String(contentsOfFile: folder + "/errors", encoding: .utf8)) ?? ""
            throw Failure(description: "the cluster does not start: \(why)")
        }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Leads programs to the cluster.
    var environment: [String: String] { ["SLURM_CONF": folder + "/slurm.conf"] }

    /// The folder that jobs are submitted from.
    var jobs: String { folder + "/jobs" }

    /// Runs a command in that folder; its output.
    @discardableResult func shell(_ command: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(filePath: jobs)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "\(command): \(said)") }
        return said
    }

    func text(_ name: String) -> String {
        (try? String(contentsOfFile: "\(jobs)/\(name)", encoding: .utf8)) ?? ""
    }

    /// Waits until something holds.
    ///
    /// - Parameters:
    ///   - what: what is waited for, for the error.
    ///   - seconds: how long at most.
    ///   - holds: whether it holds.
    func wait(for what: String, seconds: Double = 90, until holds: () throws -> Bool) throws {
        let latest = Date(timeIntervalSinceNow: seconds)
        while try !holds() {
            guard Date() < latest else {
                let state = try shell(
                    "squeue -a; scontrol show job; tail -n 30 ../slurmctld.log ../slurmd.log; ls; cat *.log || true")
                throw Failure(description: "\(what) has not come about in \(seconds) s\n\(state)")
            }
            usleep(100_000)
        }
    }
}
