"""Trains the paren balance checker and writes model/model.safetensors and model/config.json.

    python train.py [--seed 0] [--steps 6000] [--out model]

Needs numpy, safetensors and torch. Strings are generated afresh at every step.
"""
import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import layer_norm, relu, softplus

from make_data import (HERE, MAX_PARENS, N_CTX, PAD, balanced_strings, columns, even_strings, mixture,
                       random_strings, tokenise)

CONFIG = {
    "format": "transformer_lens_state_dict",
    "n_layers": 3, "n_heads": 2, "d_model": 56, "d_head": 28, "d_mlp": 56, "n_ctx": N_CTX,
    "d_vocab": 5, "d_vocab_out": 2, "act_fn": "relu", "normalization_type": "LN", "eps": 1e-5,
    "attention_dir": "bidirectional", "attn_only": False, "positional_embedding_type": "standard",
    "pad_token": PAD,
}


class Checker(torch.nn.Module):
    """A bidirectional transformer of the shape CONFIG that answers at position 0."""

    def __init__(self):
        super().__init__()
        c = CONFIG
        d, heads, d_head, d_mlp = c["d_model"], c["n_heads"], c["d_head"], c["d_mlp"]
        self.weights = {}

        def weight(name, *shape, std):
            self.weights[name] = torch.nn.Parameter(torch.randn(*shape) * std)

        def bias(name, *shape, value=0.0):
            self.weights[name] = torch.nn.Parameter(torch.full(shape, value))

        weight("embed.W_E", c["d_vocab"], d, std=0.5)
        weight("pos_embed.W_pos", c["n_ctx"], d, std=0.1)
        for layer in range(c["n_layers"]):
            block = f"blocks.{layer}."
            for which in "QKV":
                weight(f"{block}attn.W_{which}", heads, d, d_head, std=d ** -0.5)
                bias(f"{block}attn.b_{which}", heads, d_head)
            weight(f"{block}attn.W_O", heads, d_head, d, std=d ** -0.5)
            bias(f"{block}attn.b_O", d)
            weight(f"{block}mlp.W_in", d, d_mlp, std=d ** -0.5)
            bias(f"{block}mlp.b_in", d_mlp)
            weight(f"{block}mlp.W_out", d_mlp, d, std=d_mlp ** -0.5)
            bias(f"{block}mlp.b_out", d)
            for norm in ("ln1", "ln2"):
                bias(f"{block}{norm}.w", d, value=1.0)
                bias(f"{block}{norm}.b", d)
        bias("ln_final.w", d, value=1.0)
        bias("ln_final.b", d)
        weight("unembed.W_U", d, c["d_vocab_out"], std=d ** -0.5)
        bias("unembed.b_U", c["d_vocab_out"])
        for name, value in self.weights.items():
            self.register_parameter(name.replace(".", "/"), value)

    def norm(self, name, x):
        return layer_norm(x, x.shape[-1:], self.weights[name + ".w"], self.weights[name + ".b"], CONFIG["eps"])

    def forward(self, tokens):
        """Logit 1 minus logit 0 at position 0 (positive for balanced), and by how much what the MLPs write there
        varies over the batch: the sum over layers of the standard deviation."""
        w = self.weights
        x = w["embed.W_E"][tokens] + w["pos_embed.W_pos"][:tokens.shape[1]]
        masked = (tokens == PAD)[:, None, None, :]
        spread = 0.0
        for layer in range(CONFIG["n_layers"]):
            block = f"blocks.{layer}."
            answers = x[:, :1] if layer == CONFIG["n_layers"] - 1 else x
            q, k, v = (
                torch.einsum("bpd,hde->bhpe", self.norm(block + "ln1", source), w[f"{block}attn.W_{which}"])
                + w[f"{block}attn.b_{which}"][:, None]
                for which, source in (("Q", answers), ("K", x), ("V", x)))
            scores = (q @ k.transpose(-1, -2) / math.sqrt(CONFIG["d_head"])).masked_fill(masked, -1e5)
            mixed = scores.softmax(-1) @ v
            x = answers + torch.einsum("bhpe,hed->bpd", mixed, w[block + "attn.W_O"]) + w[block + "attn.b_O"]
            hidden = relu(self.norm(block + "ln2", x) @ w[block + "mlp.W_in"] + w[block + "mlp.b_in"])
            written = hidden @ w[block + "mlp.W_out"] + w[block + "mlp.b_out"]
            spread = spread + (written[:, 0].var(0, correction=0).sum() + 1e-8).sqrt()
            x = x + written
        logits = self.norm("ln_final", x[:, 0]) @ w["unembed.W_U"] + w["unembed.b_U"]
        return logits[:, 1] - logits[:, 0], spread


def training_strings(rng, rows):
    """Half the data set's mixture, half hard cases: balanced strings, balanced strings with two parens swapped,
    as many open as closed in random order, and random strings of odd and even length. Every length is alike."""
    part = rows // 8
    even = 2 * rng.integers(1, MAX_PARENS // 2 + 1, size=(3, part))
    swapped = balanced_strings(rng, even[1])
    here, there = (rng.integers(0, even[1]) for _ in range(2))
    each = np.arange(part)
    swapped[each, here], swapped[each, there] = swapped[each, there], swapped[each, here]
    anyhow = rng.integers(1, MAX_PARENS + 1, size=part)
    return np.concatenate([
        mixture(rng, rows - 4 * part),
        tokenise(balanced_strings(rng, even[0]), even[0]),
        tokenise(swapped, even[1]),
        tokenise(even_strings(rng, even[2]), even[2]),
        tokenise(random_strings(rng, anyhow), anyhow),
    ])


def short_and_long(tokens):
    """The rows in two groups by length, each cut after its longest string: keys at PAD are masked anyway."""
    lengths = (tokens != PAD).sum(axis=1)
    order = np.argsort(lengths, kind="stable")
    for rows in np.array_split(order, 2):
        yield rows, torch.from_numpy(tokens[rows, :lengths[rows].max()].astype(np.int64))


def evaluate(model, tokens):
    """Accuracy and mean binary cross-entropy."""
    labels = columns(tokens)["balanced"]
    score = np.empty(len(tokens), dtype=np.float32)
    with torch.no_grad():
        for rows, cut in short_and_long(tokens):
            score[rows] = torch.cat([model(part)[0] for part in cut.split(2048)])
    return ((score > 0) == labels).mean(), np.logaddexp(0, np.where(labels, -score, score).astype(float)).mean()


def train(model, rng, steps, batch, rate, decay, penalty):
    """AdamW on fresh strings; the rate warms up over a twentieth of the steps, then follows a cosine to zero.
    `penalty` times the MLPs' spread is added to the loss: it leaves the answer to the heads."""
    matrices = [value for value in model.parameters() if value.dim() > 1]
    vectors = [value for value in model.parameters() if value.dim() == 1]
    optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": decay},
                                   {"params": vectors, "weight_decay": 0.0}], lr=rate, betas=(0.9, 0.98))
    warmup = steps / 20
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warmup, 0.5 + 0.5 * math.cos(math.pi * step / steps)))
    validation = mixture(np.random.default_rng(2), 4000)
    started = time.time()
    for step in range(1, steps + 1):
        tokens = training_strings(rng, batch)
        labels = columns(tokens)["balanced"]
        optimiser.zero_grad()
        for rows, cut in short_and_long(tokens):
            sign = torch.from_numpy(1 - 2 * labels[rows].astype(np.float32))
            score, spread = model(cut)
            (softplus(sign * score).sum() / batch + penalty * spread / 2).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 250 == 0:
            accuracy, loss = evaluate(model, validation)
            print(f"step {step}  accuracy {accuracy:.4f}  loss {loss:.5f}  {time.time() - started:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--penalty", type=float, default=0.0)
    parser.add_argument("--start", type=Path, help="a folder whose model.safetensors to start from")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "model")
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    model = Checker()
    if arguments.start:
        with torch.no_grad():
            for name, value in load_file(arguments.start / "model.safetensors").items():
                model.weights[name].copy_(value)
    train(model, np.random.default_rng([1, arguments.seed]), arguments.steps, arguments.batch, arguments.rate,
          arguments.decay, arguments.penalty)
    accuracy, loss = evaluate(model, mixture(np.random.default_rng(3), 100_000))
    print(f"held out: accuracy {accuracy:.5f}, loss {loss:.6f}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    save_file({name: value.detach() for name, value in model.weights.items()}, arguments.out / "model.safetensors")
    (arguments.out / "config.json").write_text(json.dumps(CONFIG, indent=1) + "\n")


if __name__ == "__main__":
    main()
