"""The machine's limits beside the same work in Scrubjay's own code."""

from results import OURS
from runs import say

PARTS = ("product", "attention", "draws", "index", "treeify")
CLAIMS = 10_000


def limits(runner, results, repetitions):
    program = runner.scrubjay.with_name("scrubjay-bench")
    if not program.exists():
        say(f"skipped: Scrubjay's own parts, for want of {program.name}")
    for _ in range(repetitions):
        for part in PARTS if program.exists() else ():
            planning = 0
            for line in runner.run([program, part]).lines():
                parts = line["name"].split("/")
                # Rivals run on all threads.
                if parts[-1].startswith("threads ") and parts.pop() != f"threads {runner.threads}":
                    continue
                results.add("limits", " ".join(parts), OURS, line["unit"], line["value"])
                if parts[:2] == ["treeify", str(CLAIMS)] and line["unit"] == "s":
                    planning += line["value"]
            if planning:
                results.add("limits", f"treeify, lower and optimise {CLAIMS:,} claims", OURS, "s", planning)
        for line in runner.python("limits.py").lines():
            name, library = line["name"].rsplit(", ", 1)
            results.add("limits", name, library, line["unit"], line["value"])
