"""Times ONNX Runtime (dynamic int8, one thread) and index/bert in turn, on 12
sequences of 60 tokens.

    bench_onnx.py MODEL_DIR [--rounds 7]
"""

import argparse
import pathlib
import re
import subprocess
import tempfile
import time

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertModel

REPO = pathlib.Path(__file__).resolve().parent.parent.parent


class States(torch.nn.Module):
    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask):
        return self.bert(input_ids=input_ids, attention_mask=attention_mask)[0]


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("model")
    p.add_argument("--rounds", type=int, default=7)
    args = p.parse_args()
    ids = torch.randint(1000, 20000, (12, 60))
    with tempfile.TemporaryDirectory() as tmp:
        bert = BertModel.from_pretrained(args.model, attn_implementation="eager", add_pooling_layer=False).eval()
        names = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}}
        torch.onnx.export(States(bert), (ids, torch.ones_like(ids)), f"{tmp}/f.onnx", input_names=list(names), output_names=["states"], dynamic_axes=names, opset_version=17, dynamo=False)
        quantize_dynamic(f"{tmp}/f.onnx", f"{tmp}/q.onnx", weight_type=QuantType.QInt8)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(f"{tmp}/q.onnx", options, providers=["CPUExecutionProvider"])
        feed = {"input_ids": ids.numpy(), "attention_mask": np.ones((12, 60), np.int64)}
        session.run(None, feed)
        subprocess.run(["go", "test", "-c", "-o", f"{tmp}/bert.test", "./index/bert"], cwd=REPO, check=True)
        times = {"onnx": [], "go": []}
        for _ in range(args.rounds):
            for _ in range(5):
                start = time.perf_counter()
                session.run(None, feed)
                times["onnx"].append((time.perf_counter() - start) * 1e3)
            out = subprocess.run([f"{tmp}/bert.test", "-test.run", "xxx", "-test.bench", "Encode/12x60/(avx|vnni|neon)", "-test.benchtime", "1x", "-test.count", "5", "-test.cpu", "1"], capture_output=True, text=True, check=True, cwd=REPO / "index/bert").stdout
            times["go"] += [float(v) / 1e6 for v in re.findall(r"([\d.]+) ns/op", out)]
    for name, t in times.items():
        t.sort()
        print(f"{name}: fastest {t[0]:.1f} ms, median {t[len(t) // 2]:.1f} ms of {len(t)}; {720 * 6 * (4 * 384**2 + 2 * 384 * 1536) / t[0] / 1e6:.0f} GMAC/s at the fastest")


if __name__ == "__main__":
    main()
