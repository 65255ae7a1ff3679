"""What NVIDIA's assembler makes of every kernel, without a GPU: registers, stack, spills and local memory.

`./dev ptx` runs it. Kernels come as lines of JSON on standard input, as `scrubjay-bench kernels` prints them; clang compiles each to
PTX with libclc's functions, and ptxas assembles that for each architecture. Prints a table of the extremes by kernel and precision, and
whatever uses the stack, spills, or does not compile; the exit status is 1 if there is any such.

NVIDIA's own OpenCL compiler is another one, with other functions: numbers of registers are near to what it makes, not the same.
Needs the standard library alone.
"""

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

BUILTINS = "/usr/lib/clc/nvptx64--nvidiacl.bc"
# `asm` is a keyword for NVIDIA's compiler.
LANGUAGE = ["-x", "cl", "-cl-std=CL1.2", "-fgnu-keywords", "-Xclang", "-finclude-default-header", "-Xclang", "-fdeclare-opencl-builtins"]
# The oldest architecture with everything that kernels use; ptxas makes it into any newer one.
TARGET = ["--target=nvptx64-unknown-nvidiacl", "-Xclang", "-target-cpu", "-Xclang", "sm_80"]
GROUP = re.compile(r"reqd_work_group_size\(([^,]*),\s*1,\s*1\)+\s*void\s+(\w+)", re.S)
MOST_LOCAL = 49_152


class Refused(Exception):
    """A compiler did not take a kernel; carries what it said."""


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refused(done.stderr.strip())
    return done


def title(form):
    defines = " ".join(f"{name}={value}" for name, value in sorted(form["defines"].items()))
    return f"{form['files'][-1]} {defines}".strip()


def source(form, kernels):
    texts = []
    for name in form["files"]:
        with open(os.path.join(kernels, name), encoding="utf-8") as file:
            texts.append(f'#line 1 "{name}"\n{file.read()}')
    return "\n".join(texts)


def group_items(clang, text_path, defines, entry):
    """Work-items of a group, which decide how many registers one may have; kernels state a product of numbers."""
    text = run([clang, *LANGUAGE, *defines, "-E", "-P", text_path]).stdout
    for product, name in GROUP.findall(text):
        if name == entry:
            if not re.fullmatch(r"[\d()*+/\s-]+", product):
                raise Refused(f"{entry}: no number: {product}")
            return int(eval(product.replace("/", "//")))  # digits and operators alone
    raise Refused(f"{entry} does not state its group's size")


def assembled(form, options):
    """{architecture: registers, stack, spills and local bytes} of one kernel."""
    with tempfile.TemporaryDirectory() as folder:
        text_path, ptx_path = os.path.join(folder, "kernel.cl"), os.path.join(folder, "kernel.ptx")
        with open(text_path, "w", encoding="utf-8") as file:
            file.write(source(form, options.kernels))
        defines = [f"-D{name}={value}" for name, value in form["defines"].items()]
        items = group_items(options.clang, text_path, defines, form["entry"])
        builtins = ["-Xclang", "-mlink-builtin-bitcode", "-Xclang", BUILTINS]
        run([options.clang, *LANGUAGE, *TARGET, "-O3", *defines, *builtins, "-S", text_path, "-o", ptx_path])
        with open(ptx_path, encoding="utf-8") as file:
            ptx = file.read()
        # Clang leaves the group's size out. It stands between a kernel's parameters and its body. Asked for one group at
        # least, ptxas spills what one group has no registers for; unasked, also a few bytes here and there so that more
        # groups fit beside each other.
        head = re.compile(r"(\.entry " + form["entry"] + r"\(.*?\n\)\n)", re.S)
        ptx, found = head.subn(rf"\1.reqntid {items}, 1, 1\n.minnctapersm 1\n", ptx)
        if found != 1:
            raise Refused(f"no entry {form['entry']} in the PTX")
        with open(ptx_path, "w", encoding="utf-8") as file:
            file.write(ptx)
        return {
            architecture: figures(run([options.ptxas, "-v", f"-arch={architecture}", ptx_path, "-o", os.devnull]).stderr)
            for architecture in options.architectures
        }


def figures(log):
    """Of one kernel, whatever functions it calls: an extern one shows in the stack."""

    def most(pattern):
        return max((int(number) for number in re.findall(pattern, log)), default=0)

    return {
        "registers": most(r"Used (\d+) registers"),
        "stack": most(r"(\d+) bytes stack frame"),
        "spills": most(r"(\d+) bytes spill stores") + most(r"(\d+) bytes spill loads"),
        "local": most(r"(\d+) bytes smem"),
    }


def row_name(form):
    precision = form["defines"].get("PRECISION")
    names = {0: "exact", 1: "tf32", 2: "bf16", 3: "f16"}
    return form["files"][-1] + (f", {names[precision]}" if precision is not None else "")


def span(numbers):
    low, high = min(numbers), max(numbers)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def table(results, architectures):
    """Markdown: a line for each kernel file and precision, with the extremes over its forms."""
    rows = {}
    for form, found in results:
        rows.setdefault(row_name(form), []).append(found)
    lines = ["| kernel | forms | " + " | ".join(f"registers, {a}" for a in architectures) + " | local memory | stack | spills |"]
    lines.append("|---" * (5 + len(architectures)) + "|")
    for name, forms in sorted(rows.items()):
        every = [figure for found in forms for figure in found.values()]
        registers = [span([found[a]["registers"] for found in forms]) for a in architectures]
        cells = [f"`{name.split(',')[0]}`" + name[len(name.split(',')[0]) :], str(len(forms)), *registers]
        cells += [span([f["local"] for f in every]), span([f["stack"] for f in every]), span([f["spills"] for f in every])]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kernels", required=True, help="the folder Kernels")
    parser.add_argument("--ptxas", required=True)
    parser.add_argument("--clang", default="clang-15")
    parser.add_argument("--architectures", nargs="+", default=["sm_80", "sm_90"])
    parser.add_argument("--only", default="", help="of kernels whose file and defines contain this")
    parser.add_argument("--all", action="store_true", help="print a line for each form too")
    options = parser.parse_args()

    forms = [json.loads(line) for line in sys.stdin]
    forms = [form for form in forms if options.only in title(form)]
    results, faults = [], []

    def judged(form):
        try:
            return assembled(form, options)
        except Refused as error:
            return error

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (form, found) in enumerate(zip(forms, pool.map(judged, forms)), 1):
            if sys.stderr.isatty():
                print(f"\r{number} of {len(forms)}", end="\n" if number == len(forms) else "", file=sys.stderr)
            if isinstance(found, Refused):
                faults.append(f"{title(form)}: {found}")
                continue
            results.append((form, found))
            for architecture, figure in found.items():
                line = f"{title(form)}: {architecture}: " + ", ".join(f"{key} {value}" for key, value in figure.items())
                if options.all:
                    print(line)
                if figure["stack"] or figure["spills"] or figure["local"] > MOST_LOCAL:
                    faults.append(line)

    if results:
        print(table(results, options.architectures))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(forms)} forms of kernels; {len(faults)} faults")
    return 1 if faults or not forms else 0


if __name__ == "__main__":
    sys.exit(main())
