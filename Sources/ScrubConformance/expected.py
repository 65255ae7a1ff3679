"""What the conformance cases must give, in float64 and better, from the ops' definitions.

Reads the cases as JSON from standard input and writes, for each, a line `# name` and the numbers of its roots to standard output.
The test `ExpectedTests` sends the cases, and compares or records the answer. Nothing here is ported from an engine: losses are taken
from their definition in 160-digit decimals, where no stable form is needed; the rest is numpy in float64.

Needs numpy and the standard library.
"""

import hashlib
import json
import math
import sys
from decimal import Decimal, getcontext

import numpy as np

getcontext().prec = 160


# --- Inputs: the random stream and the fills -----------------------------------------------------------------------------------


def philox4x32(counter, key, rounds=10):
    """Salmon et al. 2011, figure 2 and table 2. `counter` is four arrays and `key` two integers of 32 bits."""
    low, shift = np.uint64(0xFFFFFFFF), np.uint64(32)
    r0, l0, r1, l1 = (np.asarray(word, dtype=np.uint64) for word in counter)
    k0, k1 = key
    for _ in range(rounds):
        first, second = np.uint64(0xD2511F53) * r0, np.uint64(0xCD9E8D57) * r1
        r0, l0, r1, l1 = (
            (second >> shift) ^ l0 ^ np.uint64(k0),
            second & low,
            (first >> shift) ^ l1 ^ np.uint64(k1),
            first & low,
        )
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return r0, l0, r1, l1


def random_bits(key, count):
    """64 bits for each of `count` replicates, seed 0; the key is the first eight bytes of a SHA-256."""
    name = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    replicate = np.arange(count, dtype=np.uint64)
    words = np.zeros_like(replicate) + np.uint64(name % 2**32), np.zeros_like(replicate) + np.uint64(name >> 32)
    block = philox4x32((replicate, np.zeros_like(replicate), *words), (0, 0))
    return block[1] << np.uint64(32) | block[0]


def fill(rule, key, count):
    """The elements of an input, as exact float64."""
    (kind, a), = rule.items()
    if kind == "uniform":
        unit = (random_bits(key, count) >> np.uint64(11)).astype(np.float64) * 2.0**-53
        values = a["low"] + (a["high"] - a["low"]) * unit
        return values.astype(np.float32).astype(np.float64)
    if kind == "integers":
        offsets = random_bits(key, count) % np.uint64(a["high"] - a["low"])
        return offsets.astype(np.float64) + a["low"]
    values = np.array([float(value) for value in a["_0"]], dtype=np.float32)
    return np.resize(values, count).astype(np.float64)


# --- Ops, each for one row -----------------------------------------------------------------------------------------------------


def single(number):
    """An attribute as the float32 it is stored as."""
    return float(np.float32(number))


def activation(a, x):
    if a["function"] == "relu":
        return np.where(np.isnan(x), x, np.maximum(x, 0))
    if a["function"] == "gelu":  # Φ(x) = erfc(-x / √2) / 2 loses nothing in the left tail
        return x * np.vectorize(math.erfc)(-x / math.sqrt(2)) / 2
    return x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def attention_pattern(a, q, k, mask=None):
    scores = single(a["scale"]) * np.einsum("qd,kd->qk", q, k)
    if mask is not None:
        scores = np.where(mask == 0, -1e5, scores)
    if a["causal"]:
        standing = np.array(a.get("queries") or range(len(q)))
        scores = np.where(np.arange(len(k)) > standing[:, None], -np.inf, scores)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def attention(a, q, k, v, mask=None):
    return attention_pattern(a, q, k, mask) @ v


def merge_sources(a, rest, *given):
    query, source = np.indices(rest.shape)
    if a.get("queries") is not None:
        query = np.array(a["queries"])[:, None]
    merged = rest
    for part, pattern in reversed(list(zip(a["parts"], given))):
        (kind, listed), = part.items()
        merged = np.where(np.isin(query - source if kind == "offsets" else source, listed), pattern, merged)
    return merged


def log_partition(logits):
    return sum(Decimal(float(logit)).exp() for logit in logits).ln()


def log_probabilities(logits):
    """-log softmax, a Decimal for each logit."""
    total = log_partition(logits)
    return [total - Decimal(float(logit)) for logit in logits]


def softplus(x):
    return (1 + x.exp()).ln()


def log_odds(logits):
    """For each position the logit of label 1 against label 0."""
    return [Decimal(float(row[-1])) - (Decimal(float(row[0])) if len(row) == 2 else 0) for row in logits]


def weighted_mean(values, weights):
    """The mean, or the sum of weight times value. The value at weight 0 is not asked for: they are functions."""
    if weights is None:
        return float(sum(value() for value in values) / len(values))
    return float(sum(Decimal(float(w)) * value() for value, w in zip(values, weights) if w != 0))


def binary_cross_entropy(a, logits, labels, weights=None):
    pairs = zip(log_odds(logits), labels)
    return weighted_mean([lambda l=l, y=y: softplus(-l if y == 1 else l) for l, y in pairs], weights)


def expected_binary_cross_entropy(a, logits, probability):
    if np.ndim(probability) == 2:
        pairs = zip(log_odds(logits), probability)
        return float(sum(Decimal(float(p[0])) * softplus(l) + Decimal(float(p[1])) * softplus(-l) for l, p in pairs))
    losses = [
        Decimal(float(p)) * softplus(-l) + (1 - Decimal(float(p))) * softplus(l)
        for l, p in zip(log_odds(logits), probability)
    ]
    return float(sum(losses) / len(losses))


def cross_entropy(a, logits, labels, weights=None):
    total = Decimal(0)
    for p, (row, y) in enumerate(zip(logits, labels)):
        weight = Decimal(1) / len(labels) if weights is None else Decimal(float(weights[p]))
        if weight != 0:
            total += weight * log_probabilities(row)[int(y)]
    return float(total)


def expected_cross_entropy(a, logits, probability):
    rows = zip(logits, probability)
    return float(sum(Decimal(float(p)) * loss for row, ps in rows for p, loss in zip(ps, log_probabilities(row))))


def classes(row):
    """The logits of a position's classes, exactly: 0 and the logit where there is one."""
    return [Decimal(0)] * (len(row) == 1) + [Decimal(float(logit)) for logit in row]


def label_scores(kind, row):
    """What a position gives to each class."""
    logits = classes(row)
    if kind == "logit":
        return logits
    if kind == "margin":
        return [l - (sum(logits) - l) / (len(logits) - 1) for l in logits]
    if kind == "probability":
        return [1 / sum((other - l).exp() for other in logits) for l in logits]
    return [Decimal(int(y == logits.index(max(logits)))) for y in range(len(logits))]


def label_score(a, logits, labels, weights=None):
    pairs = zip(logits, labels)
    return weighted_mean([lambda row=row, y=y: label_scores(a["kind"], row)[int(y)] for row, y in pairs], weights)


def label_logit(a, x, w, labels, *rest):
    bias, weights = (rest[0], rest[1:]) if a["biased"] else (np.zeros(w.shape[1]), rest)

    def logit(row, y):
        terms = [Decimal(float(s)) * Decimal(float(t)) for s, t in zip(row, w[:, y])]
        return sum(terms, Decimal(float(bias[y])))

    return weighted_mean(
        [lambda row=row, y=y: logit(row, int(y)) for row, y in zip(x, labels)], weights[0] if weights else None
    )


def expected_label_score(a, logits, probability):
    rows = zip(logits, probability)
    return float(sum(Decimal(float(p)) * f for row, ps in rows for p, f in zip(ps, label_scores(a["kind"], row))))


def kl_divergence(a, p, q):
    total = Decimal(0)
    for p_logits, q_logits in zip(map(classes, p), map(classes, q)):
        # The term that both logarithms share cancels only once they are added up.
        (s, r) = (sum(l.exp() for l in logits) for logits in (p_logits, q_logits))
        total += sum(x.exp() / s * (x - y) for x, y in zip(p_logits, q_logits)) + r.ln() - s.ln()
    return float(total / len(p))


def embed(a, tokens, words, places=None):
    at = a["positions"] if a.get("positions") is not None else list(range(len(tokens)))
    embedded = words[tokens[at].astype(int)]
    return embedded if places is None else embedded + places[at]


def layer_norm(a, x, w=None, b=None):
    centred = x - x.mean(axis=-1, keepdims=True)
    y = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + single(a["epsilon"]))
    return y if w is None else y * w + b


def linear(a, x, w, b=None):
    y = np.einsum("...i,io->...o", x, w)
    return y if b is None else y + b


def squares(x):
    return math.fsum((x**2).ravel())


OPS = {
    "absoluteError": lambda a, x, target: single(a["scale"]) * math.fsum(abs(x - target).ravel()),
    "activation": activation,
    "attention": attention,
    "attentionPattern": attention_pattern,
    "binaryCrossEntropy": binary_cross_entropy,
    "crossEntropy": cross_entropy,
    "difference": lambda a, x, y: x - y,
    "embed": embed,
    "expectedBinaryCrossEntropy": expected_binary_cross_entropy,
    "expectedCrossEntropy": expected_cross_entropy,
    "expectedLabelScore": expected_label_score,
    "expectedSquaredError": lambda a, x, mean, variance: single(a["scale"]) * (squares(x - mean) + variance),
    "klDivergence": kl_divergence,
    "labelLogit": label_logit,
    "labelScore": label_score,
    "layerNorm": layer_norm,
    "linear": linear,
    "lookup": lambda a, index, table: table[int(index)],
    "mergePositions": lambda a, *x: np.stack([x[pick["input"]][pick["position"]] for pick in a["picks"]]),
    "mergeSources": merge_sources,
    "mixValues": lambda a, pattern, v: pattern @ v,
    "outer": lambda a, s, d: np.multiply.outer(np.broadcast_to(s, a["positions"]), d),
    "paddingMask": lambda a, tokens: (tokens != a["token"]).astype(np.float64),
    "product": lambda a, x, y: x * y,
    "selectPositions": lambda a, x: x[a["positions"]],
    "squaredError": lambda a, x, target: single(a["scale"]) * squares(x - target),
    "sum": lambda a, *terms: sum(terms[1:], terms[0]),
}


# --- Plans ---------------------------------------------------------------------------------------------------------------------


def resample_gather(terms, sources, tables):
    """Each term's rows, its positions placed where they go, added in order."""
    total = None
    for term, source in zip(terms, sources):
        rows = source if term.get("table") is None else source[tables[term["table"]]]
        if term.get("positions") is not None:
            placed = np.zeros((len(rows), len(term["positions"])) + rows.shape[2:])
            for place, position in enumerate(term["positions"]):
                if position is not None:
                    placed[:, place] = rows[:, position]
            rows = placed
        total = rows if total is None else total + rows
    return total


def run(case):
    """The roots' elements, one root after the other."""
    values = {}
    for bound in case["inputs"]:
        declared = case["values"][bound["value"]]
        sizes = ([case["datasetRows"]] if declared["rows"] == "dataset" else []) + declared["sizes"]
        values[bound["value"]] = fill(bound["fill"], bound["key"], math.prod(sizes)).reshape(sizes)
    for step in case["steps"]:
        (name, attributes), = step["op"].items()
        operands = [values[number] for number in step["inputs"]]
        output = case["values"][step["output"]]
        if name == "gather":
            values[step["output"]] = operands[0][case["tables"][attributes["table"]]]
            continue
        if name == "resampleGather":
            values[step["output"]] = resample_gather(attributes["terms"], operands, case["tables"])
            continue
        constant = [case["values"][number]["rows"] == "constant" for number in step["inputs"]]
        rows = case["datasetRows"] if output["rows"] == "dataset" else case["replicates"]
        values[step["output"]] = np.stack([
            np.asarray(OPS[name](attributes, *(x if fixed else x[r] for x, fixed in zip(operands, constant))), dtype=np.float64)
            for r in range(rows)
        ])
    return np.concatenate([values[number].ravel() for number in case["roots"]])


def main():
    for case in json.load(sys.stdin):
        numbers = [f"{x:.10g}" for x in run(case)[case["recorded"]]]
        print("#", case["name"])
        line = ""
        for number in numbers:
            if len(line) + len(number) > 110:
                print(line)
                line = ""
            line += (" " if line else "") + number
        print(line)


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
