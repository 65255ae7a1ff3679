"""The paren experiments as one writes them with hooks: streams at all positions, re-mixed and run through the blocks.

`Cached` looks activations of the plain model up; `Naive` runs the model again for every branch of a hypothesis. The
experiments are the same code on either."""

import torch
from torch.nn import functional

from paren_data import HEADS, Memo
from transformer import mix


class Plain:
    """One forward pass of the plain model over a batch, with what hypotheses read of it."""

    def __init__(self, model, strings, rows, layers=None):
        """`layers`: stop behind so many."""
        tokens, mask = strings.tokens[rows], strings.mask[rows]
        x = model.embed(tokens)
        self.streams, self.at_output = [x], {}
        for number, layer in enumerate(model.layers[:layers]):
            z = layer.attend(x, mask)
            for head in range(layer.heads):
                name = f"a{number}.h{head}"
                own = z[..., head * layer.size : (head + 1) * layer.size]
                if name == "a0.h0":
                    self.first_head = functional.linear(own, layer.head_out(head))
                elif name in HEADS:
                    self.at_output[name] = functional.linear(own[:, 0], layer.head_out(head))
            x = x + functional.linear(z, layer.out, layer.out_bias)
            x = x + layer.mlp(x)
            self.streams.append(x)
        if layers is None:
            self.finish(model, x)

    def finish(self, model, x):
        self.logits = model.logits(x[:, 0])
        self.rest = x[:, 0] - sum(self.at_output.values())


class Cached:
    """The plain model's activations on every distinct string, computed once."""

    # Rows of one batch, the fastest of 128 to 2,048.
    chunk = 256

    def __init__(self, model, strings):
        self.model, self.strings, self.memo = model, strings, Memo()
        count, positions = strings.tokens.shape
        width, empty = model.config["d_model"], model.embedding.new_empty
        self.first_head = empty(count, positions, width)
        self.streams = [None] + [empty(count, positions, width) for _ in model.layers[1:]]
        self.at_output = {name: empty(count, width) for name in HEADS}
        self.rest, self.logit = empty(count, width), empty(count)
        for start in range(0, count, self.chunk):
            rows = slice(start, start + self.chunk)
            plain = Plain(model, strings, rows)
            self.first_head[rows], self.rest[rows] = plain.first_head, plain.rest
            for name in HEADS:
                self.at_output[name][rows] = plain.at_output[name]
            for kept, stream in zip(self.streams[1:], plain.streams[1:]):
                kept[rows] = stream
            self.logit[rows] = plain.logits[:, 1] - plain.logits[:, 0]

    def rest_at(self, rows):
        return self.rest[rows]

    def head_at_output(self, name, rows):
        return self.at_output[name][rows]

    def first_head_of(self, rows):
        return self.first_head[rows]

    def first_head_at_1(self, rows):
        return self.first_head[rows, 1]

    def stream(self, layer, rows):
        return self.streams[layer][rows]

    def stream_at(self, layer, rows, positions):
        """Of each row drawn the position for which it was drawn."""
        return self.streams[layer][rows, positions]

    def run(self, draws):
        """The losses' logits. The value of a head whose draws an earlier experiment had is taken from it."""
        x = self.rest_at(draws["output/others"])
        for name in HEADS:
            x = x + self.head(draws, name)
        logits = self.model.logits(x)
        return logits[:, 1] - logits[:, 0]

    def head(self, draws, name):
        if f"{name}/others" not in draws and f"{name}/mask" not in draws:
            return self.head_at_output(name, draws[name])
        return self.memo.get(name, draws.below(name), lambda: self.by_chunks(draws, name))

    def by_chunks(self, draws, name):
        parts = [draws.part(slice(at, at + self.chunk)) for at in range(0, draws.count, self.chunk)]
        return torch.cat([head_value(self, part, name) for part in parts])


class Naive(Cached):
    """The same activations, each from a run of the model on the strings drawn, as far as the layer that is read: no
    branch knows of another."""

    def __init__(self, model, strings):
        self.model, self.strings = model, strings

    def head(self, draws, name):
        return self.by_chunks(draws, name)

    def rest_at(self, rows):
        return Plain(self.model, self.strings, rows).rest

    def head_at_output(self, name, rows):
        return Plain(self.model, self.strings, rows, int(name[1]) + 1).at_output[name]

    def first_head_of(self, rows):
        return Plain(self.model, self.strings, rows, 1).first_head

    def first_head_at_1(self, rows):
        return self.first_head_of(rows)[:, 1]

    def stream(self, layer, rows):
        return Plain(self.model, self.strings, rows, layer).streams[layer]

    def stream_at(self, layer, rows, positions):
        branches = zip(rows.unbind(1), positions.tolist())
        return torch.stack([self.stream(layer, drawn)[:, position] for drawn, position in branches], dim=1)


def head_value(source, draws, name):
    """What a claimed head adds to the stream at position 0."""
    if f"{name}/others" not in draws and f"{name}/mask" not in draws:
        return source.head_at_output(name, draws[name])
    layer, head = int(name[1]), int(name[4])
    if f"{name}/others" in draws:
        x = source.stream(layer, draws[f"{name}/others"])
        x[:, 1] = opening_input(source, draws, f"{name}/input[1]", layer)
        mask = source.strings.mask[draws[f"{name}/others"]]
    else:
        positions = torch.arange(source.strings.tokens.shape[1], device=source.strings.tokens.device)
        drawn = torch.stack([draws[f"{name}/input[{p}]"] for p in positions.tolist()], dim=1)
        x = source.stream_at(layer, drawn, positions)
        mask = source.strings.mask[draws[f"{name}/mask"]]
    return run_head(source.model.layers[layer], head, x, mask)[:, 0]


def opening_input(source, draws, key, layer):
    """What heads 1.0 and 2.0 read at position 1."""
    if f"{key}/embed" not in draws:
        return source.stream_at(layer, draws[key][:, None], torch.tensor([1], device=draws[key].device))[:, 0]
    model, others = source.model, draws[f"{key}/others"]
    mask = source.strings.mask[others]
    embed = model.embed(source.strings.tokens[draws[f"{key}/embed"]])
    first = source.first_head_of(others)
    first[:, 1] = claimed_output(source, draws, f"{key}/a0.h0[1]")
    x = embed + first + run_head(model.layers[0], 1, embed, mask) + model.layers[0].out_bias
    x = x + model.layers[0].mlp(x)
    for between in model.layers[1:layer]:
        x = x + between.attention(x, mask)
        x = x + between.mlp(x)
    return x[:, 1]


def claimed_output(source, draws, key):
    """Head 0.0's output at position 1: whole, or with another datum's projection or estimate in it."""
    if f"{key}/others" not in draws:
        return source.first_head_at_1(draws[key])
    strings, others = source.strings, draws[f"{key}/others"]
    whole = source.first_head_at_1(others)
    if f"{key}/phi" in draws:
        return whole + torch.outer(strings.phi[draws[f"{key}/phi"]] - strings.phi[others], strings.direction)
    unit = strings.direction / strings.direction.norm()
    other = source.first_head_at_1(draws[f"{key}/projection"])
    return whole + torch.outer((other - whole) @ unit, unit)


def run_head(layer, head, x, mask):
    weight, bias = layer.parts("qkv", [head])
    q, k, v = functional.linear(layer.normed(x), weight, bias).chunk(3, dim=-1)
    z = mix(q[:, None], k[:, None], v[:, None], mask)[:, 0]
    return functional.linear(z, layer.head_out(head))
