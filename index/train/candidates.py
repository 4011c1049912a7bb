#!/usr/bin/env python3
"""Stage 3: candidate sentences for every question, best first, to train and measure the reader on.

    candidates.py --retriever DIR --data DIR --out candidates.json

As index/retrieve finds them: by cosine plus .45 x BM25 (as a share of its
ideal), and the best of each alone. Sets in WORDS are only searched by words:
embedding a hundred long passages for one question is not worth the time.
Lists that --out already holds are kept.
"""
import argparse, time

from model import *

WORDS = ("squad20", "squad11-more", "squad11-sentences", "squad20-impossible", "canard-dev", "canard-testsplit", "covid-qa", "selqa-dev")
a = argparse.ArgumentParser()
for name in ("retriever", "data", "out"): a.add_argument(f"--{name}", required=True)
a.add_argument("--squad", type=int, default=500, help="questions of squad11-dev"); a.add_argument("--depth", type=int, default=40)
a = a.parse_args()
data = Data(a.data); bert = load_bert(a.retriever).eval(); texts = Texts(a.retriever, data)
found = json.load(open(a.out)) if os.path.exists(a.out) else {}
by, squad = collections.defaultdict(list), 0
for k, q in enumerate(data.questions):
    if q["set"] == "squad11-dev":
        squad += 1
        if squad % 21: continue
    if str(k) not in found: by[q["pool"]].append(k)
begun, saved = time.time(), time.time()
for pool, ks in sorted(by.items(), key=lambda x: x[0].startswith(WORDS)):
    rows = data.pools[pool]; bm = BM25(rows)
    queries = [data.questions[k]["q"] + (" " + data.questions[k]["before"][-1] if data.questions[k].get("before") else "") for k in ks]
    if pool.startswith(WORDS): cosines = np.zeros((len(ks), len(rows)), np.float32)
    else: cosines = embed(bert, texts, queries) @ embed(bert, texts, [r[0] for r in rows]).T
    for k, query, cos in zip(ks, queries, cosines):
        words_score = bm.scores(query)
        both, near = np.argsort(-(cos + .45 * words_score))[: a.depth], np.argsort(-cos)[:12]
        lexical = [i for i in np.argsort(-words_score)[:8] if words_score[i] > 0]
        found[str(k)] = [int(i) for i in dict.fromkeys([*both[:24], *(near if cos.any() else ()), *lexical, *both[24:]])][: a.depth]
    if time.time() - saved > 60:
        json.dump(found, open(a.out + ".tmp", "w")); os.replace(a.out + ".tmp", a.out); saved = time.time()
        print(len(found), f"{time.time() - begun:.0f} s", flush=True)
json.dump(found, open(a.out + ".tmp", "w")); os.replace(a.out + ".tmp", a.out)
print(len(found), "questions have candidates", flush=True)
