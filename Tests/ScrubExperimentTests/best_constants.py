#!/usr/bin/env python3
"""The best expected value of each measure over constant outputs, found by search, for BestConstantCase.swift.

The rows are those of MeasuredRows.swift. Losses are minimised numerically over the constant outputs, not by a formula;
accuracy and probability are tried for every class at every position."""

import numpy as np
from scipy.optimize import minimize

ROWS = range(8)
V = np.array([1, 1, 2, 0, 1, 1, 1, 1]) / 8


def labels(outputs, name):
    classes = max(2, outputs)
    if name == "y":
        return np.array([[[0, 1, 1, 2, 1, 0, 1, 2][r] % classes] for r in ROWS])
    return np.array([[r * (p + 1) % classes for p in range(3)] for r in ROWS])


def masks():
    return np.array([[1 + r % 2, r % 3, (r + 1) % 4] for r in ROWS], dtype=float)


def targets(outputs):
    return np.array([[(r * 7 + e * 5) % 11 / 4 - 1 for e in range(3 * outputs)] for r in ROWS])


def cross_entropy(outputs, name, masked):
    y, classes = labels(outputs, name), max(2, outputs)
    w = masks() if masked else np.ones(y.shape)
    w = w / w.sum(axis=1, keepdims=True)

    def loss(flat):
        logits = flat.reshape(y.shape[1], classes)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return -sum(V[r] * w[r, p] * logs[p, y[r, p]] for r in ROWS for p in range(y.shape[1]))

    return minimize(loss, np.zeros(y.shape[1] * classes), tol=1e-12).fun


def share(outputs, name, masked):
    y = labels(outputs, name)
    w = masks() if masked else np.ones(y.shape)
    w = w / w.sum(axis=1, keepdims=True)
    return sum(
        max(sum(V[r] * w[r, p] * (y[r, p] == c) for r in ROWS) for c in range(max(2, outputs)))
        for p in range(y.shape[1])
    )


def squared(outputs):
    t = targets(outputs)
    return minimize(lambda c: V @ ((t - c) ** 2).sum(axis=1), np.zeros(t.shape[1]), tol=1e-12).fun


def absolute(outputs):
    t = targets(outputs)
    grid = np.arange(-1, 2, 0.25)  # a median lies on a target
    return sum(min(V @ abs(t[:, e] - c) for c in grid) for e in range(t.shape[1]))


print("cross_entropy y 3", cross_entropy(3, "y", False))
print("cross_entropy at 3", cross_entropy(3, "at", False))
print("cross_entropy at masked 3", cross_entropy(3, "at", True))
print("binary_cross_entropy at 1", cross_entropy(1, "at", False))
print("binary_cross_entropy at masked 2", cross_entropy(2, "at", True))
print("accuracy y 3", share(3, "y", False))
print("accuracy at masked 1", share(1, "at", True))
print("probability at 3", share(3, "at", False))
print("squared_error 2", squared(2))
print("mean_squared_error 2", squared(2) / 6)
print("absolute_error 2", absolute(2))
