"""How times grow: with replicates, rows of the dataset, claims, layers, width and threads."""

import os
import sys

from gpt2_suite import made
from paren_suite import missing
from results import OURS
from runs import HERE, REPOSITORY, SHARED, say

REPLICATES = (1_000, 4_000, 16_000, 64_000, 256_000)
ROWS = (1_000, 5_000, 20_000, 50_000, 100_000)
MOVERS = (1, 2, 4, 8, 13)
LAYERS = (2, 4, 8, 12)
WIDTHS = (64, 128, 256, 512, 768)
CLAIMS_OF_A_MOVER = 5 + 4 * 12


class Curves:
    """Points of curves, repeated: by curve, who and x the seconds."""

    def __init__(self):
        self.points, self.axes = {}, {}

    def add(self, curve, axis, who, x, seconds):
        self.points.setdefault(curve, {}).setdefault(who, {}).setdefault(x, []).append(seconds)
        self.axes[curve] = axis


def curves(runner, found, repetitions):
    reason = missing()
    if reason:
        say(f"skipped: curves of replicates, rows and threads: {reason}")
    for _ in range(repetitions):
        if not reason:
            replicates(runner, found)
            rows(runner, found)
            threads(runner, found)
        claims(runner, found)
        shapes(runner, found)


def of_paren(runner, found, curve, axis, x, hypothesis, draws, samples, *options, threads=None):
    """One point of ours and of the rivals."""
    found.add(curve, axis, OURS, x, runner.ours([hypothesis], samples, threads=threads).seconds)
    for variant in ("memoised", "sliced"):
        chosen = "--variant", variant, "--experiments", "2a", "--shared", SHARED, "--draws", draws, "--samples", samples
        found.add(curve, axis, variant, x, runner.rival("paren.py", *chosen, *options, threads=threads)["whole"])


def replicates(runner, found):
    hypothesis = REPOSITORY / "Tests/Goldens/brackets/2a.yaml"
    counts = [runner.size(samples) for samples in REPLICATES]
    draws = runner.draws(f"replicates-{counts[-1]}", [hypothesis], counts[-1])
    for samples in counts:
        of_paren(runner, found, "replicates", "replicates of 2a", samples, hypothesis, draws, samples)


def rows(runner, found, samples=4_000):
    for count in map(runner.size, ROWS):
        folder = runner.scratch / f"rows-{count}"
        runner.run([sys.executable, HERE / "first_rows.py", folder, "--rows", count, "--shared", SHARED])
        hypothesis = folder / "2a.yaml"
        draws = runner.draws(f"rows-{count}", [hypothesis], samples)
        axis = "rows of the dataset, 4,000 replicates of 2a"
        columns = "--columns", folder / "columns.npz"
        of_paren(runner, found, "rows", axis, count, hypothesis, draws, samples, *columns)


def threads(runner, found, samples=64_000):
    hypothesis = REPOSITORY / "Tests/Goldens/brackets/2a.yaml"
    samples = runner.size(samples)
    draws = runner.draws(f"threads-{samples}", [hypothesis], samples)
    for count in range(1, (os.cpu_count() or 1) + 1):
        axis = f"threads, {samples:,} replicates of 2a"
        of_paren(runner, found, "threads", axis, count, hypothesis, draws, samples, threads=count)


def claims(runner, found, samples=500):
    samples = runner.size(samples)
    model = runner.scratch / "gpt2/model"
    for movers in MOVERS:
        name = f"movers-{movers}"
        folder, hypothesis = made(runner, name, "--rows", 64, "--movers", movers, "--model", model)
        draws = runner.draws(name, [hypothesis], samples) / "ioi.npz"
        curve = "claims", f"claims in GPT-2's shape, {samples} replicates, 64 rows"
        number = movers * CLAIMS_OF_A_MOVER
        found.add(*curve, OURS, number, runner.ours([hypothesis], samples).seconds)
        options = "--variant", "memoised", "--folder", folder, "--model", model, "--draws", draws
        found.add(*curve, "memoised", number, runner.rival("gpt2.py", *options)["whole"])


def shapes(runner, found, samples=1_000):
    """Models of other shapes beside a plain forward pass of theirs."""
    samples = runner.size(samples)
    for layers in LAYERS:
        shape(runner, found, samples, layers, 256, "layers", "layers of width 256, two heads claimed", layers)
    for width in WIDTHS:
        shape(runner, found, samples, 4, width, "width", "width of 4 layers, two heads claimed", width)


def shape(runner, found, samples, layers, width, curve, axis, x):
    folder, hypothesis = made(runner, f"shape-{layers}-{width}", "--small", layers, width)
    found.add(curve, axis, OURS, x, runner.ours([hypothesis], samples).seconds)
    plain = runner.rival("gpt2.py", "--variant", "plain", "--folder", folder)["whole"]
    found.add(curve, axis, "one plain forward pass", x, plain)
