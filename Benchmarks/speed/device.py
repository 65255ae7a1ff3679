"""What PyTorch makes on one device: copies, gathers, products, attention; JSON lines of name, value, unit and seconds.

    python device.py --torch-device cuda

Names are those of `scrubjay-bench device`, and its sizes. Every launch reads and writes buffers that the launches before it
did not touch, until ten times the second cache of an H200 has gone by. `--parts memory` prints what the device has free."""

import argparse
import itertools
import json
import math
import pathlib
import statistics
import time

import torch
from torch.nn import functional

from torch_device import add_option, prepare

PARTS = ("copy", "gathers", "products", "attention")
KINDS = {"float32": torch.float32, "tf32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}
WIDTHS, SOURCES = (768, 4096), (1, 8)
SAMPLED = 16_384


class Sizes:
    """As `KernelSizes` of scrubjay-bench."""

    def __init__(self, quick):
        self.cold_bytes = 4 << 20 if quick else 512 << 20
        self.source_bytes = 16 << 20 if quick else 2 << 30
        sequences, square = (2, 512) if quick else (128, 4096)
        rows = 128 * sequences
        self.products = [(square, square, square), (rows, 768, 3072), (rows, 3072, 768), (rows, 768, 768), (rows, 768, 64)]
        self.attention = (2, 2, 256, 64) if quick else (64, 12, 1024, 64)
        self.least = 0.02 if quick else 0.05

    def sets(self, launch_bytes):
        return max(1, min(16, math.ceil(self.cold_bytes / launch_bytes)))


class Timer:
    def __init__(self, device, least, repetitions):
        self.device, self.least, self.repetitions = device, least, repetitions

    def seconds(self, launches):
        """The median seconds of one of the launches, which are made one after another, all of them and again."""
        self.of(launches, len(launches))
        about = self.of(launches, len(launches))
        count = max(4, min(64, int(self.least / about)))
        return statistics.median(self.of(launches, count) for _ in range(self.repetitions))

    def of(self, launches, count):
        chosen = list(itertools.islice(itertools.cycle(launches), count))
        if self.device.type != "cuda":
            start = time.perf_counter()
            for launch in chosen:
                launch()
            return (time.perf_counter() - start) / count
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        for launch in chosen:
            launch()
        end.record()
        end.synchronize()
        return start.elapsed_time(end) / 1000 / count


def copy(sizes, timer):
    source = torch.ones(sizes.cold_bytes, dtype=torch.uint8, device=timer.device)
    target = torch.zeros_like(source)
    seconds = timer.seconds([lambda: target.copy_(source)])
    # Each byte is read and written, and counts twice.
    yield "copy", 2 * sizes.cold_bytes / seconds / 1e9, "GB/s", seconds


def gathers(sizes, timer):
    for width, sources in itertools.product(WIDTHS, SOURCES):
        rows = max(1, sizes.source_bytes // sources // (4 * width))
        count = min(rows, max(1, min(1 << 20, sizes.cold_bytes // ((sources + 1) * 4 * width))))
        # One table of all sources one after another, so that a sum of rows is one operation.
        table = torch.empty(sources * rows, width, device=timer.device).uniform_(-1, 1)
        launches = []
        for _ in range(max(4, sources)):
            drawn = torch.stack([torch.randperm(rows, device=timer.device)[:count] + rows * s for s in range(sources)], 1)
            launches.append(gather(table, drawn))
        seconds = timer.seconds(launches)
        # Indices count 4 bytes, as Scrubjay's do; PyTorch's have 8.
        moved = count * ((sources + 1) * 4 * width + 4 * sources)
        yield f"resample-gather/{sources}x{width}", moved / seconds / 1e9, "GB/s", seconds


def gather(table, drawn):
    if drawn.shape[1] == 1:
        rows = drawn[:, 0].contiguous()
        result = table.new_empty(len(rows), table.shape[1])
        return lambda: torch.index_select(table, 0, rows, out=result)
    return lambda: functional.embedding_bag(drawn, table, mode="sum")


def products(sizes, timer):
    for rows, inner, columns in sizes.products:
        for precision in ("float32", "tf32", "bf16", "f16"):
            if precision == "tf32" and timer.device.type != "cuda":
                # The CPU has none: it would be float32 under another name.
                continue
            yield from product(sizes, timer, rows, inner, columns, precision)


def product(sizes, timer, rows, inner, columns, precision):
    torch.set_float32_matmul_precision("high" if precision == "tf32" else "highest")
    kind = KINDS[precision]

    def factors():
        shapes = (rows, inner), (inner, columns)
        return [torch.empty(shape, device=timer.device).uniform_(-1, 1) for shape in shapes]

    sets = [factors() for _ in range(sizes.sets(4 * (rows * inner + inner * columns + rows * columns)))]
    rounded = [[factor.to(kind) for factor in pair] for pair in sets]
    results = [torch.empty(rows, columns, dtype=kind, device=timer.device) for _ in rounded]
    launches = [lambda x=x, w=w, out=out: torch.mm(x, w, out=out) for (x, w), out in zip(rounded, results)]
    seconds = timer.seconds(launches)
    name = f"product/{rows}x{inner}x{columns}/{precision}"
    yield name, 2 * rows * inner * columns / seconds / 1e9, "GFLOP/s", seconds
    for kind_of_error, error in errors(*sets[0], launches[0]()).items():
        yield f"{name}/{kind_of_error}", error, "of the rms", None
    torch.set_float32_matmul_precision("highest")


def errors(x, w, found):
    """The greatest difference from a float64 product of the float32 factors, and the root of the mean square, of some rows'
    entries, over the root of the mean square of those."""
    chosen = torch.linspace(0, len(x) - 1, max(1, min(len(x), SAMPLED // min(w.shape[1], 64))), device=x.device).long()
    columns = torch.linspace(0, w.shape[1] - 1, min(w.shape[1], 64), device=x.device).long()
    right = x[chosen].double() @ w[:, columns].double()
    difference = found[chosen][:, columns].double() - right
    scale = right.square().mean().sqrt()
    return {
        "greatest error": float(difference.abs().max() / scale),
        "rms error": float(difference.square().mean().sqrt() / scale),
    }


def attention(sizes, timer):
    rows, heads, positions, size = sizes.attention
    for precision in ("float32", "bf16", "f16"):
        kind = KINDS[precision]
        shape = rows, heads, positions, size
        count = sizes.sets(4 * 4 * math.prod(shape))
        sets = [
            [torch.empty(shape, device=timer.device).uniform_(-1, 1).to(kind) for _ in range(3)] for _ in range(count)
        ]
        launches = [
            lambda q=q, k=k, v=v: functional.scaled_dot_product_attention(q, k, v, is_causal=True) for q, k, v in sets
        ]
        seconds = timer.seconds(launches)
        # Half of the pairs count, on either side of the comparison.
        operations = 4 * rows * heads * size * positions * (positions + 1) / 2
        name = f"attention/{'x'.join(map(str, shape))} causal/{precision}"
        yield name, operations / seconds / 1e9, "GFLOP/s", seconds


def free_bytes(device):
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    lines = pathlib.Path("/proc/meminfo").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))


def described(device):
    """The device, and what drives it."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device), f"PyTorch {torch.__version__}, CUDA {torch.version.cuda}"
    return device.type, f"PyTorch {torch.__version__}"


def report(name, value, unit, **further):
    print(json.dumps({"name": name, "value": value, "unit": unit, **further}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=(*PARTS, "memory"), default=PARTS)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try that all of it runs")
    parser.add_argument("--repetitions", type=int, default=5, help="of each measurement, of which the median counts")
    parser.add_argument("--threads", type=int, default=2)
    add_option(parser)
    arguments = parser.parse_args()
    device = prepare(arguments.torch_device, arguments.threads)
    sizes = Sizes(arguments.quick)
    timer = Timer(device, sizes.least, arguments.repetitions)
    if "memory" not in arguments.parts:
        print(json.dumps(dict(zip(("device", "driver"), described(device)))), flush=True)
    with torch.inference_mode():
        for part in arguments.parts:
            if part == "memory":
                report("memory", free_bytes(device), "bytes")
                continue
            measure = {"copy": copy, "gathers": gathers, "products": products, "attention": attention}[part]
            try:
                for name, value, unit, seconds in measure(sizes, timer):
                    report(name, value, unit, seconds=seconds)
            except RuntimeError as error:
                # The device has too little memory, or not this kernel: the other parts are measured all the same.
                print(json.dumps({"failed": part, "reason": str(error).splitlines()[0]}), flush=True)


if __name__ == "__main__":
    main()
