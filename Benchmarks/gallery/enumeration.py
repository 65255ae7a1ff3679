"""Causal scrubbing by brute force, in float64: every combination of draws of a hypothesis file. Needs numpy and PyYAML.

It shares no code with Scrubjay. It knows what the files of Benchmarks/gallery need: graph models; claims on inputs and on parts, with
`same` and every policy for others; the rewrites `project` and `estimate`; the losses squared_error and absolute_error; logit_difference.
"""

import os
import sqlite3

import numpy as np
import yaml
from safetensors.numpy import load_file

from graph_model import compute, plain_values, read_data

LIMIT = 16_777_216


class Hypothesis:
    def __init__(self, path):
        folder = os.path.dirname(path)
        with open(path) as file:
            self.stated = yaml.safe_load(file)
        data = self.stated["data"]
        data = data if isinstance(data, dict) else {"file": data}
        columns = read_data(os.path.join(folder, data["file"]))
        self.columns = columns
        if "where" in data:
            kept = [bool(value) for value in self.evaluate(data["where"])]
            self.columns = {name: [v for v, keep in zip(column, kept) if keep] for name, column in columns.items()}
        self.rows = len(next(iter(self.columns.values())))
        self.values, self.nodes, self.output = plain_values(os.path.join(folder, self.stated["model"]), self.columns)
        for rewrite in self.stated.get("rewrites", []):
            self.rewrite(rewrite, folder)
        defaults = self.stated.get("defaults", {})
        self.default_others = defaults.get("others", "random")
        self.draws = []  # (parent draw or None, classes of the rows)
        self.together = {}
        self.root = self.claim(self.output, self.stated["interpretation"], self.draw(None, "exact"))

    # Features

    def evaluate(self, expression):
        """An SQL expression over the columns of scalars, on every row."""
        scalars = {name: column for name, column in self.columns.items() if not isinstance(column[0], list)}
        names = ", ".join(f'"{name}"' for name in scalars)
        with sqlite3.connect(":memory:") as base:
            base.execute(f"CREATE TABLE data ({names})")
            base.executemany(f"INSERT INTO data VALUES ({', '.join('?' * len(scalars))})", zip(*scalars.values()))
            return [value for value, in base.execute(f"SELECT {expression} FROM data ORDER BY rowid")]

    def numbers(self, feature):
        """A number for each row, the same where the feature is."""
        feature = self.stated.get("features", {}).get(feature, feature)
        if feature == "any":
            return np.zeros(self.rows, int)
        if feature == "exact":
            return np.arange(self.rows)
        values = self.columns[feature] if feature in self.columns else self.evaluate(feature)
        values = [tuple(value) if isinstance(value, list) else value for value in values]
        order = {value: number for number, value in enumerate(dict.fromkeys(values))}
        return np.array([order[value] for value in values])

    # Rewrites

    def rewrite(self, stated, folder):
        kind = "project" if "project" in stated else "estimate"
        name = stated[kind]
        whole = self.values[name]

        def tensor(key):
            return load_file(os.path.join(folder, stated[key]["file"]))[stated[key]["tensor"]].astype(np.float64)

        if kind == "project":
            rows = np.linalg.qr(np.atleast_2d(tensor("onto")).T)[0].T
            part, names = whole @ rows.T @ rows, ["projection", "complement"]
        else:
            names = ["phi", "residual"]
            if "tokens" in stated:
                part = tensor("tokens")[self.values["tokens"]]
            else:
                part = np.array(self.columns[stated["column"]], np.float64).reshape(self.rows, 1, -1)
                part = part * tensor("along") if "along" in stated else part
        names = stated.get("as", [f"{name}.{part}" for part in names])
        for part_name, value in zip(names, [part, whole - part]):
            self.values[part_name], self.nodes[part_name] = value, {"column": None}
        self.nodes[name] = {"op": {"sum": {}}, "inputs": names}

    # Claims

    def draw(self, parent, feature):
        """The number of a draw; a claim that is exact has its parent's."""
        if parent is not None and feature == "exact":
            return parent
        self.draws.append((parent, self.numbers(feature)))
        return len(self.draws) - 1

    def claim(self, node, stated, parent):
        claim = {"node": node, "draw": self.draw(parent, stated.get("same", "exact")), "children": {}, "others": {}}
        inputs = stated.get("inputs", {})
        if isinstance(inputs, dict):
            inputs = [{"node": name, **child} for name, child in inputs.items()]
        for child in inputs:
            nodes = child["node"] if isinstance(child["node"], list) else [child["node"]]
            number = self.draw(claim["draw"], child.get("same", "exact"))
            for name in nodes:
                assert set(child) <= {"node", "same", "inputs", "others"}, child
                direct = self.nodes[node]["inputs"]
                name = name if name in direct else f"{node}.{name}"
                assert name in direct, f"{name} is no input of {node}"
                claim["children"][name] = self.claim(name, {**child, "same": "exact"}, number)
        if inputs:
            policy = stated.get("others", self.default_others)
            for name in self.nodes[node]["inputs"]:
                if name not in claim["children"] and "weight" not in self.nodes[name]:
                    claim["others"][name] = self.others(claim, policy)
        return claim

    def others(self, claim, policy):
        if policy == "exact":
            return claim["draw"]
        if policy == "each":
            return self.draw(claim["draw"], "any")
        if isinstance(policy, dict) and "together" in policy:
            return self.together.setdefault(policy["together"], None) or self._share(policy["together"])
        drawn = set(claim["others"].values())
        feature = "any" if policy == "random" else policy["same"]
        return drawn.pop() if drawn else self.draw(claim["draw"], feature)

    def _share(self, name):
        self.together[name] = self.draw(0, "any")
        return self.together[name]

    # Combinations

    def combinations(self, references):
        """For these references, the row of each draw and the probability, one column a combination."""
        rows, weights = [np.array(references)], np.ones(len(references))
        for parent, numbers in self.draws[1:]:
            order = np.argsort(numbers, kind="stable")
            sizes = np.bincount(numbers)
            starts = np.cumsum(sizes) - sizes
            classes = numbers[rows[parent]]
            repeats = sizes[classes]
            index = np.repeat(np.arange(len(repeats)), repeats)
            within = np.arange(len(index)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
            drawn = order[starts[classes][index] + within]
            rows = [known[index] for known in rows] + [drawn]
            weights = weights[index] / repeats[index]
        return rows, weights

    def value(self, claim, rows, ablation):
        node = self.nodes[claim["node"]]
        if not claim["children"]:
            return self.values[claim["node"]][rows[claim["draw"]]]
        inputs = []
        for name in node["inputs"]:
            if name in claim["children"]:
                inputs.append(self.value(claim["children"][name], rows, ablation))
            elif name in claim["others"]:
                values = self.values[name]
                if ablation in ("zero", "mean"):
                    values = np.broadcast_to(values.mean(0) if ablation == "mean" else 0, values.shape)
                inputs.append(values[rows[claim["others"][name]]])
            else:
                inputs.append(self.values[name])
        return compute(node["op"], inputs)

    # Figures

    def measure(self, outputs, rows):
        """One number for each: outputs [row, position, logit] against the labels of `rows`."""
        behaviour = self.stated["behaviour"]
        kind = behaviour.get("measure", behaviour.get("loss"))
        if kind == "logit_difference":
            right, wrong = (np.array(self.columns[behaviour[key]])[rows] for key in ["label", "against"])
            index = np.arange(len(outputs))
            return outputs[index, 0, right] - outputs[index, 0, wrong]
        if behaviour["label"] == "model":
            labels = self.values[self.output]
        else:
            labels = np.array(self.columns[behaviour["label"]], np.float64).reshape(self.rows, 1, -1)
        errors = outputs - labels[rows]
        assert errors.shape == outputs.shape
        return {"squared_error": np.square, "absolute_error": np.abs}[kind](errors).sum((1, 2))

    def losses(self, ablation=None):
        """Blocks of combinations: the measure, the probability (of 1 a reference), the reference, the outputs."""
        count = len(self.combinations([0])[1])
        step = max(1, 1_000_000 // count)
        for start in range(0, self.rows, step):
            rows, weights = self.combinations(range(start, min(start + step, self.rows)))
            outputs = self.value(self.root, rows, ablation)
            yield self.measure(outputs, rows[0]), weights, rows[0], outputs

    def scrubbed(self, ablation):
        total, combinations = 0.0, 0
        for losses, weights, _, _ in self.losses(ablation):
            total += float(losses @ weights) / self.rows
            combinations += len(losses)
        assert combinations <= LIMIT, combinations
        return total

    def figures(self, ablation=None, scrubbed=None):
        """model, scrubbed, baseline and recovered; `scrubbed` where it is known already."""
        every = np.arange(self.rows)
        outputs = self.values[self.output]
        model = float(self.measure(outputs, every).mean())
        pairs = np.repeat(every, self.rows), np.tile(every, self.rows)
        baseline = float(self.measure(outputs[pairs[0]], pairs[1]).mean())
        scrubbed = self.scrubbed(ablation) if scrubbed is None else scrubbed
        recovered = None if abs(baseline - model) < 1e-12 else (baseline - scrubbed) / (baseline - model)
        return {"model": model, "scrubbed": scrubbed, "baseline": baseline, "recovered": recovered}
