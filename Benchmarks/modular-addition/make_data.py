"""All pairs of numbers below 113 with the columns that describe them: writes pairs.npz.

    python make_data.py
"""
from pathlib import Path

import numpy as np

P = 113
EQUALS = P
HERE = Path(__file__).parent


def columns():
    """One row for each ordered pair, b counting fastest; `pair` numbers the unordered pairs."""
    a, b = (side.ravel() for side in np.divmod(np.arange(P * P), P))
    small, large = np.minimum(a, b), np.maximum(a, b)
    return {
        "tokens": np.stack([a, b, np.full(P * P, EQUALS)], axis=1).astype(np.uint8),
        "label": ((a + b) % P).astype(np.uint8),
        "a": a.astype(np.uint8),
        "b": b.astype(np.uint8),
        "sum": ((a + b) % P).astype(np.uint8),
        "product": (a * b % P).astype(np.uint8),
        "pair": (large * (large + 1) // 2 + small).astype(np.int32),
    }


def main():
    table = columns()
    np.savez_compressed(HERE / "pairs.npz", **table)
    for name, column in table.items():
        print(f"{name}: {column.shape}, {len(np.unique(column, axis=0))} values")


if __name__ == "__main__":
    main()
