"""Peak memory, as the kernel counts it: under a limit, and by the number of replicates."""

from paren_suite import HYPOTHESES, SAMPLES
from results import OURS
from runs import REPOSITORY

# What a process holds of itself comes on top; padding, for which room is counted, is never touched.
HELD_TO_1_GIB = "1G"
FEW, MANY = 10_000, 1_000_000
FLAT = REPOSITORY / "Tests/Goldens/brackets/1b.yaml"


def memory(runner, results, repetitions):
    samples = runner.size(SAMPLES)
    for _ in range(repetitions):
        whole = runner.ours(HYPOTHESES, samples)
        wanted = min(report["plan"]["peak_bytes"] for report in runner.report())
        held = runner.ours(HYPOTHESES, samples, "--memory-limit", HELD_TO_1_GIB)
        results.add("memory", "paren, held to 1 GiB: time", OURS, "s", held.seconds)
        results.add("memory", "paren, held to 1 GiB: peak", OURS, "MiB", held.peak_mebibytes)

        quarter = wanted // 4
        limited = runner.ours(HYPOTHESES, samples, "--memory-limit", f"{quarter // 1024}K")
        results.add("memory", "paren, a quarter of what it would hold: peak over the limit", OURS, "x",
                    limited.peak_mebibytes * 2**20 / quarter)
        results.add("memory", "paren, a quarter of what it would hold: time over the whole's", OURS, "x",
                    limited.seconds / whole.seconds)

        few, many = (runner.ours([FLAT], runner.size(count)) for count in (FEW, MANY))
        results.add("memory", f"1b, {MANY:,} replicates: peak over that of {FEW:,}", OURS, "x",
                    many.peak_mebibytes / few.peak_mebibytes)
