"""The paren experiments' dataset, draws and behaviour: what the three rivals share."""

import math

import numpy
import torch
from torch.nn import functional

PAD = 1
HEADS = ("a1.h0", "a2.h0", "a2.h1")


class Strings:
    """The dataset with equal rows put together, in order of length: `place[row]` is the number of the distinct string."""

    def __init__(self, columns, direction, device):
        with numpy.load(columns) as file:
            tokens = file["tokens"]
            labels = file["balanced"]
            phi = file["phi_scale"]
        # Rows are told apart by a random linear hash, several times faster than by sorting rows; then checked.
        hashes = tokens.astype(numpy.uint64) @ numpy.random.default_rng(0).integers(
            1, 2**63, tokens.shape[1], dtype=numpy.uint64
        )
        _, first, place, counts = numpy.unique(hashes, return_index=True, return_inverse=True, return_counts=True)
        order = numpy.argsort((tokens[first] != PAD).sum(1), kind="stable")
        first, counts, place = first[order], counts[order], numpy.argsort(order)[place]
        assert (tokens[first][place] == tokens).all(), "two strings have one hash"
        self.place = torch.from_numpy(place).to(device)
        self.tokens = torch.from_numpy(tokens[first].astype(numpy.int64)).to(device)
        self.mask = self.tokens != PAD
        self.lengths = self.mask.sum(1)
        self.phi = torch.from_numpy(phi[first].astype(numpy.float32)).to(device)
        self.labels = torch.from_numpy(labels.astype(numpy.float32)).to(device)
        self.share = torch.from_numpy(counts / len(tokens)).to(device)
        self.first = torch.from_numpy(first).to(device)
        self.direction = torch.from_numpy(direction.copy()).to(device)

    def figures(self, logit):
        """The exact model and baseline, from the plain logit of each distinct string."""
        right = loss(logit, self.labels[self.first])
        ones = float(self.labels.mean())
        apart = ones * functional.softplus(-logit) + (1 - ones) * functional.softplus(logit)
        return {
            "model": float((right.double() * self.share).sum()),
            "baseline": float((apart.double() * self.share).sum()),
        }


class Draws:
    """The rows that Scrubjay drew, as numbers of distinct strings, and the losses that they must give."""

    def __init__(self, path, strings, samples=None):
        with numpy.load(path) as file:
            tables = {key: file[key][:samples] for key in file.files}
        # Scrubjay's exports call the losses so, the golden replays otherwise.
        self.expected = torch.from_numpy(tables.pop("scrubbed" if "scrubbed" in tables else "loss"))
        tables.pop("logits", None)
        device = strings.place.device
        self.labels = strings.labels[torch.from_numpy(tables["reference"]).long().to(device)]
        self.rows = {key: strings.place[torch.from_numpy(rows).long().to(device)] for key, rows in tables.items()}
        self.count = len(self.labels)

    def __contains__(self, key):
        return key in self.rows

    def __getitem__(self, key):
        return self.rows[key]

    def part(self, chosen):
        """The draws of some replicates: a slice, or their numbers."""
        part = object.__new__(Draws)
        part.expected, part.labels = None, self.labels[chosen]
        part.rows = {key: rows[chosen] for key, rows in self.rows.items()}
        part.count = len(part.labels)
        return part

    def below(self, key):
        """The tables of a claim and of all that stand below it: on nothing else does its value depend."""
        return {name: rows for name, rows in self.rows.items() if name == key or name.startswith(key + "/")}


class Memo:
    """Values that several experiments need, kept with the draws they belong to."""

    def __init__(self):
        self.kept = {}

    def get(self, name, tables, compute):
        """The value kept for equal tables, else a new one."""
        kept = self.kept.setdefault(name, [])
        for before, value in kept:
            if before.keys() == tables.keys() and all(torch.equal(before[key], tables[key]) for key in tables):
                return value
        kept.append((tables, compute()))
        return kept[-1][1]


def loss(logit, labels):
    """Binary cross-entropy of logit[1] - logit[0]."""
    return functional.softplus(torch.where(labels > 0.5, -logit, logit))


def figures(losses):
    return {
        "scrubbed": float(losses.double().mean()),
        "standard_error": float(losses.double().std()) / math.sqrt(len(losses)),
    }
