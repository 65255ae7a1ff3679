"""A tree of 26 heads in a model of GPT-2 small's shape."""

import dataclasses
import sys

from paren_suite import check_means
from results import OURS
from runs import HERE

ROWS, SAMPLES, MORE = 1024, 4096, 8192
# The rival computes two logits and no distances of outputs.
LIKE_THE_RIVAL = "--no-distance"


@dataclasses.dataclass
class Tree:
    """The tree in a model of some shape, on some backend, beside rivals on some device of PyTorch's."""

    suite: str
    rows: int
    samples: int
    # Of a second run, for the rate.
    more: int
    # Samples of the naive rival, which runs through the model for each; none where it is left out.
    naive: int
    name: str = "gpt2"
    made: tuple = ()
    backend: str = "cpu"
    device: str = "cpu"
    batches: tuple = ()
    # How far means may lie from those exported: on the CPU they are the same, elsewhere chunks may be others.
    tolerance: float = 1e-6
    absolute: float = 0


def gpt2(runner, results, repetitions):
    few = 1 if runner.quick else 2
    sizes = runner.size(ROWS), runner.size(SAMPLES), runner.size(MORE)
    measure(runner, results, repetitions, Tree("gpt2", *sizes, few))


def measure(runner, results, repetitions, tree):
    suite, samples, more = tree.suite, tree.samples, tree.more
    folder, hypothesis = made(runner, tree.name, "--rows", tree.rows, *tree.made)
    # Losses of another backend are others, if by little.
    place = "" if tree.backend == "cpu" else f"-{tree.backend.replace(':', '-').replace(',', '-')}"
    draws = runner.draws(f"{tree.name}-{tree.rows}x{samples}{place}", [hypothesis], samples, backend=tree.backend)
    options = ["--folder", folder, "--draws", draws / "ioi.npz", "--torch-device", tree.device]
    memoised = with_batch(runner, tree, options, "memoised", min(samples, 4096))
    if tree.backend != "cpu":
        # Kernels that the export did not need are compiled once, and then kept.
        runner.ours([hypothesis], samples, LIKE_THE_RIVAL, backend=tree.backend)
    for _ in range(repetitions):
        ours = runner.ours([hypothesis], samples, LIKE_THE_RIVAL, backend=tree.backend)
        check_means(runner.report(), draws, ["ioi"], tree.tolerance, tree.absolute)
        results.add(suite, "whole run", OURS, "s", ours.seconds)
        results.add(suite, "peak memory", OURS, "MiB", ours.peak_mebibytes)
        if tree.backend != "cpu":
            results.add(suite, "peak memory of the device", OURS, "MiB", runner.device_mebibytes())
        longer = runner.ours([hypothesis], more, LIKE_THE_RIVAL, backend=tree.backend).seconds
        each = (longer - ours.seconds) / (more - samples)
        if each > 0:
            results.add(suite, "replicates after the cache", OURS, "1/s", 1 / each)
            results.add(suite, "before the first replicate", OURS, "s", ours.seconds - samples * each)
        else:
            results.lack(suite, f"replicates after the cache: {more:,} took no longer than {samples:,}")

        rival = runner.rival("gpt2.py", *memoised)
        seconds = rival["seconds"]
        results.add(suite, "whole run", "memoised", "s", rival["whole"])
        results.add(suite, "peak memory", "memoised", "MiB", rival["peak_mebibytes"])
        if tree.device != "cpu":
            results.add(suite, "peak memory of the device", "memoised", "MiB", rival["peak_bytes"] / 2**20)
        results.add(suite, "replicates after the cache", "memoised", "1/s", samples / seconds["samples"])
        results.add(suite, "before the first replicate", "memoised", "s", seconds["load"] + seconds["cache"])
        plain = runner.rival("gpt2.py", *options, "--variant", "plain")["whole"]
        results.add(suite, "before the first replicate", "one plain forward pass", "s", plain)
    if tree.naive:
        few = "--samples", tree.naive
        naive = with_batch(runner, tree, options, "naive", tree.naive)
        # On the CPU a few replicates take a minute, and vary less than they are many times slower.
        for _ in range(repetitions if tree.batches else 1):
            seconds = runner.rival("gpt2.py", *naive, *few)["seconds"]
            results.add(suite, "replicates after the cache", "naive", "1/s", tree.naive / seconds["samples"])


def with_batch(runner, tree, options, variant, samples):
    """The options of a rival, with the batch of those tried that is fastest on some of the samples."""
    options = [*options, "--variant", variant]
    some = [*options, "--samples", samples]
    times = {batch: runner.rival("gpt2.py", *some, "--batch", batch)["whole"] for batch in tree.batches}
    return options + (["--batch", min(times, key=times.get)] if times else [])


def made(runner, name, *options):
    """A folder with a model, data and a hypothesis, and the hypothesis. Made elsewhere, since it takes memory."""
    folder = runner.scratch / name
    runner.run([sys.executable, HERE / "gpt2_files.py", folder, *options])
    return folder, folder / "ioi.yaml"
