#!/usr/bin/env python3
"""Stage 2: the retriever, a bi-encoder, trained by contrast within pools.

    retriever.py --init DIR --data DIR --out DIR [--steps N] [--measure]

One step takes a pool (an incident, an article), up to 36 of its sentences and 18
of its questions; a question's right sentences must stand nearer than the others
and nearer than a fixed "silence" at cosine .55, which is right where nothing
answers. A follow-up is encoded with the question before it. Resumes from --out
where that holds state.pt.
"""
import argparse, time

from model import *

SILENCE, SCALE, SENTENCES, QUESTIONS = 0.55, 20.0, 36, 18
a = argparse.ArgumentParser()
a.add_argument("--init", required=True); a.add_argument("--data", required=True); a.add_argument("--out")
a.add_argument("--steps", type=int, default=700); a.add_argument("--lr", type=float, default=6e-5); a.add_argument("--seed", type=int, default=1)
a.add_argument("--measure", action="store_true"); a.add_argument("--builtin", type=float, default=.22, help="share of steps on the built-in articles")
a.add_argument("--mined", help="candidates.json: hard negatives first")
a = a.parse_args()
random.seed(a.seed); torch.manual_seed(a.seed)
data = Data(a.data)
bert = load_bert(a.init); texts = Texts(a.init, data)


def joined(q):
    return q["q"] + (" " + q["before"][-1] if q.get("before") else "")


@torch.no_grad()
def measure(sets=(("bank", "dev"), ("eval", "test"), ("incidents", "dev"), ("genres-natural", "dev"), ("short", "test"), ("nq", "dev"), ("tydiqa-en-train", "dev"))):
    bert.eval()
    for name, split in sets:
        rows, fused = [], []
        by = collections.defaultdict(list)
        for q in data.pick(split, [name]): by[q["pool"]].append(q)
        for pool, qs in by.items():
            cos = embed(bert, texts, [joined(q) for q in qs]) @ embed(bert, texts, [r[0] for r in data.pools[pool]]).T
            bm = BM25(data.pools[pool])
            for q, c in zip(qs, cos):
                rows.append((q["kind"], set(q["gold"]), list(np.argsort(-c)[:50]), float(c.max())))
                f = c + .45 * bm.scores(joined(q))
                fused.append((q["kind"], set(q["gold"]), list(np.argsort(-f)[:50]), float(f.max())))
        report(f"{name} cosine", rows); report(f"{name} + BM25", fused)
    bert.train()


if a.measure:
    measure(); raise SystemExit
train = [q for q in data.pick("train") if q["set"] != "offtopic"]
by = collections.defaultdict(list)
for q in train: by[q["pool"]].append(q)
names = list(by)
# Public sets in proportion to their pools, the chat sets twice that, and the built-in articles a fixed share.
weight = [0 if n == "builtin" else min(len(by[n]), 60) * (1.5 if n.startswith(("nq", "tydi", "clapnq")) else .6 if n.startswith(("squad", "shifts")) else .3 if n.startswith(("canard", "covid", "selqa")) else 1) for n in names]
total = sum(weight)
weight = [total * a.builtin / (1 - a.builtin) if n == "builtin" else w for n, w in zip(names, weight)]
mined = json.load(open(a.mined)) if a.mined else {}
number = {id(q): data.key(q) for q in data.questions} if mined else {}
first, state = 1, f"{a.out}/state.pt"
if os.path.exists(state): bert = load_bert(a.out)
opt = torch.optim.AdamW([p for p in bert.parameters() if p.requires_grad], lr=a.lr, weight_decay=.01, fused=True)
if os.path.exists(state):
    s = torch.load(state, weights_only=False); opt.load_state_dict(s["opt"]); first = s["step"] + 1; random.seed(a.seed + first)
bert.train(); begun = time.time(); run = n = 0
for step in range(first, a.steps + 1):
    for g in opt.param_groups: g["lr"] = a.lr * min(1, step / 50) * max(.02, 1 - step / a.steps)
    name = random.choices(names, weight)[0]
    rows, qs = data.pools[name], random.sample(by[name], min(QUESTIONS, len(by[name])))
    need = list(dict.fromkeys(g for q in qs for g in random.sample(q["gold"], min(2, len(q["gold"])))))[: SENTENCES - 8]
    right = {g for q in qs for g in q["gold"]}
    near = [i for q in qs for i in mined.get(number[id(q)], [])[:12] if i not in right]
    near = random.sample(near, min(len(near), 24)) + [i for g in need for i in (g - 1, g + 1) if 0 <= i < len(rows) and i not in right]
    rest = [i for i in range(len(rows)) if i not in right]
    use = list(dict.fromkeys(need + near + random.sample(rest, min(len(rest), SENTENCES))))[:SENTENCES]
    at = {i: k for k, i in enumerate(use)}
    kept = [(q, [at[i] for i in q["gold"] if i in at]) for q in qs]
    kept = [(q, g) for q, g in kept if g or not q["gold"]]
    if not kept: continue
    seqs = [texts.single(rows[i][0]) for i in use] + [texts.single(noisy(q["q"], .25, .1) + (" " + q["before"][-1] if q.get("before") else "")) for q, _ in kept]
    b = Packed(seqs, [[0] * len(s) for s in seqs])
    v = mean_pool(encode(bert, b), b); S, Q = v[: len(use)], v[len(use):]
    L = torch.cat([SCALE * (Q @ S.T), torch.full((len(kept), 1), SCALE * SILENCE, device=DEVICE)], 1)
    M = torch.zeros_like(L, dtype=torch.bool)
    for k, (q, g) in enumerate(kept): M[k, g or [len(use)]] = True
    loss = (torch.logsumexp(L, 1) - torch.logsumexp(L.masked_fill(~M, -1e9), 1)).mean()
    opt.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(bert.parameters(), 1.0); opt.step()
    run += loss.item(); n += 1
    if step % 25 == 0: print(step, f"loss {run / n:.3f} {n} {time.time() - begun:.0f} s", flush=True); run = n = 0
    if step % 200 == 0 or step == a.steps:
        save_bert(bert, a.out); texts.tok.save_pretrained(a.out)
        torch.save({"opt": opt.state_dict(), "step": step}, state + ".tmp"); os.replace(state + ".tmp", state)
measure()
