"""Times Scrubjay and its rivals in turn, and prints a table of medians. `./dev bench` sets up what this needs.

    python bench.py --only paren,gpt2 --repetitions 3

Suites: `paren`, the nine paren experiments; `rates`, each of them alone; `opencl`, the nine on an OpenCL
device; `memory`, peaks under a limit and by the number of replicates; `gpt2`, a tree of 26 heads in a model of GPT-2
small's shape; `limits`, what the machine can do at best; `curves`, how times grow. Results go to results/ beside this
file: table.md, table.csv, and a CSV and an SVG file for each curve."""

import argparse
import os
import pathlib
import platform

from curves_suite import Curves, curves
from gpt2_suite import gpt2
from limits_suite import limits
from memory_suite import memory
from paren_suite import missing, opencl, paren, rates
from results import Results
from runs import HERE, REPOSITORY, Runner, say
from sweep_suite import sweep

SUITES = {"limits": limits, "paren": paren, "rates": rates, "opencl": opencl, "memory": memory, "sweep": sweep,
          "gpt2": gpt2, "curves": curves}


def main():
    arguments = read_arguments()
    machine = describe_machine()
    say(machine)
    runner = Runner(arguments.scrubjay, arguments.scratch, arguments.threads, arguments.quick)
    results, found = Results(), Curves()
    try:
        run_suites(arguments, runner, results, found)
    finally:
        # Also where a suite failed: what the others measured took long.
        write(arguments, machine, runner, results, found)


def run_suites(arguments, runner, results, found):
    for name in arguments.only.split(","):
        reason = missing() if name in ("paren", "rates", "opencl", "memory", "sweep") else None
        if reason:
            say(f"skipped: {name}: {reason}")
        else:
            SUITES[name](runner, found if name == "curves" else results, arguments.repetitions)


def write(arguments, machine, runner, results, found):
    folder = arguments.results
    folder.mkdir(parents=True, exist_ok=True)
    if results.values:
        heading = f"{machine}; {arguments.threads} threads, medians of {arguments.repetitions} (least to most)"
        table = f"{heading}\n\n{results.markdown()}"
        if runner.disturbed:
            count = f"{runner.disturbed} of {runner.count} runs"
            table += f"\n{count} were disturbed: other programs took more than a tenth of a core.\n"
        (folder / "table.md").write_text(table)
        results.write_csv(folder / "table.csv")
        print(table, end="")
    if found.points:
        # Not before everything is measured: what this process holds counts into the peaks of those it starts.
        from drawings import write_curves

        write_curves(found, folder)


def describe_machine():
    names = [line for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].split(":", 1)[1].strip() if names else platform.machine()
    return f"{os.cpu_count()} cores of {name}"


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SUITES), help="suites, separated by commas")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of the samples, to try that all of it runs")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--scrubjay", type=pathlib.Path, default=REPOSITORY / ".build/release/scrubjay")
    parser.add_argument("--scratch", type=pathlib.Path, default=REPOSITORY / ".build/bench")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.only.split(",") if name not in SUITES]
    if unknown:
        parser.error(f"no such suite: {', '.join(unknown)}; there are {', '.join(SUITES)}")
    return arguments


if __name__ == "__main__":
    main()
