"""Kernels of a device under its roofs, as CSV and SVG: what they compute for each byte against what they compute a second.

The roofs are measured too: the device's own copy, and in each precision the fastest product. Bytes and operations are what a
step's cost counts, not what the hardware moved: a point above the slanted roof read something from a cache."""

import csv
import statistics

import matplotlib
from matplotlib import pyplot

# Operations a byte at the left edge: so few, or none, and memory alone counts.
FEWEST = 1 / 32
COLOURS = {"exact": "tab:blue", "tf32": "tab:orange", "bf16": "tab:green", "f16": "tab:red"}


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
    draw(points, copied, roofs, folder / "roofline.svg")


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
    xs = [max(FEWEST, point["operations"] / point["bytes"]) for point in points]
    # What computes less stands at the left edge, as far below the slanted roof as its bytes a second are.
    ys = [x * point["bytes"] / point["seconds"] / 1e9 for x, point in zip(xs, points)]
    left, right = FEWEST / 1.5, 8 * max(xs, default=FEWEST)
    lines, texts = [], []
    for precision, roof in roofs.items():
        start = max(left, roof / copied) if copied else left
        lines += axes.plot([start, right], [roof / 1e9] * 2, color=COLOURS[precision], linewidth=1.5)
        text = f"fastest product, {precision}: {roof / 1e9:,.0f} GFLOP/s"
        place = {"xytext": (-3, 3), "textcoords": "offset points", "ha": "right"}
        texts.append(axes.annotate(text, (right, roof / 1e9), color=COLOURS[precision], **place))
    if copied:
        ends = left, min(right, max(roofs.values(), default=copied * right) / copied)
        lines += axes.plot(ends, [end * copied / 1e9 for end in ends], color="black", linewidth=1.5)
        place = {"xytext": (-6, -3), "textcoords": "offset points", "ha": "right"}
        texts.append(axes.annotate(f"copy: {copied / 1e9:,.0f} GB/s", (ends[1], ends[1] * copied / 1e9), **place))
    for precision, colour in COLOURS.items():
        chosen = [index for index, point in enumerate(points) if (point["precision"] or "exact") == precision]
        axes.scatter([xs[i] for i in chosen], [ys[i] for i in chosen], s=16, color=colour, label=precision, zorder=3)
    axes.set(xlabel=f"operations for each byte ({FEWEST:g}: so many or fewer)", ylabel="GFLOP/s")
    axes.set(xscale="log", yscale="log", xlim=(left, right))
    axes.grid(alpha=0.3)
    # Where names go is found in pixels: what the axes make of points must be settled.
    texts.append(axes.legend(loc="lower right"))
    figure.canvas.draw()
    taken = [(box.x0, box.y0, box.x1, box.y1) for box in (text.get_window_extent() for text in texts)]
    for line in lines:
        (x0, y0), (x1, y1) = axes.transData.transform(line.get_xydata())
        steps = [step / 100 for step in range(101)]
        middles = [(x0 + step * (x1 - x0), y0 + step * (y1 - y0)) for step in steps]
        taken += [(x - 4, y - 2, x + 4, y + 2) for x, y in middles]
    label(axes, points, xs, ys, taken)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def label(axes, points, xs, ys, taken, size=7):
    """Names beside points, each where nothing else stands: the first free place of some around the point, with a line to
    it."""
    dots = [axes.transData.transform(place) for place in zip(xs, ys)]
    scale = axes.figure.dpi / 72
    height, inside = 1.3 * size * scale, axes.get_window_extent()
    taken = taken + [(x - 3, y - 3, x + 3, y + 3) for x, y in dots]
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
