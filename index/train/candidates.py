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
for q in data.questions:
    if q["set"] == "squad11-dev":
        squad += 1
        if squad % 21: continue
    if data.key(q) not in found: by[q["pool"]].append(q)
begun, saved = time.time(), time.time()
for pool, qs in sorted(by.items(), key=lambda x: x[0].startswith(WORDS)):
    rows = data.pools[pool]; bm = BM25(rows)
    queries = [q["q"] + (" " + q["before"][-1] if q.get("before") else "") for q in qs]
    if pool.startswith(WORDS): cosines = np.zeros((len(qs), len(rows)), np.float32)
    else: cosines = embed(bert, texts, queries) @ embed(bert, texts, [r[0] for r in rows]).T
    for q, query, cos in zip(qs, queries, cosines):
        words_score = bm.scores(query)
        both, near = np.argsort(-(cos + .45 * words_score))[: a.depth], np.argsort(-cos)[:12]
        lexical = [i for i in np.argsort(-words_score)[:8] if words_score[i] > 0]
        found[data.key(q)] = [int(i) for i in dict.fromkeys([*both[:24], *(near if cos.any() else ()), *lexical, *both[24:]])][: a.depth]
    if time.time() - saved > 60:
        json.dump(found, open(a.out + ".tmp", "w")); os.replace(a.out + ".tmp", a.out); saved = time.time()
        print(len(found), f"{time.time() - begun:.0f} s", flush=True)
json.dump(found, open(a.out + ".tmp", "w")); os.replace(a.out + ".tmp", a.out)
print(len(found), "questions have candidates", flush=True)
