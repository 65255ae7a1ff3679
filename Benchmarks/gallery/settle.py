"""Compares closed forms with the enumeration, and writes what is expected of the program."""

import json
import os
import sys

from enumeration import Hypothesis

FIGURES = ["model", "scrubbed", "baseline", "recovered"]


def settle(folder, closed, sampled=None):
    """`closed`: by file name, or by (file name, ablation), the closed form of model, scrubbed and baseline. Prints each beside the
    enumeration, stops where they differ by more than 1e-9, and writes `expected.json` for the files that state no ablation.

    `sampled`: by file name, the scrubbed figure of hypotheses that have too many combinations to enumerate, computed in another way.
    """
    expected, sampled = {}, sampled or {}
    print(f"{'':44}{'':10}{'closed form':>20}{'enumeration':>20}")
    for case, figures in closed.items():
        name, ablation = case if isinstance(case, tuple) else (case, None)
        model, scrubbed, baseline = (float(figures[key]) for key in FIGURES[:3])
        undefined = abs(baseline - model) < 1e-12
        stated = [model, scrubbed, baseline, None if undefined else (baseline - scrubbed) / (baseline - model)]
        found = Hypothesis(os.path.join(folder, name)).figures(ablation, sampled.get(name))
        for key, value in zip(FIGURES, stated):
            title = name + (f" ({ablation})" if ablation else "") if key == "model" else ""
            if value is None and found[key] is None:
                print(f"{title:44}{key:10}{'undefined':>20}{'undefined':>20}")
                continue
            print(f"{title:44}{key:10}{value:20.12f}{found[key]:20.12f}")
            if abs(value - found[key]) > 1e-9 * (1 + abs(value)):
                sys.exit(f"{folder}: {case}: the closed form of {key} is not what the enumeration gives")
        if ablation is None:
            expected[name] = {**dict(zip(FIGURES, stated)), "exact": name not in sampled}
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")
