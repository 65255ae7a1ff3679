"""Trains modular addition until it generalises, and writes model/model.safetensors and model/config.json.

    python train.py [--seed 0] [--steps 5000] [--fraction 0.6] [--out model]
    python train.py --stop 4000   stops after that step of the 5000: the model in this folder
    python train.py --resume      goes on from checkpoint.pt, which is written every 250 steps
    python train.py --quick       20 steps into the folder quick: does it run?

Needs numpy, safetensors and torch. Every step is on all training pairs; the other pairs are not trained on in
either order.
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

from make_data import EQUALS, HERE, P, columns

CONFIG = {
    "format": "transformer_lens_state_dict",
    "n_layers": 1, "n_heads": 4, "d_model": 128, "d_head": 32, "d_mlp": 256, "n_ctx": 3,
    "d_vocab": P + 1, "d_vocab_out": P, "act_fn": "relu", "normalization_type": None, "eps": 1e-5,
    "attention_dir": "causal", "attn_only": False, "positional_embedding_type": "standard", "pad_token": None,
}


class Adder(torch.nn.Module):
    """A transformer of the shape CONFIG, computed at the last position alone."""

    def __init__(self):
        super().__init__()
        c = CONFIG
        d, heads, d_head, d_mlp = c["d_model"], c["n_heads"], c["d_head"], c["d_mlp"]
        shapes = {"embed.W_E": (c["d_vocab"], d), "pos_embed.W_pos": (c["n_ctx"], d)}
        for which in "QKV":
            shapes[f"blocks.0.attn.W_{which}"] = (heads, d, d_head)
        shapes["blocks.0.attn.W_O"] = (heads, d_head, d)
        shapes["blocks.0.mlp.W_in"] = (d, d_mlp)
        shapes["blocks.0.mlp.W_out"] = (d_mlp, d)
        shapes["unembed.W_U"] = (d, c["d_vocab_out"])
        self.weights = {name: torch.nn.Parameter(torch.randn(*shape) * (d_mlp if shape[0] == d_mlp else d) ** -0.5)
                        for name, shape in shapes.items()}
        for name, value in self.weights.items():
            self.register_parameter(name.replace(".", "/"), value)

    def forward(self, a, b):
        """Logits at the last position. What stands there is `=`, so that each head has one query, and a key and a
        value for each number at each of the first two positions."""
        w = self.weights
        at = w["embed.W_E"] + w["pos_embed.W_pos"][:, None]
        equals = at[2, EQUALS]
        query = torch.einsum("d,hde->he", equals, w["blocks.0.attn.W_Q"]) / math.sqrt(CONFIG["d_head"])
        scores = torch.einsum("ptd,hdf,hf->pth", at, w["blocks.0.attn.W_K"], query)
        values = torch.einsum("ptd,hde->pthe", at, w["blocks.0.attn.W_V"])
        last = torch.full_like(a, EQUALS)
        read = (a, b, last)
        pattern = torch.stack([scores[place, token] for place, token in enumerate(read)]).softmax(0)
        mixed = sum(pattern[place, :, :, None] * values[place, token] for place, token in enumerate(read))
        x = equals + mixed.flatten(1) @ w["blocks.0.attn.W_O"].flatten(0, 1)
        hidden = torch.relu(x @ w["blocks.0.mlp.W_in"])
        return (x + hidden @ w["blocks.0.mlp.W_out"]) @ w["unembed.W_U"]


def evaluate(model, pairs):
    """Accuracy and mean cross-entropy."""
    a, b, label = pairs
    with torch.no_grad():
        logits = model(a, b).double()
    return (logits.argmax(-1) == label).double().mean().item(), cross_entropy(logits, label).item()


def train(model, trained, held, steps, stop, rate, decay, checkpoint, resume):
    """AdamW on all of `trained` at once; the rate warms up over 10 steps and falls to zero over the last third."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay, betas=(0.9, 0.98))
    done = 0
    if resume:
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["step"]
    a, b, label = trained
    started = time.time()
    for step in range(done + 1, stop + 1):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(step / 10, 1, (1 - (step - 1) / steps) * 3)
        optimiser.zero_grad()
        loss = cross_entropy(model(a, b), label)
        loss.backward()
        optimiser.step()
        if step % 250 == 0 or step == stop:
            accuracy, other = evaluate(model, held)
            print(f"step {step}  loss {loss.item():.3e}  held out: loss {other:.3e}, accuracy {accuracy:.4f}  "
                  f"{time.time() - started:.0f} s", flush=True)
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--stop", type=int, help="the step to stop after, the last by default")
    parser.add_argument("--fraction", type=float, default=0.6, help="of the unordered pairs, to train on")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=1.0)
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
    table = columns()
    chosen = np.random.default_rng(arguments.seed).random(P * (P + 1) // 2) < arguments.fraction
    in_training = chosen[table["pair"]]
    everything = [torch.from_numpy(table[name].astype(np.int64)) for name in ("a", "b", "label")]
    trained = [column[in_training] for column in everything]
    held = [column[~in_training] for column in everything]
    print(f"{len(trained[0])} pairs to train on, {len(held[0])} held out")
    model = Adder()
    train(model, trained, held, arguments.steps, min(arguments.stop or arguments.steps, arguments.steps),
          arguments.rate, arguments.decay, arguments.checkpoint, arguments.resume)
    for name, pairs in (("trained on", trained), ("held out", held), ("all", everything)):
        accuracy, loss = evaluate(model, pairs)
        print(f"{name}: accuracy {accuracy:.5f}, loss {loss:.3e}")
    save_file({name: value.detach().contiguous() for name, value in model.weights.items()},
              arguments.out / "model.safetensors")
    (arguments.out / "config.json").write_text(json.dumps(CONFIG, indent=1) + "\n")


if __name__ == "__main__":
    main()
