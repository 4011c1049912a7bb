#!/usr/bin/env python3
"""Stage 7: the few numbers between the networks and what is shown (index/fit.json).

    go test ./index -run 'TestEval$' -full -scores scores.jsonl -timeout 60m
    fit.py scores.jsonl --out ../fit.json

Weights of the order are chosen for the reciprocal rank, the confidence by
logistic regression, the outcomes' thresholds from it. Only questions that
neither network was trained on are used: bank dev, the tuning halves of the strangers'
questions and of the kinds of questions, and, for the confidence alone, the incidents held out. Halves
named "test" are never looked at.
"""
import argparse, json, math

import numpy as np

a = argparse.ArgumentParser(); a.add_argument("scores"); a.add_argument("--out"); a.add_argument("--depth", type=int, default=12)
a.add_argument("--answer", type=float); a.add_argument("--near", type=float)
a.add_argument("--order", help="NEAR,WORDS,KNOWN to keep, and fit the confidence alone"); a = a.parse_args()
FLOOR, KNOWN = 0.7, 2.0  # as KnownFloor and knownWeight in index/retrieve
ABSENT = 0.6  # what all questions that nothing answers weigh, against all others
KINDS = ("overview", "sides", "why", "how", "opinion", "multi")
rows = []
for line in open(a.scores):
    r = json.loads(line); r["c"] = r["Candidates"][:]
    if not r["c"]: continue
    f = lambda k: np.array([x[k] for x in r["c"]])
    r["x"] = f("Reader"), f("Cosine"), np.maximum(0, f("Known") - FLOOR), f("Words"), f("Right")
    rows.append(r)
order = [r for r in rows if (r["Set"] in ("bank dev", "strangers, half tune") or r["Set"] in KINDS and r["Half"] == "tune")]
conf = order + [r for r in rows if r["Set"] == "incidents held out"]


def first(r, near, words, known_weight, depth=None):
    """Candidates in order: those that would have been read at the depth. The rows
    of a file are in the order of the whole; the retriever's order is made again."""
    reader, cosine, known, word, right = r["x"]
    found = np.argsort(-(cosine + KNOWN * known + .45 * word), kind="stable")[: depth or a.depth]
    s = (reader + near * cosine + known_weight * known + words * word)[found]
    o = np.argsort(-s, kind="stable")
    return found[o], s[o]


def measure(rs, near, words, known_weight, depth=None):
    n = p1 = h3 = mrr = 0
    for r in rs:
        if not r["Gold"]: continue
        o, _ = first(r, near, words, known_weight, depth); hit = np.flatnonzero(r["x"][4][o])
        n += 1
        if len(hit): p1 += hit[0] == 0; h3 += hit[0] < 3; mrr += 1 / (hit[0] + 1)
    return 100 * p1 / max(1, n), 100 * h3 / max(1, n), 100 * mrr / max(1, n), n


# The mean over the sets, so that the large one does not decide alone.
sets = [[r for r in order if r["Set"] == name and not r["FollowUp"]] for name in sorted({r["Set"] for r in order})]
best = max((float(np.mean([measure(rs, *w)[2] for rs in sets])), *w) for w in ((near, words, known) for near in (0, 4, 8, 12, 16, 24, 32) for words in (2, 4, 6) for known in (16, 32, 48, 64, 96)))
if a.order:
    kept = tuple(float(x) for x in a.order.split(",")); best = (float(np.mean([measure(rs, *kept)[2] for rs in sets])), *kept)
near, words, known_weight = best[1:]
print(f"order: near {near:g}, words {words:g}, known questions {known_weight:g}: MRR {best[0]:.1f}, mean of {len(sets)} sets")
for name in sorted({r["Set"] for r in rows}):
    rs = [r for r in rows if r["Set"] == name and not r["FollowUp"] and r["Half"] != "test"]
    if measure(rs, 0, 0, 0)[3]:
        print(f"{name:22s} n={measure(rs, 0, 0, 0)[3]:4d}  reader alone %.1f / %.1f  near alone %.1f / %.1f  all at 4, 8, 12, 24:" % (*measure(rs, 0, 0, 0)[:2], *measure(rs, 1e6, 0, 2e6)[:2]),
              *("%.1f / %.1f" % measure(rs, near, words, known_weight, d)[:2] for d in (4, 8, 12, 24)))


def features(r):
    o, s = first(r, near, words, known_weight); reader, cosine, known = (x[o] for x in r["x"][:3])
    return [1, reader[0], np.log(np.exp(reader).sum()), cosine[0], known[0], min(5, s[0] - s[1]) if len(s) > 1 else 5, r["Gap"]], float(r["x"][4][o[0]])


X, y = (np.array(v, float) for v in zip(*map(features, conf)))
heavy = np.array([bool(r["Gold"]) for r in conf]); weight = np.where(heavy, 1, ABSENT * heavy.sum() / max(1, (~heavy).sum()))
w = np.zeros(X.shape[1]); mean, std = X.mean(0), X.std(0); mean[0], std[0] = 0, 1
Z = (X - mean) / std
for _ in range(200):
    p = 1 / (1 + np.exp(-Z @ w)); H = Z.T @ (Z * (weight * p * (1 - p))[:, None]) + .5 * np.diag([0] + [1] * (len(w) - 1)); w += np.linalg.solve(H, Z.T @ (weight * (y - p)) - .5 * np.r_[0, w[1:]])
w[0] -= (w[1:] * mean[1:] / std[1:]).sum(); w[1:] /= std[1:]


def confidence(r): return 1 / (1 + math.exp(-float(np.dot(w, features(r)[0]))))


def calibration(rs):
    p = np.array([confidence(r) for r in rs]); t = np.array([features(r)[1] for r in rs]); e = 0
    for lo in np.arange(0, 1, .1):
        m = (p >= lo) & (p < lo + .1)
        if m.any(): e += m.mean() * abs(p[m].mean() - t[m].mean())
    return 100 * e


for name, rs in [("fitted on", conf)] + [(n, [r for r in conf if r["Set"] == n]) for n in sorted({r["Set"] for r in conf})]:
    if not rs: continue
    yes = np.array([confidence(r) for r in rs if r["Gold"]]); no = np.array([confidence(r) for r in rs if not r["Gold"]])
    au = np.mean([(yes > x).mean() + .5 * (yes == x).mean() for x in no]) if len(no) and len(yes) else float("nan")
    print(f"{name:22s} n={len(rs)} expected calibration error {calibration(rs):.1f} points, AUROC {100 * au:.1f}")
print("threshold: of answerable answered / right first among these; nothing shown; absents answered (bank dev, strangers, incidents held out)")
tables = [[r for r in rows if r["Set"] == name] for name in ("bank dev", "strangers, half tune", "incidents held out")]
for t in (.02, .04, .06, .08, .1, .15, .2, .25, .3, .35, .4, .45, .5, .6):
    out = []
    for rs in tables:
        yes, no = [r for r in rs if r["Gold"]], [r for r in rs if not r["Gold"]]
        cy = np.array([confidence(r) for r in yes]); cn = np.array([confidence(r) for r in no]); right = np.array([features(r)[1] for r in yes])
        out.append(f"{100 * (cy >= t).mean():5.1f} {100 * right[cy >= t].mean() if (cy >= t).any() else 0:5.1f} | absents {100 * (cn >= t).mean():5.1f}")
    print(f"{t:4.2f}  " + "    ".join(out))
if a.out:
    old = json.load(open(a.out))
    old.update(nearWeight=near, wordWeight=words, knownWeight=known_weight, **dict(zip(("Bias", "Reader", "Any", "Cosine", "Known", "Lead", "Gap"), (round(float(x), 4) for x in w))))
    if a.answer: old["Answer"] = a.answer
    if a.near: old["Near"] = a.near
    json.dump(old, open(a.out, "w"), indent=1); print("written", a.out)
