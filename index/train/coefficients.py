"""The coefficients of gelu and exp in index/bert/kernel_go.go: those with the
least largest error, by weighted least squares (Lawson's method)."""

import math

import numpy as np

END = 5.25  # phiEnd


def lawson(p_terms, q_terms, f, weight, rounds=400):
    """The p and q for which p_terms·p / (1 + q_terms·q) is nearest to f."""
    w, denominator, best = np.ones_like(f), np.ones_like(f), None
    for _ in range(rounds):
        row = np.sqrt(w) * weight / denominator
        terms = np.concatenate([p_terms, -f[:, None] * q_terms], 1) * row[:, None]
        c = np.linalg.lstsq(terms, f * row, rcond=None)[0]
        p, q = c[: p_terms.shape[1]], c[p_terms.shape[1] :]
        denominator = 1 + q_terms @ q
        error = np.abs(weight * (p_terms @ p / denominator - f))
        if best is None or error.max() < best[0]:
            best = error.max(), p, q
        w = w * (error / error.max() + 1e-3)
        w /= w.mean()
    return best


def show(name, v):
    print(name, [float(np.float32(x)) for x in v])


x = END * np.sin(np.linspace(1e-4, np.pi / 2, 4000))
t = (x / END) ** 2
error, p, q = lawson(
    np.stack([t**i for i in range(6)], 1),
    np.stack([t**i for i in range(1, 5)], 1),
    np.array([0.5 * math.erf(v / math.sqrt(2)) / v for v in x]),
    x * np.maximum(x, 1),
)
print("gelu, largest error", error)
show("phiP", p / END ** (2 * np.arange(6)))
show("phiQ", [1, *(q / END ** (2 * np.arange(1, 5)))])

r = np.linspace(-math.log(2) / 2, math.log(2) / 2, 2000)  # without 0
error, p, _ = lawson(np.stack([r**i for i in range(4)], 1), np.zeros((len(r), 0)), (np.exp(r) - 1 - r) / r**2, r**2 / np.exp(r))
print("exp, largest error", error)
show("expP", p)
