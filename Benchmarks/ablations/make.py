"""Writes the three models of docs/gallery/ablations.md and their data: `python3 make.py`. Needs numpy.

`python3 make.py --check` reads the models and data back, computes every figure of that page by a forward pass and an enumeration of
its own, in float64, and compares each with its closed form. It shares no code with Scrubjay.

A datum is one token, whose embedding is its bits, each 1 or -1. Attention over one position is the value itself, so that a head is the
linear map W_V W_O, and a model is small enough to be known.
"""

import itertools
import json
import os
import struct
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def bits(count):
    """A row for each value of so many bits, the first bit the slowest."""
    return np.array(list(itertools.product([-1.0, 1.0], repeat=count)))


def write(name, tensors, configuration, columns):
    """One folder of a model, and its data beside it. `columns` names the bits of a token, and the label."""
    header, body = {}, b""
    for tensor, values in tensors.items():
        data = np.asarray(values, "<f4").tobytes()
        header[tensor] = {
            "dtype": "F32", "shape": list(np.shape(values)), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    folder = os.path.join(HERE, name, "model")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(configuration, file, indent=1)
        file.write("\n")
    with open(os.path.join(HERE, name, "data.jsonl"), "w") as file:
        for token, row in enumerate(np.transpose(list(columns.values())).astype(int).tolist()):
            file.write(json.dumps({"tokens": [token], **dict(zip(columns, row))}) + "\n")


def heads(size, *reads_and_writes):
    """Heads of width 1, each given as what it reads of the stream and what it writes to it."""
    reads, writes = zip(*reads_and_writes)
    none = np.zeros((len(reads), size, 1))
    return {
        "blocks.0.attn.W_Q": none, "blocks.0.attn.W_K": none,
        "blocks.0.attn.W_V": np.reshape(reads, (-1, size, 1)), "blocks.0.attn.W_O": np.reshape(writes, (-1, 1, size))}


def configuration(size, tokens, heads, **more):
    return {
        "n_layers": 1, "n_heads": heads, "d_model": size, "d_head": 1, "n_ctx": 1, "d_vocab": tokens, "d_vocab_out": 1,
        "attention_dir": "causal", **more}


def norm():
    """Stream: a u + b v, to which the head adds 4b w; the label is a.

    u, v, w and the vector of ones are orthogonal, of length 2, so that a layer norm divides by the root of the sum of squares of the
    three coefficients: the last one by the root of 18, or of 2 without the head.
    """
    a, b = bits(2).T
    u, v, w = [1, 1, -1, -1], [1, -1, 1, -1], np.array([1, -1, -1, 1])
    write("norm", {
        "embed.W_E": np.outer(a, u) + np.outer(b, v), "pos_embed.W_pos": np.zeros((1, 4)),
        # The head reads the stream divided by the root of 2.
        **heads(4, (np.sqrt(2) / 4 * np.array(v), 4 * w)),
        "unembed.W_U": np.reshape(np.sqrt(18) / 4 * np.array(u), (4, 1)),
    }, configuration(4, 4, 1, attn_only=True, normalization_type="LNPre", eps=1e-12), {"a": a, "b": b})


def sign():
    """Stream: y, d, b, what head 0 says, what head 1 says, what the MLP says. The label is y, the output y + d/2."""
    y, d, b = bits(3).T
    none = np.zeros(8)
    w_in = np.zeros((6, 4))
    w_in[3, :2] = w_in[4, 2:] = [1, -1]
    w_out = np.zeros((4, 6))
    w_out[:, 5] = [0.5, 0.5, -0.5, -0.5]
    write("sign", {
        "embed.W_E": np.transpose([y, d, b, none, none, none]), "pos_embed.W_pos": np.zeros((1, 6)),
        **heads(6, ([0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]), ([0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0])),
        "blocks.0.mlp.W_in": w_in, "blocks.0.mlp.W_out": w_out,
        "unembed.W_U": [[1], [0.5], [0], [0], [0], [1]],
    }, configuration(6, 8, 2, d_mlp=4, act_fn="relu", normalization_type=None), {"y": y, "d": d, "b": b})


def backup():
    """Stream: a, b, what head 0 says, what head 1 says, what the MLP says. The label is a + b.

    The MLP says b * tent(n) for what head 1 says, n; tent(n) = relu(n + 1) - 2 relu(n) is 1 at 0, and 0 at 1 and -1. Its first two
    neurons are off where b is -1, the other two where b is 1.
    """
    a, b = bits(2).T
    none = np.zeros(4)
    w_in = np.zeros((5, 4))
    w_in[1] = [2, 2, -2, -2]
    w_in[3] = 1
    w_out = np.zeros((4, 5))
    w_out[:, 4] = [1, -2, -1, 2]
    write("backup", {
        "embed.W_E": np.transpose([a, b, none, none, none]), "pos_embed.W_pos": np.zeros((1, 5)),
        **heads(5, ([1, 0, 0, 0, 0], [0, 0, 1, 0, 0]), ([0, 1, 0, 0, 0], [0, 0, 0, 1, 0])),
        "blocks.0.mlp.W_in": w_in, "blocks.0.mlp.b_in": [-1, -2, -1, -2], "blocks.0.mlp.W_out": w_out,
        "unembed.W_U": [[0], [0], [1], [1], [1]],
    }, configuration(5, 4, 2, d_mlp=4, act_fn="relu", normalization_type=None), {"a": a, "b": b, "total": a + b})


class Model:
    """A model as written, in float64. A component's value is an array [row of the data, d_model]."""

    def __init__(self, name, label):
        with open(os.path.join(HERE, name, "model", "model.safetensors"), "rb") as file:
            header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            body = file.read()
        self.tensors = {
            tensor: np.frombuffer(body[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).astype(np.float64)
            for tensor, entry in header.items()}
        with open(os.path.join(HERE, name, "model", "config.json")) as file:
            configuration = json.load(file)
        self.normalizes = configuration["normalization_type"] is not None
        with open(os.path.join(HERE, name, "data.jsonl")) as file:
            rows = [json.loads(line) for line in file]
        self.columns = {column: np.array([row[column] for row in rows], np.float64) for column in rows[0]}
        self.label = self.columns[label]
        self.embed = (
            self.tensors["embed.W_E"][self.columns["tokens"][:, 0].astype(int)] + self.tensors["pos_embed.W_pos"][0])

    def norm(self, stream):
        if not self.normalizes:
            return stream
        centred = stream - stream.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)

    def head(self, number, stream):
        values, out = self.tensors["blocks.0.attn.W_V"][number], self.tensors["blocks.0.attn.W_O"][number]
        return self.norm(stream) @ values @ out

    def mlp(self, stream):
        inside = self.norm(stream) @ self.tensors["blocks.0.mlp.W_in"] + self.tensors.get("blocks.0.mlp.b_in", 0)
        return np.maximum(inside, 0) @ self.tensors["blocks.0.mlp.W_out"]

    def output(self, stream):
        return (self.norm(stream) @ self.tensors["unembed.W_U"])[..., 0]

    def loss(self, rows, streams):
        """The mean squared error over `rows` and streams, which are equally likely."""
        return float(np.mean([(self.output(stream) - self.label)[rows] ** 2 for stream in streams]))

    def baseline(self, rows, stream):
        """The mean squared error when output and label come from independent rows."""
        return float(np.mean((self.output(stream)[rows][:, None] - self.label[rows][None]) ** 2))

    def heads(self):
        return [self.head(number, self.embed) for number in range(len(self.tensors["blocks.0.attn.W_V"]))]


def modes(values, rows):
    """By name, what an ablation puts in place of `values`: a list of equally likely replacements, each [row, model]."""
    zero, mean = np.zeros_like(values), np.broadcast_to(values[rows].mean(0), values.shape)
    return {
        "resample": [np.broadcast_to(values[row], values.shape) for row in rows], "zero": [zero], "mean": [mean]}


def check_norm():
    model = Model("norm", "a")
    head, = model.heads()
    rows = np.arange(len(head))
    yield "norm", "baseline", 2, model.baseline(rows, model.embed + head)
    closed = {"model": 0, "resample": 0, "zero": (3 - 1) ** 2, "mean": (3 - 1) ** 2}
    for mode, choices in {"model": [head], **modes(head, rows)}.items():
        yield "norm", mode, closed[mode], model.loss(rows, [model.embed + value for value in choices])


def check_sign():
    model = Model("sign", "y")
    for number, (half, d) in itertools.product([0, 1], {"high": 1, "low": -1}.items()):
        rows = np.flatnonzero(model.columns["d"] == d)
        said = model.heads()

        def stream(value):
            pieces = model.embed + value + said[1 - number]
            return pieces + model.mlp(pieces)

        name = f"sign, head {number}, {half}"
        shift = [-0.5, 0.5][number]
        closed = {"model": 1 / 4, "resample": 1 / 4, "zero": (d / 2 + shift) ** 2, "mean": (d / 2 + shift) ** 2}
        yield name, "baseline", 2 + 1 / 4, model.baseline(rows, stream(said[number]))
        for mode, choices in {"model": [said[number]], **modes(said[number], rows)}.items():
            yield name, mode, closed[mode], model.loss(rows, [stream(value) for value in choices])


def check_backup():
    model = Model("backup", "total")
    one, two = model.heads()
    three = model.mlp(model.embed + one + two)
    rows = np.arange(len(one))
    yield "backup", "baseline", 4, model.baseline(rows, model.embed + one + two + three)
    yield "backup", "model", 0, model.loss(rows, [model.embed + one + two + three])
    for mode in ["resample", "zero", "mean"]:
        # M3 on its own input, when M2 says what an ablation puts there; M3's own value, replaced.
        covered = [one + value + model.mlp(model.embed + one + value) for value in modes(two, rows)[mode]]
        without = [one + two + value for value in modes(three, rows)[mode]]
        alone = [one + first + second for first in modes(two, rows)[mode] for second in modes(three, rows)[mode]]
        yield "backup, M1 and M2", mode, 0, model.loss(rows, without)
        yield "backup, M1 and M3", mode, 2 if mode == "resample" else 0, model.loss(rows, covered)
        yield "backup, M1 alone", mode, 2 if mode == "resample" else 1, model.loss(rows, alone)
    b = model.columns["b"]
    within = np.array([two[b == value].mean(0) for value in b])
    yield "backup, M1 alone", "mean:b", 0, model.loss(rows, [one + within])


def check():
    wrong = 0
    print(f"{'':36}{'closed form':>12}{'computed':>12}")
    for name, what, closed, computed in itertools.chain(check_norm(), check_sign(), check_backup()):
        agrees = abs(closed - computed) < 1e-6
        wrong += not agrees
        print(f"{name:24}{what:12}{closed:12.6g}{computed:12.6g}{'' if agrees else '  WRONG'}")
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(1 if check() else 0)
    norm()
    sign()
    backup()
