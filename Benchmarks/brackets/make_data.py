"""Paren strings, the columns that describe them, and the data set `parens.npz`.

    python make_data.py                 writes parens.npz
    python make_data.py --check PATH    compares the columns with those of another .npz that holds `tokens`
"""
import argparse
from pathlib import Path

import numpy as np

START, PAD, END, OPEN, CLOSE = range(5)
MAX_PARENS = 40
N_CTX = MAX_PARENS + 2
HERE = Path(__file__).parent


def tokenise(signs, lengths):
    """START, the first `lengths[r]` parens of row r (+1 open, -1 closed), END, then PAD up to 42 tokens."""
    rows = len(signs)
    tokens = np.full((rows, N_CTX), PAD, dtype=np.uint8)
    tokens[:, 0] = START
    inside = np.arange(MAX_PARENS) < lengths[:, None]
    tokens[:, 1:-1][inside] = np.where(signs > 0, OPEN, CLOSE)[inside]
    tokens[np.arange(rows), lengths + 1] = END
    return tokens


def random_strings(rng, lengths):
    """Every paren by a fair coin."""
    return rng.choice(np.array([-1, 1], dtype=np.int8), size=(len(lengths), MAX_PARENS))


def even_strings(rng, lengths):
    """As many open as closed parens (lengths are even), in random order."""
    signs = np.zeros((len(lengths), MAX_PARENS), dtype=np.int8)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        half = np.tile(np.repeat(np.array([1, -1], dtype=np.int8), length // 2), (len(rows), 1))
        signs[rows, :length] = rng.permuted(half, axis=1)
    return signs


def balanced_strings(rng, lengths):
    """Uniform among the balanced strings of each (even) length, by the cycle lemma."""
    signs = np.zeros((len(lengths), MAX_PARENS), dtype=np.int8)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        cycle = np.append(np.ones(length // 2, np.int8), -np.ones(length // 2 + 1, np.int8))
        cycle = rng.permuted(np.tile(cycle, (len(rows), 1)), axis=1)
        start = np.cumsum(cycle, axis=1).argmin(axis=1)[:, None] + 1
        turn = (start + np.arange(length)) % (length + 1)
        signs[rows, :length] = np.take_along_axis(cycle, turn, axis=1)
    return signs


def mixture(rng, rows):
    """Tokens of strings of even length 2 to 40: 76% random, of any length alike; 24% balanced and mostly short,
    a length being as likely as a random string of that length is to be balanced."""
    halves = np.arange(1, MAX_PARENS // 2 + 1)
    weights = np.cumprod((2 * halves - 1) / (2 * halves + 2))
    balanced = rng.random(rows) < 0.24
    lengths = 2 * np.where(balanced, rng.choice(halves, rows, p=weights / weights.sum()), rng.choice(halves, rows))
    signs = random_strings(rng, lengths)
    signs[balanced] = balanced_strings(rng, lengths[balanced])
    return tokenise(signs, lengths)


def columns(tokens):
    """The feature columns of each row; p[i] is the fraction of open parens among the parens at i and after."""
    is_open = tokens == OPEN
    is_paren = is_open | (tokens == CLOSE)
    opens = np.cumsum(is_open[:, ::-1], axis=1)[:, ::-1]
    parens = np.cumsum(is_paren[:, ::-1], axis=1)[:, ::-1]
    too_open = 2 * opens > parens
    open_fraction = opens[:, 0] / parens[:, 0]
    count = 2 * opens[:, 0] == parens[:, 0]
    horizon = ~too_open.any(axis=1)
    starts_open = is_open[:, 1]

    before_end = np.pad(is_open, ((0, 0), (1, 0)))[:, :-1]
    horizon_at = np.where(too_open, 3, 4)
    horizon_at[tokens == END] = np.where(before_end, 1, 2)[tokens == END]
    horizon_at[tokens == PAD] = 0
    return {
        "tokens": tokens,
        "balanced": (count & horizon).astype(np.uint8),
        "count": count.astype(np.uint8),
        "horizon": horizon.astype(np.uint8),
        "starts_open": starts_open.astype(np.uint8),
        "p1_if_starts_open": np.where(starts_open, open_fraction, -1.0),
        "open_fraction": open_fraction,
        "length": (tokens != PAD).sum(axis=1).astype(np.uint8),
        "horizon_at": horizon_at.astype(np.int8),
        "horizon_all": (~np.isin(horizon_at, (1, 3)).any(axis=1)).astype(np.uint8),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check", metavar="PATH", help="an .npz with `tokens` and columns to compare ours with")
    arguments = parser.parse_args()

    if arguments.check:
        theirs = np.load(arguments.check)
        ours = columns(theirs["tokens"])
        for name in sorted(set(ours) & set(theirs.files)):
            print(f"{name}: {'agrees' if np.array_equal(ours[name], theirs[name]) else 'DIFFERS'}")
        return
    table = columns(mixture(np.random.default_rng(arguments.seed), arguments.rows))
    np.savez_compressed(HERE / "parens.npz", **table)
    for name in ("balanced", "count", "horizon", "starts_open", "horizon_all"):
        print(f"{name}: {table[name].mean():.4f}")


if __name__ == "__main__":
    main()
