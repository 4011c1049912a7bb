"""What int8 costs: sentence vectors of PyTorch in float32, for index/bert.

    export.py --retriever MODEL --out w.safetensors
    check_vectors.py MODEL --sentences FILE --out vectors.jsonl   (one sentence a line)
    go test ./index/bert -run VectorsReference -v -args -weights $PWD/w.safetensors -vectors $PWD/vectors.jsonl
"""

import argparse
import base64
import json
import pathlib

import torch
from transformers import BertModel, BertTokenizerFast


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("model")
    p.add_argument("--sentences", required=True)
    p.add_argument("--out", required=True)
    args = p.parse_args()
    tok = BertTokenizerFast.from_pretrained(args.model)
    model = BertModel.from_pretrained(args.model, add_pooling_layer=False).eval()
    sentences = sorted(pathlib.Path(args.sentences).read_text().splitlines(), key=len)
    with open(args.out, "w") as f:
        for i in range(0, len(sentences), 32):
            batch = tok(sentences[i : i + 32], padding=True, truncation=True, max_length=128, return_tensors="pt")
            mask = batch["attention_mask"][..., None].float()
            with torch.no_grad():
                states = model(**batch)[0]
            vectors = torch.nn.functional.normalize((states * mask).sum(1), dim=1).numpy()
            for ids, m, v in zip(batch["input_ids"].tolist(), batch["attention_mask"].tolist(), vectors):
                f.write(json.dumps({"ids": ids[: sum(m)], "vector": base64.b64encode(v.tobytes()).decode()}) + "\n")


if __name__ == "__main__":
    main()
