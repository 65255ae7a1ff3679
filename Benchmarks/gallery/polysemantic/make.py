"""Writes what docs/gallery/polysemantic.md runs, and checks its closed forms: `python3 make.py`. Needs numpy, safetensors, PyYAML.

The label is x1^2 + x2^2; one neuron says (c x1 + d x2)^2. Each of x1, x2 takes the values of a symmetric grid of variance 1, each
pair once, so that they are independent and each moment is a product.
"""

import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from graph_model import Graph, plain_values, read_data, write_data  # noqa: E402
from settle import settle  # noqa: E402

C, D = 7 / 8, 3 / 4
# In sixteenths, and the same below zero. Their squares add up to 6 * 16^2: the variance is 1.
GRIDS = {"flat": [5, 9, 12, 13, 21, 26], "normal": [3, 5, 6, 9, 19, 32], "sparse": [0, 1, 1, 2, 3, 39]}


def grid(name):
    half = np.array(GRIDS[name]) / 16
    return np.concatenate([-half[::-1], half])


def data():
    columns = {"grid": [], "x1": [], "x2": [], "y": []}
    for name in GRIDS:
        x1, x2 = (x.ravel() for x in np.meshgrid(grid(name), grid(name), indexing="ij"))
        for column, values in zip(columns.values(), [[name] * len(x1), x1, x2, x1**2 + x2**2]):
            column.extend(values)
    write_data(os.path.join(HERE, "data.jsonl"), columns)


def inputs(graph):
    """What the two features add to the neuron: c x1 and d x2."""
    for name, factor in [("x1", C), ("x2", D)]:
        graph.linear(f"{name}.in", graph.column(name), [[factor]], ["model", "neuron"])


def neuron():
    """The model as it is: one neuron, squared."""
    graph = Graph()
    inputs(graph)
    graph.op("pre", "sum", "x1.in", "x2.in")
    graph.op("post", "product", "pre", "pre")
    graph.linear("y", "post", [[1]], ["neuron", "logit"])
    graph.write(os.path.join(HERE, "neuron"), "y")


def expanded():
    """The same function: c^2 x1^2 + d^2 x2^2 + 2 c d x1 x2."""
    graph = Graph()
    inputs(graph)
    for name, left, right, factor in [
            ("first", "x1.in", "x1.in", 1), ("second", "x2.in", "x2.in", 1), ("interference", "x1.in", "x2.in", 2)]:
        graph.op(f"{name}.product", "product", left, right)
        graph.linear(name, f"{name}.product", [[factor]], ["neuron", "logit"])
    graph.op("y", "sum", "first", "second", "interference")
    graph.write(os.path.join(HERE, "model"), "y")


def same_function():
    columns = read_data(os.path.join(HERE, "data.jsonl"))
    one, other = (plain_values(os.path.join(HERE, folder), columns)[0]["y"] for folder in ["neuron", "model"])
    assert np.abs(one - other).max() < 1e-12


def best_use(kurtosis):
    """c^2 and d^2 of the least loss, to 0.01."""
    u, v = np.meshgrid(np.arange(151) / 100, np.arange(151) / 100, indexing="ij")
    loss = ((1 - u) ** 2 + (1 - v) ** 2) * kurtosis + 2 * (1 - u) * (1 - v) + 4 * u * v
    least = loss.argmin()
    return u.flat[least], v.flat[least]


def closed_forms():
    a, b, v = 1 - C**2, 1 - D**2, 4 * C**2 * D**2
    forms = {}
    for name in GRIDS:
        k = (grid(name) ** 4).mean()
        kept = (a**2 + b**2) * k + 2 * a * b
        baseline = (1 + 1 + C**4 + D**4) * (k - 1) + v + (a + b) ** 2
        print(f"{name}: kurtosis {k:.4f}, variance of the labels {2 * (k - 1):.4f}")
        forms[f"random-{name}.yaml"] = {"model": kept + v, "scrubbed": kept + v, "baseline": baseline}
        forms[f"random-{name}.yaml", "zero"] = {"model": kept + v, "scrubbed": kept, "baseline": baseline}
        if name == "flat":
            model = {"model": kept + v, "baseline": baseline}
            forms["features.yaml"] = {**model, "scrubbed": kept + v}
            forms["one.yaml"] = {**model, "scrubbed": (a**2 + 1 + D**4) * (k - 1) + v + (a + b) ** 2}
            forms["swapped.yaml"] = {**model, "scrubbed": baseline}
            # x1 and x2 of one sign: E x1 x2 = E|x1| E|x2|, E x1^3 x2 = E|x1|^3 E|x2|.
            m1, m3 = np.abs(grid(name)).mean(), (np.abs(grid(name)) ** 3).mean()
            mean, square = C**2 + D**2 + 2 * C * D * m1**2, (C**4 + D**4) * k + 6 * C**2 * D**2 + 4 * C * D * (C**2 + D**2) * m1 * m3
            forms["dependent.yaml"] = {
                "model": kept + v - 4 * C * D * (a + b) * m1 * m3, "scrubbed": kept + v - 4 * C * D * (a + b) * m1**2,
                "baseline": 2 * (k - 1) + square - mean**2 + (2 - mean) ** 2}
    return forms


if __name__ == "__main__":
    data()
    neuron()
    expanded()
    same_function()
    # Below a kurtosis of 3 one feature has the neuron, above it both share it.
    assert min(best_use(2.9)) == 0 and best_use(7) == (0.8, 0.8)
    settle(HERE, closed_forms())
