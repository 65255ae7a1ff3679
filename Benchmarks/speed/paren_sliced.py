"""The paren experiments with the positions that nobody reads left out by hand."""

import torch
from torch.nn import functional

from paren_cache import BATCH, Cache, one_query
from paren_data import HEADS, Memo
from transformer import mix


class Sliced:
    chunk = BATCH

    def __init__(self, model, strings):
        self.model, self.strings, self.memo = model, strings, Memo()
        self.cache = Cache(model, strings)
        self.logit = self.cache.logit
        self.between_pairs = model.layers[1].parts("kv", [0, 1])
        self.between_query = model.layers[1].parts("q", [0, 1])
        self.first_out = model.layers[0].head_out(1)
        self.horizon_out = model.layers[2].head_out(1)

    def run(self, draws):
        """The losses' logits. The value of a head whose draws an earlier experiment had is taken from it."""
        x = self.cache.rest[draws["output/others"]]
        for name in HEADS:
            x = x + self.head_value(draws, name)
        logits = self.model.logits(x)
        return logits[:, 1] - logits[:, 0]

    def head_value(self, draws, name):
        if f"{name}/others" in draws:
            return self.memo.get(name, draws.below(name), lambda: self.opening_value(draws, name))
        if f"{name}/mask" in draws:
            return self.memo.get(name, draws.below(name), lambda: self.horizon_value(draws, name))
        return self.cache.at_output[name][draws[name]]

    # --- heads 1.0 and 2.0, whose input counts at position 1

    def opening_value(self, draws, name):
        opening, others, key = self.cache.opening[name], draws[f"{name}/others"], f"{name}/input[1]"
        if f"{key}/embed" not in draws:
            return opening.output(others, opening.key[draws[key]], opening.value[draws[key]])
        x = self.after_first_layer(draws, key)
        if name == "a2.h0":
            x = self.after_second_layer(draws, key, x)
        return opening.from_stream(others, x)

    def after_first_layer(self, draws, key):
        """The mixed stream at position 1: tokens of one datum, the mask of another, head 0.0 of more."""
        first, tokens = self.model.layers[0], self.cache.tokens
        embedded, others = draws[f"{key}/embed"], draws[f"{key}/others"]

        def second_head():
            codes = tokens.codes(self.strings.tokens[embedded])
            table, masked = tokens.second_head_at_1, len(tokens.second_head_at_1) - 1
            own = self.strings.tokens[embedded, 1] * len(tokens.embed)
            index = torch.where(self.strings.mask[others], codes + own[:, None], masked)
            sums = functional.embedding_bag(index, table, mode="sum")
            z = sums[:, :-1] / sums[:, -1:]
            vocabulary = len(self.model.embedding)
            embed = tokens.embed[vocabulary + self.strings.tokens[embedded, 1]]
            return embed + functional.linear(z, self.first_out, first.out_bias)

        tables = {"embed": embedded, "others": others}
        x = self.memo.get(f"{key} second head", tables, second_head) + self.claimed_output(draws, f"{key}/a0.h0[1]")
        return x + first.mlp(x)

    def claimed_output(self, draws, key):
        """Head 0.0's output at position 1: whole, or with another datum's projection or estimate in it."""
        at_1, strings = self.cache.first_head_at_1, self.strings
        if f"{key}/others" not in draws:
            return at_1[draws[key]]
        others = draws[f"{key}/others"]
        whole = at_1[others]
        if f"{key}/phi" in draws:
            change = strings.phi[draws[f"{key}/phi"]] - strings.phi[others]
            return whole + torch.outer(change, strings.direction)
        unit = strings.direction / strings.direction.norm()
        return whole + torch.outer((at_1[draws[f"{key}/projection"]] - whole) @ unit, unit)

    def after_second_layer(self, draws, key, x):
        """From the mixed stream at position 1 to that a layer on. Its other positions are the same in 2a, 2proj and 2b,
        whose claims differ at position 1 alone."""
        layer = self.model.layers[1]
        embedded, others = draws[f"{key}/embed"], draws[f"{key}/others"]
        tables = {"embed": embedded, "others": others}
        batches = self.memo.get(f"{key} pairs", tables, lambda: self.mixed_pairs(embedded, others))
        normed = layer.normed(x)
        queries = functional.linear(normed, *self.between_query)
        pairs = functional.linear(normed, *self.between_pairs)
        z = x.new_empty(len(x), layer.heads * layer.size)
        for rows, kept in batches:
            kept[:, 1] = pairs[rows]
            k, v = kept.view(len(rows), -1, 2, layer.heads, layer.size).permute(2, 0, 3, 1, 4)
            q = queries[rows].view(len(rows), layer.heads, 1, layer.size)
            z[rows] = mix(q, k, v).flatten(1)
        x = x + functional.linear(z, layer.out, layer.out_bias)
        return x + layer.mlp(x)

    def mixed_pairs(self, embedded, others):
        """The second layer's keys and values on mixed first layers: batches of replicates with their pairs, by the
        length of the mask. Position 1 is still to be filled in."""
        first, second = self.model.layers[0], self.model.layers[1]
        batches = []
        for length, rows in self.by_length(others):
            codes = self.cache.tokens.codes(self.strings.tokens[embedded[rows], :length])
            qkv = functional.embedding(codes, self.cache.tokens.qkv)
            q, k, v = qkv.view(len(rows), length, 3, first.heads, first.size)[:, :, :, 1].unbind(2)
            other_head = mix(q[:, None], k[:, None], v[:, None])[:, 0]
            flat = self.cache.offsets[others[rows], None] + torch.arange(length, device=rows.device)
            z = torch.cat([functional.embedding(flat, self.cache.first_head_mixed), other_head], dim=-1)
            x = functional.embedding(codes, self.cache.tokens.embed)
            x = x.add_(functional.linear(z, first.out, first.out_bias))
            x = x.add_(first.mlp(x))
            batches.append((rows, functional.linear(second.normed(x), *self.between_pairs)))
        return batches

    # --- head 2.1, whose input is another datum's at each position

    def horizon_value(self, draws, name):
        cache = self.cache
        positions = self.strings.tokens.shape[1]
        drawn = torch.stack([draws[f"{name}/input[{p}]"] for p in range(positions)], dim=1)
        flat = cache.offsets[drawn] + torch.arange(positions, device=drawn.device)
        z = cache.rest.new_empty(draws.count, self.model.layers[2].size)
        for length, rows in self.by_length(draws[f"{name}/mask"]):
            k, v = functional.embedding(flat[rows, :length], cache.horizon_pairs).chunk(2, dim=-1)
            z[rows] = one_query(cache.horizon_query[drawn[rows, 0]], k, v)
        return functional.linear(z, self.horizon_out)

    def by_length(self, masks):
        """Batches of replicates whose masks are of one length."""
        lengths = self.strings.lengths[masks]
        for length in lengths.unique().tolist():
            for rows in torch.nonzero(lengths == length)[:, 0].split(BATCH // length):
                yield length, rows
