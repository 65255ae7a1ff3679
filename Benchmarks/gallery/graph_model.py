"""Writes and reads the folders of Benchmarks/gallery: a graph model, its data, the figures expected of it. Needs numpy, safetensors.

A graph model is a list of nodes, `config.json`, and the tensors they name, `model.safetensors`
(docs/hypothesis-format.md, "Models that are not transformers"). Tensors are written in float64, so that a reader in float64 computes with
the numbers that a page states.
"""

import json
import os

import numpy as np
from safetensors.numpy import load_file, save_file


class Graph:
    """Nodes in the order they are computed; every value has one position. Methods return the name of the node they add."""

    def __init__(self):
        self.nodes, self.tensors = [], {}

    def column(self, name, width=1, axis="model"):
        """A real column: one number for each datum, or an array of `width`."""
        return self._add(name, column=name, element="float32", axes=[["position", 1], [axis, width]])

    def tokens(self, name, below):
        """A column of whole numbers, 0 to `below` - 1."""
        return self._add(name, column=name, below=below, axes=[["position", 1]])

    def weight(self, name, values, axes):
        """A tensor with an axis name for each of its axes."""
        values = np.ascontiguousarray(values, np.float64)
        self.tensors[name] = values
        return self._add(name, weight=name, axes=[[axis, size] for axis, size in zip(axes, values.shape, strict=True)])

    def op(self, name, op, *inputs, **attributes):
        """An operation on earlier nodes."""
        return self._add(name, op={op: attributes}, inputs=list(inputs))

    def linear(self, name, source, values, axes):
        """`source` times a weight of its own, `values`, whose axes are those of input and output."""
        return self.op(name, "linear", source, self.weight(f"{name}.W", values, axes))

    def lookup(self, name, tokens, table):
        """The row of `table`, [below, width], that stands for the token."""
        return self.op(name, "embed", tokens, self.weight(f"{name}.table", table, ["vocabulary", "model"]))

    def write(self, folder, output):
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "model.safetensors")
        save_file(self.tensors, path)
        os.chmod(path, 0o644)
        lines = ",\n  ".join(json.dumps(node) for node in self.nodes)
        with open(os.path.join(folder, "config.json"), "w") as file:
            file.write(f'{{"model_type": "graph", "nodes": [\n  {lines}\n], "output": {json.dumps(output)}}}\n')

    def _add(self, name, **entry):
        self.nodes.append({"name": name, **entry})
        return name


def write_data(path, columns):
    """`columns`: by name, one value for each row."""
    values = {name: np.asarray(column).tolist() for name, column in columns.items()}
    with open(path, "w") as file:
        for row in zip(*values.values(), strict=True):
            file.write(json.dumps(dict(zip(values, row))) + "\n")


def read_data(path):
    """By name, a list with one value for each row."""
    with open(path) as file:
        rows = [json.loads(line) for line in file]
    return {name: [row[name] for row in rows] for name in rows[0]}


def plain_values(folder, columns):
    """By name, the value of every node on every row, [row, position, ...] in float64; of a weight, the tensor. And the nodes."""
    with open(os.path.join(folder, "config.json")) as file:
        configuration = json.load(file)
    tensors = load_file(os.path.join(folder, "model.safetensors"))
    values = {}
    for node in configuration["nodes"]:
        if "weight" in node:
            value = tensors[node["weight"]].astype(np.float64)
            assert list(value.shape) == [size for _, size in node["axes"]], node
        elif "column" in node:
            value = np.array(columns[node["column"]], np.float64)
            value = value.reshape([len(value)] + [size for _, size in node["axes"]])
            if "below" in node:
                assert np.all((value >= 0) & (value < node["below"]) & (value == np.floor(value))), node
                value = value.astype(int)
        else:
            value = compute(node["op"], [values[source] for source in node["inputs"]])
        values[node["name"]] = value
    return values, {node["name"]: node for node in configuration["nodes"]}, configuration["output"]


def compute(op, inputs):
    """An operation in float64, on values [row, position, ...]."""
    (name, attributes), = op.items()
    if name == "linear":
        bias = inputs[2] if len(inputs) == 3 else 0
        return inputs[0] @ inputs[1] + bias
    if name == "embed":
        return inputs[1][inputs[0]]
    if name == "sum":
        return sum(inputs[1:], inputs[0])
    if name == "difference":
        return inputs[0] - inputs[1]
    if name == "product":
        return inputs[0] * inputs[1]
    if name == "activation" and attributes == {"function": "relu"}:
        return np.maximum(inputs[0], 0)
    raise ValueError(f"no reference for {op}")
