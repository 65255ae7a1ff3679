"""A device by OpenCL beside PyTorch on the same device: kernels, the paren experiments, the tree in two shapes."""

import shutil

from gpt2_suite import Tree, measure
from paren_keys import KEYS
from paren_suite import HYPOTHESES, MORE, SAMPLES, check_means, missing
from results import OURS
from runs import SHARED, say

# Scrubjay's precisions beside what PyTorch calls the like.
LIKE = {"exact": "float32", "tf32": "tf32", "bf16": "bf16", "f16": "f16"}
# Batches of a rival on a GPU, of which it is given the fastest. On the CPU it has its own.
PAREN_BATCHES, TREE_BATCHES, LARGE_BATCHES = (1024, 4096, 16_384), (64, 256, 1024), (64, 256)
REPLICATES, ROUGH = 65_536, 1e-4
# Of the nine, those that are tried: the rest differ from them by what is claimed, not by what is computed.
TRIED = ("1b", "2a", "4")
# Of the large model: its file, and beside it what runs need of a host and of a device, both rounded up.
WEIGHTS, HOST, DEVICE = 5.7e9, 16e9, 40e9


def device_kernels(runner, results, repetitions):
    program = runner.scrubjay.with_name("scrubjay-bench")
    if not program.exists():
        results.lack("device-kernels", f"everything, for want of {program.name}")
        return
    quick = ["--quick"] if runner.quick else []
    for _ in range(repetitions):
        ours = runner.run([program, "device", "--device", runner.device, *quick]).lines()
        theirs = runner.python("device.py", "--torch-device", runner.torch_device, *quick).lines()
        results.kernels.append([line for line in ours if "kernel" in line])
        for who, line in [(OURS, line) for line in ours] + [("PyTorch", line) for line in theirs]:
            if "device" in line:
                results.note(f"{who} on {line['device']} ({line['driver']})")
            if "failed" in line:
                results.lack("device-kernels", f"{spoken(line['failed'])}, {who}: {line['reason']}")
        found = {line["name"]: line for line in theirs if "name" in line}
        for line in ours:
            if "name" in line:
                add(results, line, found)
        # What a kernel that only moves is held against: the faster of two copies.
        copies = [line["value"] for line in (*ours, *theirs) if line.get("name") == "copy"]
        for line in ours:
            if line.get("name", "").startswith("resample-gather/"):
                if copies:
                    results.add("device-kernels", spoken(line["name"]), "copy", "GB/s", max(copies))
    if runner.torch_device == "cpu":
        results.lack("device-kernels", "PyTorch in tf32, which it has on GPUs alone")


def add(results, line, found):
    """A figure of ours, and those of PyTorch that stand beside it."""
    name, unit = line["name"], line["unit"]
    results.add("device-kernels", spoken(name), OURS, unit, line["value"])
    kind, *rest = name.split("/")
    if kind in ("copy", "resample-gather") and name in found:
        results.add("device-kernels", spoken(name), "PyTorch", unit, found[name]["value"])
    if kind not in ("product", "attention"):
        return
    like = LIKE[rest[1]]
    # PyTorch's attention in float32 is one, whatever a product's precision.
    for beside in (like, "float32") if kind == "attention" and like == "tf32" else (like,):
        theirs = found.get("/".join([kind, rest[0], beside, *rest[2:]]))
        if theirs:
            results.add("device-kernels", spoken(name), f"PyTorch {beside}", unit, theirs["value"])


def spoken(name):
    return name.replace("/", " ")


def device_paren(runner, results, repetitions):
    """The nine paren experiments, end to end."""
    keys = TRIED if runner.quick else KEYS
    hypotheses = [hypothesis for key, hypothesis in zip(KEYS, HYPOTHESES) if key in keys]
    if runner.quick:
        results.lack("device-paren", f"the nine: --quick takes {', '.join(TRIED)}")
    reason = missing()
    if reason:
        results.lack("device-paren", f"everything: {reason}")
        return
    samples, more = runner.size(SAMPLES), runner.size(MORE)
    place = runner.device.replace(":", "-").replace(",", "-")
    draws = runner.draws(f"paren-{samples}-{place}", hypotheses, samples, backend=runner.device)
    options = ["--variant", "memoised", "--experiments", ",".join(keys), "--torch-device", runner.torch_device, "--shared", SHARED, "--draws"]
    runner.rival("paren.py", *options, SHARED / "goldens/brackets", "--name", "{}.replay.npz")
    options.append(draws)
    if runner.torch_device != "cpu":
        seconds = {batch: runner.rival("paren.py", *options, "--batch", batch)["whole"] for batch in PAREN_BATCHES}
        options += ["--batch", min(seconds, key=seconds.get)]
    # Kernels that the exports did not need are compiled once, and then kept.
    runner.ours(hypotheses, samples, backend=runner.device)
    for _ in range(repetitions):
        ours = runner.ours(hypotheses, samples, backend=runner.device)
        check_means(runner.report(), draws, keys, tolerance=ROUGH)
        results.add("device-paren", "whole run", OURS, "s", ours.seconds)
        results.add("device-paren", "peak memory of the device", OURS, "MiB", runner.device_mebibytes())
        each = (runner.ours(hypotheses, more, backend=runner.device).seconds - ours.seconds) / (more - samples)
        if each > 0:
            results.add("device-paren", "replicates after the cache", OURS, "1/s", len(keys) / each)
        else:
            results.lack("device-paren", f"replicates after the cache: {more:,} took no longer than {samples:,}")
        rival = runner.rival("paren.py", *options)
        results.add("device-paren", "whole run", "memoised", "s", rival["whole"])
        if runner.torch_device != "cpu":
            theirs = rival["peak_bytes"] / 2**20
            results.add("device-paren", "peak memory of the device", "memoised", "MiB", theirs)
        experiments = sum(rival["seconds"][key] for key in keys)
        results.add("device-paren", "replicates after the cache", "memoised", "1/s", len(keys) * samples / experiments)


def device_gpt2(runner, results, repetitions):
    """The tree in GPT-2 small's shape."""
    on_gpu = runner.torch_device != "cpu"
    rows, samples, more, naive = (1024, REPLICATES, 2 * REPLICATES, 64) if on_gpu else (1024, 4096, 8192, 2)
    if runner.quick:
        rows, samples, more, naive = 64, 64, 512, 1
    batches = TREE_BATCHES if on_gpu and not runner.quick else ()
    tree = Tree("device-gpt2", rows, samples, more, naive, **on(runner), batches=batches)
    measure(runner, results, repetitions, tree)


def device_large(runner, results, repetitions):
    """The tree in a shape of 1.4 billion parameters, as deep in it."""
    reason = None if runner.quick else too_little(runner)
    if reason:
        results.lack("device-large", f"everything: {reason}")
        return
    shape, rows, samples, more = "1.4-billion", 1024, 4096, 8192
    if runner.quick:
        shape, rows, samples, more = "1.4-billion-narrow", 32, 32, 256
        results.lack("device-large", "the shape of 1.4 billion parameters: --quick takes a narrow model as deep")
    batches = LARGE_BATCHES if runner.torch_device != "cpu" and not runner.quick else ()
    made = "--shape", shape, "--positions", 128
    tree = Tree("device-large", rows, samples, more, 0, shape, made, **on(runner), batches=batches)
    measure(runner, results, repetitions, tree)


def on(runner):
    return {"backend": runner.device, "device": runner.torch_device, "tolerance": ROUGH, "absolute": ROUGH}


def too_little(runner):
    """Why the large model cannot be made or run here; None where it can."""
    model = runner.scratch / "1.4-billion/model/model.safetensors"
    free = shutil.disk_usage(runner.scratch).free
    if not model.exists() and free < WEIGHTS:
        return f"its weights take {WEIGHTS / 1e9} GB, {runner.scratch} has {free / 1e9:.1f}"
    for device, least in (("cpu", HOST), (runner.torch_device, DEVICE)):
        (line,) = runner.python("device.py", "--parts", "memory", "--torch-device", device).lines()
        say(f"{device}: {line['value'] / 1e9:.1f} GB are free")
        if line["value"] < least:
            return f"{least / 1e9:.0f} GB of memory are needed on {device}, {line['value'] / 1e9:.1f} are free"
    return None
