#!/usr/bin/env python3
"""The networks of weights.bin as Hugging Face folders, to train on from them.

    unpack.py --start DIR --weights ../weights.bin --out DIR

Writes OUT/retriever and OUT/reader, for --init of retriever.py and reader.py.
--start is all-MiniLM-L6-v2, whose configuration, words and later positions are
taken as they are. Rounding costs little: what goes on from them is trained again.
"""
import argparse, os, shutil

from model import *
from safetensors.numpy import load_file as load_arrays

import int8

a = argparse.ArgumentParser()
for name in ("start", "weights", "out"): a.add_argument(f"--{name}", required=True)
a = a.parse_args()
packed = load_arrays(a.weights)


def matrix(name):
    """[out, in] in float32."""
    return int8.unpack(packed[name + ".weight"]).astype(np.float32) * packed[name + ".scale"][:, None] * packed[name + ".smooth"][None, :]


for name in ("retriever", "reader"):
    bert = load_bert(a.start)
    state = bert.state_dict()
    put = lambda key, value: state[key].copy_(torch.tensor(np.asarray(value, np.float32)))
    norm = lambda key, source: [put(f"{key}.{part}", packed[f"{name}.{source}.{part}"]) for part in ("weight", "bias")]
    n = len(packed[name + ".position"])
    state["embeddings.position_embeddings.weight"][:n].copy_(torch.tensor(packed[name + ".position"].astype(np.float32)))
    put("embeddings.token_type_embeddings.weight", packed[name + ".segment"]); norm("embeddings.LayerNorm", "norm")
    hidden, heads = bert.config.hidden_size, bert.config.num_attention_heads
    for i in range(bert.config.num_hidden_layers):
        to, source = f"encoder.layer.{i}.", f"{name}.layer.{i}."
        w, b = matrix(source + "qkv"), packed[source + "qkv.bias"]
        for k, part in enumerate(("query", "key", "value")):
            scale = (hidden // heads) ** 0.5 if part == "query" else 1  # export.py puts the scale of the scores into the queries
            put(f"{to}attention.self.{part}.weight", w[k * hidden:(k + 1) * hidden] * scale); put(f"{to}attention.self.{part}.bias", b[k * hidden:(k + 1) * hidden] * scale)
        for key, part in (("attention.output.dense", "attention"), ("intermediate.dense", "intermediate"), ("output.dense", "output")):
            put(f"{to}{key}.weight", matrix(source + part)); put(f"{to}{key}.bias", packed[f"{source}{part}.bias"])
        norm(to + "attention.output.LayerNorm", f"layer.{i}.attention.norm"); norm(to + "output.LayerNorm", f"layer.{i}.output.norm")
    folder = f"{a.out}/{name}"
    bert.load_state_dict(state); save_bert(bert, folder)
    save_file({k.removeprefix(f"{name}.head."): torch.tensor(v) for k, v in packed.items() if k.startswith(f"{name}.head.")}, f"{folder}/head.safetensors")
    for f in ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        if os.path.exists(f"{a.start}/{f}"): shutil.copy(f"{a.start}/{f}", folder)
