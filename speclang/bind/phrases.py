"""Whether the wording of a requirement says what its condition and its levels say.

In: one requirement with a `phrase`, and the bounds of its condition. Out: findings. A number of the phrase that is no hole
is compared, in whatever unit or words, with the constants of the condition and with the numbers of the other fields.
Invariant: a phrase that takes its numbers from holes has no finding.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..kit.schema import Term
from ..model.outcome import Calls, Mentions, Omits
from ..model.requirement import Level, Requirement
from ..model.text import Chunk, Text
from ..source.span import Span
from ..values.bounds import Bound, hole
from ..values.expression import Literal
from ..values.prose import Said, numbers
from ..values.showing import spoken
from ..values.types import Numeric
from .errors import phrases as wrong
from .names import Scope

_MONEY = "money:"
_NOUNLESS = ("", "and", "or", "if", "then", "in", "of", "to", "from", "unless", "when", "after", "before", "since")
_ALWAYS = re.compile(r"\b(?:always|must|is required to|are required to)\b(?! not\b)", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|without|cannot|avoid|refuse|refrain|decline|stop|forbidden|prohibited|neither|none|nothing)\b|n['’]t\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:(?<!where )(?<!when )(?<!if )(?<!what )(?<!that )you (?:may|can)|feel free|optionally|if you (?:like|want|wish))\b",
    re.IGNORECASE,
)
_KEEPER = r"(?:you|the answer|answers|it|responses?|replies|messages?|assistant|agent)"
_WEAK = re.compile(
    rf"\b{_KEEPER} (?:should|ought to|might|could)\b|\b(?:ideally|preferably)\b",
    re.IGNORECASE,
)
"""Words that leave free what a `must` demands, of whoever has to keep it: `should the customer ask` is a condition."""
_STRICT = re.compile(
    rf"\b{_KEEPER} (?:must|shall|are required to)\b|\b(?:under no circumstances|without exception)\b",
    re.IGNORECASE,
)
_BINDING = re.compile(r"\b(?:always|must|never|under no circumstances)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


class _Number(NamedTuple):
    """A number in a field of a requirement: what it is a number of, the word that leads it where there is one, and its place."""

    value: Decimal
    of: str
    led: str
    span: Span


def disagreements(requirement: Requirement, bounds: Sequence[Bound], scope: Scope) -> Iterator[Diagnostic]:
    """What is wrong in the `phrase` of `requirement`."""
    phrase = requirement.phrase
    if phrase is None:
        return
    yield from _against_level(requirement, phrase)
    others = _numbers_of(requirement)
    for piece in phrase.pieces:
        if isinstance(piece, Chunk) and not piece.of:
            for said in numbers(piece.text):
                span = piece.span
                if span.end - span.start == len(piece.text):
                    span = Span(span.unit, span.start + said.start, span.start + said.end)
                words = piece.text[said.start : said.end]
                found = _compared(said, words, span, bounds, others, scope)
                if found is not None:
                    yield found


def _compared(
    said: Said,
    words: str,
    span: Span,
    bounds: Sequence[Bound],
    others: Sequence[_Number],
    scope: Scope,
) -> Diagnostic | None:
    same = [one for one in bounds if one.dimension in said.dimensions]
    for one in same:
        if one.literal.value == said.value:
            return wrong.repeats(
                words, one.given, one.literal.written, hole(one, bounds), span, one.span, joined=said.joined
            )
    if any(one.value == said.value and one.of in said.dimensions for one in others):
        return None
    if said.bare:
        same = [one for one in same if _is_of(said, one, scope)]
        named = [one for one in others if not one.of and one.led and said.after.rstrip("s") == one.led.rstrip("s")]
        if named and not same:
            return wrong.disagrees_with_field(words, f"{named[0].value} {said.after}", span, named[0].span)
    if not same and said.dimensions[0].startswith(_MONEY):
        same = [one for one in bounds if (one.dimension or "").startswith(_MONEY)]  # the same sum in another currency
    if same:
        holes = {hole(one, bounds) for one in same}
        only = next(iter(holes)) if len(holes) == 1 else None
        shown = [(f"`{one.given}` is compared with {_shown(one)}", one.span) for one in same]
        return wrong.disagrees(words, shown, only, span, calendar=said.value is None)
    return None


def _shown(bound: Bound) -> str:
    return spoken(bound.literal)


def _is_of(said: Said, bound: Bound, scope: Scope) -> bool:
    """Whether a number without a unit speaks of the given of `bound`: what follows is its name, or nothing that can be counted."""
    if said.after in _NOUNLESS:
        return True
    entry = scope.givens.get(bound.given)
    label = entry.value.label.plain if entry is not None and entry.value is not None else ""
    words = _WORD.findall(f"{bound.given.replace('_', ' ')} {label}".lower())
    return said.after.rstrip("s") in {word.rstrip("s") for word in words}


def _numbers_of(requirement: Requirement) -> list[_Number]:
    """The numbers in the kind's own fields: value, dimension, and the word that leads them where there is one."""
    found: list[_Number] = []
    fields = requirement.fields
    for name in getattr(type(fields), "model_fields", ()):
        value = getattr(fields, name)
        for one in value if isinstance(value, tuple) else (value,):
            match one:
                case Term(name=led, values=values):
                    for item in values:
                        if isinstance(item.value, Decimal) and isinstance(item.type, Numeric):
                            found.append(_Number(item.value, item.type.dimension, led, item.span))
                        elif item.text is not None:
                            found.extend(_in_text(item.text))
                case Calls(arguments=arguments):
                    for _, argument in arguments:
                        if isinstance(argument, Literal) and isinstance(argument.value, Decimal):
                            of = argument.type.dimension if isinstance(argument.type, Numeric) else ""
                            found.append(_Number(argument.value, of, "", argument.span))
                case Mentions(text=text) | Omits(text=text) | (Text() as text):
                    found.extend(_in_text(text))
                case Decimal():
                    found.append(_Number(one, "", "", requirement.head))
                case _:
                    pass
    return found


def _in_text(text: Text) -> Iterator[_Number]:
    for said in numbers(text.plain):
        for dimension in said.dimensions:
            if said.value is not None:
                yield _Number(said.value, dimension, "", text.span)


def _against_level(requirement: Requirement, phrase: Text) -> Iterator[Diagnostic]:
    """A phrase that binds where the level forbids, or frees where it binds."""
    used = [level for level in Level if getattr(requirement.fields, level.value, ())]
    words = "".join(piece.text for piece in phrase.pieces if isinstance(piece, Chunk))
    denied = (Level.MUST_NOT, Level.SHOULD_NOT)
    gates = (Level.MUST, Level.MUST_NOT)
    reports = (Level.SHOULD, Level.SHOULD_NOT)
    bound: re.Match[str] | None = None
    if used and all(level in denied for level in used) and not _DENIAL.search(words):
        bound = _ALWAYS.search(words)
    elif used == [Level.MAY]:
        bound = _BINDING.search(words)
    elif used and all(level in gates for level in used):
        bound = _FREE.search(words) or (None if _BINDING.search(words) else _WEAK.search(words))
    elif used and all(level in reports for level in used):
        bound = _STRICT.search(words)
    if bound is not None:
        place = _place(phrase, bound.group())
        said = next((one for level in used for one in getattr(requirement.fields, level.value)), None)
        yield wrong.against_level(bound.group(), [level.value for level in used], place, getattr(said, "span", None))


def _place(phrase: Text, words: str) -> Span:
    for piece in phrase.pieces:
        if isinstance(piece, Chunk) and piece.span.end - piece.span.start == len(piece.text) and words in piece.text:
            at = piece.span.start + piece.text.index(words)
            return Span(piece.span.unit, at, at + len(words))
    return phrase.span
