"""What the model gets right and what its heads attend to, by a naive program in float64.

    python check.py             losses, accuracy and the heads' scores
    python check.py --scrub     also the hypotheses' figures, from 2,000 samples; takes minutes

Needs numpy, pyyaml and safetensors.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import yaml
from safetensors.numpy import load_file

HERE = Path(__file__).parent


class Model:
    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        self.w = {name: value.astype(np.float64) for name, value in load_file(folder / "model.safetensors").items()}

    def embed(self, tokens):
        return self.w["embed.W_E"][tokens] + self.w["pos_embed.W_pos"][:tokens.shape[1]]

    def head(self, layer, head, q_input, k_input, v_input):
        """What the head writes, and its pattern, from the streams that its query, key and value read."""
        w = {c: self.w[f"blocks.{layer}.attn.W_{c}"][head] for c in "QKVO"}
        scores = q_input @ w["Q"] @ (k_input @ w["K"]).swapaxes(1, 2) / np.sqrt(self.config["d_head"])
        length = scores.shape[-1]
        scores = np.where(np.triu(np.ones((length, length), bool), 1), -np.inf, scores)
        pattern = np.exp(scores - scores.max(-1, keepdims=True))
        pattern /= pattern.sum(-1, keepdims=True)
        return pattern @ (v_input @ w["V"]) @ w["O"], pattern

    def run(self, tokens):
        """What each node writes, and each head's pattern."""
        parts, patterns = {"embed": self.embed(tokens)}, {}
        for layer in range(self.config["n_layers"]):
            x = sum(parts.values())
            for head in range(self.config["n_heads"]):
                name = f"a{layer}.h{head}"
                parts[name], patterns[name] = self.head(layer, head, x, x, x)
        return parts, patterns

    def logits(self, stream):
        return stream @ self.w["unembed.W_U"]


def losses(logits, tokens):
    """Cross-entropy of each token from the second on."""
    logits = logits[:, :-1]
    top = logits.max(-1, keepdims=True)
    total = (np.log(np.exp(logits - top).sum(-1, keepdims=True)) + top)[..., 0]
    return total - np.take_along_axis(logits, tokens[:, 1:, None], -1)[..., 0]


def scrub(model, hypothesis, tokens, repeated, rng, samples):
    """Mean and standard error of a hypothesis of this folder: heads of layer 1 are claimed exact at the output, and
    perhaps what their q, k or v read is; others are exact or random."""
    root = hypothesis["interpretation"]
    rows = len(tokens)
    found = []
    for _ in range(max(1, samples // 250)):
        reference = rng.integers(0, rows, 250)
        plain, _ = model.run(tokens[reference])

        def elsewhere(policy):
            return plain if policy == "exact" else model.run(tokens[rng.integers(0, rows, 250)])[0]

        outside = elsewhere(root.get("others", "random"))
        stream = sum(value for name, value in outside.items() if name not in root["inputs"])
        before = [name for name in plain if name == "embed" or name[:2] == "a0"]
        for name, claim in root["inputs"].items():
            layer, head = int(name[1]), int(name[4])
            if "inputs" not in claim:
                stream = stream + plain[name]
                continue
            read = {part: sum(plain[node] for node in before) for part in "qkv"}
            assert claim["others"] == "exact" and layer == 1
            for part, inner in claim["inputs"].items():
                others = elsewhere(inner.get("others", "random"))
                read[part] = sum((plain if node in inner["inputs"] else others)[node] for node in before)
            stream = stream + model.head(layer, head, *(read[part] for part in "qkv"))[0]
        mask = repeated[reference][:, 1:]
        found.append((losses(model.logits(stream), tokens[reference]) * mask).sum(1) / mask.sum(1))
    found = np.concatenate(found)
    return found.mean(), found.std(ddof=1) / np.sqrt(len(found))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scrub", action="store_true")
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--model", type=Path, default=HERE / "model")
    parser.add_argument("--data", type=Path, default=HERE / "data.npz")
    arguments = parser.parse_args()

    model = Model(arguments.model)
    columns = dict(np.load(arguments.data))
    tokens, repeated = columns["tokens"].astype(int), columns["repeated"].astype(bool)
    told = repeated[:, 1:]
    loss, right = np.empty(told.shape), np.empty(told.shape, bool)
    previous, induction, total, source = {}, {}, 0, np.full(told.shape, -1)
    for some in np.array_split(np.arange(len(tokens)), 8):
        parts, patterns = model.run(tokens[some])
        logits = model.logits(sum(parts.values()))
        loss[some] = losses(logits, tokens[some])
        right[some] = logits[:, :-1].argmax(-1) == tokens[some][:, 1:]
        # At each position from which a token can be told: the positions after earlier occurrences of the token there.
        row, position = np.nonzero(told[some])
        total += len(row)
        after = np.zeros((len(row), tokens.shape[1]))
        same = tokens[some][row][:, :-1] == tokens[some][row, position][:, None]
        after[:, 1:] = same & (np.arange(tokens.shape[1] - 1) < position[:, None])
        source[some[row], position] = after.argmax(1)
        for name, pattern in patterns.items():
            length = pattern.shape[-1]
            diagonal = pattern[:, np.arange(1, length), np.arange(length - 1)]
            previous[name] = previous.get(name, 0) + diagonal.mean(0) * len(some) / len(tokens)
            induction[name] = induction.get(name, 0) + (pattern[row, position] * after).sum()
    print(f"told by induction: loss {loss[told].mean():.4f}, "
          f"{100 * right[told].mean():.2f}% right")
    print(f"elsewhere: loss {loss[~told].mean():.4f}, {100 * right[~told].mean():.2f}% right")
    per_row = (loss * told).sum(1) / told.sum(1)
    print(f"mean over sequences of the loss where it can be told: {per_row.mean():.4f}")
    for low, high in ((2, 32), (33, 40), (41, 63)):
        there = told & (source >= low) & (source <= high)
        print(f"  first such token at {low} to {high}: {there.sum()}, loss {loss[there].mean():.4f}, "
              f"{100 * right[there].mean():.2f}% right")
    print("       attention to the token before, over positions 1 to 32, 33 to 40 and 41 to 63")
    print("       |                    to tokens after earlier occurrences of this one, where the next can be told")
    for name in previous:
        shares = "  ".join(f"{part.mean():.3f}" for part in np.split(previous[name], [32, 40]))
        print(f"{name}  {shares}  {induction[name] / total:.3f}")
    if arguments.scrub:
        rng = np.random.default_rng(0)
        baseline = 0.0
        for _ in range(arguments.samples // 250):
            outputs, reference = rng.integers(0, len(tokens), (2, 250))
            logits = model.logits(sum(model.run(tokens[outputs])[0].values()))
            mask = repeated[reference][:, 1:]
            baseline += ((losses(logits, tokens[reference]) * mask).sum(1) / mask.sum(1)).mean()
        baseline /= arguments.samples // 250
        print(f"baseline {baseline:.4f}")
        for path in sorted(HERE.glob("*.yaml")):
            mean, error = scrub(model, yaml.safe_load(path.read_text()), tokens, repeated, rng, arguments.samples)
            recovered = (baseline - mean) / (baseline - per_row.mean())
            print(f"{path.stem}: {mean:.4f} ± {error:.4f}  recovered {100 * recovered:.1f}%")


if __name__ == "__main__":
    main()
