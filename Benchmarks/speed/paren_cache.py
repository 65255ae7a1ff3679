"""What the hand-sliced paren experiments keep of the plain model, computed with everything left out that nobody reads.

- Strings of one length are batched together, so padding is never computed and attention needs no mask.
- The first layer's q, k and v depend on a position's token alone, five at each position: they are looked up.
- The last layer is computed at position 0, but for the keys and values of head 2.1, which 3a and 3b mix.
- Heads 1.0 and 2.0 are read at position 0, and all that hypotheses change there is position 1. The rest of that query's
  attention is kept as one vector and the logarithm of its weight, into which another position 1 can be merged exactly."""

import torch
from torch.nn import functional

from transformer import mix

# Positions of one batch, the fastest of 2,048 to 49,152: its intermediates stay in the caches.
BATCH = 8 * 1024


class Tokens:
    """What the first layer makes of a token at a position, for all of them: row 5 position + token."""

    def __init__(self, model):
        vocabulary = len(model.embedding)
        self.stride = vocabulary * torch.arange(len(model.positions), device=model.positions.device)
        self.embed = (model.positions[:, None] + model.embedding).flatten(0, 1)
        layer = model.layers[0]
        self.qkv = functional.linear(layer.normed(self.embed), layer.qkv, layer.qkv_bias)
        self.second_head_at_1 = self.weighted_values(layer, vocabulary)

    def weighted_values(self, layer, vocabulary):
        """For each token at position 1, the numerator and denominator that each (position, token) adds to the
        attention of head 0.1 there. The last row is that of a masked key."""
        q, k, v = self.qkv.view(len(self.qkv), 3, layer.heads, layer.size)[:, :, 1].unbind(1)
        scores = q[vocabulary : 2 * vocabulary] @ k.t()
        weights = torch.exp(scores - scores.amax(1, keepdim=True))
        table = weights[..., None] * functional.pad(v, (0, 1), value=1.0)
        return torch.cat([table.flatten(0, 1), table.new_zeros(1, layer.size + 1)])

    def codes(self, tokens):
        return tokens + self.stride[: tokens.shape[1]]


class Opening:
    """A head read at position 0 whose position 1 will be another's: the queries, and all keys and values but those at 1."""

    def __init__(self, count, layer):
        self.layer, size, empty = layer, layer.size, layer.qkv.new_empty
        self.query, self.rest = empty(count, size), empty(count, size)
        self.rest_weight = empty(count)
        self.key, self.value = empty(count, size), empty(count, size)
        self.weights, self.bias = layer.parts("kv", [0])
        self.out = layer.head_out(0)

    def keep(self, rows, q, k, v):
        """q at position 0, k and v at all."""
        scores = torch.einsum("rd,rpd->rp", q, k)
        scores[:, 1] = -torch.inf
        self.rest_weight[rows] = torch.logsumexp(scores, 1)
        self.rest[rows] = torch.einsum("rp,rpd->rd", scores.softmax(1), v)
        self.query[rows], self.key[rows], self.value[rows] = q, k[:, 1], v[:, 1]

    def output(self, others, key, value):
        """The head's output at position 0 on the others datum, with this key and value at position 1."""
        score = (self.query[others] * key).sum(1)
        weight = torch.sigmoid(score - self.rest_weight[others])
        return functional.linear(torch.lerp(self.rest[others], value, weight[:, None]), self.out)

    def from_stream(self, others, x):
        """The same with the stream at position 1."""
        keys, values = functional.linear(self.layer.normed(x), self.weights, self.bias).chunk(2, dim=1)
        return self.output(others, keys, values)


class Cache:
    def __init__(self, model, strings):
        self.model, self.tokens = model, Tokens(model)
        first, second, last = model.layers
        count, width, size = len(strings.tokens), model.config["d_model"], first.size
        empty = model.embedding.new_empty
        self.opening = {"a1.h0": Opening(count, second), "a2.h0": Opening(count, last)}
        self.at_output = {name: empty(count, width) for name in ("a1.h0", "a2.h0", "a2.h1")}
        self.rest, self.logit = empty(count, width), empty(count)
        self.first_head_at_1 = empty(count, width)
        self.horizon_query = empty(count, size)
        # Position p of string s is row offsets[s] + p: strings have their own lengths here.
        self.offsets = torch.cumsum(strings.lengths, 0) - strings.lengths
        positions = int(strings.lengths.sum())
        self.first_head_mixed = empty(positions, size)
        self.horizon_pairs = empty(positions, 2 * size)

        self.last_pairs = last.parts("kv", [1, 0])
        self.last_query = last.parts("q", [0, 1])
        self.last_outs = last.head_out(0), last.head_out(1)
        self.first_out = first.head_out(0)
        for length in strings.lengths.unique().tolist():
            start, end = (torch.nonzero(strings.lengths == length)[which].item() for which in (0, -1))
            for at in range(start, end + 1, BATCH // length):
                rows = slice(at, min(at + BATCH // length, end + 1))
                self.compute(rows, strings.tokens[rows, :length])

    def compute(self, rows, tokens):
        first, second, last = self.model.layers
        length, size = tokens.shape[1], first.size
        flat = slice(self.offsets[rows][0].item(), self.offsets[rows][-1].item() + length)
        codes = self.tokens.codes(tokens)

        z = whole(functional.embedding(codes, self.tokens.qkv), first)
        self.first_head_mixed[flat] = z[..., :size].flatten(0, 1)
        self.first_head_at_1[rows] = functional.linear(z[:, 1, :size], self.first_out)
        x = functional.embedding(codes, self.tokens.embed)
        x = x.add_(functional.linear(z, first.out, first.out_bias))
        x = x.add_(first.mlp(x))

        qkv = functional.linear(second.normed(x), second.qkv, second.qkv_bias)
        z = whole(qkv, second)
        q, k, v = (qkv[..., part * 2 * size : part * 2 * size + size] for part in range(3))
        self.opening["a1.h0"].keep(rows, q[:, 0], k, v)
        self.at_output["a1.h0"][rows] = functional.linear(z[:, 0, :size], second.head_out(0))
        x = x.add_(functional.linear(z, second.out, second.out_bias))
        x = x.add_(second.mlp(x))

        normed = last.normed(x)
        pairs = functional.linear(normed, *self.last_pairs)
        k1, _, v1, _ = pairs.flatten(0, 1).split(size, dim=1)
        self.horizon_pairs[flat, :size], self.horizon_pairs[flat, size:] = k1, v1
        queries = functional.linear(normed[:, 0], *self.last_query)
        self.finish(rows, x[:, 0], queries, pairs)

    def finish(self, rows, x, queries, pairs):
        last, size = self.model.layers[-1], self.model.layers[-1].size
        k1, k0, v1, v0 = pairs.split(size, dim=-1)
        opening = self.opening["a2.h0"]
        opening.keep(rows, queries[:, :size], k0, v0)
        self.at_output["a2.h0"][rows] = opening.output(rows, k0[:, 1], v0[:, 1])
        self.horizon_query[rows] = queries[:, size:]
        mixed = one_query(queries[:, size:], k1, v1)
        self.at_output["a2.h1"][rows] = functional.linear(mixed, self.last_outs[1])

        rest = x - self.at_output["a1.h0"][rows] + last.out_bias
        claimed = sum(kept[rows] for kept in self.at_output.values())
        rest = rest + last.mlp(rest + claimed)
        self.rest[rows] = rest
        logits = self.model.logits(rest + claimed)
        self.logit[rows] = logits[:, 1] - logits[:, 0]


def whole(qkv, layer):
    """Attention of all heads at all positions."""
    rows, length, _ = qkv.shape
    q, k, v = qkv.view(rows, length, 3, layer.heads, layer.size).permute(2, 0, 3, 1, 4)
    return mix(q, k, v).transpose(1, 2).reshape(rows, length, -1)


def one_query(q, k, v):
    """One head at one position: q [rows, size], k and v [rows, positions, size]."""
    return mix(q[:, None, None], k[:, None], v[:, None])[:, 0, 0]
