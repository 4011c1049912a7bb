"""Reference tokens of hard texts, from BertTokenizerFast, for index/bert.

    check_tokenizer.py --vocab vocab.txt --out texts.jsonl [--texts N] [--corpus FILE...]
    go test ./index/bert -run TokensReference -v -args -vocab $PWD/vocab.txt -texts $PWD/texts.jsonl

Without --vocab it uses index/bert/testdata/vocab.txt; with --golden it writes
index/bert/testdata/tokens.jsonl, few texts with that vocabulary.
"""

import argparse
import base64
import json
import pathlib
import random
import unicodedata

from transformers import BertTokenizerFast

TESTDATA = pathlib.Path(__file__).resolve().parent.parent / "bert" / "testdata"

HARD = [
    "", " ", "\t\n\r", "The attackers' demands.", "[SEP] [CLS] [MASK] [UNK] [PAD]", "##ing ##", "a##ing",
    "café cafe\u0301 CAFÉ", "ÅÄÖ åäö", "İstanbul ıI", "ß ẞ", "Σίσυφος ΣΑΣ", "Ǆ ǅ ǆ", "ﬁ ﬂ ﬃ", "①②③ ½ ²", "Ⅷ ⅷ",
    "中文字符", "a中b", "日本語テスト ひらがな", "한국어 조선민주주의", "\u1112\u1161\u11ab", "𠀀𪜀𫝀𫠠", "豈 \uf900\ufa10", "\u2b740", "🤷🏽‍♀️ 👍 e😀e",
    "a\u0000b\u0001c\u007fd\u0085e", "a\u00adb\u200bc\u200dd\ufeffe\u2060f", "a\u00a0b\u2003c\u3000d\u2028e\u2029f\u1680g\u180eh",
    "\u0301abc", "a\u0301\u0302\u0303b", "\u0301 \u0302", "x\u20ddy", "a\u0903b", "नमस्ते हिन्दी", "עִבְרִית", "العَرَبِيَّة", "ไทยไม่", "Việt Nam",
    "$5.00 + 3% = £4 € ^_` ~|<>", "«quoted» “curly” ‘single’ — – … ‰", "¿Qué? ¡No!", "a_b-c/d\\e@f.com", "U.S.A. don't o'clock", "\u037e\u1fef\u2010\u2011",
    "x" * 99, "x" * 100, "x" * 101, "x" * 500 + " y", "é" * 100, "é" * 101, "e\u0301" * 100, "e\u0301" * 101, "中" * 150, "\uac00" * 40,
    "\ud7a3\ua960\ud7b0", "\ufffd a\ufffdb", "\ue000a\uf8ffb", "\U000f0000", "\U0001d15e\U0001d165", "\U0010ffff", "a\ufdd0b", "\u0378", "\u1e9b\u0323",
    "Kelvin \u212a \u2126 \u212b", "\u0958\u0959", "\u0340\u0341\u0343\u0344", "\u1100\u1161\u11a8", "ª º µ", "ʰ ʲ ˆ ˇ", "\u05be\u05c0\u060c\u061b\u066a", "\u00b4 \u00a8 \u00b8 \u02d9",
    "٣٤٥ ۳ ३", "line\nbreak\r\nand\ttab\x0bvt\x0cff", "\x1b[31mred\x1b[0m", "<@1234567890> :smile: https://example.com/a?b=c#d", "zalgo h\u0335\u0322e\u0337\u0327l\u0338p",
]


def late(c):
    """Marks and punctuation younger than Unicode 3.2: the tables of the reference
    are old, and do not know the youngest 560 of them (see --every)."""
    return unicodedata.category(c)[0] in "MP" and unicodedata.ucd_3_2_0.category(c) == "Cn"


def texts(n, corpus, rng):
    """Hard cases, then mixtures of real sentences and odd characters."""
    out = list(HARD)
    words = " ".join(corpus).split() or "the attack on the studio was found in November by Amy Pascal's people unaffordable".split()
    ranges = [(0x20, 0x7f), (0xa0, 0x250), (0x250, 0x530), (0x530, 0x10ff), (0x1100, 0x1200), (0x1e00, 0x2070), (0x2070, 0x2c00), (0x2e80, 0x3400),
              (0x4e00, 0x9fff), (0xa000, 0xac00), (0xac00, 0xd7a4), (0xf900, 0xfb50), (0xfb50, 0x10000), (0x10000, 0x10900), (0x1d000, 0x1d800), (0x1f300, 0x1fa00), (0x20000, 0x2fa20), (0, 0x20), (0x300, 0x370)]
    spaces = [" ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u2003", "", "\u200b", "\r\n"]
    while len(out) < n:
        s = ""
        for _ in range(rng.randint(1, 25)):
            k = rng.random()
            if k < 0.55:
                s += rng.choice(words)
            elif k < 0.8:
                lo, hi = rng.choice(ranges)
                s += "".join(chr(rng.randrange(lo, hi)) for _ in range(rng.randint(1, 6)))
            elif k < 0.9:
                s += "".join(c + chr(rng.randrange(0x300, 0x370)) * rng.randint(0, 2) for c in rng.choice(words))
            elif k < 0.95:
                s += unicodedata.normalize(rng.choice(["NFC", "NFD", "NFKC", "NFKD"]), rng.choice(words) + chr(rng.randrange(0xc0, 0x250)))
            elif k < 0.97:
                s += rng.choice(words) * rng.randint(2, 30)
            else:
                s += rng.choice(words).upper()
            s += rng.choice(spaces)
        out.append("".join(c for c in s if not 0xd800 <= ord(c) < 0xe000 and not late(c)))
    return out[:n]


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--vocab", default=str(TESTDATA / "vocab.txt"))
    p.add_argument("--out")
    p.add_argument("--texts", type=int, default=20000)
    p.add_argument("--corpus", nargs="*", default=[])
    p.add_argument("--golden", action="store_true")
    p.add_argument("--every", action="store_true", help="one text for every character of Unicode instead")
    args = p.parse_args()
    if args.golden:
        args.out, args.texts = TESTDATA / "tokens.jsonl", 250
    # A text cannot name a special token here, as in index/bert.
    tok = BertTokenizerFast(vocab=args.vocab, do_lower_case=True, split_special_tokens=True)
    corpus = [pathlib.Path(f).read_text() for f in args.corpus]
    rng = random.Random(1)
    if args.every:
        all = [f"a{chr(c)}b" for c in [*range(0x30000), *range(0xe0000, 0xe0200), 0xf0000, 0x10ffff] if not 0xd800 <= c < 0xe000]
    else:
        all = texts(args.texts, corpus, rng)
    encoded = [s.encode() for s in all]
    if not args.every:
        # Bytes that are not UTF-8 count as U+FFFD, which the tokenizer drops.
        for i in range(len(HARD), len(encoded), 10):
            b = bytearray(encoded[i])
            for _ in range(3):
                b.insert(rng.randrange(len(b) + 1), rng.randrange(0x80, 0x100))
            if not any(map(late, b.decode(errors="replace"))):
                encoded[i] = bytes(b)
    with open(args.out, "w") as f:
        batch = tok([b.decode(errors="replace") for b in encoded], add_special_tokens=False)["input_ids"]
        for b, ids in zip(encoded, batch):
            f.write(json.dumps({"text": base64.b64encode(b).decode(), "ids": ids}) + "\n")


if __name__ == "__main__":
    main()
