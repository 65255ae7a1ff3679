"""Writes graphs.json: random graphs with data, a claim on one node by every path, and the figures that it must have.

Values are computed in float64 by numpy, draws enumerated one by one: `python3 make.py`.
"""

import json
import os
from math import erf

import numpy as np

CASES = 16
random = np.random.default_rng(7)


def softmax(scores):
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def activation(x, function):
    if function == "relu":
        return np.maximum(x, 0)
    if function == "gelu":
        return x / 2 * (1 + np.vectorize(erf)(x / np.sqrt(2)))
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def attention(q, k, v, causal, scale):
    scores = q @ k.T * scale
    if causal:
        scores = np.where(np.tril(np.ones(scores.shape)) > 0, scores, -np.inf)
    return softmax(scores) @ v


def layer_norm(x, epsilon):
    deviation = x - x.mean(-1, keepdims=True)
    return deviation / np.sqrt((deviation**2).mean(-1, keepdims=True) + epsilon)


COMPUTE = {
    "linear": lambda x, w, b=0: x @ w + b,
    "sum": lambda *terms: sum(terms),
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "activation": activation,
    "attention": attention,
    "layerNorm": layer_norm,
    "embed": lambda tokens, table: table[tokens],
    "outer": lambda number, direction, positions: np.full((positions, 1), number) * direction,
}


class Case:
    def __init__(self):
        self.rows, self.positions = int(random.integers(4, 8)), int(random.integers(1, 4))
        width = int(random.integers(1, 4))
        self.columns = {
            "x": random.normal(size=(self.rows, self.positions, width)).astype(np.float32),
            "t": random.integers(0, 3, size=(self.rows, self.positions)),
            "s": random.normal(size=self.rows).astype(np.float32),
        }
        self.feature = random.integers(0, 2, size=self.rows)
        self.nodes, self.weights, self.axis = [], {}, {}
        self.add("x", ("model", width), column="x", axes=[["position", self.positions], ["model", width]])
        self.add("t", None, column="t", below=3, axes=[["position", self.positions]])
        self.add("s", None, column="s", axes=[])
        table = self.weight(["vocabulary", 3], ["model", width])
        self.op("e", "embed", ["t", table], ("model", width))
        self.op("o", "outer", ["s", self.weight(["model", width])], ("model", width), positions=self.positions)
        for number in range(int(random.integers(2, 7))):
            self.grow(f"n{number}")
        last = [name for name in self.axis if name[0] == "n"][-1]
        axis = ("logit", int(random.integers(1, 3)))
        self.op("y", "linear", [last, self.weight(self.axis[last], axis)], axis)
        self.prune()

    def add(self, name, axis, **what):
        self.nodes.append({"name": name, **what})
        if axis:
            self.axis[name] = axis

    def weight(self, *axes):
        name = f"w{len(self.weights)}"
        self.weights[name] = (random.normal(size=[count for _, count in axes]) / 1.5).astype(np.float32)
        self.add(name, None, weight=name, axes=[list(axis) for axis in axes])
        return name

    def op(self, name, op, inputs, axis, is_wiring=False, **attributes):
        wiring = {"component": False} if is_wiring else {}
        self.add(name, axis, op={op: attributes}, inputs=inputs, **wiring)

    def grow(self, name):
        """Adds one more op, over any value with positions; now and then as wiring."""
        read = str(random.choice(list(self.axis)))
        axis = self.axis[read]
        alike = [other for other in self.axis if self.axis[other] == axis]
        other, is_wiring = str(random.choice(alike)), bool(random.random() < 0.3)
        match random.integers(7):
            case 0:
                to = (str(random.choice(["model", "neuron"])), int(random.integers(1, 4)))
                bias = [self.weight(to)] if random.integers(2) else []
                self.op(name, "linear", [read, self.weight(axis, to)] + bias, to, is_wiring)
            case 1:
                self.op(name, "sum", [read, other], axis, is_wiring)
            case 2:
                self.op(name, "difference", [read, other], axis, is_wiring)
            case 3:
                self.op(name, "product", [read, other], axis, is_wiring)
            case 4:
                function = str(random.choice(["relu", "gelu", "geluTanh"]))
                self.op(name, "activation", [read], axis, is_wiring, function=function)
            case 5:
                self.op(name, "layerNorm", [read], axis, is_wiring, epsilon=1.0)
            case 6:
                inside = ("head", 2)
                parts = [f"{name}.{part}" for part in "qkv"]
                for part in parts:
                    self.op(part, "linear", [read, self.weight(axis, inside)], inside, True)
                self.op(name, "attention", parts, inside, is_wiring, causal=bool(random.integers(2)), scale=0.5)

    def prune(self):
        """Drops what has no part in the output."""
        needed = {"y"}
        for node in reversed(self.nodes):
            if node["name"] in needed:
                needed.update(node.get("inputs", []))
        self.nodes = [node for node in self.nodes if node["name"] in needed]
        self.weights = {name: value for name, value in self.weights.items() if name in needed}

    def forward(self, row, **fixed):
        values = dict(fixed)
        for node in self.nodes:
            name = node["name"]
            if name in fixed:
                continue
            if "column" in node:
                value = self.columns[name][row]
                values[name] = value if name == "t" else value.astype(np.float64)
            elif "weight" in node:
                values[name] = self.weights[name].astype(np.float64)
            else:
                ((op, attributes),) = node["op"].items()
                values[name] = COMPUTE[op](*(values[read] for read in node["inputs"]), **attributes)
        return values

    def figures(self, claim):
        """Scrubbed loss and baseline of `{claim: {same: f, paths: all}}`, the rest drawn from anywhere."""
        plain = [self.forward(row) for row in range(self.rows)]
        scrubbed = baseline = 0.0
        for reference in range(self.rows):
            alike = [row for row in range(self.rows) if self.feature[row] == self.feature[reference]]
            for others in range(self.rows):
                baseline += ((plain[others]["y"] - plain[reference]["y"]) ** 2).sum() / self.rows**2
                for row in alike:
                    found = self.forward(others, **{claim: plain[row][claim]})["y"]
                    scrubbed += ((found - plain[reference]["y"]) ** 2).sum() / len(alike) / self.rows**2
        return scrubbed, baseline, [values["y"].ravel().tolist() for values in plain]

    def json(self):
        claim = str(random.choice([
            node["name"] for node in self.nodes
            if "weight" not in node and node.get("component", True) and node["name"] != "y"]))
        scrubbed, baseline, labels = self.figures(claim)
        rows = [
            {"x": self.columns["x"][row].ravel().tolist(), "t": self.columns["t"][row].tolist(),
             "s": float(self.columns["s"][row]), "f": int(self.feature[row]), "y": labels[row]}
            for row in range(self.rows)]
        weights = {name: {"sizes": list(value.shape), "values": value.ravel().tolist()} for name, value in self.weights.items()}
        return {"claim": claim, "scrubbed": scrubbed, "baseline": baseline, "nodes": self.nodes, "weights": weights, "rows": rows}


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "graphs.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(Case().json()) for _ in range(CASES)) + "\n]\n")
