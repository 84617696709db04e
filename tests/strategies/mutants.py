"""Real specs, damaged: the same number always gives the same damage.

`mutant(number)` gives a small project of real files of which one or two have had pieces cut out, doubled, swapped, replaced or put
in, by tokens, by lines or by bytes.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from speclang.source.text import SourceText
from tests.strategies.source import PIECES

ROOT = Path(__file__).parents[2]

PROJECTS = (
    ("specs/first/first.spec",),
    ("specs/refunds/refunds.spec", "specs/policies/brand.spec"),
    ("specs/policies/brand.spec",),
    ("specs/airline/domain.spec", "specs/airline/bags.spec"),
    ("specs/airline/domain.spec", "specs/airline/cancelling.spec"),
    ("specs/airline/bags.spec",),
    ("specs/airline/booking.spec",),
    ("specs/airline/compensation.spec",),
    ("specs/extraction/extraction.spec",),
    ("specs/policies/tracking.spec",),
)
"""Files that are damaged together; some lack what they use, as a project does in which a file is gone."""

_TOKEN = re.compile(r"\w+(?:-\w+)*|\s+|.", re.DOTALL)
_NUMBERS = (
    "0",
    "-1",
    "1e400",
    "0.1",
    "10_000",
    "9" * 30,
    "9" * 5_000,
    "0." + "0" * 400 + "1",
    "007",
    "1.2.3",
    "٣",
    "½",
    "30%",
)
_HIDDEN = (
    "\xad\u034f\u061c\u115f\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u202e\u2060\u2064"
    "\u2066\u2069\u206f\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\U000e0001\U000e0061\U000e0100"
)
_ALIKE = {
    "a": "\u0430",
    "e": "\u0435",
    "o": "\u03bf",
    "c": "\u0441",
    "p": "\u0440",
    "i": "\u0456",
    "R": "\u211b",
    '"': "\u201d",
    "-": "\u2010",
}
_UNICODE = (
    "\x00\x01\x1b\x7f\x85\xa0\xad\u0301\u200b\u200d\u2028\u2029\u202e\u2066\ufeff\ufffe\ufffd\ud800日本ßİǅ½٣é👍🏽"
)


def mutant(number: int) -> list[SourceText]:
    """Damaged project number `number`."""
    draw = Random(number)  # noqa: S311 - it need not be a secret, only the same each time
    names = draw.choice(PROJECTS)
    texts = {name: _real(name) for name in names}
    for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
        name = draw.choice(names)
        texts[name] = draw.choice(_DAMAGE)(texts[name], draw)
    return [SourceText(name, text) for name, text in texts.items()]


def damage(text: str, number: int) -> str:
    """`text`, damaged once; the same `number` damages the same text alike."""
    draw = Random(number)  # noqa: S311 - as above
    return draw.choice(_DAMAGE)(text, draw)


@cache
def _real(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def _vocabulary() -> tuple[str, ...]:
    """Every token of every spec that ships, once, and what tokens may be confused with."""
    found = dict.fromkeys(
        token for path in sorted((ROOT / "specs").rglob("*.spec")) for token in _tokens(_real(path.as_posix()))
    )
    return (*found, *PIECES, *_NUMBERS)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _span(draw: Random, count: int, most: int) -> tuple[int, int]:
    start = draw.randrange(count + 1)
    return start, min(count, start + draw.randint(1, most))


def _cut(pieces: list[str], draw: Random) -> list[str]:
    start, end = _span(draw, len(pieces), 12)
    return pieces[:start] + pieces[end:]


def _double(pieces: list[str], draw: Random) -> list[str]:
    start, end = _span(draw, len(pieces), 12)
    return pieces[:end] + pieces[start:end] * draw.choice((1, 1, 1, 2, 30)) + pieces[end:]


def _swap(pieces: list[str], draw: Random) -> list[str]:
    if len(pieces) < 2:
        return pieces
    one, other = sorted(draw.sample(range(len(pieces)), 2))
    swapped = list(pieces)
    swapped[one], swapped[other] = pieces[other], pieces[one]
    return swapped


def _move(pieces: list[str], draw: Random) -> list[str]:
    start, end = _span(draw, len(pieces), 8)
    rest = pieces[:start] + pieces[end:]
    at = draw.randrange(len(rest) + 1)
    return rest[:at] + pieces[start:end] + rest[at:]


def _replace(pieces: list[str], draw: Random) -> list[str]:
    start, end = _span(draw, len(pieces), 2)
    return [*pieces[:start], draw.choice(_vocabulary()), *pieces[end:]]


def _put(pieces: list[str], draw: Random) -> list[str]:
    at = draw.randrange(len(pieces) + 1)
    return [*pieces[:at], *(draw.choice(_vocabulary()) for _ in range(draw.randint(1, 4))), *pieces[at:]]


Edit = Callable[[list[str], Random], list[str]]
_EDITS: Sequence[Edit] = (_cut, _double, _swap, _move, _replace, _put)


def _by_tokens(text: str, draw: Random) -> str:
    return "".join(draw.choice(_EDITS)(_tokens(text), draw))


def _by_lines(text: str, draw: Random) -> str:
    return "".join(draw.choice((_cut, _double, _swap, _move))(text.splitlines(keepends=True), draw))


def _numbers(text: str, draw: Random) -> str:
    """Another number in the place of one."""
    places = [found.span() for found in re.finditer(r"\d+", text)]
    if not places:
        return text
    start, end = draw.choice(places)
    return text[:start] + draw.choice(_NUMBERS) + text[end:]


def _bytes(text: str, draw: Random) -> str:
    """Bytes changed, cut out or put in, and what that is as UTF-8 where it can be."""
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(draw.choice((1, 1, 4, 40))):
        at = draw.randrange(len(data) + 1)
        match draw.randrange(3):
            case 0:
                data[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                del data[at : at + draw.randint(1, 5)]
            case _:
                data[at:at] = draw.randbytes(draw.randint(1, 5))
    return data.decode("utf-8", "replace")


def _unicode(text: str, draw: Random) -> str:
    at = draw.randrange(len(text) + 1)
    some = (
        draw.choice(_UNICODE) if draw.random() < 0.6 else chr(draw.randrange(0x11_0000))
        for _ in range(draw.randint(1, 6))
    )
    return text[:at] + "".join(some) + text[at:]


def _deceit(text: str, draw: Random) -> str:
    """Characters that nobody sees, or letters and signs in the place of those that they look like."""
    if draw.random() < 0.5:
        at = draw.randrange(len(text) + 1)
        return text[:at] + "".join(draw.choices(_HIDDEN, k=draw.randint(1, 4))) + text[at:]
    places = [at for at, char in enumerate(text) if char in _ALIKE]
    if not places:
        return text
    at = draw.choice(places)
    return text[:at] + _ALIKE[text[at]] + text[at + 1 :]


def _deep(text: str, draw: Random) -> str:
    """Something put in that is nested, or chained, deeper than anything sensible."""
    at = draw.randrange(len(text) + 1)
    deep = draw.choice(
        (
            "(",
            ")",
            "[",
            "{",
            "}",
            "not ",
            "(not ",
            "a {",
            "f(",
            "x: {",
            "- ",
            "a and ",
            "1 + ",
            "a | ",
            "1 .. ",
            "if (",
            '"{',
            "/(",
            "a.",
        )
    )
    count = draw.choice((3, 63, 64, 65, 200, 3_000))
    return text[:at] + deep * count + draw.choice(("", "a", "1", '"')) + text[at:]


def _huge(text: str, draw: Random) -> str:
    """A token, a text or a pattern that is longer than anything sensible."""
    at = draw.randrange(len(text) + 1)
    size = draw.choice((101, 5_000, 60_000))
    inside = draw.choice(("a", "9", "a-", "é", "a ", "\\", "{a}", '\\"', "\n"))
    wrap = draw.choice(("{}", '"{}"', "/{}/", '"""{}"""', "#{}", " {} "))
    return text[:at] + wrap.replace("{}", inside * size, 1) + text[at:]


def _ends(text: str, draw: Random) -> str:
    """Other line ends, another end of the file, or nothing but a part of it."""
    at = draw.randrange(len(text) + 1)
    match draw.randrange(5):
        case 0:
            return text.replace("\n", "\r\n")
        case 1:
            return text.replace("\n", "\r")
        case 2:
            return text[:at]
        case 3:
            return text[at:]
        case _:
            return "\ufeff" + text


_DAMAGE: Sequence[Callable[[str, Random], str]] = (
    *(_by_tokens,) * 8,
    *(_by_lines,) * 4,
    *(_numbers,) * 3,
    *(_bytes,) * 2,
    _unicode,
    _deceit,
    _deceit,
    _deep,
    _huge,
    _ends,
)
