"""The arithmetic of package index/bert in numpy: quantising, packing, the file,
and a forward pass that gives the same bits as the Go code.

Activations are 0..127 with a zero point for each row, weights -127..127 with a
scale for each output. index/bert/kernel.go says why.
"""

import json
import struct

import numpy as np

F = np.float32
MAX_ACT, MAX_WEIGHT, PANEL = 127, 127, 16


def quantize_weights(w):
    """w [out, in] -> int8 [out, in] and scale [out]: of 21 ways to clip a row,
    the one with the smallest squared error."""
    top = np.abs(w).max(1, keepdims=True).astype(np.float64)
    top[top == 0] = 1
    best = None
    for clip in np.linspace(1, 0.5, 21):
        scale = (top * clip / MAX_WEIGHT).astype(F)
        q = np.clip(np.rint(w / scale), -MAX_WEIGHT, MAX_WEIGHT)
        error = ((q * scale - w) ** 2).sum(1, keepdims=True)
        if best is None:
            best = error, q, scale
        else:
            better = error < best[0]
            best = tuple(np.where(better, new, old) for new, old in zip((error, q, scale), best))
    return best[1].astype(np.int8), best[2][:, 0].astype(F)


def smoothing(w, top):
    """What to multiply each input by before it is quantised, so that inputs that
    are often large do not leave the others few steps. w [out, in] is divided by
    it; top [in] is the largest absolute input seen. SmoothQuant (Xiao et al.,
    2022) with an alpha of 1/2."""
    s = np.sqrt(np.maximum(np.abs(w).max(0), 1e-5) / np.maximum(top, 1e-5))
    return (s / np.median(s)).astype(F)


def quantize_words(w):
    """w [words, hidden] -> int8 [words, hidden] and scale [words]."""
    scale = (np.abs(w).max(1, keepdims=True) / 127).astype(F)
    scale[scale == 0] = 1
    return np.clip(np.rint(w / scale), -127, 127).astype(np.int8), scale[:, 0]


def pack(q):
    """q int8 [out, in] -> [out/16][in/4][16][4], as the kernels read it."""
    out, inputs = q.shape
    if out % PANEL or inputs % 16:
        raise SystemExit(f"a matrix of {inputs} inputs and {out} outputs; both must be multiples of 16")
    return np.ascontiguousarray(q.reshape(out // PANEL, PANEL, inputs // 4, 4).transpose(0, 2, 1, 3))


def unpack(p):
    return p.transpose(0, 2, 1, 3).reshape(p.shape[0] * PANEL, p.shape[1] * 4)


DTYPES = {"int8": "I8", "uint8": "U8", "int32": "I32", "float16": "F16", "float32": "F32"}


def save(path, tensors, metadata):
    """Writes a safetensors file; the same input gives the same bytes."""
    header, offset = {"__metadata__": dict(sorted(metadata.items()))}, 0
    for name in sorted(tensors):
        t = tensors[name]
        header[name] = {"dtype": DTYPES[str(t.dtype)], "shape": list(t.shape), "data_offsets": [offset, offset + t.nbytes]}
        offset += t.nbytes
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 64)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(head)) + head)
        for name in sorted(tensors):
            f.write(np.ascontiguousarray(tensors[name]).tobytes())


def lanes(x):
    """The sum of the last axis as eight vector lanes add it."""
    s = np.zeros(x.shape[:-1] + (8,), F)
    for i in range(0, x.shape[-1], 8):
        s = s + x[..., i : i + 8]
    s = s[..., :4] + s[..., 4:]
    s = s[..., :2] + s[..., 2:]
    return s[..., 0] + s[..., 1]


def norm(x, weight, bias):
    n = F(x.shape[-1])
    d = x - (lanes(x) / n)[..., None]
    inv = F(1) / np.sqrt(lanes(d * d) / n + F(1e-12))
    return d * inv[..., None] * weight + bias


PHI_END = F(5.25)
PHI_P = [F(v) for v in (0.398942768573761, 0.0690448209643364, 0.006693609058856964, 0.0005068356986157596, 6.548592864419334e-06, -1.8941124224625128e-08)]
PHI_Q = [F(v) for v in (1, 0.3397305905818939, 0.04841921105980873, 0.003804635489359498, 0.00017102560377679765)]
EXP_P = [F(v) for v in (0.499992311000824, 0.16667114198207855, 0.041890136897563934, 0.008312538266181946)]


def horner(c, x):
    p = np.full_like(x, c[-1])
    for v in c[-2::-1]:
        p = p * x + v
    return p


def gelu(x):
    h = np.maximum(x, -PHI_END)
    c = np.minimum(h, PHI_END)
    t = c * c
    return h * (c * horner(PHI_P, t) / horner(PHI_Q, t) + F(0.5))


def exp(x):
    low = ~(x >= F(-87))
    x = np.where(low, F(-87), x)
    n = np.rint(x * F(1.44269504))
    r = x - n * F(0.693359375)
    r = r - n * F(-2.12194440e-4)
    p = horner(EXP_P, r) * (r * r) + r + F(1)
    return np.where(low, F(0), np.ldexp(p, n.astype(np.int32)).astype(F))


def softmax(x):
    """x [n, m], m any number; the lanes are padded with zeros."""
    e = exp(x - x.max(-1, keepdims=True))
    padded = np.zeros((e.shape[0], -(-e.shape[1] // 8) * 8), F)
    padded[:, : e.shape[1]] = e
    return e * (F(1) / lanes(padded))[:, None]


def mix(a, b):
    out = np.zeros((a.shape[0], b.shape[1]), F)
    for p in range(a.shape[1]):
        out = out + a[:, p : p + 1] * b[p]
    return out


def multiply(x, t, name):
    """x [rows, in] times the matrix name of the tensors t."""
    x = x * t[name + ".smooth"]
    lo, hi = np.minimum(x.min(1), F(0)), np.maximum(x.max(1), F(0))
    spread = hi - lo
    spread[spread <= F(1e-30)] = 0
    inv = np.divide(F(MAX_ACT), spread, out=np.zeros_like(spread), where=spread > 0)
    zero = -np.rint(lo * inv).astype(np.int32)
    q = np.clip(np.rint(x * inv[:, None]).astype(np.int32) + zero[:, None], 0, MAX_ACT)
    w = unpack(t[name + ".weight"]).astype(np.int32)
    acc = q @ w.T - zero[:, None] * t[name + ".sum"]
    scale = (spread / F(MAX_ACT))[:, None] * t[name + ".scale"]
    return acc.astype(F) * scale + t[name + ".bias"]


def forward(t, metadata, encoder, ids, segments):
    """The states of one sequence: float32 [tokens, hidden]."""
    layers, heads = int(metadata[encoder + ".layers"]), int(metadata[encoder + ".heads"])
    x = t["words"][ids].astype(F) * t["words.scale"][ids][:, None]
    place = t[encoder + ".position"][: len(ids)].astype(F) + t[encoder + ".segment"][segments]
    x = norm(x + place, t[encoder + ".norm.weight"], t[encoder + ".norm.bias"])
    h = x.shape[1]
    size = h // heads
    for i in range(layers):
        p = f"{encoder}.layer.{i}."
        qkv = multiply(x, t, p + "qkv")
        mixed = np.zeros_like(x)
        for j in range(0, h, size):
            q, k, v = (qkv[:, part * h + j : part * h + j + size] for part in range(3))
            mixed[:, j : j + size] = mix(softmax(mix(q, k.T)), v)
        a = multiply(mixed, t, p + "attention")
        x = norm(x + a, t[p + "attention.norm.weight"], t[p + "attention.norm.bias"])
        f = multiply(gelu(multiply(x, t, p + "intermediate")), t, p + "output")
        x = norm(x + f, t[p + "output.norm.weight"], t[p + "output.norm.bias"])
    return x
