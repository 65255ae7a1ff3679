"""A tree of 26 heads in a model of GPT-2 small's shape."""

import sys

from paren_suite import check_means
from results import OURS
from runs import HERE

ROWS, SAMPLES, MORE = 1024, 4096, 8192
# The rival computes two logits and no distances of outputs.
LIKE_THE_RIVAL = "--no-distance"


def gpt2(runner, results, repetitions):
    rows, samples, more = runner.size(ROWS), runner.size(SAMPLES), runner.size(MORE)
    folder, hypothesis = made(runner, "gpt2", "--rows", rows)
    draws = runner.draws(f"gpt2-{rows}", [hypothesis], samples)
    options = "--folder", folder, "--draws", draws / "ioi.npz", "--variant"
    for _ in range(repetitions):
        ours = runner.ours([hypothesis], samples, LIKE_THE_RIVAL)
        check_means(runner.report(), draws, ["ioi"])
        results.add("gpt2", "whole run", OURS, "s", ours.seconds)
        results.add("gpt2", "peak memory", OURS, "MiB", ours.peak_mebibytes)
        each = (runner.ours([hypothesis], more, LIKE_THE_RIVAL).seconds - ours.seconds) / (more - samples)
        results.add("gpt2", "replicates after the cache", OURS, "1/s", 1 / each)
        results.add("gpt2", "before the first replicate", OURS, "s", ours.seconds - samples * each)

        rival = runner.rival("gpt2.py", *options, "memoised")
        seconds = rival["seconds"]
        results.add("gpt2", "whole run", "memoised", "s", rival["whole"])
        results.add("gpt2", "peak memory", "memoised", "MiB", rival["peak_mebibytes"])
        results.add("gpt2", "replicates after the cache", "memoised", "1/s", samples / seconds["samples"])
        results.add("gpt2", "before the first replicate", "memoised", "s", seconds["load"] + seconds["cache"])
        plain = runner.rival("gpt2.py", *options, "plain")["whole"]
        results.add("gpt2", "before the first replicate", "one plain forward pass", "s", plain)
    few = 1 if runner.quick else 2
    seconds = runner.rival("gpt2.py", *options, "naive", "--samples", few)["seconds"]
    results.add("gpt2", "replicates after the cache", "naive", "1/s", few / seconds["samples"])


def made(runner, name, *options):
    """A folder with a model, data and a hypothesis, and the hypothesis. Made elsewhere, since it takes memory."""
    folder = runner.scratch / name
    runner.run([sys.executable, HERE / "gpt2_files.py", folder, *options])
    return folder, folder / "ioi.yaml"
