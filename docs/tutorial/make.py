"""Writes the toy of docs/tutorial.md: a model of known working, and its data. Python alone: `python3 make.py`.

The datum is three bits a, b, c, one token each. Position 2 asks, head 0 answers with the bit at position 0, head 1 with the bit at
position 1, and the one logit is the sum of the answers: a + b.

The other model, of docs/hypothesis-format.md, is a graph without weights, p² + p q + q², on a grid of p and q.
"""

import json
import os
import struct

# The residual stream: the bit of the token, which position this is, and what the heads answer.
BIT, AT_0, AT_1, AT_2, ANSWER = range(5)


def rows(*entries, height=5, width=1):
    """A matrix of zeros but for entries (row, column, value), as a flat list."""
    values = [0.0] * (height * width)
    for row, column, value in entries:
        values[row * width + column] = value
    return values


tensors = {
    "embed.W_E": ([2, 5], rows((1, BIT, 1), height=2, width=5)),
    "pos_embed.W_pos": ([3, 5], rows((0, AT_0, 1), (1, AT_1, 1), (2, AT_2, 1), height=3, width=5)),
    # One matrix a head. A score of 200 leaves to other positions exp(-200), which is 0 in float32.
    "blocks.0.attn.W_Q": ([2, 5, 1], rows((AT_2, 0, 200)) + rows((AT_2, 0, 200))),
    "blocks.0.attn.W_K": ([2, 5, 1], rows((AT_0, 0, 1)) + rows((AT_1, 0, 1))),
    "blocks.0.attn.W_V": ([2, 5, 1], rows((BIT, 0, 1)) + rows((BIT, 0, 1))),
    "blocks.0.attn.W_O": ([2, 1, 5], 2 * rows((0, ANSWER, 1), height=1, width=5)),
    "unembed.W_U": ([5, 1], rows((ANSWER, 0, 1))),
}

configuration = {
    "n_layers": 1, "n_heads": 2, "d_model": 5, "d_head": 1, "n_ctx": 3, "d_vocab": 2, "d_vocab_out": 1,
    "attn_only": True, "normalization_type": None, "attention_dir": "causal",
}

header, body = {}, b""
for name, (sizes, values) in tensors.items():
    data = struct.pack(f"<{len(values)}f", *values)
    header[name] = {"dtype": "F32", "shape": sizes, "data_offsets": [len(body), len(body) + len(data)]}
    body += data
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)

here = os.path.dirname(os.path.abspath(__file__))
os.makedirs(os.path.join(here, "model"), exist_ok=True)
with open(os.path.join(here, "model", "model.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + body)
with open(os.path.join(here, "model", "config.json"), "w") as file:
    json.dump(configuration, file, indent=1)
    file.write("\n")
with open(os.path.join(here, "bits.jsonl"), "w") as file:
    for number in range(8):
        a, b, c = number >> 2 & 1, number >> 1 & 1, number & 1
        file.write(json.dumps({"tokens": [a, b, c], "a": a, "b": b, "c": c, "total": a + b}) + "\n")

node = '    {"name": "%s", "op": {"%s": {}}, "inputs": %s}'
nodes = ['    {"name": "%s", "column": "%s", "axes": [["position", 1], ["logit", 1]]}' % (name, name) for name in "pq"]
nodes += [node % (a + b, "product", json.dumps([a, b])) for a, b in ["pp", "pq", "qq"]]
nodes += [node % ("y", "sum", json.dumps(["pp", "pq", "qq"]))]
os.makedirs(os.path.join(here, "graph"), exist_ok=True)
with open(os.path.join(here, "graph", "config.json"), "w") as file:
    file.write('{\n  "model_type": "graph",\n  "nodes": [\n' + ",\n".join(nodes) + '\n  ],\n  "output": "y"\n}\n')
with open(os.path.join(here, "grid.jsonl"), "w") as file:
    for p in (-1, 0, 1):
        for q in (-1, 0, 1):
            file.write(json.dumps({"p": p, "q": q}) + "\n")
