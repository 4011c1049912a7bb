#!/usr/bin/env python3
"""Stage 1: pools.jsonl and questions.jsonl, what all other stages read.

    data.py --tree ../testdata --data DIR --sentences DIR --out DIR

--sentences holds NAME.sents.jsonl, which ./sentences (Go) writes with the
product's own sentence scanner; --data holds the public sets that manifest.json
names. A set that is not there is left out with a line.

pools.jsonl      {"pool", "s": [[text, title, heading, date, previous, next], ...]}
questions.jsonl  {"q", "pool", "gold": [index, ...], "spans": {index: [[start, end], ...]},
                  "set", "split": "train" | "dev" | "test", "kind", "before": [...]}
gold empty: nothing in the pool answers. spans are characters of the sentence.
"""
import argparse, collections, gzip, hashlib, json, os, re

a = argparse.ArgumentParser()
for name in ("tree", "data", "sentences", "out"): a.add_argument(f"--{name}", required=True)
a = a.parse_args()
pools, questions = {}, []


def rows(path):
    if not os.path.exists(path): return []
    with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as f:
        return [json.loads(line) for line in f if line.strip()]


def sentences(name):
    out = rows(f"{a.sentences}/{name}.sents.jsonl")
    if not out: print(f"left out: {name}: no {a.sentences}/{name}.sents.jsonl")
    return out


def plain(s):
    s = s.replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')
    return re.sub(r"\s+", " ", re.sub(r"[*_`\\]", "", s)).strip().lower()


def held_out(group, share):
    """Splits by group (an article, a passage), the same on every machine."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % share == 0


def pool(name, ss, key):
    """ss: sentences in order; previous and next never cross key(s)."""
    near = lambda i, j: ss[j]["t"] if 0 <= j < len(ss) and key(ss[i]) == key(ss[j]) else ""
    pools[name] = [["" if s is None else s["t"], "" if s["title"].startswith(("matters ", "affair ")) else s["title"].replace("_", " "), s.get("h", ""), s.get("date", ""), near(i, i - 1), near(i, i + 1)] for i, s in enumerate(ss)]


def add(q, pool_name, gold, group, split, kind="", before=None, spans=None):
    row = dict(q=re.sub(r"\s+", " ", q), pool=pool_name, gold=sorted(set(gold)), set=group, split=split, kind=kind)
    if before: row["before"] = [before] if isinstance(before, str) else before
    if spans: row["spans"] = spans
    questions.append(row)


HELD_OUT = {"incidents": (7, 4), "genres": (5, 2)}


def invented(name):
    """A pool an incident; every seventh of incidents and every fifth of genres are held out as dev."""
    by = collections.OrderedDict()
    for s in sentences(name): by.setdefault(s["d"], []).append(s)
    order = {d: k for k, d in enumerate(by)}
    doc = {s["p"]: d for d, ss in by.items() for s in ss}
    titled = {s["title"]: d for d, ss in by.items() for s in ss}
    for d, ss in by.items(): pool(f"{name}/{d}", ss, lambda s: s["title"])
    every, first = HELD_OUT.get(name, (1, 1))
    split = lambda d: "dev" if order[d] % every == first else "train"
    find = lambda d, golds: [i for i, s in enumerate(by[d]) for t in golds if plain(s["t"]) in plain(t) or plain(t) in plain(s["t"])]
    for q in rows(f"{a.tree}/{name}/questions.jsonl"):
        g = find(doc[q["pid"]], q["also"])
        if g: add(q["q"], f"{name}/{doc[q['pid']]}", g, name, split(doc[q["pid"]]), q.get("kind", ""))
    for q in rows(f"{a.tree}/{name}/absent.jsonl"):
        d = titled.get(q["title"])
        if d: add(q["q"], f"{name}/{d}", [], name, split(d), "absent")
    for part in "kinds", "natural":  # asked by people's wording, absents too
        for q in rows(f"{a.tree}/{name}/{part}.jsonl"):
            d = q.get("incident") or titled.get(q["title"])
            g = find(d, q["gold"]) if d in by else []
            if d in by and (g or not q["gold"]): add(q["q"], f"{name}/{d}", g, f"{name}-{part}", split(d), q["kind"], q.get("before"))


def public(name, path, split, chunk):
    """SQuAD-shaped: chunk 0 is one pool for all, None a pool a title, else that many passages a pool."""
    by, place = collections.OrderedDict(), {}
    for s in sentences(name): by.setdefault(s["p"], []).append(s)
    groups = collections.OrderedDict()
    for k, (_, ss) in enumerate(by.items()):
        groups.setdefault(name if chunk == 0 else f"{name}/{ss[0]['d']}" if chunk is None else f"{name}/{k // chunk}", []).extend(ss)
    for g, ss in groups.items():
        pool(g, ss, lambda s: s["p"])
        for i, s in enumerate(ss): place.setdefault(s["p"], []).append((i, s["s"], s["t"], g))
    for q in rows(path):
        found, gold, spans = place.get(q["pid"], []), [], {}
        for i, start, text, _ in found:
            raw = text.encode()
            for x, y in q.get("spans", []):
                x, y = max(0, x - start), min(len(raw), y - start)
                if x >= y: continue
                gold.append(i)
                if y - x <= 90 and (y - x) * 10 <= len(raw) * 6:  # longer ones are whole sentences, not answers
                    spans.setdefault(i, []).append([len(raw[:x].decode(errors="ignore")), len(raw[:y].decode(errors="ignore"))])
        if found and (gold or q.get("impossible")):
            g = found[0][3]
            add(q["q"], g, list(dict.fromkeys(gold))[:6], name, "dev" if split == "train" and held_out(g, 20) else split, "" if gold else "impossible", q.get("before"), spans)


for name in ("incidents", "unseen", "genres", "affairs", "matters"): invented(name)
for name, split, chunk in (("squad11-train44", "train", None), ("shifts-new_wiki", "train", None), ("squad11-dev", "test", 0)):
    public(name, f"{a.data}/{name}.questions.jsonl", split, chunk)
for name in ("tydiqa-en-train", "nq", "clapnq", "covid-qa", "selqa-dev", "squad20", "squad11-more", "squad11-sentences", "squad20-impossible", "canard-dev", "canard-testsplit"):
    public(name, f"{a.data}/public/{name}.questions.jsonl.gz", "train", None if name == "squad20" else 20)

builtin = sentences("builtin")
pool("builtin", builtin, lambda s: s["d"])
at = {s["id"]: i for i, s in enumerate(builtin)}
moved = {m["old"]: m["new"] for m in rows(f"{a.tree}/moved.jsonl") if "old" in m}
ids = lambda gold: [at[moved.get(g, g)] for g in gold if moved.get(g, g) in at]
for f in ("answerable", "head", "absent", "unanswerable", "offtopic"):
    for q in rows(f"{a.tree}/eval/{f}.jsonl"):
        add(q["q"], "builtin", ids(q.get("gold", [])), "eval", "train" if q.get("half") == "tune" else "test", q.get("kind", ""), q.get("before"))
bank = f"{a.tree}/bank" if os.path.exists(f"{a.tree}/bank") else f"{a.data}/bank"
for f in ("train", "dev"):
    for q in rows(f"{bank}/{f}.jsonl"):
        if q["gold"] and not ids(q["gold"]): print("left out, its sentences are gone:", q["q"]); continue
        add(q["q"], "builtin", ids(q["gold"]), "bank", f, q["kind"], q.get("before"))
for q in rows(f"{a.tree}/exact.jsonl"):
    i = at.get(moved.get(q["id"], q["id"]))
    if i is None: continue
    text, spans = builtin[i]["t"], {}
    for r in q["right"]:
        k = text.find(r)
        if k >= 0: spans.setdefault(i, []).append([k, k + len(r)])
    if spans: add(q["q"], "builtin", [i], "exact", "train" if q["half"] == "tune" else "test", "exact", None, spans)
for q in rows(f"{a.tree}/offtopic/messages.jsonl"): add(q["q"], "builtin", [], "offtopic", "train", "offtopic")
for q in rows(f"{a.tree}/messages/messages.jsonl"):
    if q["kind"] in ("offtopic", "remark", "bot") and q["half"] == "train": add(q["q"], "builtin", [], "messages", "train", q["kind"])
by, at = collections.OrderedDict(), {}
for s in sentences("short"): by.setdefault(s["d"], []).append(s)
for d, ss in by.items():
    pool(f"short/{d}", ss, lambda s: s["d"])
    at.update({s["id"]: i for i, s in enumerate(ss)})
for q in rows(f"{a.tree}/short/questions.jsonl"):
    add(q["q"], f"short/{q['article']}", [at[g] for g in q.get("gold", []) if g in at], "short", "train" if q.get("half") == "tune" else "test", q.get("kind", ""))

os.makedirs(a.out, exist_ok=True)
for name, lines in (("pools", [dict(pool=k, s=v) for k, v in pools.items()]), ("questions", questions)):
    with open(f"{a.out}/{name}.jsonl", "w", encoding="utf-8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in lines)
for k, n in sorted(collections.Counter((q["set"], q["split"], "answerable" if q["gold"] else "not", "spans" if q.get("spans") else "") for q in questions).items()): print(*k, n)
