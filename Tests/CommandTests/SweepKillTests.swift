import Foundation
import Scrubjay
import Testing

/// A sweep that is ended at any moment, and goes on.
@Suite(.serialized) struct SweepKillTests {
    private static let sweep = """
        hypotheses: [h.yaml]
        seeds: 0..5
        others: [random, each]
        samples: 30000
        checkpoint: 2048
        """
    private static let arguments = [
        "sweep", "sweep.yaml", "--backend", "cpu", "--threads", "1", "--resume", "--progress", "json",
    ]

    /// One program at work, which a test may end.
    private struct Work {
        let process = Process()
        let folder: Folder
        let name: String

        init(_ arguments: [String], in folder: Folder, _ name: String) throws {
            (self.folder, self.name) = (folder, name)
            for stream in ["out", "err"] { try folder.write("\(name).\(stream)", "") }
            process.executableURL = try Program.executable()
            process.arguments = arguments
            process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("\(name).out")))
            process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("\(name).err")))
            try process.run()
        }

        func end(_ signal: Int32) -> Int32 {
            kill(process.processIdentifier, signal)
            return wait()
        }

        func wait() -> Int32 {
            while process.isRunning { usleep(1000) }
            return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
        }

        var errors: String { get throws { try folder.text("\(name).err") } }

        /// Seeds and policies of the runs that it said were done.
        var told: Set<String> {
            get throws {
                Set(
                    try folder.text("\(name).out").split(separator: "\n").compactMap { line in
                        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                        guard object?["event"] as? String == "finished", let run = object?["run"] as? [String: Any]
                        else { return nil }
                        return "\(run["seed"] ?? "") \(run["others"] ?? "")"
                    })
            }
        }
    }

    /// All that must be the same of two stores: all but when, and how fast.
    private struct Row: Equatable {
        var key: String
        var state: StoredRun.State
        var figures: [Report.Figure]?
        var outputs: Report.OutputFigures?
        var warnings: [String]?
        var tree: String?

        static func all(_ path: String) throws -> [Row] {
            try RunStore(path, mode: .read).stored(nil).map {
                Row(
                    key: $0.key, state: $0.state, figures: $0.report?.figures, outputs: $0.report?.outputs,
                    warnings: $0.report?.warnings, tree: $0.tree)
            }
        }
    }

    /// The store that an uninterrupted sweep leaves, and how long that took.
    private func whole(_ place: SmallExperiment) throws -> (rows: [Row], seconds: Double) {
        try place.folder.write("sweep.yaml", Self.sweep)
        let start = Date()
        let result = try place.scrubjay(Self.arguments + ["--store", "whole.db"])
        try #require(result.status == 0, "\(result.errors)")
        let rows = try Row.all(place.folder.path("whole.db"))
        #expect(rows.count == 12 && rows.allSatisfy { $0.state == .done })
        return (rows, Date().timeIntervalSince(start))
    }

    /// Of every process that was killed, what it said was done is done; of every store, all rows are those of the whole.
    @Test func fiftyKills() throws {
        let place = try SmallExperiment()
        let (rows, seconds) = try whole(place)
        var random = Moments(state: 1)
        var (kills, store) = (0, 0)
        while kills < 50 {
            store += 1
            let name = "\(store).db"
            var isDone = false
            while !isDone {
                let work = try Work(Self.arguments + ["--store", name], in: place.folder, "work")
                if kills < 50 {
                    // Most fall within the work; some before its first chunk, and some into its end.
                    usleep(UInt32(random.next() * 1.2 * seconds * 1e6))
                }
                let status = kills < 50 ? work.end(SIGKILL) : work.wait()
                isDone = status == 0
                if !isDone {
                    let errors = try work.errors
                    #expect(status == -SIGKILL, "\(errors)")
                    kills += 1
                }
                let told = try work.told
                guard FileManager.default.fileExists(atPath: place.folder.path(name)) else {
                    #expect(told.isEmpty)
                    continue
                }
                let done = try RunStore(place.folder.path(name), mode: .read).runs().filter { $0.state == .done }
                #expect(told.isSubset(of: done.map { "\($0.seed) \($0.others ?? "")" }))
            }
            #expect(try Row.all(place.folder.path(name)) == rows)
        }
    }

    /// The round is finished and kept, and the message says how to go on.
    @Test(arguments: [SIGINT, SIGTERM]) func aSignalStopsAtTheNextRound(signal: Int32) throws {
        let place = try SmallExperiment()
        let (rows, seconds) = try whole(place)
        let arguments = Self.arguments.filter { !["--progress", "json"].contains($0) } + ["--store", "stopped.db"]
        for part in [0.3, 0.5, 0.7] {
            let work = try Work(arguments, in: place.folder, "work")
            usleep(UInt32(part * seconds * 1e6))
            let status = work.end(signal)
            if status == 0 { continue }
            #expect(status == 128 + signal)
            #expect(try work.errors.contains("nothing that was done is lost"))
        }
        let result = try place.scrubjay(arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Row.all(place.folder.path("stopped.db")) == rows)
    }

    /// Shares of a time, from a fixed seed.
    private struct Moments {
        var state: UInt64

        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
    }
}
