"""Writes what docs/gallery/sin-cos.md runs, and checks its closed forms: `python3 make.py`. Needs numpy, safetensors, PyYAML.

64 angles of a circle. `model/` says sin x; `inhibited/` says sin x + sin x - 7/8 sin x by three nodes.
"""

import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from graph_model import Graph, write_data  # noqa: E402
from settle import settle  # noqa: E402

STEPS = 64
INHIBITION = 7 / 8


def data():
    steps = np.arange(STEPS)
    angles = 2 * np.pi * steps / STEPS
    # The angle and its mirror image at 45 degrees, where sine and cosine change places; at 90 degrees, which keeps the sine.
    mirror = np.minimum(steps, (STEPS // 4 - steps) % STEPS)
    sine = np.minimum(steps, (STEPS // 2 - steps) % STEPS)
    labels = {"trained": np.sin(angles), "odd": np.sin(angles) + np.cos(angles)}
    write_data(os.path.join(HERE, "data.jsonl"), {
        "part": np.repeat(list(labels), STEPS), "step": np.tile(steps, 2), "mirror": np.tile(mirror, 2),
        "sine": np.tile(sine, 2), "y": np.concatenate(list(labels.values()))})


def model(folder, gains):
    graph = Graph()
    graph.tokens("step", STEPS)
    for name, gain in gains.items():
        graph.lookup(f"{name}.sine", "step", np.sin(2 * np.pi * np.arange(STEPS) / STEPS)[:, None])
        graph.linear(name, f"{name}.sine", [[gain]], ["model", "logit"])
    graph.op("y", "sum", *gains)
    graph.write(os.path.join(HERE, folder), "y")


def closed_forms():
    """E sin^2 = E cos^2 = 1/2, E sin = E cos = E sin cos = 0."""
    trained = {"model": 0, "baseline": 1}
    left = 1 - INHIBITION
    whole = {"model": left**2 / 2, "baseline": ((1 + left) ** 2 + 1) / 2}
    apart = (1 + INHIBITION**2) / 2
    return {
        "mirror-trained.yaml": {**trained, "scrubbed": 1 / 2},
        "mirror-odd.yaml": {"model": 1 / 2, "scrubbed": 1 / 2, "baseline": 3 / 2},
        "mirror-distance.yaml": {**trained, "scrubbed": 1 / 2},
        "sine-distance.yaml": {**trained, "scrubbed": 0},
        "missed.yaml": {**whole, "scrubbed": left**2 / 2},
        "missed-distance.yaml": {"model": 0, "scrubbed": left**2, "baseline": (1 + left) ** 2},
        "missed-apart.yaml": {**whole, "scrubbed": apart},
        "inhibitor.yaml": {**whole, "scrubbed": apart},
        "three.yaml": {**whole, "scrubbed": left**2 / 2},
    }


if __name__ == "__main__":
    data()
    model("model", {"sine": 1})
    model("inhibited", {"first": 1, "second": 1, "inhibitor": -INHIBITION})
    settle(HERE, closed_forms())
