#!/usr/bin/env python3
"""Stage 5: what sort of message a vector is: two small layers over the retriever's vectors.

    kinds.py --retriever DIR --data DIR --tree ../testdata --public DIR

Kinds: question, followup, overview, opinion, remark, bot, offtopic, language.
Reports, on messages that were kept out of the training, how many of each kind
are taken for what.
"""
import argparse, gzip

from model import *

a = argparse.ArgumentParser()
for name in ("retriever", "data", "tree", "public"): a.add_argument(f"--{name}", required=True)
a.add_argument("--each", type=int, default=1500, help="messages of a kind at most")
a = a.parse_args()
random.seed(1); torch.manual_seed(1)
data = Data(a.data); bert = load_bert(a.retriever).eval(); texts = Texts(a.retriever, data)
HIDDEN = 48
KINDS = ["question", "followup", "overview", "opinion", "remark", "bot", "offtopic", "language"]
train, test = collections.defaultdict(list), collections.defaultdict(list)
for q in data.questions:
    to = {"train": train, "dev": test, "test": test}[q["split"]]
    if q["set"] in ("incidents", "unseen", "affairs", "matters", "squad11-train44", "squad11-dev", "tydiqa-en-train", "nq", "clapnq") or q["set"].endswith(("-kinds", "-natural")) or q["set"] in ("bank", "eval"):
        kind = "followup" if q.get("before") else "overview" if q["kind"] == "overview" else "offtopic" if q["kind"] == "offtopic" else "question" if q["kind"] not in ("opinion", "hostile", "") or q["set"] not in ("bank", "eval") else None
        if kind and not (q["set"].startswith("squad") and random.random() > .05): to[kind].append(q["q"])
    elif q["set"].startswith("canard") and q.get("before") and q["split"] == "train": train["followup"].append(q["q"])
    elif q["set"] == "offtopic": train["offtopic"].append(q["q"])
for name, kind in (("clinc150", "offtopic"), ("ms-chitchat", "bot"), ("chatterbot", "bot")):
    path = f"{a.public}/{name}.jsonl.gz"
    if os.path.exists(path):
        with gzip.open(path, "rt", encoding="utf-8") as f:
            msgs = [json.loads(line)["q"] for line in f]
            train[kind] += [m for m in msgs if len(m.split()) > 2]  # "why?" is said to the articles rather than to the bot
path = f"{a.tree}/messages/messages.jsonl"; mine = set()
for m in read_jsonl(path) if os.path.exists(path) else []:
    if m["half"] == "train": mine.add(m["q"])
    kind = {"plain": "question", "multi": "question"}.get(m["kind"], m["kind"])
    for _ in range(1 if m["half"] == "test" else 4): (test if m["half"] == "test" else train)[kind].append(m["q"])
X, Y = [], []
for k, kind in enumerate(KINDS):
    most = a.each * (6 if kind == "question" else 1)  # most messages are questions
    own = train[kind] if len(train[kind]) <= most else [*[m for m in train[kind] if m in mine], *random.sample(train[kind], most)]
    X += [noisy(m, .2, .1) for m in own]; Y += [k] * len(own)
V, y = torch.tensor(embed(bert, texts, X)), torch.tensor(Y)
count = torch.bincount(y, minlength=len(KINDS)).float()
net = torch.nn.Sequential(torch.nn.Linear(V.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(.3), torch.nn.Linear(HIDDEN, len(KINDS)))
opt = torch.optim.AdamW(net.parameters(), lr=.004, weight_decay=.02)
for step in range(900):
    for g in opt.param_groups: g["lr"] = .004 * (1 - step / 900)
    pick = torch.randint(len(y), (512,))
    loss = F.cross_entropy(net(V[pick] + .02 * torch.randn(512, V.shape[1])), y[pick]); opt.zero_grad(); loss.backward(); opt.step()
net.eval(); prior, layer = count, net
print(f"{len(X)} messages, loss {loss.item():.3f}", dict(zip(KINDS, prior.int().tolist())))
print("kind".ljust(10), *[k[:8].rjust(8) for k in KINDS])
with torch.no_grad():
    for kind in KINDS:
        msgs = test[kind][:600]
        if not msgs: continue
        p = torch.bincount(layer(torch.tensor(embed(bert, texts, msgs))).argmax(1), minlength=len(KINDS)).float() / len(msgs)
        print(kind.ljust(10), *[f"{100 * x:8.1f}" for x in p.tolist()], len(msgs))
save_file({"kinds.0.weight": net[0].weight.detach().contiguous(), "kinds.0.bias": net[0].bias.detach().contiguous(), "kinds.1.weight": net[3].weight.detach().contiguous(), "kinds.1.bias": net[3].bias.detach().contiguous()}, f"{a.retriever}/head.safetensors")
lean = lambda msgs: torch.softmax(layer(torch.tensor(embed(bert, texts, msgs))), 1)[:, KINDS.index("followup")].detach().numpy()
follow, whole = lean(test["followup"]), lean(test["question"][:600])
for t in (.05, .1, .2, .3, .4, .5): print(f"probability of a follow-up from {t}: {100 * (follow >= t).mean():.0f} % of follow-ups, {100 * (whole >= t).mean():.0f} % of questions")
