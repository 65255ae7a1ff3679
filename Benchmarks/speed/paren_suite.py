"""The nine paren experiments: all in one process of each, and one by one."""

import math

import numpy

from paren_keys import KEYS
from results import OURS
from runs import REPOSITORY, SHARED, say

SAMPLES, MORE = 40_000, 440_000
# Alone, these are so quick that 400,000 samples more are less than what the plain model's seconds differ by.
MANY, QUICK = 4_040_000, {"1a", "1b", "2p1"}
NAIVE_SAMPLES = 512
HYPOTHESES = [REPOSITORY / f"Tests/Goldens/brackets/{key}.yaml" for key in KEYS]
VARIANTS = ("memoised", "sliced")


def paren(runner, results, repetitions):
    """All nine experiments in one process."""
    samples, more = runner.size(SAMPLES), runner.size(MORE)
    draws = runner.draws(f"paren-{samples}", HYPOTHESES, samples)
    options = "--shared", SHARED, "--draws"
    for variant in VARIANTS:
        goldens = "--name", "{}.replay.npz"
        runner.rival("paren.py", "--variant", variant, *options, SHARED / "goldens/brackets", *goldens)
    for _ in range(repetitions):
        ours = runner.ours(HYPOTHESES, samples)
        check_means(runner.report(), draws)
        results.add("paren", "whole run", OURS, "s", ours.seconds)
        results.add("paren", "peak memory", OURS, "MiB", ours.peak_mebibytes)
        each = (runner.ours(HYPOTHESES, more).seconds - ours.seconds) / (more - samples)
        results.add("paren", "replicates after the cache", OURS, "1/s", len(KEYS) / each)
        results.add("paren", "before the first replicate", OURS, "s", ours.seconds - samples * each)
        for variant in VARIANTS:
            rival = runner.rival("paren.py", "--variant", variant, *options, draws)
            seconds = rival["seconds"]
            experiments = sum(seconds[key] for key in KEYS)
            # Without the start of the interpreter and the import of torch.
            results.add("paren", "whole run", variant, "s", rival["whole"])
            results.add("paren", "peak memory", variant, "MiB", rival["peak_mebibytes"])
            results.add("paren", "replicates after the cache", variant, "1/s", len(KEYS) * samples / experiments)
            results.add("paren", "before the first replicate", variant, "s", seconds["load"] + seconds["cache"])
            for key in KEYS:
                results.add("paren", f"{key} after those before it", variant, "s", seconds[key])
    few = runner.size(NAIVE_SAMPLES)
    seconds = runner.rival("paren.py", "--variant", "naive", "--samples", few, *options, draws)["seconds"]
    results.add("paren", "replicates after the cache", "naive", "1/s", len(KEYS) * few / sum(seconds[key] for key in KEYS))


def rates(runner, results, repetitions):
    """Each experiment alone: replicates a second once the plain model is cached."""
    samples = runner.size(SAMPLES)
    draws = runner.draws(f"paren-{samples}", HYPOTHESES, samples)
    for _ in range(repetitions):
        for key, hypothesis in zip(KEYS, HYPOTHESES):
            more = runner.size(MANY if key in QUICK else MORE)
            seconds = runner.ours([hypothesis], more).seconds - runner.ours([hypothesis], samples).seconds
            check_means(runner.report(), draws, [key])
            results.add("rates", key, OURS, "1/s", (more - samples) / seconds)
            for variant in VARIANTS:
                options = "--variant", variant, "--experiments", key, "--shared", SHARED, "--draws", draws
                results.add("rates", key, variant, "1/s", samples / runner.rival("paren.py", *options)["seconds"][key])


def opencl(runner, results, repetitions):
    """The nine on an OpenCL device, which here is PoCL: the same means, and how long that takes."""
    samples = runner.size(SAMPLES)
    draws = runner.draws(f"paren-{samples}", HYPOTHESES, samples)
    for _ in range(repetitions):
        seconds = runner.ours(HYPOTHESES, samples, backend="opencl").seconds
        check_means(runner.report(), draws, tolerance=1e-4)
        results.add("opencl", "paren, whole run", OURS, "s", seconds)


def check_means(reports, draws, keys=KEYS, tolerance=1e-6, absolute=0):
    """What the timed run found must be what was exported, on which the rivals were checked."""
    for key, report in zip(keys, reports):
        with numpy.load(draws / f"{key}.npz") as file:
            expected = float(file["scrubbed"].astype(numpy.float64).mean())
        found = report["figures"][0]["scrubbed"]["mean"]
        if not math.isclose(found, expected, rel_tol=tolerance, abs_tol=absolute):
            raise SystemExit(f"bench: {key}: the timed run's mean is {found}, that of its exported losses {expected}")
    say(f"means of {len(reports)} experiments are those of the exported losses")


def missing():
    return None if SHARED.is_dir() else f"{SHARED.name}/, which has the model and the data, is not there"
