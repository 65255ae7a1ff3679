internal import ScrubCore

extension SlurmJob {
    /// Seconds before a task's time is up that it is told to stop.
    static let notice = 60

    /// The script of the array: one task a shard, which stores its progress, and goes on from there after it was stopped.
    ///
    /// A task that is told to stop since its time is up puts itself back in the queue; one that is pre-empted is put back
    /// by Slurm.
    public var arrayScript: String {
        let words = ([program, "sweep", sweep] + arguments).map(shellQuoted).joined(separator: " ")
        return header(
            [("job-name", name), ("array", "0-\(tasks - 1)")] + request.options + [
                ("signal", "B:TERM@\(Self.notice)"), ("requeue", ""), ("open-mode", "append"),
            ] + log("%A_%a")) + """
                shard=$((SLURM_ARRAY_TASK_ID + 1))
                stopped=false
                trap 'stopped=true; kill -TERM $task' TERM
                \(words) --shard $shard/\(tasks) --store \(shellQuoted(store + "-shard"))$shard --resume &
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

                """
    }

    /// The script of the job that puts the stores of all shards into one. It takes those that are there.
    public var mergeScript: String {
        // Of what a task asks for, merging needs the place and the time alone.
        let options = request.options.filter { ["partition", "time"].contains($0.name) }
        return header(
            [("job-name", "\(name)-merge")] + options + log("merge-%j")) + """
                set --
                shard=1
                while [ $shard -le \(tasks) ]; do
                    store=\(shellQuoted(store + "-shard"))$shard
                    if [ -e "$store" ]; then set -- "$@" "$store"; else echo "no store $store" >&2; fi
                    shard=$((shard + 1))
                done
                exec \(shellQuoted(program)) merge \(shellQuoted(store)) "$@"

                """
    }

    /// What `sbatch` reads at the top of a script; an option without a value is a flag.
    private func header(_ options: [(name: String, value: String)]) -> String {
        let lines = options.map { name, value in
            "#SBATCH --\(name)" + (value.isEmpty ? "" : "=\(Self.quoted(value))")
        }
        return (["#!/bin/sh"] + lines).joined(separator: "\n") + "\n\n"
    }

    /// A value as `sbatch` reads it in a script, which is not as a shell does.
    private static func quoted(_ value: String) -> String {
        if value == shellQuoted(value) { return value }
        return "\"" + value.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
    }

    /// Where a job writes what it says: beside the store. Slurm takes no path with a backslash, and then chooses itself.
    ///
    /// - Parameter ending: what tells jobs apart.
    private func log(_ ending: String) -> [(name: String, value: String)] {
        if store.contains("\\") { return [] }
        let path = store.map { $0 == "%" ? "%%" : "\($0)" }.joined()
        return [("output", "\(path)-\(ending).log")]
    }
}
