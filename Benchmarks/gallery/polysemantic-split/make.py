"""Writes what docs/gallery/polysemantic-split.md runs, and checks its closed forms: `python3 make.py`. Needs numpy, safetensors, PyYAML.

The neuron of polysemantic/, (c x1 + d x2)^2, multiplied out term by term: its interference, 2 c d x1 x2, is c x1 * d x2 + d x2 * c x1, two
nodes that say the same. `quarters/` has it as four.
"""

import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from graph_model import Graph, write_data  # noqa: E402
from settle import settle  # noqa: E402

C, D = 7 / 8, 3 / 4
# The variance of each is 1; each is symmetric. Four values, since four draws besides the reference must be enumerable.
GRIDS = {
    "normal": np.array([3, 5, 6, 9, 19, 32]) / 16,
    "small": np.array([0.2, 1.4]),
}


def grid(name):
    return np.concatenate([-GRIDS[name][::-1], GRIDS[name]])


def data():
    columns = {"grid": [], "x1": [], "x2": [], "y": []}
    for name in GRIDS:
        x1, x2 = (x.ravel() for x in np.meshgrid(grid(name), grid(name), indexing="ij"))
        for column, values in zip(columns.values(), [[name] * len(x1), x1, x2, x1**2 + x2**2]):
            column.extend(values)
    write_data(os.path.join(HERE, "data.jsonl"), columns)


def model(folder, parts):
    """The interference as equal parts, `cross.0`, `cross.1` and so on."""
    graph = Graph()
    for name, factor in [("x1", C), ("x2", D)]:
        graph.linear(f"{name}.in", graph.column(name), [[factor]], ["model", "neuron"])
    products = [("first", "x1.in", "x1.in", 1), ("second", "x2.in", "x2.in", 1)]
    for part in range(parts):
        products.append((f"cross.{part}", *["x1.in", "x2.in"][:: 1 if part % 2 == 0 else -1], 2 / parts))
    for name, left, right, factor in products:
        graph.op(f"{name}.product", "product", left, right)
        graph.linear(name, f"{name}.product", [[factor]], ["neuron", "logit"])
    graph.op("y", "sum", *(name for name, *_ in products))
    graph.write(os.path.join(HERE, folder), "y")


def closed_forms():
    a, b, v = 1 - C**2, 1 - D**2, 4 * C**2 * D**2
    forms = {}
    for name, files in [
            ("normal", {"together.yaml": 1, "apart.yaml": 1 / 2, "one-kept.yaml": 1 / 2, "product.yaml": 1}),
            ("small", {"quarters-together.yaml": 1, "quarters-apart.yaml": 1 / 4})]:
        k = (grid(name) ** 4).mean()
        kept = (a**2 + b**2) * k + 2 * a * b
        baseline = (1 + 1 + C**4 + D**4) * (k - 1) + v + (a + b) ** 2
        print(f"{name}: kurtosis {k:.4f}, S = {kept:.6f}, V = {v:.6f}")
        for file, share in files.items():
            forms[file] = {"model": kept + v, "scrubbed": kept + share * v, "baseline": baseline}
    return forms


if __name__ == "__main__":
    data()
    model("model", 2)
    model("quarters", 4)
    settle(HERE, closed_forms())
