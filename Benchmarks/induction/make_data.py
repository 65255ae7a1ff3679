"""Sequences in which segments return, and the data set data.npz.

    python make_data.py
"""
import argparse
from pathlib import Path

import numpy as np

START = 0
N_VOCAB = 64
N_CTX = 64
SHORTEST, LONGEST = 4, 12
CHANCE = 0.15
HERE = Path(__file__).parent

# Of the 63 tokens after START, token t has a share in proportion to 1 / (t + 20): the first is 4 times as common as
# the last.
SHARES = 1 / (np.arange(1, N_VOCAB) + 20)
SHARES /= SHARES.sum()


def sequences(rng, rows):
    """Tokens [rows, N_CTX], and at each position how many tokens of the returning segment it is in came before
    it, -1 outside. A segment of 4 to 12 tokens may begin at any position that is in none, with chance 0.15; it repeats
    any stretch that ended before it. The other tokens are drawn independently."""
    tokens = np.empty((rows, N_CTX), dtype=np.uint8)
    tokens[:, 0] = START
    place = np.full((rows, N_CTX), -1, dtype=np.int8)
    each = np.arange(rows)
    source, left, told = (np.zeros(rows, dtype=int) for _ in range(3))
    for position in range(1, N_CTX):
        length = rng.integers(SHORTEST, LONGEST + 1, rows)
        begins = (left == 0) & (rng.random(rows) < CHANCE) & (position > length)
        left = np.where(begins, length, left)
        source = np.where(begins, 1 + (rng.random(rows) * (position - length)).astype(int), source)
        told = np.where(begins, 0, told)
        inside = left > 0
        fresh = rng.choice(np.arange(1, N_VOCAB), rows, p=SHARES)
        tokens[:, position] = np.where(inside, tokens[each, source], fresh)
        place[:, position] = np.where(inside, told, -1)
        source, left, told = source + inside, left - inside, told + inside
    return tokens, place


def told_by_induction(tokens, place):
    """1 where the token is in a returning segment, not its first, and every earlier occurrence of the token before
    it was followed by it."""
    repeated = np.zeros(tokens.shape, dtype=np.uint8)
    for position in range(2, N_CTX):
        before, after = tokens[:, :position - 1], tokens[:, 1:position]
        same = before == tokens[:, position - 1:position]
        agrees = (after == tokens[:, position:position + 1]) | ~same
        repeated[:, position] = (place[:, position] > 0) & same.any(1) & agrees.all(1)
    return repeated


def data(rng, rows):
    """Rows with at least one token that can be told."""
    tokens, place = sequences(rng, 2 * rows)
    repeated = told_by_induction(tokens, place)
    kept = np.flatnonzero(repeated.any(1))[:rows]
    return {"tokens": tokens[kept], "repeated": repeated[kept]}, place[kept]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2048)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    table, place = data(np.random.default_rng(arguments.seed), arguments.rows)
    np.savez_compressed(HERE / "data.npz", **table)
    print(f"{len(place)} rows; {(place >= 0).mean():.4f} of the tokens are in returning segments, "
          f"{table['repeated'].mean():.4f} can be told")


if __name__ == "__main__":
    main()
