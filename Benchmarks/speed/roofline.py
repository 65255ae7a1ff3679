"""Kernels of a device under its roofs, as CSV and SVG: what they compute for each byte against what they compute a second.

The roofs are measured too: the device's own copy, and in each precision the fastest product. Bytes and operations are what a
step's cost counts, not what the hardware moved: a point above the slanted roof read something from a cache."""

import csv
import statistics

import matplotlib
from matplotlib import pyplot

COLOURS = {"exact": "tab:blue", "tf32": "tab:orange", "bf16": "tab:green"}


def write_roofline(runs, folder):
    """`runs`: for each repetition the lines of `scrubjay-bench device` that have a kernel."""
    matplotlib.use("svg")
    # The same figures give the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "scrubjay", "svg.fonttype": "none", "font.size": 9})
    kernels = medians(runs)
    copied = next((kernel["bytes"] / kernel["seconds"] for kernel in kernels if kernel["kernel"] == "copy"), None)
    points = [kernel for kernel in kernels if kernel["kernel"] != "copy"]
    roofs = {}
    for kernel in points:
        if kernel["kernel"].startswith("product/"):
            precision, rate = kernel["precision"], kernel["operations"] / kernel["seconds"]
            roofs[precision] = max(rate, roofs.get(precision, 0))
    write_csv(points, copied, roofs, folder / "roofline.csv")
    draw([point for point in points if point["operations"] > 0], copied, roofs, folder / "roofline.svg")


def medians(runs):
    seconds, kernels = {}, {}
    for line in (line for run in runs for line in run):
        key = line["kernel"], line["precision"]
        seconds.setdefault(key, []).append(line["seconds"])
        kernels[key] = line
    return [{**line, "seconds": statistics.median(seconds[key])} for key, line in kernels.items()]


def write_csv(points, copied, roofs, path):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kernel", "precision", "seconds", "operations", "bytes", "GFLOP/s", "GB/s", "of the roof", "form"])
        if copied:
            writer.writerow(["copy", "", "", "", "", "", f"{copied / 1e9:.4g}", "", ""])
        for point in points:
            seconds, operations, moved = (point[name] for name in ("seconds", "operations", "bytes"))
            rates = f"{operations / seconds / 1e9:.4g}", f"{moved / seconds / 1e9:.4g}"
            share = f"{least_seconds(point, copied, roofs) / seconds:.3g}" if copied else ""
            row = [point["kernel"], point["precision"] or "", f"{seconds:.4g}", f"{operations:.6g}", f"{moved:.6g}"]
            writer.writerow([*row, *rates, share, point["form"] or ""])


def least_seconds(point, copied, roofs):
    """What the device would take at best: by its copy rate, or by its fastest product in that precision."""
    roof = roofs.get(point["precision"] or "exact", float("inf"))
    return max(point["bytes"] / copied, point["operations"] / roof)


def draw(points, copied, roofs, path):
    figure, axes = pyplot.subplots(figsize=(11, 8), layout="constrained")
    xs = [point["operations"] / point["bytes"] for point in points]
    ys = [point["operations"] / point["seconds"] / 1e9 for point in points]
    left, right = min(xs, default=0.1) / 2, max(xs, default=10) * 8
    for precision, roof in roofs.items():
        colour = COLOURS[precision]
        bend = roof / copied if copied else left
        axes.plot([max(left, bend), right], [roof / 1e9] * 2, color=colour, linewidth=1.5)
        axes.annotate(
            f"fastest product, {precision}: {roof / 1e9:,.0f} GFLOP/s", (right, roof / 1e9), xytext=(-2, 3),
            textcoords="offset points", ha="right", color=colour)
    if copied:
        end = min(right, max(roofs.values(), default=copied * right) / copied)
        axes.plot([left, end], [left * copied / 1e9, end * copied / 1e9], color="black", linewidth=1.5)
        axes.annotate(
            f"copy: {copied / 1e9:,.0f} GB/s", (left, left * copied / 1e9), xytext=(2, 8), textcoords="offset points")
    for precision, colour in COLOURS.items():
        chosen = [index for index, point in enumerate(points) if (point["precision"] or "exact") == precision]
        axes.scatter([xs[i] for i in chosen], [ys[i] for i in chosen], s=16, color=colour, label=precision, zorder=3)
    axes.set(xlabel="operations for each byte", ylabel="GFLOP/s", xscale="log", yscale="log", xlim=(left, right))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    # Where names go is found in pixels: what the axes make of points must be settled.
    figure.canvas.draw()
    label(axes, points, xs, ys)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def label(axes, points, xs, ys, size=7):
    """Names beside points, each where no other stands: the first free place of some around the point, with a line to it."""
    dots = [axes.transData.transform(place) for place in zip(xs, ys)]
    scale = axes.figure.dpi / 72
    height, taken = 1.3 * size * scale, [(x - 3, y - 3, x + 3, y + 3) for x, y in dots]
    inside = axes.get_window_extent()
    for index in sorted(range(len(points)), key=lambda index: -dots[index][1]):
        text = name(points[index])
        width = 0.6 * size * len(text) * scale
        x, y = dots[index]
        box = next((box for box in places(x, y, width, height) if free(box, taken, inside)), None)
        if box is None:
            box = x + 6, y, x + 6 + width, y + height
        taken.append(box)
        axes.annotate(
            text, (xs[index], ys[index]), xytext=(box[0], box[1] + 0.3 * size * scale), textcoords="figure pixels",
            fontsize=size, color=COLOURS[points[index]["precision"] or "exact"],
            arrowprops={"arrowstyle": "-", "linewidth": 0.4, "color": "grey", "shrinkA": 0, "shrinkB": 2})


def places(x, y, width, height):
    """Boxes for a name, the nearest to its point first."""
    for distance in range(0, 30):
        for direction in (0, 1, -1) if distance == 0 else (1, -1):
            low = y - height / 2 + direction * distance * height
            for start in (x + 6, x - 6 - width, x + 40, x - 40 - width):
                yield start, low, start + width, low + height


def free(box, taken, inside):
    left, low, right, high = box
    if left < inside.x0 or right > inside.x1 or low < inside.y0 or high > inside.y1:
        return False
    return all(right < other[0] or left > other[2] or high < other[1] or low > other[3] for other in taken)


def name(point):
    text = point["kernel"].removeprefix("op/")
    return f"{text} {point['precision']}" if point["precision"] else text
