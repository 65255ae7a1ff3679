"""A rival: the hypothesis of gpt2_files.py in PyTorch, on the draws that `scrubjay run --export-samples` wrote.

    python gpt2.py --variant memoised --folder DIRECTORY --draws FILE.npz

prints one JSON object. A loss that differs from Scrubjay's by more than 1e-4 (1 + |loss|) ends it with status 1. The variant
`plain` is one forward pass over the dataset, which needs no draws."""

import argparse
import json
import pathlib
import resource
import sys

import numpy
import torch
from torch.nn import functional

from gpt2_files import INHIBITION, MOVERS, node
from gpt2_sources import Memoised, Naive, place, plain_logits
from timing import TOLERANCE, Clock, largest_difference, whole
from transformer import Transformer, mix


def scrubbed(source, draws, movers):
    """The logit differences of replicates. All copies of an inhibition head go through it together, mover after mover."""
    model, count = source.model, len(draws["reference"])
    outputs = {head: source.inhibition(head, stacked(draws, movers, head)).split(count) for head in INHIBITION}
    x = source.rest(draws["output/others"], movers)
    for number, mover in enumerate(movers):
        name, (layer, head) = node(mover), place(mover)
        claimed = [outputs[inhibition][number] for inhibition in INHIBITION]
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


def run(arguments):
    seconds, clock = {}, Clock()
    folder = pathlib.Path(arguments.folder)
    model = Transformer(arguments.model or folder / "model")
    with numpy.load(folder / "data.npz") as file:
        columns = {name: torch.from_numpy(file[name]).long() for name in ("tokens", "label", "against")}
    result = {"variant": arguments.variant, "rows": len(columns["tokens"]), "seconds": seconds, "difference": 0.0}
    seconds["load"] = clock.lap()
    if arguments.variant == "plain":
        plain_logits(model, columns["tokens"])
        seconds["forward"] = clock.lap()
        return result

    with numpy.load(arguments.draws) as file:
        draws = {key: torch.from_numpy(file[key][: arguments.samples]) for key in file.files}
    expected = draws.pop("scrubbed")
    draws = {key: rows.long() for key, rows in draws.items()}
    movers = [head for head in MOVERS if node(head) in draws]
    seconds["draws"] = clock.lap()
    source = (Memoised if arguments.variant == "memoised" else Naive)(model, columns, movers)
    seconds["cache"] = clock.lap()
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
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    # As Scrubjay does. Threads that are started later inherit it.
    torch.set_flush_denormal(True)
    with torch.inference_mode():
        result = run(arguments)
    result["whole"] = whole(result["seconds"])
    result["peak_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(result))
    if not result["difference"] <= TOLERANCE:
        sys.exit(f"losses differ from Scrubjay's by {result['difference']:.1e}")


if __name__ == "__main__":
    main()
