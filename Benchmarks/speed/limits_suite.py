"""The machine's limits beside the same work in Scrubjay's own code."""

from results import OURS
from runs import say

PARTS = ("product", "attention", "draws", "index", "treeify")


def limits(runner, results, repetitions):
    program = runner.scrubjay.with_name("scrubjay-bench")
    if not program.exists():
        say(f"skipped: Scrubjay's own parts, for want of {program.name}")
    for _ in range(repetitions):
        for part in PARTS if program.exists() else ():
            for line in runner.run([program, part]).lines():
                results.add("limits", line["name"], OURS, line["unit"], line["value"])
        for line in runner.python("limits.py").lines():
            name, library = line["name"].rsplit(", ", 1)
            results.add("limits", name, library, line["unit"], line["value"])
