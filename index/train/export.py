"""Writes the weights that package index/bert reads, from Hugging Face folders.

    export.py --retriever DIR --reader DIR --out FILE [--manifest FILE]

A folder has config.json, vocab.txt or tokenizer.json, and model.safetensors or
pytorch_model.bin of a BertModel; either may be left out. Tensors of
head.safetensors beside them are kept as NAME.head.*. The two models must have
one word table and one vocabulary.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np

import int8

POSITIONS = 256


def load(folder):
    """The tensors of a BertModel in float32, without the prefix "bert."."""
    folder = pathlib.Path(folder)
    if (folder / "model.safetensors").exists():
        from safetensors.torch import load_file

        tensors = load_file(folder / "model.safetensors")
    else:
        import torch

        tensors = torch.load(folder / "pytorch_model.bin", map_location="cpu", weights_only=True)
    return {k.removeprefix("bert."): v.float().numpy() for k, v in tensors.items() if v.is_floating_point()}


def vocabulary(folder):
    folder = pathlib.Path(folder)
    if (folder / "vocab.txt").exists():
        return (folder / "vocab.txt").read_bytes()
    words = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
    return "".join(w + "\n" for w in sorted(words, key=words.get)).encode()


def calibrate(model, batches):
    """The largest absolute input of each Linear of a BertModel, by its name."""
    import torch

    top, hooks = {}, []

    def watch(name):
        def hook(_, inputs):
            x = inputs[0].detach().abs().flatten(0, -2).amax(0).numpy()
            top[name] = np.maximum(top.get(name, 0), x)

        return hook

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            hooks.append(module.register_forward_pre_hook(watch(name)))
    with torch.no_grad():
        for ids in batches:
            model(input_ids=torch.tensor([ids]))
    for h in hooks:
        h.remove()
    return top


def matrix(out, name, w, bias, top):
    smooth = int8.smoothing(w, top)
    q, scale = int8.quantize_weights(w / smooth)
    out[name + ".smooth"] = smooth
    out[name + ".weight"] = int8.pack(q)
    out[name + ".scale"], out[name + ".bias"] = scale, bias.astype(np.float32)
    out[name + ".sum"] = q.astype(np.int32).sum(1, dtype=np.int32)


def encoder(name, t, config, top, out, metadata):
    """Adds the encoder of the tensors t to out and metadata."""
    for key, want in (("hidden_act", "gelu"), ("layer_norm_eps", 1e-12), ("type_vocab_size", 2)):
        if config[key] != want:
            raise SystemExit(f"{name}: {key} is {config[key]}, index/bert knows {want}")
    layers, heads, hidden = config["num_hidden_layers"], config["num_attention_heads"], config["hidden_size"]
    metadata[name + ".layers"], metadata[name + ".heads"] = str(layers), str(heads)

    def norm(to, source):
        out[f"{name}.{to}.weight"], out[f"{name}.{to}.bias"] = t[source + ".weight"], t[source + ".bias"]

    out[name + ".position"] = t["embeddings.position_embeddings.weight"][:POSITIONS].astype(np.float16)
    out[name + ".segment"] = t["embeddings.token_type_embeddings.weight"]
    norm("norm", "embeddings.LayerNorm")
    scale = (hidden // heads) ** -0.5  # of the scores, put into the queries
    for i in range(layers):
        a, b = f"encoder.layer.{i}.", f"{name}.layer.{i}."
        parts = [(t[f"{a}attention.self.{p}.weight"], t[f"{a}attention.self.{p}.bias"]) for p in ("query", "key", "value")]
        parts[0] = tuple(v * np.float32(scale) for v in parts[0])
        matrix(out, b + "qkv", *(np.concatenate(v) for v in zip(*parts)), top[a + "attention.self.query"])
        matrix(out, b + "attention", t[a + "attention.output.dense.weight"], t[a + "attention.output.dense.bias"], top[a + "attention.output.dense"])
        norm(f"layer.{i}.attention.norm", a + "attention.output.LayerNorm")
        matrix(out, b + "intermediate", t[a + "intermediate.dense.weight"], t[a + "intermediate.dense.bias"], top[a + "intermediate.dense"])
        matrix(out, b + "output", t[a + "output.dense.weight"], t[a + "output.dense.bias"], top[a + "output.dense"])
        norm(f"layer.{i}.output.norm", a + "output.LayerNorm")


def build(models, vocab):
    """models: name -> (tensors, config, head tensors, calibrate's).
    Returns tensors and metadata."""
    out, metadata = {"vocab": np.frombuffer(vocab, np.uint8)}, {"format": "dossier-bert-1"}
    words = None
    for name, (t, config, head, top) in models.items():
        table = t["embeddings.word_embeddings.weight"]
        if words is None:
            words = table
            out["words"], out["words.scale"] = int8.quantize_words(words)
        elif not np.array_equal(words, table):
            raise SystemExit(f"{name}: its word table is not that of the other encoder")
        encoder(name, t, config, top, out, metadata)
        own = b"".join(v.tobytes() for k, v in sorted(out.items()) if k.startswith(name + "."))
        metadata[name + ".sha256"] = hashlib.sha256(own).hexdigest()
        for key, v in head.items():
            out[f"{name}.head.{key}"] = v
    if len(vocab.splitlines()) != len(words):
        raise SystemExit(f"{len(vocab.splitlines())} words in the vocabulary, {len(words)} in the table")
    return out, metadata


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--retriever")
    p.add_argument("--reader")
    p.add_argument("--out", required=True)
    p.add_argument("--manifest", help="also write what the file was made of, as JSON")
    p.add_argument("--calibrate", nargs="*", type=pathlib.Path, help="texts to see the size of inputs on (default: corpus/articles)")
    args = p.parse_args()
    folders = {n: f for n, f in (("retriever", args.retriever), ("reader", args.reader)) if f}
    if not folders:
        p.error("--retriever or --reader is needed")
    from transformers import BertModel, BertTokenizerFast

    files = args.calibrate or sorted((pathlib.Path(__file__).resolve().parent.parent.parent / "corpus" / "articles").glob("*.md"))
    texts = [s for f in files for s in f.read_text().splitlines() if len(s) > 80][:200]
    if not texts:
        p.error("no text to calibrate with")
    models, vocabs = {}, {}
    for name, folder in folders.items():
        head = {}
        if (pathlib.Path(folder) / "head.safetensors").exists():
            from safetensors.numpy import load_file

            head = {k: v.astype(np.float32) for k, v in load_file(pathlib.Path(folder) / "head.safetensors").items()}
        vocabs[name] = vocabulary(folder)
        config = json.loads((pathlib.Path(folder) / "config.json").read_text())
        tok = BertTokenizerFast(vocab={w: i for i, w in enumerate(vocabs[name].decode().splitlines())}, do_lower_case=True)
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval()
        top = calibrate(bert, tok(texts, truncation=True, max_length=128)["input_ids"])
        models[name] = load(folder), config, head, top
    if len(set(vocabs.values())) > 1:
        raise SystemExit("the two vocabularies differ")
    tensors, metadata = build(models, next(iter(vocabs.values())))
    int8.save(args.out, tensors, metadata)
    if args.manifest:
        sha = lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
        made = {n: {f.name: sha(f) for f in sorted(pathlib.Path(d).iterdir()) if f.suffix in (".safetensors", ".bin", ".json", ".txt")} for n, d in folders.items()}
        out = pathlib.Path(args.out)
        manifest = {"file": out.name, "sha256": sha(out), "bytes": out.stat().st_size, "metadata": metadata, "from": made}
        pathlib.Path(args.manifest).write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
