"""The four hypotheses by a naive program in float64 that shares no code with Scrubjay.

    python check.py             accuracy and the figures of 0a, 0b, 1a and 1b; writes expected.json
    python check.py --search    ranks every assignment of count, horizon or nothing to the heads

Needs numpy, pyyaml and safetensors.
"""
import argparse
import itertools
import json
from pathlib import Path

import numpy as np
import yaml
from safetensors.numpy import load_file

HERE = Path(__file__).parent


def normed(x, w, name, eps):
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * w[name + ".w"] + w[name + ".b"]


def contributions(w, config, tokens):
    """What each node adds to the final residual stream at position 0, for each row: {node: [rows, d_model]}."""
    parts = {}

    def add(node, value):
        parts.setdefault(node, []).append(value[:, 0])

    for some in np.array_split(tokens.astype(int), max(1, len(tokens) // 1000)):
        x = w["embed.W_E"][some] + w["pos_embed.W_pos"]
        add("embed", x)
        masked = (some == config["pad_token"])[:, None, :]
        for layer in range(config["n_layers"]):
            block = f"blocks.{layer}."
            y = normed(x, w, block + "ln1", config["eps"])
            for head in range(config["n_heads"]):
                q, k, v = (y @ w[f"{block}attn.W_{c}"][head] + w[f"{block}attn.b_{c}"][head] for c in "QKV")
                scores = np.where(masked, -np.inf, q @ k.swapaxes(1, 2) / np.sqrt(config["d_head"]))
                pattern = np.exp(scores - scores.max(-1, keepdims=True))
                pattern /= pattern.sum(-1, keepdims=True)
                output = pattern @ v @ w[f"{block}attn.W_O"][head]
                add(f"a{layer}.h{head}", output)
                x = x + output
            x = x + w[block + "attn.b_O"]
            hidden = np.maximum(normed(x, w, block + "ln2", config["eps"]) @ w[block + "mlp.W_in"]
                                + w[block + "mlp.b_in"], 0)
            output = hidden @ w[block + "mlp.W_out"] + w[block + "mlp.b_out"]
            add(f"m{layer}", output)
            x = x + output
    return {node: np.concatenate(values) for node, values in parts.items()}


def score(w, config, stream):
    """Logit 1 minus logit 0 from a final residual stream."""
    biases = sum(w[f"blocks.{layer}.attn.b_O"] for layer in range(config["n_layers"]))
    logits = normed(stream + biases, w, "ln_final", config["eps"]) @ w["unembed.W_U"] + w["unembed.b_U"]
    return logits[..., 1] - logits[..., 0]


def loss(score, label):
    """Binary cross-entropy of each pair."""
    return np.logaddexp(0, np.where(label == 1, -score, score))


def feature(columns, expression):
    """A column, or several joined by AND."""
    names = [name.strip() for name in expression.split(" AND ")]
    return columns[names[0]] if len(names) == 1 else np.logical_and.reduce([columns[name] for name in names])


def draw_same(rng, values, rows):
    """For each row, a row drawn among those of the same value, itself included."""
    _, classes, sizes = np.unique(values, return_inverse=True, return_counts=True)
    order = np.argsort(classes, kind="stable")
    first = np.cumsum(sizes) - sizes
    at = classes[rows]
    return order[first[at] + rng.integers(0, sizes[at])]


def scrub(rng, parts, w, config, labels, claims, samples):
    """Losses of a hypothesis: {node: feature values} drawn the same, all else from one shared random row."""
    rows = len(labels)
    reference, others = rng.integers(0, rows, size=(2, samples))
    stream = sum(value[others] for node, value in parts.items() if node not in claims)
    for node, values in claims.items():
        stream = stream + parts[node][draw_same(rng, values, reference)]
    return loss(score(w, config, stream), labels[reference])


def search(rng, parts, w, config, columns, exact, baseline, samples=10_000):
    """Prints the best assignments of count, horizon or nothing to the heads, by the number of heads claimed."""
    rows = len(columns["balanced"])
    reference, others = rng.integers(0, rows, size=(2, samples))
    label = columns["balanced"][reference]
    nodes = [node for node in parts if node[0] == "a"]
    unclaimed = sum(parts[node][others] for node in parts if node not in nodes)
    choices = {"-": lambda node: parts[node][others]}
    for name in ("count", "horizon"):
        choices[name] = lambda node, name=name: parts[node][draw_same(rng, columns[name], reference)]
    drawn = {(node, name): choose(node) for node in nodes for name, choose in choices.items()}
    found = []
    for names in itertools.product(choices, repeat=len(nodes)):
        claims = {node: name for node, name in zip(nodes, names) if name != "-"}
        stream = unclaimed + sum(drawn[pair] for pair in zip(nodes, names))
        recovered = (baseline - loss(score(w, config, stream), label).mean()) / (baseline - exact)
        found.append((recovered, claims))
    for size in range(1, len(nodes) + 1):
        for recovered, claims in sorted((f for f in found if len(f[1]) == size), key=lambda f: -f[0])[:4]:
            print(f"{100 * recovered:6.1f}%  " + "  ".join(f"{node} {name}" for node, name in claims.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--samples", type=int, default=40_000)
    parser.add_argument("--model", type=Path, default=HERE / "model")
    parser.add_argument("--data", type=Path, default=HERE / "parens.npz")
    arguments = parser.parse_args()

    config = json.loads((arguments.model / "config.json").read_text())
    w = {name: value.astype(np.float64) for name, value in load_file(arguments.model / "model.safetensors").items()}
    columns = dict(np.load(arguments.data))
    labels = columns["balanced"]
    parts = contributions(w, config, columns["tokens"])
    own = score(w, config, sum(parts.values()))
    accuracy = ((own > 0) == labels).mean()
    share = labels.mean()
    exact = loss(own, labels).mean()
    baseline = (share * loss(own, np.ones_like(labels)) + (1 - share) * loss(own, np.zeros_like(labels))).mean()
    print(f"accuracy {accuracy:.5f}")
    rng = np.random.default_rng(0)
    if arguments.search:
        search(rng, parts, w, config, columns, exact, baseline)
        return

    figures = {"accuracy": accuracy,
               "0a": {"mean": exact, "standard_error": 0.0},
               "0b": {"mean": baseline, "standard_error": 0.0}}
    for key in ("1a", "1b"):
        hypothesis = yaml.safe_load((HERE / f"{key}.yaml").read_text())
        definitions = hypothesis.get("features", {})
        claims = {node: feature(columns, definitions.get(claim["same"], claim["same"]))
                  for node, claim in hypothesis["interpretation"]["inputs"].items()}
        losses = scrub(rng, parts, w, config, labels, claims, arguments.samples)
        figures[key] = {"mean": losses.mean(), "standard_error": losses.std(ddof=1) / np.sqrt(arguments.samples)}
    for key in ("0a", "0b", "1a", "1b"):
        mean, error = figures[key].values()
        print(f"{key}: {mean:.6f} ± {error:.6f}  recovered {100 * (baseline - mean) / (baseline - exact):.1f}%")
    (HERE / "expected.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
