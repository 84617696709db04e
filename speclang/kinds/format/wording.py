"""Constraints as English: several terms of one level join into one or two good sentences.

Invariant: every word is traced to a term; what comes from the spec itself is a hole.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, assert_never

from ...kit.wording import capitalised
from ...model.requirement import Level
from ...plan.clause import Piece
from ...plan.origin import Origin
from .constraint import Amount, Bound, Constraint, Form, Hole, Word
from .reading import Asked

_OPERATORS = {"<": "fewer than ", "<=": "at most ", ">": "more than ", ">=": "at least ", "=": "exactly "}

Words: TypeAlias = "list[tuple[Word, Asked]]"
"""Words of a sentence, each with the constraint that it speaks for."""

_Part: TypeAlias = "tuple[Asked, ...]"


def sentences(owner: str, asked: Sequence[Asked], condition: Sequence[Piece]) -> Iterator[Piece]:
    """The sentences that ask for all of `asked`; each level has its own.

    `condition` is "if …, " where the requirement has one, and stands before every sentence.
    """
    first = True
    for level in (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT):
        mine = [one for one in asked if one.level is level]
        for sentence in _level(mine, conditional=bool(condition)):
            speaker = sentence[0][1]
            if not first:
                yield _said(owner, " ", speaker)
            first = False
            yield from capitalised((*condition, *_pieces(owner, sentence)))


def _level(asked: list[Asked], *, conditional: bool) -> Iterator[Words]:
    """The sentences of one level, without capital letter and full stop."""
    # A denied bound reads as its opposite: `must_not words > 9` is said as `must words <= 9`.
    parts = [part for part in _merged(asked) if not part[0].negated]
    denied = [one for one in asked if one.negated]
    manners = [part for part in parts if part[0].constraint.phrase.form is Form.MANNER]
    deeds = [part for part in parts if part[0].constraint.phrase.form is Form.DEED]
    modal = "you should " if asked and asked[0].level in (Level.SHOULD, Level.SHOULD_NOT) else ""
    answered = [_phrase(part) for part in manners]
    done = [_phrase(part) for part in deeds]
    if manners:
        opener: Words = [(f"{modal}answer ", manners[0][0])]
        if len(done) > 1 and not conditional:
            yield [*opener, *_join(answered)]
        elif done:
            yield [*opener, *_join([*answered, *done])]
            done = []
        else:
            yield [*opener, *_join(answered)]
    if done:
        yield [(modal, deeds[0][0]), *_join(done)] if modal else _join(done)
    if denied:
        yield [(f"{modal or 'do '}not ", denied[0]), *_join([_denied(one) for one in denied], "or")]


def _merged(asked: list[Asked]) -> list[_Part]:
    """A lower and an upper bound on the same thing as one part: "at least 50 and at most 100 words"."""
    parts: list[_Part] = []
    for one in asked:
        at = next((at for at, part in enumerate(parts) if len(part) == 1 and _joins(part[0], one)), None)
        if at is None:
            parts.append((one,))
        else:
            lower_first = one.constraint.bound is not None and one.constraint.bound.at_most is None
            parts[at] = (one, parts[at][0]) if lower_first else (parts[at][0], one)
    return parts


def _joins(one: Asked, other: Asked) -> bool:
    a, b = one.constraint.bound, other.constraint.bound
    same = a is not None and b is not None and a.of == b.of and not one.negated and not other.negated
    return same and a is not None and b is not None and (a.at_most is None) is not (b.at_most is None)


def _phrase(part: _Part) -> Words:
    """The words of one part, its bounds filled in."""
    words: Words = []
    for word in part[0].constraint.phrase.words:
        if isinstance(word, Amount):
            if _zero(part) and words and isinstance(words[-1][0], str):
                words[-1] = (_without(words[-1][0]), words[-1][1])
            words.extend(_amount(word, part))
        else:
            words.append((word, part[0]))
    return words


def _zero(part: _Part) -> bool:
    bound = part[0].constraint.bound
    return len(part) == 1 and bound is not None and bound.at_most == 0


def _without(before: str) -> str:
    """`with` before no bullet points is `without`."""
    return before[: -len("with ")] + "without " if before.endswith("with ") else before


def _amount(amount: Amount, part: _Part) -> Words:
    if _zero(part):
        return [(amount.zero or f"no {amount.many}", part[0])]
    words: Words = []
    last = ""
    for one in part:
        bound = one.constraint.bound
        if bound is None:
            continue
        if words:
            words.append((" and ", one))
        words.extend((word, one) for word in _bound(bound))
        last = bound.numbers[-1].text
    return [*words, (f" {amount.one if last == '1' else amount.many}", part[0])]


def _bound(bound: Bound) -> tuple[Word, ...]:
    if bound.op == "in":
        return (bound.numbers[0], " to ", bound.numbers[1])
    return (_OPERATORS[bound.op], bound.numbers[0])


def _denied(one: Asked) -> Words:
    phrase = one.constraint.negative or one.constraint.phrase
    words: Words = [(word, one) for word in phrase.words]
    return [("answer ", one), *words] if phrase.form is Form.MANNER else words


def _join(parts: list[Words], joint: str = "and") -> Words:
    """`a`, `a and b`, `a, b, and c`."""
    words: Words = []
    for at, part in enumerate(parts):
        if at:
            comma = "," if len(parts) > 2 else ""
            words.append((f"{comma} {joint} " if at == len(parts) - 1 else ", ", part[0][1]))
        words.extend(part)
    return words


def _pieces(owner: str, sentence: Words) -> Iterator[Piece]:
    for word, asked in sentence:
        match word:
            case str():
                yield _said(owner, word, asked)
            case Hole():
                yield Piece(word.text, Origin(owner, asked.level.value, word.span), hole=True)
            case Amount():
                raise AssertionError("an amount is filled in before words become pieces")
            case _:
                assert_never(word)
    yield _said(owner, ".", sentence[-1][1])


def _said(owner: str, text: str, asked: Asked) -> Piece:
    return Piece(text, Origin(owner, asked.level.value, asked.constraint.span))


def described(constraint: Constraint) -> str:
    """One constraint in a few words, for the reason of a case."""
    words = _phrase((Asked(Level.MUST, constraint, False),))
    return "".join(word.text if isinstance(word, Hole) else str(word) for word, _ in words)
