"""Writes index/bert/testdata: a tiny random model, its vocabulary, and what
PyTorch (float32) and int8.py (the same bits as Go) make of some sequences.

    tiny.py && check_tokenizer.py --golden
"""

import base64
import json
import pathlib
import string

import numpy as np
import torch
from transformers import BertConfig, BertModel

import export
import int8

TESTDATA = pathlib.Path(__file__).resolve().parent.parent / "bert" / "testdata"


def vocabulary():
    letters = string.ascii_lowercase + string.digits
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list(string.punctuation) + list(letters) + ["##" + c for c in letters]
    words += "the attack was found in november amy people un ##aff ##ord ##able ##ing ##ers ##s don on studio ##as pascal".split()
    words += list("éßıστаб中文字日本의한₩€“”—…ªµ½²") + ["##" + c for c in "ßıσςтвא한ᅡᆫテスト中"] + ["ᄒ", "ᄀ", "##ᅡ", "##ᆨ", "テ", "👍", "ا", "ل", "##ل", "न", "##म"]
    return list(dict.fromkeys(words))


def bert(layers, seed, words):
    torch.manual_seed(seed)
    config = BertConfig(vocab_size=len(words), hidden_size=64, num_hidden_layers=layers, num_attention_heads=4, intermediate_size=128, max_position_embeddings=48, initializer_range=0.2)
    model = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "bias" in name:
                p.normal_(0, 0.3)
            elif "LayerNorm.weight" in name:
                p.uniform_(0.5, 1.5)
    return model, config


def encode(a, dtype):
    return base64.b64encode(np.ascontiguousarray(a, dtype).tobytes()).decode()


def main():
    words = vocabulary()
    vocab = "".join(w + "\n" for w in words).encode()
    (TESTDATA / "vocab.txt").write_bytes(vocab)
    torch_models, models = {}, {}
    for name, layers, seed in (("retriever", 2, 1), ("reader", 1, 2)):
        model, config = bert(layers, seed, words)
        if torch_models:
            model.embeddings.word_embeddings.weight.data.copy_(torch_models["retriever"].embeddings.word_embeddings.weight.data)
        torch_models[name] = model
        models[name] = {k: v.numpy() for k, v in model.state_dict().items() if v.is_floating_point()}, config.to_dict(), {}, export.calibrate(model, np.random.default_rng(4).integers(0, len(words), (8, 24)).tolist())
    rng = np.random.default_rng(3)
    models["reader"][2]["0.weight"] = rng.standard_normal((3, 64)).astype(np.float32)
    tensors, metadata = export.build(models, vocab)
    int8.save(TESTDATA / "tiny.safetensors", tensors, metadata)

    sequences = []
    for n in (1, 2, 7, 9, 12, 33):
        ids = rng.integers(0, len(words), n)
        cut = rng.integers(0, n + 1)
        sequences.append({"ids": ids.tolist(), "segments": [int(i >= cut) for i in range(n)]})
    out = {"sequences": sequences}
    for name, model in torch_models.items():
        states = [int8.forward(tensors, metadata, name, s["ids"], s["segments"]) for s in sequences]
        with torch.no_grad():
            exact = [model(input_ids=torch.tensor([s["ids"]]), token_type_ids=torch.tensor([s["segments"]]))[0][0].numpy() for s in sequences]
        cos = [(a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1) for a, b in zip(states, exact)]
        print(name, "cosine of a token's state with float32:", np.concatenate(cos).mean(), "least", np.concatenate(cos).min())
        out[name] = {"int8": encode(np.concatenate(states), np.float32), "torch": encode(np.concatenate(exact), np.float16)}
    (TESTDATA / "tiny.json").write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
