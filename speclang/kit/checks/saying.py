"""Checks of what an answer says, whatever its typography.

Answer and text are compared after Unicode compatibility forms (NFKC) and case folding, with straight quotes and hyphens, one
space for any white space, and without Markdown emphasis and characters that nobody sees. A text counts where it stands as
whole words, of which a hyphen joins two: "art" is not said by "start", "refundable" not by "non-refundable", and "30 days" not by
"130 days". Letters that only look alike stay apart.
"""

import re
import unicodedata

from ..answer import Answer, Verdict
from .evidence import around, quote
from .judging import judged

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–−", "-"),
        **dict.fromkeys("—―", " - "),
    }
)
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|[`\u00ad]")
_WORDLY = re.compile(r"\w")


@judged
def says(answer: Answer, *, texts: list[str]) -> Verdict:
    """Each of `texts` is said."""
    body = normal(answer.text)
    for text in texts:
        if found(body, text) is None:
            return Verdict(False, f"{quote(text)} is not said in {quote(body)}")
    return Verdict(True, f"it says {', '.join(quote(text) for text in texts)}")


@judged
def says_none(answer: Answer, *, texts: list[str]) -> Verdict:
    """None of `texts` is said."""
    body = normal(answer.text)
    for text in texts:
        at = found(body, text)
        if at is not None:
            return Verdict(False, f"{quote(text)} is said in {around(body, *at)}")
    return Verdict(True, f"it does not say {', '.join(quote(text) for text in texts)}")


@judged
def says_one(answer: Answer, *, texts: list[str]) -> Verdict:
    """One of `texts` is said, at least."""
    body = normal(answer.text)
    for text in texts:
        at = found(body, text)
        if at is not None:
            return Verdict(True, f"it says {around(body, *at)}")
    return Verdict(False, f"none of {', '.join(quote(text) for text in texts)} is said in {quote(body)}")


def normal(text: str) -> str:
    """`text` as it is compared."""
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    seen = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    return " ".join(_EMPHASIS.sub("", seen).split()).casefold()


def found(body: str, text: str) -> tuple[int, int] | None:
    """Where `text` stands in `body`, which is normal, as whole words."""
    wanted = normal(text)
    if not wanted:
        return None
    before = r"(?<!\w)(?<!\w-)" if _WORDLY.match(wanted[0]) else ""
    after = r"(?!-?\w)" if _WORDLY.match(wanted[-1]) else ""
    # A number goes on over its marks: "30" is not said by "1,130", "1.30" or "30.5".
    before += r"(?<!\d[.,])" if wanted[0].isdigit() else ""
    after += r"(?![.,]\d)" if wanted[-1].isdigit() else ""
    match = re.search(before + re.escape(wanted) + after, body)
    return None if match is None else match.span()
