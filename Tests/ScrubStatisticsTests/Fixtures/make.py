"""Writes expected.json: float64 numbers of scipy and numpy for what ScrubStatistics computes.

    python3 make.py

The resamples are drawn here as Bootstrap draws them, by a Philox 4x32-10 of its own (numpy has only the 64-bit one), and BCa is written out
from Efron 1987 and Hesterberg 2015; scipy.stats.bootstrap (its own resamples, Efron's percentiles without expansion) is beside it.
"""

import json
import pathlib

import numpy as np
import scipy.stats as stats

MASK = 0xFFFFFFFF
KEY = 0x626F6F7473747261


def philox(counter, key):
    x, k = list(counter), list(key)
    for r in range(10):
        if r:
            k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
        a, b = 0xD2511F53 * x[0], 0xCD9E8D57 * x[2]
        x = [(b >> 32) ^ x[1] ^ k[0], b & MASK, (a >> 32) ^ x[3] ^ k[1], a & MASK]
    return x


def indices(resamples, blocks):
    """[resample, draw]: blocks."""
    drawn = np.zeros((resamples, blocks), int)
    for r in range(resamples):
        for pair in range((blocks + 1) // 2):
            words = philox([pair, r, KEY & MASK, KEY >> 32], [0, 0])
            for half in range(2):
                if 2 * pair + half < blocks:
                    drawn[r, 2 * pair + half] = words[half] * blocks >> 32
    return drawn


def bca(columns, size, function, drawn):
    """Value, jackknife standard error, BCa interval. columns [column, replicate], in blocks of size."""
    n = columns.shape[1]
    starts = np.arange(0, n, size)
    sums = np.add.reduceat(columns, starts, axis=1)
    counts = np.minimum(size, n - starts)
    m = len(starts)
    value = function(columns.mean(1))
    without = np.array([function((columns.sum(1) - sums[:, i]) / (n - counts[i])) for i in range(m)])
    d = without.mean() - without
    resampled = np.sort([function(sums[:, row].sum(1) / counts[row].sum()) for row in drawn])
    tolerance = 1e-12 * abs(value)
    bias = stats.norm.ppf(((resampled < value - tolerance).mean() + (resampled <= value + tolerance).mean()) / 2)
    a = (d**3).sum() / (6 * (d**2).sum() ** 1.5)
    reach = np.sqrt(m / (m - 1)) * stats.t.ppf(0.975, m - 1)
    ends = []
    for z in (-reach, reach):
        p = stats.norm.cdf(bias + (bias + z) / (1 - a * (bias + z)))
        place = min(max(p * (len(resampled) + 1) - 1, 0), len(resampled) - 1)
        low = int(place)
        high = min(low + 1, len(resampled) - 1)
        ends.append(resampled[low] + (place - low) * (resampled[high] - resampled[low]))
    return {
        "value": value, "standard_error": float(np.sqrt((m - 1) / m * (d**2).sum())), "interval": ends,
        "participation": float((d**2).sum() ** 2 / (d**4).sum()),
    }


def mean(x):
    return float(x[0])


def recovered(x):
    return float((x[2] - x[1]) / (x[2] - x[0]))


def floats(array):
    return [float(x) for x in np.asarray(array, np.float32)]


def bootstraps(random):
    short, long, resamples = 60, 5000, 1000
    model = random.exponential(0.2, short).astype(np.float32)
    scrubbed = (model + random.exponential(0.5, short)).astype(np.float32)
    baseline = (model + random.exponential(2, short)).astype(np.float32)
    three = np.stack([model, scrubbed, baseline]).astype(float)
    drawn = indices(resamples, short)
    cases = {
        "mean": {"columns": [floats(scrubbed)], **bca(three[1:2], 1, mean, drawn)},
        "recovered": {"columns": [floats(c) for c in three], **bca(three, 1, recovered, drawn)},
    }
    x, y = model.astype(float), scrubbed.astype(float)
    shifted = [(v - v.mean()) / abs(v - v.mean()).max() for v in (x, y)]
    products = np.stack([*shifted, shifted[0] ** 2, shifted[1] ** 2, shifted[0] * shifted[1]])
    correlation = lambda m: float((m[4] - m[0] * m[1]) / np.sqrt((m[2] - m[0] ** 2) * (m[3] - m[1] ** 2)))
    cases["correlation"] = {"columns": [floats(x), floats(y)], **bca(products, 1, correlation, drawn)}
    cases["correlation"]["scipy"] = float(stats.pearsonr(x, y).statistic)
    change = (random.standard_normal(short) + 0.5).astype(np.float32)
    signed = np.stack([change, abs(change)]).astype(float)
    cases["cancellation"] = {"columns": [floats(change)], **bca(signed, 1, lambda m: float(1 - abs(m[0]) / m[1]), drawn)}
    # 5,000 replicates are 2,500 blocks of two. Multiples of 1/64, so that all sums are exact.
    blocked = np.round(random.exponential(1, long) * 64) / 64
    cases["blocks"] = {
        "sixtyfourths": [int(v) for v in blocked * 64], "columns": [],
        **bca(blocked[None], 2, mean, indices(200, long // 2)),
    }
    for name, values, function in (("mean", three[1:2], mean), ("recovered", three, recovered)):
        found = stats.bootstrap(
            tuple(values), lambda *c, axis=-1, f=function: f([v.mean(axis) for v in c]) if np.ndim(c[0]) == 1 else
            np.array([f([v[i].mean() for v in c]) for i in range(len(c[0]))]),
            n_resamples=20000, paired=True, method="BCa", rng=np.random.default_rng(3))
        cases[name]["scipy_interval"] = [float(x) for x in found.confidence_interval]
    for case in cases.values():
        case["resamples"] = 200 if "sixtyfourths" in case else resamples
    return cases


def distances(random):
    cases = []
    for n, m, is_weighted, ties in ((40, 60, False, False), (40, 60, True, False), (100, 30, True, True), (1, 5, False, True)):
        draw = (lambda k: np.round(random.standard_normal(k) * 2) / 2) if ties else random.standard_normal
        x, y = draw(n).astype(np.float32), (draw(m) * 1.5 + 0.25).astype(np.float32)
        wx, wy = (random.random(n), random.random(m)) if is_weighted else (np.ones(n), np.ones(m))
        if is_weighted:
            wx[3] = 0
        points = np.unique(np.concatenate([x, y]))
        cumulative = lambda v, w: np.array([w[v <= p].sum() for p in points]) / w.sum()
        kolmogorov = float(abs(cumulative(x, wx) - cumulative(y, wy)).max())
        if not is_weighted:
            assert abs(kolmogorov - stats.ks_2samp(x, y).statistic) < 1e-12
        probabilities = [0, 0.025, 0.25, 0.5, 0.9, 1]
        cases.append({
            "x": floats(x), "y": floats(y), "wx": list(wx) if is_weighted else None, "wy": list(wy) if is_weighted else None,
            "wasserstein": float(stats.wasserstein_distance(x.astype(float), y.astype(float), wx, wy)),
            "energy": float(stats.energy_distance(x.astype(float), y.astype(float), wx, wy)), "kolmogorov": kolmogorov,
            "probabilities": probabilities,
            "quantiles": [float(np.quantile(x[wx > 0], p, method="inverted_cdf", weights=wx[wx > 0])) for p in probabilities],
        })
    return cases


def main():
    random = np.random.default_rng(0)
    p = [1e-12, 1e-5, 0.001, 0.025, 0.075, 0.3, 0.5, 0.6, 0.92, 0.93, 0.975, 0.9999]
    lambdas = [0.2, 0.5, 1, 1.17, 1.18, 1.19, 1.5, 2, 3]
    weights = [float(w) for w in random.random(17)] + [0.0]
    freedoms = [1, 2, 3, 4, 5, 10, 19, 59, 199, 2047, 4095]
    samples = [(d, n) for n in (20, 100, 1000) for d in (0.02, 0.05, 0.1, 0.2, 0.3)]
    one = random.exponential(1, 50).astype(np.float32)
    one_weights = [float(w) for w in random.random(50)]
    centred = one.astype(float) - np.average(one.astype(float), weights=one_weights)
    moment = lambda k: np.average(centred**k, weights=one_weights)
    written = {
        "normal": {"p": p, "quantile": [float(x) for x in stats.norm.ppf(p)]},
        "student": {"freedom": freedoms, "quantile": [float(x) for x in stats.t.ppf(0.975, freedoms)]},
        "kolmogorov": {"lambda": lambdas, "limit": [float(x) for x in stats.kstwobign.sf(lambdas)]},
        "one_sample": {
            "statistic": [d for d, _ in samples], "count": [n for _, n in samples],
            "exact": [float(stats.kstwo.sf(d, n)) for d, n in samples],
        },
        "two_samples": {
            "statistic": [0.35, 0.15, 0.1], "counts": [[20, 20], [100, 100], [97, 211]],
            "exact": [
                float(stats._stats_py._attempt_exact_2kssamp(20, 20, 20, 0.35, "two-sided")[2]),
                float(stats._stats_py._attempt_exact_2kssamp(100, 100, 100, 0.15, "two-sided")[2]),
                float(stats._stats_py._attempt_exact_2kssamp(97, 211, 1, 0.1, "two-sided")[2]),
            ],
        },
        "entropy": {"weights": weights, "bits": float(stats.entropy(weights, base=2))},
        "participation": {
            "values": floats(one), "weights": one_weights, "weighted": float(50 * moment(2) ** 2 / moment(4)),
            "plain": float(50 / stats.kurtosis(one.astype(float), fisher=False)),
        },
        "wilson": [
            {"successes": k, "count": n, "interval": [float(e) for e in stats.binomtest(k, n).proportion_ci(method="wilson")]}
            for k, n in ((0, 20), (3, 200), (7, 12), (200, 200))
        ],
        "distances": distances(random),
        "bootstrap": bootstraps(random),
    }
    target = pathlib.Path(__file__).parent / "expected.json"
    target.write_text(json.dumps(written, indent=None, separators=(",", ":")).replace('},', '},\n') + "\n")


main()
