#!/usr/bin/env python3
"""Stage 4: the reader, a cross-encoder over candidate sentences with "none of them" as one more choice.

    reader.py --init DIR --data DIR --candidates FILE --out DIR [--minutes M] [--steps N]
    reader.py --init DIR --data DIR --candidates FILE --measure [--scores FILE]

A step reads --batch questions with --cands candidates each. The right choice is
a right sentence, or none where there is none among them; of the answerable, one
in seven has its right sentences taken away. Where the words of the answer are
known, a second loss finds their first and last token. Resumes from --out where
that holds state.pt; --init may be a reader to go on from.
"""
import argparse, time

from model import *

# How often a question of a set is taken, against 1.
WEIGHT = {"squad11-train44": .35, "shifts-new_wiki": .3, "squad20": .4, "squad11-more": .35, "squad11-sentences": .25, "squad20-impossible": .3,
          "canard-dev": .35, "canard-testsplit": .35, "covid-qa": .3, "eval": 2.0, "bank": 3.0, "exact": 1.0, "offtopic": .4, "short": 1.0,
          "messages": .4,
          "affairs-kinds": 2.0, "unseen-kinds": 2.0, "incidents-kinds": 2.0, "unseen-natural": 2.5, "incidents-natural": 2.5, "genres-natural": 2.5}
INVENTED_ABSENT = .2  # they copy the articles' words, which people do not
HIDE, DISTRACT = .14, .12  # right sentences taken away; an unrelated earlier question put before
a = argparse.ArgumentParser()
for name in ("init", "data", "candidates"): a.add_argument(f"--{name}", required=True)
a.add_argument("--out"); a.add_argument("--steps", type=int, default=100000); a.add_argument("--minutes", type=float, default=100)
a.add_argument("--lr", type=float, default=6e-5); a.add_argument("--batch", type=int, default=8); a.add_argument("--cands", type=int, default=6); a.add_argument("--warm", type=int, default=100)
a.add_argument("--measure", action="store_true"); a.add_argument("--scores"); a.add_argument("--depth", type=int, default=16); a.add_argument("--sets"); a.add_argument("--seed", type=int, default=1)
a = a.parse_args()
random.seed(a.seed); torch.manual_seed(a.seed)
data = Data(a.data); net = Reader(a.init); texts = Texts(a.init, data)
found = json.load(open(a.candidates))
number = {id(q): data.key(q) for q in data.questions}
TESTS = ("bank", "dev"), ("incidents", "dev"), ("genres-natural", "dev"), ("eval", "test"), ("short", "test"), ("nq", "dev"), ("squad11-dev", "test")


def packed(pairs): return Packed([p[0] for p in pairs], [p[1] for p in pairs])


@torch.no_grad()
def measure(limit=None, scores=None):
    net.eval(); out = open(scores, "w") if scores else None
    for name, split in TESTS:
        if a.sets and name not in a.sets.split(","): continue
        qs = [q for q in data.pick(split, [name]) if number[id(q)] in found]
        if limit: qs = qs[:: max(1, len(qs) // limit)]
        rows, kinds, exact, spans = [], collections.defaultdict(list), 0, 0
        for q in qs:
            c = found[number[id(q)]][: a.depth]; question = texts.question(q["q"], q.get("before", ()))
            s, _ = net(packed([texts.pair(question, q["pool"], i) for i in c])); s = s.float().cpu().numpy()
            r = (q["kind"], set(q["gold"]), [c[i] for i in np.argsort(-s)], float(np.log(np.exp(s).sum())))
            rows.append(r); kinds[q["kind"]].append(r)
            if out: out.write(json.dumps(dict(k=number[id(q)], set=name, q=q["q"], kind=q["kind"], gold=q["gold"], c=c, s=[round(float(x), 3) for x in s])) + "\n")
        report(f"{name} {split}", rows)
        if not limit and name in ("bank", "eval"):
            absent = [r for r in rows if not r[1]]
            for k, r in sorted(kinds.items()):
                if any(x[1] for x in r): report("   " + k, r)
    net.train()


if a.measure:
    measure(scores=a.scores); raise SystemExit
train = [q for q in data.pick("train") if number[id(q)] in found]
weight = [WEIGHT.get(q["set"], 1.0) * (INVENTED_ABSENT if not q["gold"] and q["set"] in ("incidents", "unseen", "affairs", "matters") else 1) for q in train]
together = collections.defaultdict(list)
for q in train:
    if q["gold"]: together[q["pool"]].append(q["q"])
groups = [{"params": [p for p in net.bert.parameters() if p.requires_grad], "lr": a.lr}, {"params": [*net.head.parameters(), *net.span.parameters()], "lr": a.lr * 3}]
opt = torch.optim.AdamW(groups, weight_decay=.01, fused=True); base = [g["lr"] for g in opt.param_groups]
step, spent, seen = 0, 0.0, 0
state = f"{a.out}/state.pt"
if os.path.exists(state):
    s = torch.load(state, weights_only=False); net = Reader(a.out)
    groups[0]["params"], groups[1]["params"] = [p for p in net.bert.parameters() if p.requires_grad], [*net.head.parameters(), *net.span.parameters()]
    opt = torch.optim.AdamW(groups, weight_decay=.01, fused=True); opt.load_state_dict(s["opt"])
    step, spent, seen = s["step"], s["spent"], s["seen"]; random.seed(a.seed + step)
    print(f"resumed at step {step}, {spent / 60:.0f} minutes", flush=True)


def example(q):
    """Pairs of one question and which is right, or -1 for none."""
    gold, c = set(q["gold"]), found[number[id(q)]]
    hard = [i for i in c if i not in gold]
    hide = gold and random.random() < HIDE
    right = [] if hide or not gold else [random.choice(q["gold"])]
    near, far = hard[: a.cands + 4], hard[a.cands + 4:]
    far = random.sample(far, min(1, len(far)))
    use = right + random.sample(near, min(len(near), a.cands - len(right) - len(far))) + far
    before = q.get("before", ())
    if not before and random.random() < DISTRACT and together[q["pool"]]: before = [random.choice(together[q["pool"]])]
    question = texts.question(noisy(q["q"]), before)
    return [texts.pair(question, q["pool"], i) for i in use], (0 if right else -1), q.get("spans", {}).get(str(use[0])) if right else None, use, q["pool"]


net.train(); begun = saved = time.time(); run = mark = n = m = 0
while step < a.steps:
    now = spent + time.time() - begun
    left = max(0, 1 - max(step / a.steps, now / 60 / a.minutes))
    if left <= 0: break
    step += 1
    for g, b in zip(opt.param_groups, base): g["lr"] = b * min(1, step / a.warm) * max(.02, left)
    pairs, sizes, target, marks = [], [], [], []
    for q in random.choices(train, weight, k=a.batch):
        p, t, spans, use, pool = example(q)
        if not p: continue
        if spans:
            begin, end = p[0][2]
            s = texts.span(pool, use[0], spans, end - begin)
            if s: marks.append((len(pairs), s))
        pairs += p; sizes.append(len(p)); target.append(t)
    seen += len(sizes)
    b = packed(pairs); starts = b.first.tolist(); loss, k = 0, 0
    s, spans = net(b, [(starts[i] + pairs[i][2][0], starts[i] + pairs[i][2][1]) for i, _ in marks])
    for size, t in zip(sizes, target):
        loss = loss - F.log_softmax(torch.cat([s[k:k + size], s.new_zeros(1)]), 0)[t]; k += size
    loss = loss / len(sizes)
    run += loss.item(); n += 1
    if marks:
        ml = 0
        for z, (_, (first, last)) in zip(spans, marks):
            ml = ml - F.log_softmax(z[:, 0], 0)[first] - F.log_softmax(z[:, 1], 0)[last]
        ml = ml / len(marks) / 2; loss = loss + .25 * ml; mark += ml.item(); m += 1
    opt.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0); opt.step()
    if step % 100 == 0:
        print(step, f"loss {run / n:.3f} spans {mark / max(1, m):.3f} questions {seen} {now / 60:.1f} min", flush=True); run = mark = n = m = 0
    if time.time() - saved > 300:
        net.save(a.out); texts.tok.save_pretrained(a.out); saved = time.time()
        torch.save({"opt": opt.state_dict(), "step": step, "spent": now, "seen": seen}, state + ".tmp"); os.replace(state + ".tmp", state)
    if step % 5000 == 0: measure(40)
net.save(a.out); texts.tok.save_pretrained(a.out)
print("trained", step, "steps,", seen, "questions", flush=True)
measure()
