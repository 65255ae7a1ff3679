"""A pre-norm transformer of TransformerLens's tensor names in PyTorch: what both rivals are made of.

The products of one layer are fused as a practitioner would fuse them: one matrix gives q, k and v of all heads,
with the scale of the scores folded into q, and one matrix takes the heads back to the stream."""

import json
import math
import pathlib
import struct

import numpy
import torch
from torch.nn import functional

NUMBERS = {"F32": numpy.float32, "F64": numpy.float64, "F16": numpy.float16}


def read_safetensors(path):
    """The tensors of a file, as views of its mapped bytes: nothing is read before it is needed."""
    content = numpy.memmap(path, numpy.uint8, "c")
    (length,) = struct.unpack("<Q", content[:8].tobytes())
    header = json.loads(content[8 : 8 + length].tobytes())
    header.pop("__metadata__", None)
    body = content[8 + length :]
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        tensors[name] = body[start:end].view(NUMBERS[entry["dtype"]]).reshape(entry["shape"])
    return tensors


class Layer:
    """The weights of one layer, and its two halves as functions of the stream."""

    def __init__(self, tensors, layer, config, device):
        def get(name, *shape):
            name = f"blocks.{layer}.{name}"
            return torch.from_numpy(tensors[name]).to(device) if name in tensors else torch.zeros(shape, device=device)

        heads, width, size = config["n_heads"], config["d_model"], config["d_head"]
        self.kept = {}
        self.heads, self.size, self.eps = heads, size, config["eps"]
        self.causal = config["attention_dir"] == "causal"
        self.activation = {"relu": torch.relu_, "gelu": functional.gelu}[config["act_fn"]]
        scale = 1 / math.sqrt(size)
        weights = [get(f"attn.W_{x}") * (scale if x == "Q" else 1) for x in "QKV"]
        biases = [get(f"attn.b_{x}", heads, size) * (scale if x == "Q" else 1) for x in "QKV"]
        # [q k v, head, size] rows, as functional.linear takes them.
        self.qkv = torch.stack([w.transpose(1, 2) for w in weights]).reshape(3 * heads * size, width).contiguous()
        self.qkv_bias = torch.stack(biases).reshape(-1)
        self.out = get("attn.W_O").reshape(heads * size, width).t()
        self.out_bias = get("attn.b_O", width)
        self.norm1 = get("ln1.w"), get("ln1.b")
        self.norm2 = get("ln2.w"), get("ln2.b")
        self.up, self.up_bias = get("mlp.W_in").t(), get("mlp.b_in", config["d_mlp"])
        self.down, self.down_bias = get("mlp.W_out").t(), get("mlp.b_out", width)

    def parts(self, parts, heads):
        """The rows of the fused matrix, and its bias, that give the parts ("q", "k", "v") of the heads."""
        size, key = self.size, (parts, tuple(heads))
        if key not in self.kept:
            own = torch.arange(size, device=self.qkv.device)
            rows = torch.cat([own + ("qkv".index(p) * self.heads + h) * size for p in parts for h in heads])
            self.kept[key] = self.qkv[rows].contiguous(), self.qkv_bias[rows].contiguous()
        return self.kept[key]

    def head_out(self, head):
        """What takes one head's mixed values to the stream."""
        return self.out[:, head * self.size : (head + 1) * self.size]

    def normed(self, x):
        return functional.layer_norm(x, x.shape[-1:], *self.norm1, self.eps)

    def attend(self, x, mask=None):
        """The heads' mixed values, [rows, positions, heads * size], of the stream."""
        qkv = functional.linear(self.normed(x), self.qkv, self.qkv_bias)
        rows, positions, _ = qkv.shape
        q, k, v = qkv.view(rows, positions, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        return mix(q, k, v, mask, self.causal).transpose(1, 2).reshape(rows, positions, -1)

    def attend_last(self, x):
        """The same, at the last position alone, which every key precedes: [rows, 1, heads * size]."""
        rows, positions, width = x.shape
        normed, own = self.normed(x), self.heads * self.size
        q = functional.linear(normed[:, -1:], self.qkv[:own], self.qkv_bias[:own])
        kv = functional.linear(normed, self.qkv[own:], self.qkv_bias[own:])
        k, v = kv.view(rows, positions, 2, self.heads, self.size).permute(2, 0, 3, 1, 4)
        return mix(q.view(rows, self.heads, 1, self.size), k, v).reshape(rows, 1, own)

    def mlp(self, x):
        x = functional.layer_norm(x, x.shape[-1:], *self.norm2, self.eps)
        x = self.activation(functional.linear(x, self.up, self.up_bias))
        return functional.linear(x, self.down, self.down_bias)

    def attention(self, x, mask=None):
        return functional.linear(self.attend(x, mask), self.out, self.out_bias)


def mix(q, k, v, mask=None, causal=False):
    """Attention of scaled queries; the mask, [rows, positions], is true at keys that take part."""
    if mask is not None:
        mask = mask[:, None, None, :]
    return functional.scaled_dot_product_attention(q, k, v, mask, is_causal=causal and mask is None, scale=1.0)


class Transformer:
    def __init__(self, folder, device):
        folder = pathlib.Path(folder)
        self.config = {"eps": 1e-5, "attention_dir": "causal", **json.loads((folder / "config.json").read_text())}
        tensors = read_safetensors(folder / "model.safetensors")

        def get(name):
            return torch.from_numpy(tensors[name]).to(device)

        self.embedding, self.positions = get("embed.W_E"), get("pos_embed.W_pos")
        self.layers = [Layer(tensors, layer, self.config, device) for layer in range(self.config["n_layers"])]
        self.norm = get("ln_final.w"), get("ln_final.b")
        self.unembedding, self.unembedding_bias = get("unembed.W_U").t(), get("unembed.b_U")

    def embed(self, tokens):
        return functional.embedding(tokens, self.embedding) + self.positions[: tokens.shape[-1]]

    def final(self, x):
        return functional.layer_norm(x, x.shape[-1:], *self.norm, self.config["eps"])

    def logits(self, x):
        return functional.linear(self.final(x), self.unembedding, self.unembedding_bias)
