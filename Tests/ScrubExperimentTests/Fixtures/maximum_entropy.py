"""The distributions of largest entropy that keep, at every claim, what a consistent datum shows of its children.

Writes maximum_entropy.json beside itself. Nothing is drawn here and no order of draws is known: each hypothesis is a list of
constraints, one for each claim, and the distribution over the inputs is found by iterative proportional fitting from the uniform one
(I. Csiszar, "I-divergence geometry of probability distributions and minimization problems", 1975, doi:10.1214/aop/1176996454: it
converges to the distribution nearest to the uniform one, which is that of largest entropy). What comes out is checked by the
conditions of the maximum: the constraints hold, and the logarithm of the probabilities is a sum of functions of the cells.

An input is a row of D; a constraint tells, for a choice of rows for all inputs, what the claim's children show, and for one row what
they show where it stands everywhere.

Needs numpy.
"""

import itertools
import json
import os

import numpy as np

# p, q, r: correlated. Weights of the rows.
ROWS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 2, 2], [2, 1, 2]]
WEIGHTS = [1, 2, 1, 3, 2, 1]


def p(row):
    return ROWS[row][0]


def q(row):
    return ROWS[row][1]


def r(row):
    return ROWS[row][2]


def leaves(count):
    """Each input is distributed as a row of D is."""
    return [(lambda x, i=i: x[i]) for i in range(count)]


# By hypothesis: the inputs, by the paths of their claims, and the constraints but for those of the inputs themselves.
HYPOTHESES = {
    # a = p + q and c = r, claimed by them.
    "sum": (
        ["a/p", "a/q", "c"],
        [lambda x: (p(x[0]) + q(x[1]), r(x[2])), lambda x: (p(x[0]), q(x[1]))],
    ),
    # m = a + c, a = p + q, c = r; besides m, b is claimed by p.
    "chain": (
        ["m/a/p", "m/a/q", "m/c", "b"],
        [
            lambda x: (p(x[0]) + q(x[1]) > r(x[2]), p(x[3])),
            lambda x: (p(x[0]) + q(x[1]), r(x[2])),
            lambda x: (p(x[0]), q(x[1])),
        ],
    ),
    # a = p + q keeps whether p > 0; other inputs are drawn apart.
    "others": (["a/p", "a/others", "output/others"], [lambda x: p(x[0]) > 0]),
}


def solve(inputs, constraints):
    count, total = len(ROWS), sum(WEIGHTS)
    states = list(itertools.product(range(count), repeat=len(inputs)))
    kept = []
    for shown in constraints + leaves(len(inputs)):
        target = {}
        for row in range(count):
            cell = shown([row] * len(inputs))
            target[cell] = target.get(cell, 0) + WEIGHTS[row] / total
        numbers = {cell: number for number, cell in enumerate(target)}
        cells = np.array([numbers.get(shown(x), -1) for x in states])
        kept.append((cells, np.array(list(target.values()))))
    probabilities = np.full(len(states), 1 / len(states))
    for cells, _ in kept:
        probabilities[cells < 0] = 0
    for _ in range(100_000):
        before = probabilities.copy()
        for cells, target in kept:
            inside = cells >= 0
            masses = np.bincount(cells[inside], probabilities[inside], minlength=len(target))
            probabilities[inside] *= (target / masses)[cells[inside]]
        if np.abs(probabilities - before).max() < 1e-17:
            break
    check(probabilities, kept)
    positive = probabilities[probabilities > 0]
    return probabilities, -(positive * np.log2(positive)).sum()


def check(probabilities, kept):
    """The conditions of the maximum (Karush, Kuhn and Tucker)."""
    for cells, target in kept:
        masses = np.bincount(cells[cells >= 0], probabilities[cells >= 0], minlength=len(target))
        assert np.abs(masses - target).max() < 1e-14
    support = probabilities > 0
    indicators = np.concatenate([np.eye(len(target))[cells[support]] for cells, target in kept], axis=1)
    logs = np.log(probabilities[support])
    solution = np.linalg.lstsq(indicators, logs, rcond=None)[0]
    assert np.abs(indicators @ solution - logs).max() < 1e-10


def main():
    answers = {}
    for name, (inputs, constraints) in HYPOTHESES.items():
        probabilities, bits = solve(inputs, constraints)
        answers[name] = {"inputs": inputs, "bits": float(bits), "probabilities": [float(x) for x in probabilities]}
    fixture = {"rows": ROWS, "weights": WEIGHTS, "hypotheses": answers}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "maximum_entropy.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(fixture, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
