"""Accuracy, losses and the hypotheses' figures by a naive program in float64 that shares no code with Scrubjay.

    python check.py

Needs numpy, pyyaml and safetensors.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import yaml
from safetensors.numpy import load_file

HERE = Path(__file__).parent


def parts_at_end(w, config, tokens):
    """What the embedding and each head write at the last position, for each row."""
    x = w["embed.W_E"][tokens] + w["pos_embed.W_pos"]
    parts, patterns = {"embed": x[:, -1]}, {}
    for head in range(config["n_heads"]):
        q, k, v = (x @ w[f"blocks.0.attn.W_{c}"][head] for c in "QKV")
        scores = np.einsum("re,rpe->rp", q[:, -1], k) / np.sqrt(config["d_head"])
        pattern = np.exp(scores - scores.max(-1, keepdims=True))
        pattern /= pattern.sum(-1, keepdims=True)
        parts[f"a0.h{head}"] = np.einsum("rp,rpe->re", pattern, v) @ w["blocks.0.attn.W_O"][head]
        patterns[f"a0.h{head}"] = pattern
    return parts, patterns


def mlp(w, x):
    return np.maximum(x @ w["blocks.0.mlp.W_in"], 0) @ w["blocks.0.mlp.W_out"]


def losses(logits, labels):
    top = logits.max(-1, keepdims=True)
    return np.log(np.exp(logits - top).sum(-1)) + top[:, 0] - logits[np.arange(len(labels)), labels]


def draw_same(rng, values, rows):
    """For each row, a row drawn among those of the same value, itself included."""
    _, classes, sizes = np.unique(values, return_inverse=True, return_counts=True)
    order = np.argsort(classes, kind="stable")
    first = np.cumsum(sizes) - sizes
    at = classes[rows]
    return order[first[at] + rng.integers(0, sizes[at])]


def scrub(rng, w, parts, columns, claim, samples):
    """Losses where the output reads the MLP by `claim`, and all else from one random row. Where the claim has
    inputs, these are heads, and the MLP reads the rest from one random row."""
    rows = len(columns["label"])

    def given(parent, inner):
        return parent if inner["same"] == "exact" else draw_same(rng, columns[inner["same"]], parent)

    reference, others = rng.integers(0, rows, size=(2, samples))
    own = given(reference, claim)
    beside = rng.integers(0, rows, size=samples) if "inputs" in claim else own
    x = 0
    for node, value in parts.items():
        inner = claim.get("inputs", {}).get(node)
        x = x + value[given(own, inner) if inner else beside]
    stream = sum(value[others] for value in parts.values()) + mlp(w, x)
    return losses(stream @ w["unembed.W_U"], columns["label"][reference])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=40_000)
    parser.add_argument("--model", type=Path, default=HERE / "model")
    parser.add_argument("--data", type=Path, default=HERE / "pairs.npz")
    arguments = parser.parse_args()

    config = json.loads((arguments.model / "config.json").read_text())
    w = {name: value.astype(np.float64) for name, value in load_file(arguments.model / "model.safetensors").items()}
    columns = {name: column.astype(int) for name, column in np.load(arguments.data).items()}
    labels = columns["label"]
    parts, patterns = parts_at_end(w, config, columns["tokens"])
    stream = sum(parts.values())
    logits = (stream + mlp(w, stream)) @ w["unembed.W_U"]
    own = losses(logits, labels)
    right = logits.argmax(-1) == labels
    print(f"{right.sum()} of {len(labels)} right, loss {own.mean():.3e}, at most {own.max():.3e}")
    top = logits.max(-1, keepdims=True)
    shares = np.bincount(labels, minlength=logits.shape[1]) / len(labels)
    baseline = (np.log(np.exp(logits - top).sum(-1)) + top[:, 0] - logits @ shares).mean()
    print(f"baseline {baseline:.4f}; always answering with equal shares {np.log(113):.4f}")
    for name, pattern in patterns.items():
        print(f"{name} attends to " + ", ".join(f"{what} {pattern[:, place].mean():.3f} ± {pattern[:, place].std():.3f}"
                                                for place, what in enumerate("ab=")))
    # Which waves over 0 to 112 the embedding is made of: k of them from 0 to 112, and the share of its variance.
    wave = np.abs(np.fft.rfft(w["embed.W_E"][:113], axis=0)) ** 2
    power = wave.sum(1)[1:] / wave[1:].sum()
    strong = np.argsort(-power)[:8]
    print("waves in the embedding: " + ", ".join(f"{k + 1} ({100 * power[k]:.0f}%)" for k in strong))
    rng = np.random.default_rng(0)
    for key in ("exact", "sum", "pair", "false-product", "false-a"):
        claim = yaml.safe_load((HERE / f"{key}.yaml").read_text())["interpretation"]["inputs"]["m0"]
        found = scrub(rng, w, parts, columns, claim, arguments.samples)
        error = found.std(ddof=1) / np.sqrt(len(found))
        recovered = (baseline - found.mean()) / (baseline - own.mean())
        print(f"{key}: {found.mean():.4g} ± {error:.2g}  recovered {100 * recovered:.2f}%")


if __name__ == "__main__":
    main()
