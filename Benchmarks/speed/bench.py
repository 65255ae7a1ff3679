"""Times Scrubjay and its rivals in turn, and prints a table of medians. `./dev bench` sets up what this needs.

    python bench.py --only paren,gpt2 --repetitions 3

Suites: `paren`, the nine paren experiments; `rates`, each of them alone; `opencl`, the nine on an OpenCL
device; `memory`, peaks under a limit and by the number of replicates; `gpt2`, a tree of 26 heads in a model of GPT-2
small's shape; `limits`, what the machine can do at best; `curves`, how times grow. `device` stands for four more, which
run where they are named: an OpenCL device beside PyTorch on the same device, its kernels (`device-kernels`), the nine
(`device-paren`), the tree (`device-gpt2`) and the tree in a large model (`device-large`).

    python bench.py --only device --device opencl --torch-device cuda

Results go to results/ beside this file: table.md, table.csv, and a CSV and an SVG file for each curve and the roofline."""

import argparse
import os
import pathlib
import platform

from curves_suite import Curves, curves
from device_suite import device_gpt2, device_kernels, device_large, device_paren
from gpt2_suite import gpt2
from limits_suite import limits
from memory_suite import memory
from paren_suite import missing, opencl, paren, rates
from results import Results
from runs import HERE, REPOSITORY, Runner, say
from sweep_suite import sweep

SUITES = {"limits": limits, "paren": paren, "rates": rates, "opencl": opencl, "memory": memory, "sweep": sweep,
          "gpt2": gpt2, "curves": curves}
DEVICE_SUITES = {"device-kernels": device_kernels, "device-paren": device_paren, "device-gpt2": device_gpt2,
                 "device-large": device_large}


def main():
    arguments = read_arguments()
    machine = describe_machine()
    say(machine)
    where = arguments.device, arguments.torch_device
    runner = Runner(arguments.scrubjay, arguments.scratch, arguments.threads, arguments.quick, *where)
    results, found = Results(), Curves()
    try:
        run_suites(arguments, runner, results, found)
    finally:
        # Also where a suite failed: what the others measured took long.
        write(arguments, machine, runner, results, found)


def run_suites(arguments, runner, results, found):
    for name in arguments.suites:
        reason = missing() if name in ("paren", "rates", "opencl", "memory", "sweep") else None
        if reason:
            say(f"skipped: {name}: {reason}")
        else:
            suite = {**SUITES, **DEVICE_SUITES}[name]
            suite(runner, found if name == "curves" else results, arguments.repetitions)


def write(arguments, machine, runner, results, found):
    folder = arguments.results
    folder.mkdir(parents=True, exist_ok=True)
    results.lack_targets([name for name in arguments.suites if name in DEVICE_SUITES])
    if results.values or results.lacking:
        heading = f"{machine}; {arguments.threads} threads, medians of {arguments.repetitions} (least to most)"
        heading = "; ".join([heading, *results.notes])
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
    if results.kernels:
        from roofline import write_roofline

        write_roofline(results.kernels, folder)


def describe_machine():
    names = [line for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].split(":", 1)[1].strip() if names else platform.machine()
    return f"{os.cpu_count()} cores of {name}"


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SUITES), help="suites, separated by commas")
    parser.add_argument("--device", default="opencl", help="of the device suites: the backend, as `scrubjay run` takes it")
    parser.add_argument("--torch-device", default="cpu", help="of the device suites: where rivals run, as PyTorch calls it")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of the samples, to try that all of it runs")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--scrubjay", type=pathlib.Path, default=REPOSITORY / ".build/release/scrubjay")
    parser.add_argument("--scratch", type=pathlib.Path, default=REPOSITORY / ".build/bench")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    arguments.suites = [suite for name in names for suite in (DEVICE_SUITES if name == "device" else [name])]
    exist = {**SUITES, **DEVICE_SUITES}
    unknown = [name for name in arguments.suites if name not in exist]
    if unknown:
        parser.error(f"no such suite: {', '.join(unknown)}; there are {', '.join(exist)}, and device for the last four")
    return arguments


if __name__ == "__main__":
    main()
