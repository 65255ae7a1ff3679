"""Where the GPT-2-shaped rival takes activations from: `Memoised`, from tables of the plain model on every row; `Naive`,
from a run of the model for every branch, as far as the layer that is read."""

import torch
from torch.nn import functional

from gpt2_files import node
from transformer import mix


def place(head):
    return tuple(int(part) for part in head.split("."))


def plain_logits(model, tokens, batch=64):
    """The logits at the last position, of which alone the behaviour speaks."""
    logits = []
    for rows in tokens.split(batch):
        x = model.embed(rows)
        for layer in model.layers:
            x = x + layer.attention(x)
            x = x + layer.mlp(x)
        logits.append(model.logits(x[:, -1]))
    return torch.cat(logits)


class Source:
    """The hypothesis's pieces over activations: what mixes, from where, is the same however they were come by."""

    def inhibition(self, head, draws):
        """An inhibition head's output at the last position, from draws by what stands behind its name."""
        parts = [
            self.inhibition_part(head, {end: rows[at : at + self.batch] for end, rows in draws.items()})
            for at in range(0, len(draws["/q"]), self.batch)
        ]
        return torch.cat(parts)

    def inhibition_part(self, head, draws):
        number, index = place(head)
        layer = self.model.layers[number]
        pairs = []
        for part, heads in self.circuit.mixed.items():
            claims = {claimed: draws[f"/{part}/{node(claimed)}"] for claimed in heads}
            x = layer.normed(self.mixed(number, part, draws[f"/{part}/others"], claims))
            pairs.append(functional.linear(x, *layer.parts(part, [index]))[:, None])
        query = self.inhibition_query(head, draws["/q"])
        return functional.linear(mix(query[:, None, None], *pairs)[:, 0, 0], layer.head_out(index))

    def mover_query(self, number, head, others, claimed):
        layer = self.model.layers[number]
        x = layer.normed(self.without_inhibition(number, others) + sum(claimed))
        return functional.linear(x, *layer.parts("q", [head]))


class Memoised(Source):
    """Tables over the dataset's rows of exactly what the claims read, at the positions where they read it."""

    chunk, batch = 1024, 64

    def __init__(self, model, columns, circuit, movers, batch=batch):
        self.model, self.columns, self.circuit, self.batch = model, columns, circuit, batch
        rows, positions = columns["tokens"].shape
        width, size, empty = model.config["d_model"], model.layers[0].size, model.embedding.new_empty
        inhibited = sorted({place(head)[0] for head in self.circuit.inhibition})
        # One table of all that mixes, so that a sum over a bag of its rows is one operation.
        mixed = circuit.mixed
        names = [*mixed["k"], *mixed["v"], *((number, part) for number in inhibited for part in mixed)]
        self.number = {name: number for number, name in enumerate(names)}
        self.table = empty(len(names), rows, positions * width)
        self.queries = {head: empty(rows, size) for head in self.circuit.inhibition}
        self.pairs = {(head, part): empty(rows, positions, size) for head in movers for part in "kv"}
        self.streams = {number: empty(rows, width) for number in {place(head)[0] for head in movers}}
        self.remainder = empty(rows, width)
        self.movers = movers
        for at in range(0, rows, batch):
            self.compute(slice(at, min(at + batch, rows)))

    def compute(self, rows):
        model, last = self.model, len(self.model.layers) - 1
        x = model.embed(self.columns["tokens"][rows])
        outputs, inhibition, moved, inhibitors = {}, 0, 0, self.circuit.inhibition
        for number, layer in enumerate(model.layers):
            self.keep_inputs(rows, number, x, outputs, inhibition)
            z = layer.attend_last(x) if number == last else layer.attend(x)
            x = x[:, -1:] if number == last else x
            for head in (head for head in sum(self.circuit.mixed.values(), []) if place(head)[0] == number):
                outputs[head] = self.output(layer, z, head)
                self.table[self.number[head], rows] = outputs[head].flatten(1)
            at_last = z[:, -1:]
            inhibition += sum(self.output(layer, at_last, head) for head in inhibitors if place(head)[0] == number)
            moved += sum(self.output(layer, at_last, head) for head in self.movers if place(head)[0] == number)
            x = x + functional.linear(z, layer.out, layer.out_bias)
            x = x + layer.mlp(x)
        self.remainder[rows] = (x[:, -1:] - moved)[:, 0]

    def output(self, layer, z, head):
        index = place(head)[1]
        return functional.linear(z[..., index * layer.size : (index + 1) * layer.size], layer.head_out(index))

    def keep_inputs(self, rows, number, x, outputs, inhibition):
        """What claims read of a layer's input."""
        layer = self.model.layers[number]
        movers = [head for head in self.movers if place(head)[0] == number]
        inhibitors = [head for head in self.circuit.inhibition if place(head)[0] == number]
        if movers or inhibitors:
            normed = layer.normed(x)
        for head in movers:
            for part in "kv":
                self.pairs[head, part][rows] = functional.linear(normed, *layer.parts(part, [place(head)[1]]))
        if movers:
            self.streams[number][rows] = (x[:, -1:] - inhibition)[:, 0]
        for head in inhibitors:
            self.queries[head][rows] = functional.linear(normed[:, -1], *layer.parts("q", [place(head)[1]]))
        if inhibitors:
            for part, heads in self.circuit.mixed.items():
                rest = x - sum(outputs[head] for head in heads)
                self.table[self.number[number, part], rows] = rest.flatten(1)

    def mixed(self, number, part, others, claims):
        rows = self.table.shape[1]
        bag = [others + rows * self.number[number, part]]
        bag += [drawn + rows * self.number[head] for head, drawn in claims.items()]
        x = functional.embedding_bag(torch.stack(bag, dim=1), self.table.flatten(0, 1), mode="sum")
        return x.view(len(others), -1, self.model.config["d_model"])

    def inhibition_query(self, head, rows):
        return self.queries[head][rows]

    def without_inhibition(self, number, rows):
        return self.streams[number][rows]

    def mover_key(self, head, rows):
        return self.pairs[head, "k"][rows]

    def mover_value(self, head, rows):
        return self.pairs[head, "v"][rows]

    def rest(self, rows, movers):
        return self.remainder[rows]


class Naive(Source):
    """A run of the model for each datum of each claim."""

    chunk, batch = 64, 64

    def __init__(self, model, columns, circuit, movers, batch=batch):
        self.model, self.columns, self.circuit = model, columns, circuit
        self.chunk = self.batch = batch

    def run(self, rows, layers, heads=()):
        """The stream before a layer, and the outputs of heads before it."""
        x, outputs = self.model.embed(self.columns["tokens"][rows]), {}
        for number, layer in enumerate(self.model.layers[:layers]):
            z = layer.attend(x)
            for head in (head for head in heads if place(head)[0] == number):
                index = place(head)[1]
                own = z[..., index * layer.size : (index + 1) * layer.size]
                outputs[head] = functional.linear(own, layer.head_out(index))
            x = x + functional.linear(z, layer.out, layer.out_bias)
            x = x + layer.mlp(x)
        return x, outputs

    def mixed(self, number, part, others, claims):
        x, outputs = self.run(others, number, claims)
        for head, rows in claims.items():
            x = x - outputs[head] + self.run(rows, place(head)[0] + 1, [head])[1][head]
        return x

    def part(self, part, head, rows):
        number, index = place(head)
        layer = self.model.layers[number]
        return functional.linear(layer.normed(self.run(rows, number)[0]), *layer.parts(part, [index]))

    def inhibition_query(self, head, rows):
        return self.part("q", head, rows)[:, -1]

    def without_inhibition(self, number, rows):
        x, outputs = self.run(rows, number, self.circuit.inhibition)
        return (x - sum(outputs.values()))[:, -1]

    def mover_key(self, head, rows):
        return self.part("k", head, rows)

    def mover_value(self, head, rows):
        return self.part("v", head, rows)

    def rest(self, rows, movers):
        x, outputs = self.run(rows, len(self.model.layers), movers)
        return (x - sum(outputs.values()))[:, -1]
