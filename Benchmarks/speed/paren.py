"""A rival: the paren experiments in PyTorch, on the draws that `scrubjay run --export-samples` wrote.

    python paren.py --variant sliced --draws DIRECTORY --shared ../shared

prints one JSON object: seconds by part, the figures, the largest differences from Scrubjay's losses. A loss that differs
by more than 1e-4 (1 + |loss|) ends it with status 1."""

import argparse
import json
import pathlib
import sys

import torch

import paren_data
from paren_keys import KEYS
from paren_sliced import Sliced
from paren_whole import Cached, Naive
from timing import TOLERANCE, Clock, largest_difference, whole
from torch_device import add_option, peak_bytes, prepare
from transformer import Transformer, read_safetensors

VARIANTS = {"memoised": Cached, "sliced": Sliced, "naive": Naive}


def main():
    arguments = read_arguments()
    device = prepare(arguments.torch_device, arguments.threads)
    with torch.inference_mode():
        result = run(arguments, device)
    result["peak_bytes"] = peak_bytes(device)
    print(json.dumps(result))
    wrong = [f"{key} {found:.1e}" for key, found in result["differences"].items() if not found <= TOLERANCE]
    if wrong:
        sys.exit(f"losses differ from Scrubjay's: {', '.join(wrong)}")


def run(arguments, device):
    shared, seconds, clock = pathlib.Path(arguments.shared), {}, Clock(device)
    model = Transformer(shared / "models/brackets", device)
    goldens = shared / "goldens/brackets"
    direction = read_safetensors(goldens / "directions.safetensors")["open_direction"]
    strings = paren_data.Strings(arguments.columns or goldens / "columns.npz", direction, device)
    seconds["load"] = clock.lap()
    keys = arguments.experiments.split(",")
    files = {key: pathlib.Path(arguments.draws) / arguments.name.format(key) for key in keys}
    draws = {key: paren_data.Draws(file, strings, arguments.samples) for key, file in files.items()}
    seconds["draws"] = clock.lap()

    kind = VARIANTS[arguments.variant]
    # The cache is made in batches of it too.
    kind.chunk = arguments.batch or kind.chunk
    source = kind(model, strings)
    figures = {} if arguments.variant == "naive" else strings.figures(source.logit)
    seconds["cache"] = clock.lap()

    differences = {}
    for key in keys:
        losses = paren_data.loss(source.run(draws[key]), draws[key].labels)
        figures[key] = paren_data.figures(losses)
        seconds[key] = clock.lap()
        differences[key] = largest_difference(losses, draws[key].expected)
        clock.lap()
    return {
        "variant": arguments.variant,
        "samples": {key: draws[key].count for key in keys},
        "distinct": len(strings.tokens),
        "seconds": seconds,
        "whole": whole(seconds),
        "figures": figures,
        "differences": differences,
    }


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variant", choices=VARIANTS, required=True)
    parser.add_argument("--draws", required=True, help="folder of the exported draws")
    parser.add_argument("--name", default="{}.npz", help="file name of an experiment's draws")
    parser.add_argument("--shared", required=True, help="folder with models/brackets and goldens/brackets")
    parser.add_argument("--experiments", default=",".join(KEYS))
    parser.add_argument("--samples", type=int, help="only the first replicates")
    parser.add_argument("--columns", help="another dataset of the same columns")
    parser.add_argument("--batch", type=int, help="strings that `memoised` runs through the model at once")
    parser.add_argument("--threads", type=int, default=2)
    add_option(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
