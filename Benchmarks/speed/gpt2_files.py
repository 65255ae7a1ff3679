"""Makes what the GPT-2-shaped benchmark runs: a model of GPT-2 small's shape with random weights, sentences of the form of
indirect object identification, and a hypothesis of the form of its circuit (K. Wang et al., arXiv:2211.00593). The weights
are random since times do not depend on them. All of it follows from a seed.

    python gpt2_files.py DIRECTORY

With `--shape` the same for a model of another shape: the heads of its circuit lie as deep, in proportion."""

import argparse
import json
import math
import pathlib
import struct

import numpy

POSITIONS = 16
NAMES, TEMPLATES = 32, 8
GPT2 = {"n_layers": 12, "n_heads": 12, "d_model": 768, "d_mlp": 3072, "n_ctx": 1024, "d_vocab": 50257}
SHAPES = {
    "gpt2-small": GPT2,
    "1.4-billion": {**GPT2, "n_layers": 24, "n_heads": 16, "d_model": 2048, "d_mlp": 8192},
    # As deep and with as many heads, to try that all of it runs.
    "1.4-billion-narrow": {**GPT2, "n_layers": 24, "n_heads": 16, "d_model": 128, "d_mlp": 512, "d_vocab": 2048},
}


class Circuit:
    """The heads of the circuit in a model of so many layers: of twelve those of the paper, of others those as deep."""

    def __init__(self, layers=GPT2["n_layers"]):
        def heads(text):
            places = (head.split(".") for head in text.split())
            return [f"{(int(layer) * (layers - 1) + 5) // 11}.{head}" for layer, head in places]

        self.movers = heads("9.9 10.0 9.6 9.0 9.7 10.1 10.2 10.6 10.10 11.2 11.9 10.7 11.10")
        self.inhibition = heads("7.3 7.9 8.6 8.10")
        previous, induction, duplicate = heads("2.2 4.11"), heads("5.5 5.8 5.9 6.9"), heads("0.1 0.10 3.0")
        # What the keys and the values of inhibition heads read.
        self.mixed = {"k": previous, "v": induction + duplicate}


def node(head):
    return "a{}.h{}".format(*head.split("."))


def write_model(folder, shape, seed=0):
    """config.json and model.safetensors, written tensor by tensor. Weights are normal, their deviations such that scores and
    streams have the sizes of a trained model's."""
    folder.mkdir(parents=True, exist_ok=True)
    width, heads, layers = shape["d_model"], shape["n_heads"], shape["n_layers"]
    size = width // heads
    config = {**shape, "d_head": size, "act_fn": "gelu", "normalization_type": "LN", "eps": 1e-5, "attention_dir": "causal"}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")

    # Shape and deviation; those of ln.w lie around 1.
    tensors = {"embed.W_E": ((shape["d_vocab"], width), 0.1), "pos_embed.W_pos": ((shape["n_ctx"], width), 0.05)}
    into, out = 1 / math.sqrt(width), 0.3 / math.sqrt(width)
    for layer in range(layers):
        block = f"blocks.{layer}."
        for x, scale in (("Q", 2), ("K", 2), ("V", 1)):
            tensors[f"{block}attn.W_{x}"] = (heads, width, size), scale * into
            tensors[f"{block}attn.b_{x}"] = (heads, size), 0.05
        tensors[f"{block}attn.W_O"], tensors[f"{block}attn.b_O"] = ((heads, size, width), out), ((width,), 0.02)
        tensors[f"{block}mlp.W_in"], tensors[f"{block}mlp.b_in"] = ((width, shape["d_mlp"]), into), ((shape["d_mlp"],), 0.05)
        tensors[f"{block}mlp.W_out"], tensors[f"{block}mlp.b_out"] = ((shape["d_mlp"], width), out), ((width,), 0.02)
        for norm in ("ln1", "ln2"):
            tensors[f"{block}{norm}.w"], tensors[f"{block}{norm}.b"] = ((width,), 0.1), ((width,), 0.1)
    tensors["ln_final.w"], tensors["ln_final.b"] = ((width,), 0.1), ((width,), 0.1)
    tensors["unembed.W_U"], tensors["unembed.b_U"] = ((width, shape["d_vocab"]), into), ((shape["d_vocab"],), 0.05)

    header, at = {}, 0
    for name, (sizes, _) in tensors.items():
        header[name] = {"dtype": "F32", "shape": sizes, "data_offsets": [at, at + 4 * math.prod(sizes)]}
        at += 4 * math.prod(sizes)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    draw = numpy.random.default_rng(seed)
    # Under another name until it is whole: an interrupted run leaves no broken model behind.
    part = folder / "model.safetensors.part"
    with open(part, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, (sizes, deviation) in tensors.items():
            values = draw.standard_normal(sizes, numpy.float32) * numpy.float32(deviation)
            file.write((values + 1 if name.endswith(".w") else values).tobytes())
    part.rename(folder / "model.safetensors")


def write_data(path, rows, vocabulary, positions=POSITIONS, seed=0):
    """Sentences of 16 tokens, or more: one of eight templates, two names in either order, the subject's again, two other
    words."""
    draw = numpy.random.default_rng(seed)
    words = draw.choice(vocabulary, NAMES + TEMPLATES * positions + 64, replace=False).astype(numpy.int32)
    names, fixed, free = numpy.split(words, [NAMES, NAMES + TEMPLATES * positions])
    template, order = draw.integers(0, TEMPLATES, rows), draw.integers(0, 2, rows)
    subject = draw.integers(0, NAMES, rows)
    indirect = (subject + draw.integers(1, NAMES, rows)) % NAMES
    tokens = fixed.reshape(TEMPLATES, positions)[template]
    tokens[:, 2] = names[numpy.where(order == 0, indirect, subject)]
    tokens[:, 4] = names[numpy.where(order == 0, subject, indirect)]
    tokens[:, 10] = names[subject]
    tokens[:, 7], tokens[:, 13] = draw.choice(free, rows), draw.choice(free, rows)
    columns = {"template": template, "order": order, "subject": subject, "indirect": indirect}
    columns = {name: values.astype(numpy.int32) for name, values in columns.items()}
    numpy.savez(path, tokens=tokens, label=names[indirect], against=names[subject], **columns)


def hypothesis(circuit, movers=None):
    """The circuit as claims: the movers' queries read the inhibition heads, whose keys read the previous-token heads and
    whose values the induction and the duplicate-token heads. q, k and v are claimed apart, and each copy draws for itself.
    `movers`: only so many of them."""
    lines = [
        "# The shape of the circuit of indirect object identification: 26 heads, q, k and v apart",
        "model: model/",
        "data: data.npz",
        "behaviour: {measure: logit_difference, at: last, label: label, against: against}",
        "claims:",
        "  inhibition:",
        "    same: subject",
        "    inputs:",
        "      q: {same: template}",
        "      k:",
        "        same: subject",
        "        inputs:",
        *(f"          {node(head)}: {{same: order}}" for head in circuit.mixed["k"]),
        "      v:",
        "        same: subject",
        "        inputs:",
        *(f"          {node(head)}: {{same: subject}}" for head in circuit.mixed["v"]),
        "  mover:",
        "    same: indirect",
        "    inputs:",
        "      q:",
        "        same: subject",
        "        inputs:",
        *(f"          {node(head)}: inhibition" for head in circuit.inhibition),
        "      k: {same: indirect}",
        "      v: {same: indirect}",
        "interpretation:",
        "  same: exact",
        "  inputs:",
        *(f"    {node(head)}: mover" for head in circuit.movers[:movers]),
        "  others: random",
    ]
    return "\n".join(lines) + "\n"


def pair_of_heads(layers):
    """A hypothesis for models of any depth: a head of the last layer whose query reads one of the layer before."""
    return f"""# Head {layers - 1}.0 reads head {layers - 2}.0 by its query; its keys and values are the indirect object's
model: model/
data: data.npz
behaviour: {{measure: logit_difference, at: last, label: label, against: against}}
interpretation:
  same: exact
  inputs:
    a{layers - 1}.h0:
      same: indirect
      inputs:
        q: {{same: subject, inputs: {{a{layers - 2}.h0: {{same: subject}}}}}}
        k: {{same: indirect}}
        v: {{same: indirect}}
  others: random
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1024)
    parser.add_argument("--movers", type=int, help="only the first of the 13 movers")
    parser.add_argument("--shape", choices=SHAPES, default="gpt2-small")
    parser.add_argument("--positions", type=int, default=POSITIONS, help="tokens of a sentence")
    parser.add_argument("--model", type=pathlib.Path, help="take this model instead of making one")
    parser.add_argument("--small", type=int, nargs=2, metavar=("LAYERS", "WIDTH"), help="a smaller model and hypothesis")
    arguments = parser.parse_args()
    folder, shape = arguments.directory, SHAPES[arguments.shape]
    if arguments.small:
        layers, width = arguments.small
        small = {"n_layers": layers, "n_heads": width // 64, "d_model": width, "d_mlp": 4 * width, "d_vocab": 1024}
        shape = {**GPT2, **small}
    folder.mkdir(parents=True, exist_ok=True)
    model = arguments.model or folder / "model"
    # What was written once is not written again: it would be the same.
    if not (model / "model.safetensors").exists():
        write_model(model, shape)
    write_data(folder / "data.npz", arguments.rows, shape["d_vocab"], arguments.positions)
    circuit = Circuit(shape["n_layers"])
    text = pair_of_heads(layers) if arguments.small else hypothesis(circuit, arguments.movers)
    (folder / "ioi.yaml").write_text(text.replace("model/", f"{model.resolve()}/"))


if __name__ == "__main__":
    main()
