"""How often 95% intervals of simulated samples cover the truth: the tables of docs/statistics.md.

    python3 coverage.py [mean | trust | functions | stopping]...

Needs numpy and scipy. Intervals are those of ScrubStatistics: BCa with Student's expansion (`bca+`), beside the plain one, the
normal one, bootstrap-t and Wilson's. As there, all samples share one table of resamples. With T samples a coverage of 95% has a
standard error of 0.22 / sqrt(T).
"""

import sys

import numpy as np
from scipy.stats import norm, t as student

RESAMPLES = 4000
Z = 1.959963984540054
random = np.random.default_rng(1)


def two_point(share):
    """A few replicates near 10, the others near 0."""
    return lambda s: np.where(random.random(s) < share, 10 + random.standard_normal(s), random.standard_normal(s) / 2), 10 * share


def bernoulli(p):
    return lambda s: (random.random(s) < p) * 1.0, p


def lognormal(sigma):
    return lambda s: np.exp(sigma * random.standard_normal(s)), np.exp(sigma**2 / 2)


def pareto(shape):
    return lambda s: 1 + random.pareto(shape, s), shape / (shape - 1)


CASES = {
    "uniform": (lambda s: random.random(s), 0.5),
    "normal": (lambda s: random.standard_normal(s), 0),
    "exponential": (lambda s: random.exponential(size=s), 1),
    "(u v)^2": (lambda s: (random.uniform(-1, 1, s) * random.uniform(-1, 1, s)) ** 2, 1 / 9),
    **{f"Bernoulli {p}": bernoulli(p) for p in (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5)},
    **{f"two heights {p}": two_point(p) for p in (0.01, 0.02, 0.05)},
    **{f"lognormal {s}": lognormal(s) for s in (1, 1.5, 2)},
}


def table(n):
    """How often each of n replicates is drawn in each resample."""
    drawn = np.random.default_rng(7).integers(0, n, (RESAMPLES, n))
    return np.stack([np.bincount(row, minlength=n) for row in drawn]).astype(np.float32)


def at(ordered, p):
    place = np.clip(p * (len(ordered) + 1) - 1, 0, len(ordered) - 1)
    low = place.astype(int)
    high = np.minimum(low + 1, len(ordered) - 1)
    column = np.arange(ordered.shape[1])
    return ordered[low, column] + (place - low) * (ordered[high, column] - ordered[low, column])


def bca(resampled, acceleration, z, ordered=None):
    """Offsets from the estimate; resampled [resample, sample] are offsets too. NaN where there is none."""
    ordered = np.sort(resampled, 0) if ordered is None else ordered
    below = ((resampled < -1e-6).mean(0) + (resampled <= 1e-6).mean(0)) / 2
    bias = norm.ppf(below)
    ends = []
    for q in (-z, z):
        p = norm.cdf(bias + (bias + q) / (1 - acceleration * (bias + q)))
        ends.append(np.where(np.isfinite(bias), at(ordered, np.nan_to_num(p, nan=0.5)), np.nan))
    return ends


def intervals(values, weights):
    """Of the mean of each column of values [replicate, sample]: name to (lower, upper)."""
    n = len(values)
    mean = values.mean(0)
    d = values - mean
    squares = (d**2).sum(0)
    error = np.sqrt(squares / (n - 1) / n)
    expanded = np.sqrt(n / (n - 1)) * student.ppf(0.975, n - 1)
    with np.errstate(all="ignore"):
        acceleration = np.nan_to_num((d**3).sum(0) / (6 * squares**1.5))
        participation = np.nan_to_num(squares**2 / (d**4).sum(0))
        single = d.astype(np.float32)
        resampled = weights @ single / n
        variance = weights @ (single * single) / n - resampled**2
        t = np.nan_to_num(resampled / np.sqrt(np.maximum(variance, 0) / (n - 1)), posinf=0, neginf=0)
    ordered, t = np.sort(resampled, 0), np.sort(t, 0)
    half = np.full(mean.shape, 0.025)
    found = {"normal": (mean - Z * error, mean + Z * error)}
    for name, z in (("bca", Z), ("bca+", expanded)):
        low, high = bca(resampled, acceleration, z, ordered)
        normal = found["normal"]
        found[name] = (np.where(np.isnan(low), normal[0], mean + low), np.where(np.isnan(high), normal[1], mean + high))
    found["bootstrap-t"] = (mean - error * at(t, 1 - half), mean - error * at(t, half))
    centre = (mean + Z**2 / 2 / n) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * np.sqrt(np.maximum(mean * (1 - mean), 0) / n + Z**2 / 4 / n**2)
    found["wilson"] = (centre - reach - 1e-12, centre + reach + 1e-12)
    return found, participation


def covered(interval, truth):
    return (interval[0] <= truth) & (truth <= interval[1])


def of_means(samples=8000):
    for n in (50, 200, 1000):
        weights = table(n)
        print(f"\ncoverage of the mean, n = {n}, {samples} samples")
        print("| values | median participation | normal | bca | bca+ | bootstrap-t | Wilson |\n|---|---|---|---|---|---|---|")
        for name, (draw, truth) in CASES.items():
            found, participation = intervals(draw((n, samples)), weights)
            cells = [f"{100 * covered(found[k], truth).mean():.1f}%" for k in ("normal", "bca", "bca+", "bootstrap-t")]
            cells.append(f"{100 * covered(found['wilson'], truth).mean():.1f}%" if "Bernoulli" in name else "")
            print(f"| {name} | {np.median(participation):.1f} | " + " | ".join(cells) + " |", flush=True)


def of_trust(samples=6000):
    """Coverage of bca+ by the participation of the sample itself."""
    families = {
        **{f"lognormal {s}": lognormal(s) for s in (0.5, 1, 1.5, 2, 2.5)},
        **{f"Pareto {a}": pareto(a) for a in (1.5, 2.5, 4)},
        **{f"two heights {p}": two_point(p) for p in (0.005, 0.01, 0.02, 0.05)},
        "exponential": CASES["exponential"],
        "(u v)^2": CASES["(u v)^2"],
    }
    edges = [0, 2, 3, 4, 5, 7, 10, 15, 20, 30, 1e9]
    pooled = {n: [[] for _ in edges[1:]] for n in (50, 200, 1000)}
    print("\ncoverage of bca+ by least participation of the sample\n| values | n | all | < 5 | < 10 | 5 to 10 | >= 5 | >= 10 | share < 5 | share < 10 |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for n in pooled:
        weights = table(n)
        for name, (draw, truth) in families.items():
            found, p = intervals(draw((n, samples)), weights)
            hit = covered(found["bca+"], truth)
            cell = lambda m: f"{100 * hit[m].mean():.1f}%" if m.sum() >= 200 else ""
            print(
                f"| {name} | {n} | {cell(p >= 0)} | {cell(p < 5)} | {cell(p < 10)} | {cell((p >= 5) & (p < 10))} | {cell(p >= 5)} | {cell(p >= 10)} "
                f"| {100 * (p < 5).mean():.0f}% | {100 * (p < 10).mean():.0f}% |", flush=True)
            for i, (low, high) in enumerate(zip(edges, edges[1:])):
                inside = (p >= low) & (p < high)
                if inside.sum() >= 200:
                    pooled[n][i].append((hit[inside].mean(), name))
    print("\n| participation | " + " | ".join(f"n = {n}" for n in pooled) + " |\n|---|" + "---|" * len(pooled))
    for i, (low, high) in enumerate(zip(edges, edges[1:])):
        cells = []
        for n in pooled:
            c = sorted(pooled[n][i])
            cells.append(f"{100 * np.mean([x for x, _ in c]):.1f}% (least {100 * c[0][0]:.1f}%, {c[0][1]})" if c else "")
        print(f"| {low} to {high:g} | " + " | ".join(cells) + " |")


def of_functions(samples=8000, n=200):
    """Two functions of several means: the share recovered, paired; Pearson's correlation."""
    weights = table(n)
    expanded = np.sqrt(n / (n - 1)) * student.ppf(0.975, n - 1)

    def run(name, truth, columns, function):
        columns = [c.astype(np.float64) for c in columns]
        total = [c.sum(0) for c in columns]
        value = function([s / n for s in total])
        without = function([(s - c) / (n - 1) for s, c in zip(total, columns)])
        d = without.mean(0) - without
        error = np.sqrt((n - 1) / n * (d**2).sum(0))
        acceleration = (d**3).sum(0) / (6 * (d**2).sum(0) ** 1.5)
        resampled = function([weights.astype(np.float64) @ c / n for c in columns]) - value
        low, high = bca(resampled, acceleration, expanded)
        normal = covered((value - Z * error, value + Z * error), truth).mean()
        print(f"| {name} | {100 * normal:.1f}% | {100 * covered((value + low, value + high), truth).mean():.1f}% |", flush=True)

    print(f"\ncoverage of functions of means, n = {n}, {samples} samples\n| figure | normal | bca+ |\n|---|---|---|")
    shape = (n, samples)
    for share in (0.5, 0.9):
        m = random.exponential(0.1, shape)
        b = m + random.exponential(1.0, shape)
        s = b - share * (b - m) + 0.5 * random.standard_normal(shape)
        run(f"recovered, {share}", share, [b - s, b - m], lambda x: x[0] / x[1])
    for rho in (0.0, 0.5, 0.9):
        x = random.standard_normal(shape)
        y = rho * x + np.sqrt(1 - rho**2) * random.standard_normal(shape)
        correlation = lambda x: (x[4] - x[0] * x[1]) / np.sqrt((x[2] - x[0] ** 2) * (x[3] - x[1] ** 2))
        run(f"correlation, {rho}", rho, [x, y, x * x, y * y, x * y], correlation)
    for mu in (0.2, 1.0):
        d = mu + random.standard_normal(shape)
        magnitude = 2 * norm.pdf(mu) + mu * (1 - 2 * norm.cdf(-mu))
        run(f"cancellation, normal of mean {mu}", 1 - mu / magnitude, [d, abs(d)], lambda x: 1 - abs(x[0]) / x[1])


def of_stopping(samples=20000, most=64):
    """Rounds of r replicates until the normal interval is as narrow as asked; its coverage then."""
    print(f"\ncoverage at the round where the interval is narrow enough, {samples} samples\n| values | replicates a round | rounds, median | normal, stopped | normal, as many rounds planned |\n|---|---|---|---|---|")
    for name in ("normal", "exponential", "Bernoulli 0.05", "two heights 0.02", "lognormal 1"):
        draw, truth = CASES[name]
        spread = np.std(draw(2_000_000))
        for size in (50, 200, 1000):
            for rounds in (2, 8):
                width = 2 * Z * spread / np.sqrt(size * rounds)
                count = np.zeros(samples)
                total, squares = np.zeros(samples), np.zeros(samples)
                stopped = np.zeros(samples, bool)
                hit, stops, planned = np.zeros(samples, bool), np.zeros(samples), None
                for r in range(1, most + 1):
                    x = draw((size, samples))
                    total, squares = total + x.sum(0), squares + (x**2).sum(0)
                    n = r * size
                    mean = total / n
                    error = np.sqrt(np.maximum(squares / n - mean**2, 0) / (n - 1))
                    inside = abs(mean - truth) <= Z * error
                    now = ~stopped & (2 * Z * error <= width)
                    hit[now], stops[now] = inside[now], r
                    stopped |= now
                    if r == rounds:
                        planned = inside.mean()
                    if stopped.all() and planned is not None:
                        break
                print(f"| {name} | {size} | {np.median(stops):.0f} | {100 * hit.mean():.1f}% | {100 * planned:.1f}% |", flush=True)


if __name__ == "__main__":
    parts = {"mean": of_means, "trust": of_trust, "functions": of_functions, "stopping": of_stopping}
    for name in sys.argv[1:] or parts:
        parts[name]()
