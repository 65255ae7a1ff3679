"""A rival: the hypothesis of gpt2_files.py in PyTorch, on the draws that `scrubjay run --export-samples` wrote.

    python gpt2.py --variant memoised --folder DIRECTORY --draws FILE.npz

prints one JSON object. A loss that differs from Scrubjay's by more than 1e-4 (1 + |loss|) ends it with status 1. The variant
`plain` is one forward pass over the dataset, which needs no draws."""

import argparse
import json
import pathlib
import sys

import numpy
import torch
from torch.nn import functional

from gpt2_files import Circuit, node
from gpt2_sources import Memoised, Naive, place, plain_logits
from timing import TOLERANCE, Clock, largest_difference, whole
from torch_device import add_option, peak_bytes, prepare
from transformer import Transformer, mix


def scrubbed(source, draws, movers):
    """The logit differences of replicates. All copies of an inhibition head go through it together, mover after mover."""
    model, count = source.model, len(draws["reference"])
    inhibition = source.circuit.inhibition
    outputs = {head: source.inhibition(head, stacked(draws, movers, head)).split(count) for head in inhibition}
    x = source.rest(draws["output/others"], movers)
    for number, mover in enumerate(movers):
        name, (layer, head) = node(mover), place(mover)
        claimed = [outputs[inhibitor][number] for inhibitor in inhibition]
        query = source.mover_query(layer, head, draws[f"{name}/q/others"], claimed)
        k, v = source.mover_key(mover, draws[f"{name}/k"]), source.mover_value(mover, draws[f"{name}/v"])
        z = mix(query[:, None, None], k[:, None], v[:, None])[:, 0, 0]
        x = x + functional.linear(z, model.layers[layer].head_out(head))
    # Of the 50,257 logits the behaviour reads two.
    right, wrong = (source.columns[name][draws["reference"]] for name in ("label", "against"))
    weights, bias = model.unembedding, model.unembedding_bias
    return (model.final(x) * (weights[right] - weights[wrong])).sum(1) + bias[right] - bias[wrong]


def stacked(draws, movers, head):
    """The draws below the copies of an inhibition head, by what stands behind its name."""
    prefixes = [f"{node(mover)}/q/{node(head)}" for mover in movers]
    ends = [key.removeprefix(prefixes[0]) for key in draws if key.startswith(prefixes[0] + "/")]
    return {end: torch.cat([draws[prefix + end] for prefix in prefixes]) for end in ends}


def run(arguments, device):
    seconds, clock = {}, Clock(device)
    folder = pathlib.Path(arguments.folder)
    model = Transformer(arguments.model or folder / "model", device)
    with numpy.load(folder / "data.npz") as file:
        columns = {name: torch.from_numpy(file[name]).long().to(device) for name in ("tokens", "label", "against")}
    result = {"variant": arguments.variant, "rows": len(columns["tokens"]), "seconds": seconds, "difference": 0.0}
    seconds["load"] = clock.lap()
    if arguments.variant == "plain":
        plain_logits(model, columns["tokens"], arguments.batch or 64)
        seconds["forward"] = clock.lap()
        return result

    with numpy.load(arguments.draws) as file:
        draws = {key: torch.from_numpy(file[key][: arguments.samples]) for key in file.files}
    expected = draws.pop("scrubbed")
    draws = {key: rows.long().to(device) for key, rows in draws.items()}
    circuit = Circuit(model.config["n_layers"])
    movers = [head for head in circuit.movers if node(head) in draws]
    seconds["draws"] = clock.lap()
    kind = Memoised if arguments.variant == "memoised" else Naive
    source = kind(model, columns, circuit, movers, arguments.batch or kind.batch)
    seconds["cache"] = clock.lap()
    if device.type == "cuda":
        # Libraries load what they need at their first call; Scrubjay's kernels are compiled before its clock starts.
        scrubbed(source, {key: rows[: source.chunk] for key, rows in draws.items()}, movers)
        clock.lap()
    losses = torch.cat(
        [
            scrubbed(source, {key: rows[at : at + source.chunk] for key, rows in draws.items()}, movers)
            for at in range(0, len(expected), source.chunk)
        ]
    )
    seconds["samples"] = clock.lap()
    result |= {"samples": len(losses), "difference": largest_difference(losses, expected), "scrubbed": float(losses.mean())}
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variant", choices=["memoised", "naive", "plain"], required=True)
    parser.add_argument("--folder", required=True, help="what gpt2_files.py wrote")
    parser.add_argument("--model", help="the model's folder, if it is not there")
    parser.add_argument("--draws", help="the exported draws")
    parser.add_argument("--samples", type=int, help="only the first of them")
    parser.add_argument("--batch", type=int, help="rows that run through the model at once")
    parser.add_argument("--threads", type=int, default=2)
    add_option(parser)
    arguments = parser.parse_args()
    device = prepare(arguments.torch_device, arguments.threads)
    with torch.inference_mode():
        result = run(arguments, device)
    result["whole"] = whole(result["seconds"])
    result["peak_bytes"] = peak_bytes(device)
    print(json.dumps(result))
    if not result["difference"] <= TOLERANCE:
        sys.exit(f"losses differ from Scrubjay's by {result['difference']:.1e}")


if __name__ == "__main__":
    main()
