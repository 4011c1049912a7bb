"""The two networks, and what all stages of the training share.

Both are BERT encoders of all-MiniLM-L6-v2's shape. The forward pass here packs
the tokens of a batch without padding for all matrix products and pads only for
the attention, which saves a third of the time on two cores.
"""
import collections, hashlib, json, math, os, random, re

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, BertConfig, BertModel

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.set_num_threads(int(os.environ.get("THREADS", os.cpu_count() or 1)))
torch.set_flush_denormal(True)  # Adam on tiny gradients would spend a third of the time on them


def read_jsonl(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


class Data:
    """pools.jsonl and questions.jsonl as data.py writes them."""

    def __init__(self, folder):
        self.pools = {p["pool"]: p["s"] for p in read_jsonl(f"{folder}/pools.jsonl")}
        self.questions = read_jsonl(f"{folder}/questions.jsonl")
        self.digest = {k: hashlib.sha256(json.dumps(v).encode()).hexdigest() for k, v in self.pools.items()}

    def key(self, q):
        """Names a question and what it is asked of, whatever else joins the data."""
        text = "\n".join([q["q"], *q.get("before", ()), self.digest[q["pool"]]])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def pick(self, split, sets=None):
        return [q for q in self.questions if q["split"] == split and (sets is None or q["set"] in sets)]


# --- networks ---------------------------------------------------------------


class Packed:
    """A batch of token sequences, one after another, and where each token goes
    when the batch is padded."""

    def __init__(self, ids, segments):
        lengths = [len(x) for x in ids]
        self.n, self.longest = len(ids), max(lengths)
        position = np.concatenate([np.arange(n) for n in lengths])
        row = np.repeat(np.arange(self.n), lengths)
        as_tensor = lambda x: torch.as_tensor(np.asarray(x, np.int64), device=DEVICE)
        self.ids = as_tensor(np.concatenate(ids))
        self.segments = as_tensor(np.concatenate(segments))
        self.position, self.row = as_tensor(position), as_tensor(row)
        self.slot = self.row * self.longest + self.position
        self.first = as_tensor(np.cumsum([0] + lengths[:-1]))
        self.lengths = as_tensor(lengths)
        mask = torch.zeros(self.n * self.longest, dtype=torch.bool, device=DEVICE)
        mask[self.slot] = True
        self.mask = mask.view(self.n, 1, 1, self.longest)


def encode(bert, batch, keep=None):
    """The last layer's states of a packed batch, [tokens, hidden]; with keep, an
    ascending list of tokens, only theirs, which saves most of the last layer."""
    c, e = bert.config, bert.embeddings
    heads, size = c.num_attention_heads, c.hidden_size // c.num_attention_heads
    h = e.word_embeddings(batch.ids) + e.position_embeddings(batch.position) + e.token_type_embeddings(batch.segments)
    h = e.LayerNorm(h)

    def padded(x, slot, longest):
        out = x.new_zeros(batch.n * longest, c.hidden_size).index_copy(0, slot, x)
        return out.view(batch.n, longest, heads, size).transpose(1, 2)

    for i, layer in enumerate(bert.encoder.layer):
        a, o = layer.attention.self, layer.attention.output
        k, v = (padded(f(h), batch.slot, batch.longest) for f in (a.key, a.value))
        slot, longest = batch.slot, batch.longest
        if keep is not None and i == len(bert.encoder.layer) - 1:
            keep = torch.as_tensor(keep, device=DEVICE)
            h, row = h[keep], batch.row[keep]
            count = torch.bincount(row, minlength=batch.n)
            longest = int(count.max())
            slot = row * longest + torch.arange(len(row), device=DEVICE) - (torch.cumsum(count, 0) - count)[row]
        w = F.scaled_dot_product_attention(padded(a.query(h), slot, longest), k, v, attn_mask=batch.mask)
        w = w.transpose(1, 2).reshape(batch.n * longest, c.hidden_size).index_select(0, slot)
        h = o.LayerNorm(o.dense(w) + h)
        h = layer.output.LayerNorm(layer.output.dense(F.gelu(layer.intermediate.dense(h))) + h)
    return h


def load_bert(folder):
    """A BertModel whose word table stays as it is: the two networks share it."""
    config = BertConfig.from_pretrained(folder)
    bert = BertModel(config, add_pooling_layer=False)
    state = {k.removeprefix("bert."): v for k, v in load_file(f"{folder}/model.safetensors").items()}
    missing, _ = bert.load_state_dict(state, strict=False)
    missing = [m for m in missing if not m.endswith("position_ids")]
    if missing:
        raise SystemExit(f"{folder}/model.safetensors lacks {missing[:3]}")
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return bert.to(DEVICE)


def save_bert(bert, folder):
    os.makedirs(folder, exist_ok=True)
    bert.config.save_pretrained(folder)
    save_file({k: v.contiguous().cpu() for k, v in bert.state_dict().items()}, f"{folder}/model.safetensors.tmp")
    os.replace(f"{folder}/model.safetensors.tmp", f"{folder}/model.safetensors")


def mean_pool(h, batch):
    """One unit vector a sequence."""
    out = h.new_zeros(batch.n, h.shape[1]).index_add(0, batch.row, h)
    return F.normalize(out / batch.lengths[:, None], dim=-1)


class Reader(torch.nn.Module):
    """Question and sentence in context -> how well it answers, a logit against
    0 for "none does", and for each token whether the answer starts or ends there."""

    def __init__(self, folder):
        super().__init__()
        self.bert = load_bert(folder)
        h = self.bert.config.hidden_size
        self.head = torch.nn.Sequential(torch.nn.Linear(h, h), torch.nn.GELU(), torch.nn.Linear(h, 1))
        self.span = torch.nn.Linear(h, 2)
        if os.path.exists(f"{folder}/head.safetensors"):
            self.load_state_dict(load_file(f"{folder}/head.safetensors"), strict=False)
        self.to(DEVICE)

    def forward(self, batch, spans=()):
        """Scores of all sequences, and for each range of tokens in spans their
        logits to start and to end the answer."""
        first = batch.first.tolist()
        keep = sorted({*first, *(t for a, b in spans for t in range(a, b))})
        h = encode(self.bert, batch, keep)
        at = {t: i for i, t in enumerate(keep)}
        return self.head(h[[at[t] for t in first]])[:, 0], [self.span(h[at[a]:at[a] + b - a]) for a, b in spans]

    def save(self, folder):
        save_bert(self.bert, folder)
        save_file({k: v.contiguous().cpu() for k, v in self.state_dict().items() if not k.startswith("bert.")}, f"{folder}/head.safetensors")


# --- texts ------------------------------------------------------------------


class Texts:
    """Token ids of questions and of sentences in their context.

    A pair is [CLS] question [SEP] (question before [SEP]) | sentence [SEP]
    title, heading, date [SEP] sentence before, sentence after [SEP]; the bar is
    where segment 1 begins. index/reader builds the same in Go.
    """

    QUESTION, BEFORE, SENTENCE, TITLE, PREVIOUS, NEXT, LONGEST = 40, 24, 64, 20, 24, 10, 76

    def __init__(self, folder, data):
        self.tok = AutoTokenizer.from_pretrained(folder)
        self.data, self.cache = data, {}
        self.cls, self.sep = self.tok.cls_token_id, self.tok.sep_token_id

    def ids(self, text, limit=None):
        return self.tok(text, add_special_tokens=False, truncation=limit is not None, max_length=limit)["input_ids"]

    def single(self, text, limit=96):
        return [self.cls] + self.ids(text, limit - 2) + [self.sep]

    def question(self, text, before=()):
        x = [self.cls] + self.ids(text, self.QUESTION) + [self.sep]
        if before:
            x += self.ids(before[-1], self.BEFORE) + [self.sep]
        return x

    def parts(self, pool, i):
        key = (pool, i)
        if key not in self.cache:
            text, title, heading, date, previous, following = self.data.pools[pool][i]
            enc = self.tok(text, add_special_tokens=False, truncation=True, max_length=self.SENTENCE, return_offsets_mapping=True)
            about = ". ".join(x for x in (title, heading, date) if x)
            self.cache[key] = (enc["input_ids"], enc["offset_mapping"], self.ids(about, self.TITLE), self.ids(previous)[-self.PREVIOUS:], self.ids(following, self.NEXT))
        return self.cache[key]

    def pair(self, question, pool, i):
        """ids, segments, and where the sentence's tokens lie."""
        sentence, _, about, previous, following = self.parts(pool, i)
        sentence = sentence[: self.LONGEST - len(question) - 2]
        x = question + sentence + [self.sep]
        room = max(0, self.LONGEST - len(x) - 1)
        context = (about + [self.sep] + previous)[:room]
        context += following[: max(0, room - len(context))]
        x = x + context + [self.sep]
        return x, [0] * len(question) + [1] * (len(x) - len(question)), (len(question), len(question) + len(sentence))

    def span(self, pool, i, spans, limit):
        """First and last token of the answer in the sentence, or None."""
        offsets = self.parts(pool, i)[1][:limit]
        for start, end in spans:
            inside = [k for k, (a, b) in enumerate(offsets) if a < end and b > start]
            if inside and offsets[inside[-1]][1] >= end:
                return inside[0], inside[-1]
        return None


def batches(sequences, tokens):
    """Lists of indices of at most so many tokens each, short ones together."""
    order, out, size = sorted(range(len(sequences)), key=lambda i: len(sequences[i])), [[]], 0
    for i in order:
        if out[-1] and size + len(sequences[i]) > tokens:
            out.append([])
            size = 0
        out[-1].append(i)
        size += len(sequences[i])
    return out


@torch.no_grad()
def embed(bert, texts, strings, tokens=6000):
    """Unit vectors of strings, [len(strings), hidden]."""
    seqs = [texts.single(s) for s in strings]
    out = np.zeros((len(seqs), bert.config.hidden_size), np.float32)
    for idx in batches(seqs, tokens):
        b = Packed([seqs[i] for i in idx], [[0] * len(seqs[i]) for i in idx])
        out[idx] = mean_pool(encode(bert, b), b).cpu().numpy()
    return out


# --- noise ------------------------------------------------------------------

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../testdata/messages/wraps.jsonl"), encoding="utf-8") as f:
    WRAPS = [w["wrap"] for w in map(json.loads, f) if w["half"] == "train"]


def noisy(text, wrap=0.25, typo=0.15):
    """A question as it is posted: wrapped, lower case, with a slip of the finger."""
    if random.random() < wrap:
        text = random.choice(WRAPS).replace("{}", text)
    r = random.random()
    if r < 0.25:
        text = text.lower().rstrip("?")
    elif r < 0.28:
        text = text.upper()
    if random.random() < typo and len(text) > 12:
        for _ in range(random.choice((1, 1, 2))):
            k, m = random.randrange(1, len(text) - 2), random.random()
            if m < 0.35:
                text = text[:k] + text[k + 1:]
            elif m < 0.5:
                text = text[:k] + text[k] + text[k:]
            elif m < 0.8:
                text = text[:k] + text[k + 1] + text[k] + text[k + 2:]
            else:
                text = text[:k] + random.choice("abcdefghijklmnopqrstuvwxyz") + text[k + 1:]
    return text


# --- words ------------------------------------------------------------------

STOP = set("a an the of in on at to for and or is are was were be been do does did has have had it its this that these those by with from as what who whom which when where why how i you he she they we me my your".split())


def words(text):
    out = []
    for w in re.findall(r"[a-z0-9]+", text.lower()):
        if w in STOP:
            continue
        for suffix in ("ing", "edly", "ed", "ies", "es", "s", "ly"):
            if w.endswith(suffix) and len(w) - len(suffix) >= 3:
                w = w[: -len(suffix)]
                break
        out.append(w)
    return out


class BM25:
    """Sentences with their titles; scores as a share of the ideal."""

    def __init__(self, rows, k1=1.2, b=0.75):
        docs = [collections.Counter(words(r[0] + " " + r[1])) for r in rows]
        self.length = np.array([sum(d.values()) for d in docs], np.float32)
        mean = max(1.0, float(self.length.mean()))
        self.n, self.k1 = len(rows), k1
        inv = collections.defaultdict(list)
        for i, d in enumerate(docs):
            for w, c in d.items():
                inv[w].append((i, c))
        self.inv = {}
        for w, p in inv.items():
            i = np.array([x for x, _ in p])
            c = np.array([x for _, x in p], np.float32)
            self.inv[w] = (i, c * (k1 + 1) / (c + k1 * (1 - b + b * self.length[i] / mean)))

    def idf(self, w):
        n = len(self.inv[w][0]) if w in self.inv else 0
        return math.log(1 + (self.n - n + 0.5) / (n + 0.5))

    def scores(self, question):
        out, ideal = np.zeros(self.n, np.float32), 1e-6
        for w in set(words(question)):
            idf = self.idf(w)
            ideal += idf * (self.k1 + 1)
            if w in self.inv:
                i, tf = self.inv[w]
                out[i] += idf * tf
        return out / ideal


# --- measures ---------------------------------------------------------------


def auroc(positive, negative):
    x = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2
    n = len(positive)
    return float((mean_rank[inverse[:n]].sum() - n * (n + 1) / 2) / (n * len(negative))) if n and len(negative) else float("nan")


def report(name, rows):
    """rows: (kind, set of gold, candidates best first, confidence). Prints P@1, hit@3,
    MRR at 10 of the answerable, and how well confidence tells the absent apart."""
    yes, no = [r for r in rows if r[1]], [r for r in rows if not r[1]]
    ranks = [next((i for i, x in enumerate(r[2][:50], 1) if x in r[1]), 0) for r in yes]
    n = max(1, len(yes))
    p1, h3 = sum(r == 1 for r in ranks) / n, sum(0 < r <= 3 for r in ranks) / n
    line = f"{name:24s} n={len(yes):5d} P@1 {100 * p1:5.1f} hit@3 {100 * h3:5.1f} hit@20 {100 * sum(0 < r <= 20 for r in ranks) / n:5.1f} MRR {100 * sum(1 / r for r in ranks if 0 < r <= 10) / n:5.1f}"
    if yes and no:
        cy, cn = np.sort([r[3] for r in yes]), np.array([r[3] for r in no])
        line += f" | absent {len(no)} AUROC {auroc(cy, cn):.3f} refused at 5/10/20 %"
        line += "".join(f" {100 * (cn < cy[int(w * len(cy))]).mean():.0f}" for w in (0.05, 0.10, 0.20))
    print(line, flush=True)
    return p1, h3
