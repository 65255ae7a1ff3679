"""A sweep beside the same runs one by one: the brackets table under several seeds and policies."""

import json
import re
import shlex
import shutil
import sqlite3
import sys

from results import OURS
from runs import REPOSITORY

KEYS = ["0a", "0b", "1a", "1b", "2a", "2b", "2p1", "2proj", "3a", "3b", "4"]
SAMPLES, SEEDS, POLICIES = 4000, 5, ["random", "each", "exact"]
TABLE, ONE_BY_ONE = "the brackets table", "one by one"


def sweep(runner, results, repetitions):
    folder = runner.scratch / "sweep"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for key in KEYS:
        (folder / f"{key}.yaml").write_text(varying(key))
    samples = runner.size(SAMPLES)
    files = ", ".join(f"{key}.yaml" for key in KEYS)
    (folder / "table.yaml").write_text(
        f"hypotheses: [{files}]\nseeds: 0..{SEEDS - 1}\nothers: [{', '.join(POLICIES)}]\nsamples: {samples}\n")
    for _ in range(repetitions):
        store = folder / "table.db"
        for file in folder.glob("table.db*"):
            file.unlink()
        ran = runner.run([runner.scrubjay, "sweep", folder / "table.yaml", "--store", store, "--backend", "cpu",
                          "--threads", runner.threads, "--progress", "none"])
        runs = sqlite3.connect(store).execute(
            "SELECT command, json FROM run JOIN report ON report.run = run.id WHERE state = 'done' ORDER BY id").fetchall()
        # A seed costs what another does.
        first = [run for run in runs if " --seed 0 " in run[0]]
        seconds = 0.0
        for command, report in first:
            file = folder / "alone.json"
            alone = runner.run([runner.scrubjay, *shlex.split(command)[1:], "--threads", runner.threads, "--quiet",
                                "--json", file])
            seconds += alone.seconds
            check(command, json.loads(file.read_text()), json.loads(report))
        results.add("sweep", TABLE, OURS, "s", ran.seconds)
        results.add("sweep", TABLE, ONE_BY_ONE, "s", seconds * len(runs) / len(first))


def varying(key):
    """A hypothesis of the table, whose root leaves the policy for other inputs to the sweep, wherever it lies."""
    text = (REPOSITORY / f"Tests/Goldens/brackets/{key}.yaml").read_text()
    shared = REPOSITORY.parent / "shared"
    return re.sub(r"(\.\./)+shared", str(shared), text).replace("\n  others: random\n", "\n")


def check(command, alone, swept):
    """Before any time counts."""
    if alone["figures"] != swept["figures"] or alone["outputs"] != swept["outputs"]:
        sys.exit(f"bench: the sweep has other figures than: {command}")
