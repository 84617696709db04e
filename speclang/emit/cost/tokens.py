"""How many tokens a text takes, in a named tokenizer, without the network.

`estimate` needs nothing; the others ship with `specc[cost]` (rs_bpe, which holds OpenAI's published vocabularies).
Invariant: the same name gives the same figure on every machine.
"""

import re
from collections.abc import Callable

Count = Callable[[str], int]

ESTIMATE = "estimate"
TOKENIZERS = (ESTIMATE, "cl100k_base", "o200k_base")

_PIECE = re.compile(r"[^\W\d_]+|\d{1,3}|[^\w\s]+\n*|\n+|_+")
_WORD = 12
"""Up to so many letters an English word is one token, most often."""

_BYTES = 4
"""So many bytes of a longer word, or of one in other letters, make a token, on average."""

_SIGNS = 3


class NotInstalled(ImportError):
    """The tokenizer comes with `specc[cost]`, which is not installed."""


def counter(name: str) -> Count:
    """What counts tokens as `name` does. Raises `KeyError` for a name that is not in `TOKENIZERS`, and `NotInstalled`."""
    if name == ESTIMATE:
        return estimate
    if name not in TOKENIZERS:
        raise KeyError(name)
    try:
        from rs_bpe.bpe import openai
    except ImportError:
        raise NotInstalled(name) from None
    held = openai.o200k_base() if name == "o200k_base" else openai.cl100k_base()

    def count(text: str) -> int:
        return int(held.count(text))

    return count


def estimate(text: str) -> int:
    """Tokens by rule of thumb: a short word, three digits, a run of signs or an end of line is one; longer words by their bytes.

    Within 6% of `o200k_base` on English prompts (docs/targets.md).
    """
    return sum(_of(one[0]) for one in _PIECE.finditer(text))


def _of(piece: str) -> int:
    if piece[0].isalpha():
        return 1 if piece.isascii() and len(piece) <= _WORD else max(1, round(len(piece.encode()) / _BYTES))
    if piece[0].isdigit() or piece[0] == "\n":
        return 1
    return -(-len(piece.rstrip("\n")) // _SIGNS)
