"""Writes what docs/gallery/phi-residual.md runs, and checks its closed forms: `python3 make.py`. Needs numpy, safetensors, PyYAML.

16 tokens. The node `m` says s d + v e + w n in three orthonormal directions: a size s of -3, -1, 1, 3 and two bits v, w of -1, 1.
The output reads s + v/4; the label is s.
"""

import os
import sys

import numpy as np
from safetensors.numpy import save_file

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from graph_model import Graph, write_data  # noqa: E402
from settle import settle  # noqa: E402

D, E, N, _ = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2
SIZES, V, W = (column.ravel() for column in np.meshgrid([-3, -1, 1, 3], [-1, 1], [-1, 1], indexing="ij"))


def write():
    write_data(os.path.join(HERE, "data.jsonl"), {
        "tokens": np.arange(16), "size": SIZES, "sign": 2 * np.sign(SIZES), "double": 2 * SIZES, "v": V, "w": W})
    graph = Graph()
    table = np.outer(SIZES, D) + np.outer(V, E) + np.outer(W, N)
    graph.lookup("m", graph.tokens("tokens", 16), table)
    graph.linear("y", "m", (D + E / 4)[:, None], ["model", "logit"])
    graph.write(os.path.join(HERE, "model"), "y")
    path = os.path.join(HERE, "directions.safetensors")
    save_file({"d": D, "e": E, "plane": np.array([D, E]), "slanted": D + E, "table": table}, path)
    os.chmod(path, 0o644)


def closed_forms():
    """E s^2 = 5, E v^2 = 1; all means are 0, s and v are independent."""
    own = 1 / 16
    scrubbed = {
        "phi.yaml": own, "sign.yaml": 1 + 1 + own, "double.yaml": 5 + 5 + own,
        "carries.yaml": own, "plane.yaml": own, "carries-not.yaml": 5 + 5 + own,
        "slanted.yaml": 2 * 5 * (3 / 8) ** 2 + (5 / 8) ** 2 + (3 / 8) ** 2, "table.yaml": own}
    return {name: {"model": own, "scrubbed": value, "baseline": 5 + 5 + own} for name, value in scrubbed.items()}


if __name__ == "__main__":
    write()
    settle(HERE, closed_forms())
