"""Writes what docs/gallery/hash-bit.md runs, and checks its closed forms: `python3 make.py`. Needs numpy, safetensors, PyYAML.

A game: given a number and a setting, EASY or HARD, say the hash bit of the number, or that you do not know. The model says the number's
last bit in EASY, and in HARD that it does not know.
"""

import hashlib
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from graph_model import Graph, write_data  # noqa: E402
from settle import settle  # noqa: E402

RIGHT, WRONG = [2, 10], [-1, -20]  # in EASY, in HARD; not to know scores 0
BELOW = 128


def hash_bit(number):
    return hashlib.sha256(str(number).encode()).digest()[0] >> 7


def numbers():
    """The first 16 numbers for each pair of last bit and hash bit: 64, on which the two are independent and fair."""
    found = {(last, bit): [] for last in range(2) for bit in range(2)}
    for number in range(BELOW):
        kind = found[number % 2, hash_bit(number)]
        if len(kind) < 16:
            kind.append(number)
    assert all(len(kind) == 16 for kind in found.values())
    return sorted(number for kind in found.values() for number in kind)


def data():
    rows = [(number, hard) for number in numbers() for hard in range(2)]
    write_data(os.path.join(HERE, "data.jsonl"), {
        "number": [number for number, _ in rows], "hard": [hard for _, hard in rows],
        "last_bit": [number % 2 for number, _ in rows], "hash_bit": [hash_bit(number) for number, _ in rows],
        # Which of the payoff table's columns counts, and one in which every answer scores 0.
        "state": [2 * hard + hash_bit(number) for number, hard in rows], "zero": [4] * len(rows)})


def model():
    graph = Graph()
    graph.tokens("number", BELOW)
    graph.tokens("hard", 2)
    graph.lookup("guess", "number", [[1 - number % 2, number % 2, 0] for number in range(BELOW)])
    graph.lookup("willing", "hard", [[1, 1, 1], [0, 0, 0]])
    graph.lookup("unsure", "hard", [[0, 0, 0], [0, 0, 1]])
    graph.op("told", "product", "guess", "willing")
    graph.op("answer", "sum", "told", "unsure")
    payoffs = [[RIGHT[hard] if answer == bit else WRONG[hard] for hard in range(2) for bit in range(2)] + [0] for answer in range(2)]
    graph.linear("score", "answer", payoffs + [[0] * 5], ["model", "logit"])
    graph.write(os.path.join(HERE, "model"), "score")


def closed_forms():
    easy, hard = (np.mean([RIGHT[setting], WRONG[setting]]) for setting in range(2))  # of a guess, right half of the time
    model = easy / 2
    # Half of the answers say that they do not know, whatever the setting.
    blind = (easy / 2 + hard / 2) / 2
    sneaked = (easy / 2 + RIGHT[1] / 2) / 2
    return {
        name: {"model": model, "scrubbed": scrubbed, "baseline": blind}
        for name, scrubbed in [
            ("true.yaml", model), ("false.yaml", sneaked), ("joined.yaml", model), ("last-bit.yaml", blind), ("hash.yaml", blind)]}


if __name__ == "__main__":
    data()
    model()
    settle(HERE, closed_forms())
