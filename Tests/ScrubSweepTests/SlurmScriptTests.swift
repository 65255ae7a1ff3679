import ScrubCore
import ScrubSweep
import Testing

/// What is asked of Slurm, word for word.
@Suite struct SlurmScriptTests {
    private static func job(store: String = "runs.db", name: String = "heads", tasks: Int = 3) throws -> SlurmJob {
        try SlurmJob(
            sweep: "s.yaml", store: store, tasks: tasks,
            request: SlurmRequest(partition: "gpu,long", gpus: "a100:1", time: "2:00:00", memory: "16G", cpus: 4),
            program: "/opt/scrub jay", name: name, arguments: ["--backend", "opencl"])
    }

    @Test func theArrayIsWhatWasAsked() throws {
        #expect(
            try Self.job().arrayScript == """
                #!/bin/sh
                #SBATCH --job-name=heads
                #SBATCH --array=0-2
                #SBATCH --partition=gpu,long
                #SBATCH --gpus=a100:1
                #SBATCH --time=2:00:00
                #SBATCH --mem=16G
                #SBATCH --cpus-per-task=4
                #SBATCH --signal=B:TERM@60
                #SBATCH --requeue
                #SBATCH --open-mode=append
                #SBATCH --output=runs.db-%A_%a.log

                shard=$((SLURM_ARRAY_TASK_ID + 1))
                stopped=false
                trap 'stopped=true; kill -TERM $task' TERM
                '/opt/scrub jay' sweep s.yaml --backend opencl --shard $shard/3 --store runs.db-shard$shard --resume &
                task=$!
                # A signal ends the waiting, not the task, which stores what it has.
                while :; do
                    status=0
                    wait $task || status=$?
                    kill -0 $task 2>/dev/null || break
                done
                # 0 and 1 say that it came to its end all the same.
                if $stopped && [ $status -gt 1 ]; then
                    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
                fi
                exit $status

                """)
    }

    @Test func mergingAsksForPlaceAndTimeAlone() throws {
        #expect(
            try Self.job().mergeScript == """
                #!/bin/sh
                #SBATCH --job-name=heads-merge
                #SBATCH --partition=gpu,long
                #SBATCH --time=2:00:00
                #SBATCH --output=runs.db-merge-%j.log

                set --
                shard=1
                while [ $shard -le 3 ]; do
                    store=runs.db-shard$shard
                    if [ -e "$store" ]; then set -- "$@" "$store"; else echo "no store $store" >&2; fi
                    shard=$((shard + 1))
                done
                exec '/opt/scrub jay' merge runs.db "$@"

                """)
    }

    @Test func wordsAreQuotedForWhoReadsThem() throws {
        let script = try Self.job(store: "it's 5% \"a\".db", name: #"layer\by head"#).arrayScript
        #expect(script.contains(##"#SBATCH --job-name="layer\\by head""##))
        #expect(script.contains(##"#SBATCH --output="it's 5%% \"a\".db-%A_%a.log""##))
        #expect(script.contains(#" --store 'it'\''s 5% "a".db-shard'$shard "#))
        // A path that Slurm does not take.
        #expect(!(try Self.job(store: #"a\b.db"#).arrayScript.contains("--output")))
    }

    @Test func nothingIsAskedThatWasNotStated() throws {
        let job = try SlurmJob(
            sweep: "s.yaml", store: "s.db", tasks: 1, request: SlurmRequest(), program: "scrubjay", name: "s")
        for option in ["partition", "gpus", "time", "mem", "cpus"] { #expect(!job.arrayScript.contains("--\(option)")) }
        #expect(job.arrayScript.contains("--array=0-0\n"))
    }

    @Test func aMachineWithoutSlurmIsTold() throws {
        let job = try Self.job()
        #expect(throws: SlurmError.noSlurm) {
            try SlurmSubmission(submitting: job, environment: ["PATH": "/nowhere"])
        }
        #expect(SlurmError.noSlurm.fault == .device)
    }

    @Test func whatCannotBeAskedIsTold() {
        #expect(throws: SlurmError.value(option: "--slurm", found: "0", expected: "1 to 4000000 tasks")) {
            try Self.job(tasks: 0)
        }
        #expect(throws: SlurmError.value(option: "the store", found: "a\nb", expected: "text of one line")) {
            try Self.job(store: "a\nb")
        }
        for (option, request) in [
            ("--partition", { try SlurmRequest(partition: "a b") }), ("--gpus", { try SlurmRequest(gpus: "0") }),
            ("--gpus", { try SlurmRequest(gpus: "a100") }), ("--time", { try SlurmRequest(time: "2h") }),
            ("--mem", { try SlurmRequest(memory: "16GB") }), ("--cpus", { try SlurmRequest(cpus: 0) }),
            ("--time", { try SlurmRequest(time: "1\n#SBATCH --wrap=x") }),
        ] as [(String, () throws -> SlurmRequest)] {
            do {
                _ = try request()
                Issue.record("\(option) was taken")
            } catch {
                #expect("\(error)".hasPrefix("\(option) is \""))
            }
        }
        for time in ["30", "30:00", "2:00:00", "1-12", "1-12:30", "1-12:30:00"] {
            #expect(throws: Never.self) { try SlurmRequest(time: time) }
        }
    }
}
