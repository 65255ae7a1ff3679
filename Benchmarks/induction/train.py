"""Trains the induction heads and writes model/model.safetensors and model/config.json.

    python train.py [--seed 0] [--steps 3500] [--out model]
    python train.py --stop 2000   stops after that step of the 3500
    python train.py --resume      goes on from checkpoint.pt, which is written every 500 steps
    python train.py --quick       20 steps into the folder quick: does it run?

Needs numpy, safetensors and torch. Sequences are generated afresh at every step.
"""
import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch.nn.functional import cross_entropy

from make_data import HERE, N_CTX, N_VOCAB, data, sequences

CONFIG = {
    "format": "transformer_lens_state_dict",
    "n_layers": 2, "n_heads": 4, "d_model": 64, "d_head": 24, "d_mlp": 0, "n_ctx": N_CTX,
    "d_vocab": N_VOCAB, "d_vocab_out": N_VOCAB, "act_fn": "relu", "normalization_type": None, "eps": 1e-5,
    "attention_dir": "causal", "attn_only": True, "positional_embedding_type": "standard", "pad_token": None,
}


class Inducer(torch.nn.Module):
    """A transformer of the shape CONFIG: attention alone, without norms or biases."""

    def __init__(self):
        super().__init__()
        c = CONFIG
        d, heads, d_head = c["d_model"], c["n_heads"], c["d_head"]
        shapes = {"embed.W_E": (c["d_vocab"], d), "pos_embed.W_pos": (c["n_ctx"], d)}
        for layer in range(c["n_layers"]):
            for which in "QKV":
                shapes[f"blocks.{layer}.attn.W_{which}"] = (heads, d, d_head)
            shapes[f"blocks.{layer}.attn.W_O"] = (heads, d_head, d)
        shapes["unembed.W_U"] = (d, c["d_vocab_out"])
        self.weights = {name: torch.nn.Parameter(torch.randn(*shape) * d ** -0.5)
                        for name, shape in shapes.items()}
        for name, value in self.weights.items():
            self.register_parameter(name.replace(".", "/"), value)
        self.register_buffer("later", torch.ones(N_CTX, N_CTX).triu(1).bool(), persistent=False)

    def forward(self, tokens):
        """Logits, and the mean squared length of what each head writes."""
        w, written = self.weights, []
        length = tokens.shape[1]
        x = w["embed.W_E"][tokens] + w["pos_embed.W_pos"][:length]
        for layer in range(CONFIG["n_layers"]):
            block = f"blocks.{layer}.attn."
            q, k, v = (torch.einsum("bpd,hde->bhpe", x, w[f"{block}W_{which}"]) for which in "QKV")
            scores = q @ k.transpose(-1, -2) / math.sqrt(CONFIG["d_head"])
            pattern = scores.masked_fill(self.later[:length, :length], -math.inf).softmax(-1)
            outputs = torch.einsum("bhpe,hed->hbpd", pattern @ v, w[f"{block}W_O"])
            written.append(outputs.square().sum(-1).mean((1, 2)))
            x = x + outputs.sum(0)
        return x @ w["unembed.W_U"], torch.cat(written)


def losses(model, tokens):
    """Cross-entropy of each token from the ones before it, and the mean squared length of what each head writes."""
    logits, written = model(tokens[:, :-1])
    return cross_entropy(logits.transpose(1, 2), tokens[:, 1:], reduction="none"), written


def evaluate(model, tokens, repeated):
    """Mean loss of the tokens that can be told, and of the others."""
    told = torch.from_numpy(repeated[:, 1:].astype(bool))
    with torch.no_grad():
        loss, _ = losses(model, torch.from_numpy(tokens.astype(np.int64)))
    return loss[told].mean().item(), loss[~told].mean().item()


def train(model, rng, validation, steps, stop, batch, rate, decay, penalty, power, checkpoint, resume):
    """AdamW on fresh sequences; the rate warms up over 100 steps, then follows a cosine to zero. `penalty`, which rises
    over the first half of the steps, times the sum over the heads of the length of what each writes, to the power
    `power`, is added to the loss. With a power below 1, one head that writes much costs less than two that share the
    work, so that it comes to lie in few."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay, betas=(0.9, 0.98))
    done = 0
    if resume:
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        rng.bit_generator.state = state["rng"]
        done = state["step"]
    started = time.time()
    for step in range(done + 1, stop + 1):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(step / 100, 0.5 + 0.5 * math.cos(math.pi * (step - 1) / steps))
        tokens, _ = sequences(rng, batch)
        optimiser.zero_grad()
        loss, written = losses(model, torch.from_numpy(tokens.astype(np.int64)))
        (loss.mean() + penalty * min(2 * step / steps, 1) * (written + 1e-6).pow(power / 2).sum()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 500 == 0 or step == stop:
            told, other = evaluate(model, *validation)
            print(f"step {step}  loss {told:.4f} where it can be told, {other:.4f} elsewhere  "
                  f"{time.time() - started:.0f} s", flush=True)
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(),
                        "rng": rng.bit_generator.state, "step": step}, checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=3500)
    parser.add_argument("--stop", type=int, help="the step to stop after, the last by default")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--penalty", type=float, default=0.03)
    parser.add_argument("--power", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "model")
    parser.add_argument("--checkpoint", type=Path, default=HERE / "checkpoint.pt")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.steps, arguments.out, arguments.checkpoint = 20, HERE / "quick", HERE / "quick/checkpoint.pt"

    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    model = Inducer()
    table, _ = data(np.random.default_rng(2), 512)
    train(model, np.random.default_rng([1, arguments.seed]), (table["tokens"], table["repeated"]), arguments.steps,
          min(arguments.stop or arguments.steps, arguments.steps), arguments.batch, arguments.rate, arguments.decay,
          arguments.penalty, arguments.power, arguments.checkpoint, arguments.resume)
    save_file({name: value.detach().contiguous() for name, value in model.weights.items()},
              arguments.out / "model.safetensors")
    (arguments.out / "config.json").write_text(json.dumps(CONFIG, indent=1) + "\n")


if __name__ == "__main__":
    main()
