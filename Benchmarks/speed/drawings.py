"""Curves as CSV and SVG."""

import csv
import statistics

import matplotlib
from matplotlib import pyplot, ticker


def write_curves(curves, folder):
    matplotlib.use("svg")
    # The same figures give the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "scrubjay", "svg.fonttype": "none", "font.size": 10})
    for curve, series in curves.points.items():
        write_csv(series, folder / f"{curve}.csv", curve)
        draw(series, curves.axes[curve], folder / f"{curve}.svg")


def write_csv(series, path, curve):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([curve, "who", "seconds", "least", "most", "repetitions"])
        for who, points in series.items():
            for x, values in sorted(points.items()):
                figures = (f"{figure:.4g}" for figure in (statistics.median(values), min(values), max(values)))
                writer.writerow([x, who, *figures, len(values)])


def draw(series, axis, path):
    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for who, points in series.items():
        xs = sorted(points)
        medians = [statistics.median(points[x]) for x in xs]
        below = [median - min(points[x]) for x, median in zip(xs, medians)]
        above = [max(points[x]) - median for x, median in zip(xs, medians)]
        axes.errorbar(xs, medians, yerr=[below, above], marker="o", markersize=4, capsize=2, label=who)
    axes.set(xlabel=axis, ylabel="seconds", xscale="log", yscale="log")
    # Few ticks: at what was measured.
    ticks = sorted({x for points in series.values() for x in points})
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.xaxis.set_minor_locator(pyplot.NullLocator())
    axes.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_locator(pyplot.NullLocator())
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
