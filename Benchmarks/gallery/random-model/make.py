"""Writes what docs/gallery/random-model.md runs, and checks its closed forms: `python3 make.py`. Needs numpy, safetensors, PyYAML.

A network of random weights on 5 bits at two scales, 1 and 4. A label is the scale with a random sign; on the 32 patterns the signs are
balanced, and uncorrelated with the output.
"""

import itertools
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from enumeration import Hypothesis  # noqa: E402
from graph_model import Graph, write_data  # noqa: E402
from settle import settle  # noqa: E402

BITS, HIDDEN, SEED = 5, 8, 0
SCALES = [1, 4]


def network(random):
    """Weights in quarters, so that every sum is exact in float32 too. No bias: four times the input gives four times the output."""
    w_in, w_out = (random.randint(-4, 5, shape) / 4 for shape in [(BITS, HIDDEN), (HIDDEN, 1)])
    graph = Graph()
    graph.linear("pre", graph.column("x", BITS), w_in, ["model", "neuron"])
    graph.op("post", "activation", "pre", function="relu")
    graph.linear("y", "post", w_out, ["neuron", "logit"])
    graph.write(os.path.join(HERE, "model"), "y")
    patterns = np.array(list(itertools.product([-1.0, 1.0], repeat=BITS)))
    return patterns, (np.maximum(patterns @ w_in, 0) @ w_out)[:, 0]


def signs(random, outputs):
    """Balanced and without correlation: random shuffles until there is one."""
    half = np.repeat([-1, 1], len(outputs) // 2)
    while True:
        sign = random.permutation(half)
        if sign @ outputs == 0:
            return sign


def quantiles(values, weights, shares):
    """The least value at or below which lies a share."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return [values[order][np.searchsorted(reached, share - 1e-12)] for share in shares]


def distance(left, right):
    """The W1 distance of two weighted distributions, each (values, weights): the area between their distribution functions."""
    points = np.unique(np.concatenate([left[0], right[0]]))
    reached = []
    for values, weights in [left, right]:
        order = np.argsort(values)
        sums = np.concatenate([[0], np.cumsum(weights[order])]) / weights.sum()
        reached.append(sums[np.searchsorted(values[order], points, side="right")])
    return float(np.sum(np.abs(reached[0] - reached[1])[:-1] * np.diff(points)))


def distributions(name):
    """The losses under a hypothesis: their distribution beside the model's, and row by row."""
    hypothesis = Hypothesis(os.path.join(HERE, name))
    model = hypothesis.measure(hypothesis.values[hypothesis.output], np.arange(hypothesis.rows))
    plain = model, np.ones(len(model))
    losses, weights, references, _ = (np.concatenate(part) for part in zip(*hypothesis.losses()))
    shares = [0.25, 0.5, 0.75, 0.9]
    each = np.bincount(references, losses * weights)
    print(f"{name:20}", *(f"{value:9.4f}" for value in quantiles(losses, weights, shares)), end="")
    print(f"  W1 {distance(plain, (losses, weights)):8.4f}  correlation {np.corrcoef(each, model)[0, 1]:7.4f}")
    if name == "everything.yaml":
        print(f"{'model':20}", *(f"{value:9.4f}" for value in quantiles(*plain, shares)))


if __name__ == "__main__":
    random = np.random.RandomState(SEED)
    patterns, outputs = network(random)
    sign = signs(random, outputs)
    write_data(os.path.join(HERE, "data.jsonl"), {
        "row": np.arange(2 * len(patterns)), "scale": np.repeat(SCALES, len(patterns)),
        "x": np.concatenate([scale * patterns for scale in SCALES]), "y": np.concatenate([scale * sign for scale in SCALES])})
    # E scale^2 (f - sign)^2 with E f sign = E sign = 0; the same when f and sign, or scale and scale, come from different rows.
    loss = np.mean(np.square(SCALES)) * (float((outputs**2).mean()) + 1)
    print(f"E f^2 = {(outputs**2).mean():.6f}")
    files = ["nothing.yaml", "scale.yaml", "everything.yaml"]
    settle(HERE, {name: {"model": loss, "scrubbed": loss, "baseline": loss} for name in files})
    for name in files:
        distributions(name)
