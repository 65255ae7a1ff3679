"""The figures of a benchmark: medians with their spread, compared, as Markdown and CSV."""

import collections
import csv
import fnmatch
import statistics

OURS = "Scrubjay"
LESS_IS_BETTER = {"s", "MiB", "of the rms"}

# How many times better than the rival Scrubjay is meant to be, by suite, quantity and rival. A star stands for any sizes.
TARGETS = {
    ("paren", "whole run", "memoised"): 10,
    ("paren", "whole run", "sliced"): 1,
    ("rates", "2a", "memoised"): 20,
    ("rates", "4", "memoised"): 20,
    ("rates", "3b", "memoised"): 5,
    ("gpt2", "whole run", "memoised"): 2,
    ("gpt2", "replicates after the cache", "memoised"): 2,
    ("gpt2", "replicates after the cache", "naive"): 50,
    ("sweep", "the brackets table", "one by one"): 3,
    ("gpt2", "before the first replicate", "one plain forward pass"): 1,
    ("limits", "product 8192x1024x1024", "oneDNN"): 0.8,
    ("limits", "product 16384x768x3072", "oneDNN"): 0.8,
    ("limits", "attention 1x12x1024x64", "PyTorch"): 1,
    ("limits", "attention 64x12x128x64", "PyTorch"): 1,
    ("device-kernels", "resample-gather *", "copy"): 0.85,
    ("device-kernels", "product * exact", "PyTorch float32"): 1,
    # No larger an error; by so much entries that are drawn differ.
    ("device-kernels", "product * exact rms error", "PyTorch float32"): 0.97,
    ("device-kernels", "product * tf32", "PyTorch tf32"): 0.5,
    ("device-kernels", "product * bf16", "PyTorch bf16"): 0.5,
    ("device-kernels", "attention * exact", "PyTorch float32"): 0.6,
    ("device-paren", "whole run", "memoised"): 3,
    ("device-gpt2", "whole run", "memoised"): 1.5,
    ("device-gpt2", "replicates after the cache", "memoised"): 1.5,
    ("device-gpt2", "replicates after the cache", "naive"): 50,
    ("device-large", "whole run", "memoised"): 1,
}
# The same of figures that have no rival: the least they may be, and the most.
LEAST = {
    ("rates", "1b"): 1_000_000,
    ("limits", "draws unweighted"): 50,
    ("limits", "draws weighted"): 50,
}
MOST = {
    ("limits", "treeify, lower and optimise 10,000 claims"): 2,
    ("memory", "paren, a quarter of what it would hold: peak over the limit"): 1,
    ("memory", "paren, held to 1 GiB: peak"): 1024,
    ("memory", "paren, a quarter of what it would hold: time over the whole's"): 2,
    ("memory", "1b, 1,000,000 replicates: peak over that of 10,000"): 1.05,
}


class Results:
    def __init__(self):
        self.values = collections.defaultdict(list)
        self.units = {}
        # What could not be measured, and why.
        self.lacking = []
        # Of devices, for the head of the table.
        self.notes = []
        # Of each run of a device's kernels, the lines that have operations and bytes.
        self.kernels = []

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)

    def lack(self, suite, what):
        if (suite, what) not in self.lacking:
            self.lacking.append((suite, what))

    def lack_targets(self, suites):
        """Names what is meant to be so many times better and was not measured, of some suites."""
        found = {
            at[:2] + (rival,): None for at in self.units for rival in self.rivals(*at) if (*at, OURS) in self.values
        }
        for suite, quantity, rival in TARGETS:
            met = any(at[0] == suite and at[2] == rival and fnmatch.fnmatchcase(at[1], quantity) for at in found)
            if suite in suites and not met:
                self.lack(suite, f"{quantity} beside {rival}")

    def rivals(self, suite, quantity):
        return [at[2] for at in self.values if at[:2] == (suite, quantity) and at[2] != OURS]

    def add(self, suite, quantity, who, unit, value):
        known = self.units.setdefault((suite, quantity), unit)
        if known != unit:
            raise ValueError(f"{suite}, {quantity}: {unit} among {known}")
        self.values[suite, quantity, who].append(value)

    def median(self, suite, quantity, who):
        return statistics.median(self.values[suite, quantity, who])

    def ratio(self, suite, quantity, rival):
        """How many times better ours is."""
        ours, theirs = self.median(suite, quantity, OURS), self.median(suite, quantity, rival)
        return theirs / ours if self.units[suite, quantity] in LESS_IS_BETTER else ours / theirs

    def markdown(self):
        lines = [
            f"| suite | quantity | {OURS} | rival | | times better | target | |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for suite, quantity in self.units:
            unit, ours = self.units[suite, quantity], self.values.get((suite, quantity, OURS))
            for rival in self.rivals(suite, quantity) or [None]:
                theirs = self.values.get((suite, quantity, rival))
                cells = [suite, quantity, spread(ours, unit), spread(theirs, unit), rival or "", "", "", ""]
                if ours and theirs:
                    ratio, wanted = self.ratio(suite, quantity, rival), target(suite, quantity, rival)
                    cells[5] = f"{ratio:.3g}"
                    cells[6:] = self.bound(suite, quantity) if wanted is None else (f"{wanted}", verdict(ratio >= wanted))
                elif ours and rival is None:
                    cells[6:] = self.bound(suite, quantity)
                lines.append(f"| {' | '.join(cells)} |")
        if self.lacking:
            lines += ["", "Not measured:", "", *(f"- {suite}: {what}" for suite, what in self.lacking)]
        return "\n".join(lines) + "\n"

    def bound(self, suite, quantity):
        """What a figure of ours is meant to be by itself, and whether it is."""
        ours, at = self.median(suite, quantity, OURS), (suite, quantity)
        if at in LEAST:
            return f"at least {LEAST[at]:,}", verdict(ours >= LEAST[at])
        return (f"at most {MOST[at]:,}", verdict(ours <= MOST[at])) if at in MOST else ("", "")

    def write_csv(self, path):
        with open(path, "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["suite", "quantity", "who", "unit", "median", "least", "most", "repetitions"])
            for (suite, quantity, who), values in self.values.items():
                figures = (f"{figure:.6g}" for figure in (statistics.median(values), min(values), max(values)))
                writer.writerow([suite, quantity, who, self.units[suite, quantity], *figures, len(values)])


def target(suite, quantity, rival):
    """How many times better ours is meant to be; None where nothing is said."""
    for (of, pattern, beside), wanted in TARGETS.items():
        if (of, beside) == (suite, rival) and fnmatch.fnmatchcase(quantity, pattern):
            return wanted
    return None


def verdict(reached):
    return "met" if reached else "not met"


def spread(values, unit):
    """The median, and the least and most where there are several."""
    if not values:
        return ""
    text = f"{number(statistics.median(values))} {unit}"
    return text if len(values) == 1 else f"{text} ({number(min(values))} to {number(max(values))})"


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
