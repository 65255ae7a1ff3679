"""What this machine can do at best, by the libraries that PyTorch brings: JSON lines of name, value and unit.

    python limits.py --threads 2

Names are those of `scrubjay-bench`, with spaces for its slashes, and the library."""

import argparse
import ctypes
import json
import statistics
import time

import torch
from torch.nn import functional

# [rows, in, out]: a square one; GPT-2 small's MLP there and back, its square maps and what a head reads; the paren model's
# q, k and v of 8,192 positions, its square maps and its MLP.
PRODUCTS = [
    (8192, 1024, 1024),
    (16384, 768, 3072),
    (16384, 3072, 768),
    (16384, 768, 768),
    (2048, 768, 64),
    (8192, 56, 168),
    (8192, 56, 56),
]
# [rows, heads, positions, size].
ATTENTIONS = [(1, 12, 1024, 64), (64, 12, 128, 64), (256, 2, 42, 28)]


def keep_memory():
    """Has the allocator keep what is freed, so that no output lies in new pages, which the kernel zeroes first."""
    trim_threshold, mmap_max = -1, -4
    for parameter, value in ((mmap_max, 0), (trim_threshold, 2**31 - 1)):
        ctypes.CDLL(None).mallopt(parameter, value)
    torch.ones(2**28)


def median(work, least=0.5):
    """The median of the seconds of some repetitions, over half a second at least."""
    work()
    seconds, end = [], time.perf_counter() + least
    while time.perf_counter() < end or len(seconds) < 5:
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def products():
    for rows, width, out in PRODUCTS:
        x, weights, result = torch.randn(rows, width), torch.randn(width, out), torch.empty(rows, out)
        rate = 2 * rows * width * out / 1e9
        name = f"product {rows}x{width}x{out}"
        yield f"{name}, MKL", rate / median(lambda: torch.mm(x, weights, out=result)), "GFLOP/s"
        # The weights are reordered once, as one does for a model whose weights stay.
        packed = torch.ops.mkldnn._reorder_linear_weight(weights.t().contiguous(), rows)
        product = lambda: torch.ops.mkldnn._linear_pointwise(x, packed, None, "none", [], "")
        yield f"{name}, oneDNN", rate / median(product), "GFLOP/s"


def attentions():
    for shape in ATTENTIONS:
        rows, heads, positions, size = shape
        q, k, v = (torch.randn(shape) for _ in range(3))
        for causal in (False, True):
            # With a causal mask half of the pairs count, on either side of the comparison.
            pairs = positions * (positions + 1) / 2 if causal else positions**2
            attention = lambda: functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
            name = f"attention {'x'.join(map(str, shape))}{' causal' if causal else ''}"
            yield f"{name}, PyTorch", 4 * rows * heads * pairs * size / 1e9 / median(attention), "GFLOP/s"


def copies(size=512 << 20):
    source, target = torch.ones(size, dtype=torch.uint8), torch.zeros(size, dtype=torch.uint8)
    # Counted once, though each byte is both read and written.
    yield "copy 512 MiB, PyTorch", size / 1e9 / median(lambda: target.copy_(source)), "GB/s"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    torch.set_num_threads(parser.parse_args().threads)
    keep_memory()
    with torch.inference_mode():
        for measure in (products, attentions, copies):
            for name, value, unit in measure():
                print(json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
