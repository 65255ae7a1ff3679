import Foundation
import ScrubStore
import ScrubSweep
import Testing

/// Jobs on a cluster, with a script in the place of the program that notes what it is asked.
@Suite(.enabled(if: SlurmCluster.obstacle == nil, "\(SlurmCluster.obstacle ?? "")"), .serialized)
struct SlurmTests {
    /// `sweep` notes that it starts in its store. The first time, the shards 2 and 3 wait to be ended, and note it; `merge` puts
    /// stores together.
    private static let program = """
        #!/bin/sh
        set -eu
        case $1 in
        sweep)
            store=$6
            echo "sweep $2 $3 $4 $7" >>"$store"
            case $4 in 2/* | 3/*)
                if [ "$(grep -c sweep "$store")" = 1 ]; then
                    trap 'echo stopped >>"$store"; exit 143' TERM
                    echo waits >>"$store"
                    while :; do sleep 0.1; done
                fi ;;
            esac
            echo done >>"$store"
            # As where a run misses a threshold.
            exit 1 ;;
        merge)
            shift
            into=$1
            shift
            cat "$@" >"$into" ;;
        esac

        """

    /// A task whose time is up goes back to the queue by itself, one that is pre-empted by Slurm; each goes on with its
    /// store. Merging waits for both, though tasks end with status 1.
    @Test func tasksThatAreEndedGoOnAndMergingWaits() throws {
        let cluster = try SlurmCluster()
        // A name of everything that has to be quoted.
        let store = "\(cluster.jobs)/it's 5% \"a\".db"
        let program = "\(cluster.jobs)/a program"
        try Data(Self.program.utf8).write(to: URL(filePath: program))
        try cluster.shell("chmod +x 'a program'")
        let job = try SlurmJob(
            sweep: "s.yaml", store: store, tasks: 4, request: SlurmRequest(time: "5", memory: "10M", cpus: 1),
            program: program, name: "a sweep")
        let submission = try SlurmSubmission(submitting: job, environment: cluster.environment)

        func shard(_ number: Int) -> [String] {
            let text = (try? String(contentsOfFile: job.shardStore(number), encoding: .utf8)) ?? ""
            return text.split(separator: "\n").map(String.init)
        }
        // Two processors, and two tasks that wait.
        try cluster.wait(for: "the shards 2 and 3") { shard(2).contains("waits") && shard(3).contains("waits") }
        // As Slurm ends it when time is up: to the script alone.
        try cluster.shell("scancel --batch --signal=TERM \(submission.array)_1")
        // As Slurm puts back what is pre-empted.
        try cluster.shell("scontrol requeue \(submission.array)_2")
        try cluster.wait(for: "the end of shard 2 and 3") { shard(2).last == "done" && shard(3).last == "done" }
        try cluster.wait(for: "the merged store") { FileManager.default.fileExists(atPath: store) }

        func start(_ shard: Int) -> String { "sweep s.yaml --shard \(shard)/4 --resume" }
        #expect(shard(1) == [start(1), "done"])
        #expect(shard(2) == [start(2), "waits", "stopped", start(2), "done"])
        #expect(shard(3).filter { $0 != "stopped" } == [start(3), "waits", start(3), "done"])
        #expect(shard(4) == [start(4), "done"])
        try cluster.wait(for: "the merge's end") {
            try cluster.shell("scontrol show job \(submission.merge)").contains("JobState=COMPLETED")
        }
        let merged = try String(contentsOfFile: store, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(merged == (1...4).flatMap(shard))
        let logs = try FileManager.default.contentsOfDirectory(atPath: cluster.jobs).filter { $0.hasSuffix(".log") }
        #expect(logs.contains("it's 5% \"a\".db-\(submission.array)_0.log"), "\(logs)")
    }

    @Test func whatSlurmRefusesIsTold() throws {
        let cluster = try SlurmCluster()
        let job = try SlurmJob(
            sweep: "s.yaml", store: "\(cluster.jobs)/s.db", tasks: 1, request: SlurmRequest(partition: "nope"),
            program: "scrubjay", name: "s")
        do {
            _ = try SlurmSubmission(submitting: job, environment: cluster.environment)
            Issue.record("it was taken")
        } catch {
            #expect(
                "\(error)".hasPrefix(
                    "Slurm does not take the array: sbatch: error: invalid partition specified: nope"), "\(error)")
        }
    }
}

extension SlurmTests {
    /// The program itself: three shards, of which two are killed as they work and put back in the queue, end in the store of a sweep
    /// that nothing cut off.
    @Test func aSweepOfTheProgramIsWholeThoughTasksAreKilled() throws {
        let cluster = try SlurmCluster()
        let program = try #require(Self.scrubjay, "no program scrubjay beside the tests: build it first")
        let sweep = "\(cluster.jobs)/s.yaml"
        try Data(
            """
            hypotheses: [\(SweepPlace.brackets)/1a.yaml]
            seeds: 0..5
            samples: 20000
            checkpoint: 1024
            """.utf8
        ).write(to: URL(filePath: sweep))
        let options = ["--backend", "cpu", "--threads", "1"]
        try cluster.shell("\(program) sweep s.yaml \(options.joined(separator: " ")) --store whole.db")
        let store = "\(cluster.jobs)/all.db"
        let job = try SlurmJob(
            sweep: sweep, store: store, tasks: 3, request: SlurmRequest(time: "10", cpus: 1), program: program,
            name: "s",
            arguments: options)
        let submission = try SlurmSubmission(submitting: job, environment: cluster.environment)
        func isBegun(_ shard: Int) -> Bool { FileManager.default.fileExists(atPath: job.shardStore(shard)) }
        try cluster.wait(for: "the first two shards") { isBegun(1) && isBegun(2) }
        // Which kills what a task runs.
        for task in 0...1 { try cluster.shell("scontrol requeue \(submission.array)_\(task)") }
        try cluster.wait(for: "the merged store", seconds: 300) {
            FileManager.default.fileExists(atPath: store)
                && (try? cluster.shell("scontrol show job \(submission.merge)").contains("JobState=COMPLETED")) == true
        }
        let (merged, whole) = (
            try RunStore(store, mode: .read), try RunStore("\(cluster.jobs)/whole.db", mode: .read)
        )
        #expect(try StoreRow.all(merged) == StoreRow.all(whole))
        #expect(try merged.runs().count == 6)
    }

    /// The program beside the tests' own.
    private static var scrubjay: String? {
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        for _ in 0..<5 {
            folder.deleteLastPathComponent()
            let program = folder.appendingPathComponent("scrubjay").path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
        }
        return nil
    }
}
