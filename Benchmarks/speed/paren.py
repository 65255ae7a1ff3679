"""A rival: the paren experiments in PyTorch, on the draws that `scrubjay run --export-samples` wrote.

    python paren.py --variant sliced --draws DIRECTORY --shared ../shared

prints one JSON object: seconds by part, the figures, the largest differences from Scrubjay's losses. A loss that differs
by more than 1e-4 (1 + |loss|) ends it with status 1."""

import argparse
import json
import pathlib
import resource
import sys
import time

import torch

import paren_data
from paren_sliced import Sliced
from paren_whole import Cached, Naive
from transformer import Transformer, read_safetensors

VARIANTS = {"memoised": Cached, "sliced": Sliced, "naive": Naive}
TOLERANCE = 1e-4


def main():
    arguments = read_arguments()
    torch.set_num_threads(arguments.threads)
    with torch.inference_mode():
        result = run(arguments)
    result["peak_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(result))
    wrong = [f"{key} {found:.1e}" for key, found in result["differences"].items() if not found <= TOLERANCE]
    if wrong:
        sys.exit(f"losses differ from Scrubjay's: {', '.join(wrong)}")


def run(arguments):
    shared, seconds, clock = pathlib.Path(arguments.shared), {}, Clock()
    model = Transformer(shared / "models/brackets")
    goldens = shared / "goldens/brackets"
    direction = read_safetensors(goldens / "directions.safetensors")["open_direction"]
    strings = paren_data.Strings(arguments.columns or goldens / "columns.npz", direction)
    keys = arguments.experiments.split(",")
    draws = {key: paren_data.Draws(pathlib.Path(arguments.draws) / arguments.name.format(key), strings) for key in keys}
    seconds["load"] = clock.lap()

    source = VARIANTS[arguments.variant](model, strings)
    figures = {} if arguments.variant == "naive" else strings.figures(source.logit)
    seconds["cache"] = clock.lap()

    differences = {}
    for key in keys:
        losses = paren_data.loss(source.run(draws[key]), draws[key].labels)
        figures[key] = paren_data.figures(losses)
        seconds[key] = clock.lap()
        differences[key] = paren_data.largest_difference(losses, draws[key].expected)
        clock.lap()
    return {
        "variant": arguments.variant,
        "samples": {key: draws[key].count for key in keys},
        "distinct": len(strings.tokens),
        "seconds": seconds,
        "figures": figures,
        "differences": differences,
    }


class Clock:
    def __init__(self):
        self.then = time.perf_counter()

    def lap(self):
        now = time.perf_counter()
        passed, self.then = now - self.then, now
        return passed


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variant", choices=VARIANTS, required=True)
    parser.add_argument("--draws", required=True, help="folder of the exported draws")
    parser.add_argument("--name", default="{}.npz", help="file name of an experiment's draws")
    parser.add_argument("--shared", required=True, help="folder with models/brackets and goldens/brackets")
    parser.add_argument("--experiments", default=",".join(paren_data.KEYS))
    parser.add_argument("--columns", help="another dataset of the same columns")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
