"""Writes tracr-hist/causal.npz and tracr-frac-prevs/causal.npz: every string of full length, and the variable that each
node of the compiled programs holds.

Everything is computed from the strings alone. Position 0 is BOS in every array column; positions 1.. are the symbols.
The last symbol changes fastest.
"""
import itertools
import os

import numpy as np


def strings(bos, symbols, length):
    return np.array([(bos, *s) for s in itertools.product(symbols, repeat=length)], dtype=np.uint8)


def hist():
    bos, a, b, c = 0, 1, 2, 3
    tokens = strings(bos, (a, b, c), 8)
    symbols = tokens[:, 1:]
    counts = np.zeros(tokens.shape, dtype=np.uint8)  # counts[i]: how often symbol i occurs in the string; 0 at BOS
    counts[:, 1:] = (symbols[:, :, None] == symbols[:, None, :]).sum(-1)
    return {
        "tokens": tokens,
        "hist": counts,
        "width": 1.0 / (1.0 + counts),       # hist_10_selector_width_attn_output: what head 0.0 writes
        "often": (counts >= 3).astype(np.uint8),  # for the edits: coarser than hist
        "is_a": (tokens == a).astype(np.uint8),   # for the edits: coarser than tokens
    }


def frac_prevs():
    bos, w, x, y, z = 0, 2, 3, 4, 5
    tokens = strings(bos, (w, x, y, z), 5)
    is_x = tokens == x
    before = np.cumsum(is_x, axis=1)          # the x's at positions 1 to i
    return {
        "tokens": tokens,
        "is_x": is_x.astype(np.uint8),                        # map_9
        "frac_prevs": before / np.maximum(np.arange(6), 1),   # frac_prevs_7; 0 at BOS
        "some_x": (before > 0).astype(np.uint8),              # for the edits: coarser than frac_prevs
        "is_wx": ((tokens == w) | is_x).astype(np.uint8),     # for the edits: coarser than is_x and off it
        "is_y": (tokens == y).astype(np.uint8),               # for the edits: another symbol
    }


if __name__ == "__main__":
    folder = os.path.dirname(os.path.abspath(__file__))
    np.savez_compressed(os.path.join(folder, "tracr-hist", "causal.npz"), **hist())
    np.savez_compressed(os.path.join(folder, "tracr-frac-prevs", "causal.npz"), **frac_prevs())
