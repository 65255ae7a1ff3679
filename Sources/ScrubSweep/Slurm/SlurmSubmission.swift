internal import Foundation

/// The jobs of a sweep, as Slurm numbered them.
public struct SlurmSubmission: Hashable, Sendable {
    public let array: String
    public let merge: String

    /// Submits both jobs from the working directory.
    ///
    /// Merging waits until every task has ended in any way, not until all ended well: a task ends with another status than
    /// 0 where one of its runs fails or misses a threshold, and the figures of the others are wanted all the same.
    ///
    /// - Parameters:
    ///   - job: what is submitted.
    ///   - environment: variables of `sbatch`, and so of the jobs, besides those of this process.
    /// - Throws: `SlurmError`.
    public init(submitting job: SlurmJob, environment: [String: String] = [:]) throws(SlurmError) {
        let array = try Self.submit(job.arrayScript, [], environment, job: "array", after: nil)
        self.array = array
        merge = try Self.submit(
            job.mergeScript, ["--dependency=afterany:\(array)"], environment, job: "job that merges", after: array)
    }

    /// Gives a script to `sbatch`; the number of the job.
    private static func submit(
        _ script: String, _ options: [String], _ environment: [String: String], job: String, after array: String?
    ) throws(SlurmError) -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sbatch", "--parsable"] + options
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // A file, since writing to a pipe whose reader has ended would end this program.
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("scrubjay-\(UUID().uuidString).sh")
        defer { try? FileManager.default.removeItem(at: file) }
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        do {
            try Data(script.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
            try process.run()
        } catch {
            throw .refused(job: job, said: "the script cannot be handed over: \(error)", array: array)
        }
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // So `env` ends that finds no program of the name.
        if process.terminationStatus == 127 { throw .noSlurm }
        // Behind the number may stand the cluster's name.
        let number = said.prefix { $0 != ";" && !$0.isNewline }
        guard process.terminationStatus == 0, !number.isEmpty else {
            let text = complaint.split(whereSeparator: \.isNewline).joined(separator: "; ")
            throw .refused(
                job: job, said: text.isEmpty ? "sbatch ended with \(process.terminationStatus)" : text, array: array)
        }
        return String(number)
    }
}
