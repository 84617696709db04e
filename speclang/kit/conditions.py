"""Typed conditions as English clauses: "the time since delivery is at most 30 days and the customer has the receipt".

In: a condition and the feature whose givens it names. Out: pieces with origins; labels come from the givens, values from
the requirement. Invariant: a negation is moved inwards until it reads well, and `or` within `and` says `either`.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, assert_never

from ..model.feature import Feature
from ..model.given import Given
from ..model.text import Chunk, Text
from ..model.tool import FAULTS, TRUNCATED, WORKS, Tool
from ..plan.clause import Piece
from ..plan.origin import Origin
from ..values.expression import Absent, Among, And, Arithmetic, Between, Compare, Expr, Literal, Not, Or, Var
from ..values.showing import spoken
from ..values.types import Bool, Date, Optional, Type
from .english.negation import denied, has_verb

Words: TypeAlias = tuple[Piece, ...]

_RELATION = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
_DATES = {"=": "is", "!=": "is not", "<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after"}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_SIGN = {"+": " plus ", "-": " minus ", "*": " times "}
_STATE = {
    "late": ("is too slow to answer", "answers in time"),
    "null": ("returns null", "does not return null"),
    "nothing": ("returns nothing", "returns something"),
    "wrong_type": ("returns something of the wrong form", "returns something of the right form"),
    TRUNCATED: ("returns a result that is cut off before what you need", "returns a result with all that you need"),
}


class Conditions:
    """Says the conditions of one field of one requirement."""

    __slots__ = ("_field", "_givens", "_owner", "_states")

    def __init__(self, feature: Feature, owner: str, field: str) -> None:
        """Speak for `field` (`when`, `unless`, …) of the requirement or outcome `owner`."""
        self._givens = {given.name: given for given in feature.givens}
        self._states = {tool.state: tool for tool in feature.tools}
        self._owner = owner
        self._field = field

    def say(self, expr: Expr) -> Iterator[Piece]:
        """`expr` as a clause that can follow "if"."""
        yield from self._clause(expr, holds=True)

    def operand(self, expr: Expr) -> Words:
        """A value: the name of a given, a constant, a sum."""
        match expr:
            case Literal():
                return (self._constant(expr),)
            case Var(name):
                given = self._givens.get(name)
                return self._label(given.label, name) if given else (self._piece(name, expr),)
            case Arithmetic(op, left, right):
                return (*self.operand(left), self._piece(_SIGN[op], expr), *self.operand(right))
            case _:
                return tuple(self._clause(expr, holds=True))

    def _clause(self, expr: Expr, *, holds: bool) -> Words:
        match expr:
            case Not(operand):
                return self._clause(operand, holds=not holds)
            case And(parts):
                return self._compound(parts, expr, "and" if holds else "or", holds=holds)
            case Or(parts):
                return self._compound(parts, expr, "or" if holds else "and", holds=holds)
            case Compare(op, left, right):
                return self._compare(expr, op if holds else _OPPOSITE[op], left, right)
            case Among(left, members):
                at = self._origin(expr)
                meant = self._meant(left, members)
                if meant:
                    return self._meanings(left, meant, at, holds=holds)
                shown = [(self._constant(one),) for one in members]
                lead, word = (" is ", "or") if holds else (" is neither " if len(shown) > 1 else " is not ", "nor")
                return (*self.operand(left), Piece(lead, at), *joined(shown, word, at))
            case Between(left, low, high):
                verb = " is from " if holds else " is not from "
                return (
                    *self.operand(left),
                    self._piece(verb, expr),
                    *self.operand(low),
                    self._piece(" to ", expr),
                    *self.operand(high),
                )
            case Absent(left):
                return (*self.operand(left), self._piece(" is missing" if holds else " is known", expr))
            case Var(name):
                return self._bool(name, expr, holds=holds)
            case Literal(value):
                return (self._piece("always" if value is holds else "never", expr),)
            case Arithmetic():
                return self.operand(expr)
        assert_never(expr)

    def _compound(self, parts: Sequence[Expr], at: Expr, word: str, *, holds: bool) -> Words:
        """Parts joined by `word`; a part that is itself joined otherwise is set off by `either` or a comma."""
        said = [self._clause(part, holds=holds) for part in parts]
        mixed = [self._is_joined(part) for part in parts]
        own = self._origin(at)
        if word == "or" and any(mixed):
            return (Piece("either ", own), *joined(said, "or", own, each=True))
        if any(mixed):
            said = [self._either(clause, own) if inner else clause for clause, inner in zip(said, mixed, strict=True)]
            return joined(said, "and", own, each=True)
        return joined(said, word, own)

    def _is_joined(self, expr: Expr) -> bool:
        """Whether what is said of `expr` are clauses side by side."""
        match expr:
            case And() | Or():
                return True
            case Not(operand):
                return self._is_joined(operand)
            case Among(left, members):
                meant = self._meant(left, members)
                return len(meant) > 1 and not _shared(meant)
            case _:
                return False

    def _either(self, clause: Words, own: Origin) -> Words:
        return clause if clause[0].text.startswith("either ") else (Piece("either ", own), *clause)

    def _compare(self, expr: Compare, op: str, left: Expr, right: Expr) -> Words:
        if isinstance(left, Var) and left.name in self._states and isinstance(right, Literal):
            return self._state(expr, self._states[left.name], str(right.value), holds=op == "=")
        if isinstance(left, Var) and isinstance(right, Literal) and isinstance(_bare(left.type), Bool):
            return self._bool(left.name, expr, holds=(op == "=") is (right.value is True))
        meant = self._meant(left, (right,)) if op in ("=", "!=") else ()
        if meant:
            return self._meanings(left, meant, self._origin(expr), holds=op == "=")
        words = _DATES if isinstance(_bare(_type(left)), Date) else _RELATION
        return (*self.operand(left), self._piece(f" {words[op]} ", expr), *self.operand(right))

    def _state(self, expr: Compare, tool: Tool, state: str, *, holds: bool) -> Words:
        name = f"`{tool.name}`"
        if state == WORKS:
            return (self._piece(f"{name} works" if holds else f"{name} fails", expr),)
        if state in FAULTS or state == TRUNCATED:
            return (self._piece(f"{name} {_STATE[state][not holds]}", expr),)
        verb = "fails with" if holds else "does not fail with"
        right = expr.right
        value = self._value(right, state) if isinstance(right, Literal) else self._piece(state, expr)
        return (self._piece(f"{name} {verb} `", expr), value, self._piece("`", expr))

    def _bool(self, name: str, at: Expr, *, holds: bool) -> Words:
        given = self._givens.get(name)
        if given is None:
            return (self._piece(name if holds else f"not {name}", at),)
        if holds:
            return self._label(given.label, name)
        if given.negated is not None:
            return self._label(given.negated, name, "negated")
        return self._denied(given, at)

    def _denied(self, given: Given, at: Expr) -> Words:
        own = Origin(f"given {given.name}", "name", given.label.span)
        return self._negative(given.label, own, self._origin(at))

    def _negative(self, clause: Text, own: Origin, at: Origin) -> Words:
        """`clause` denied by its first auxiliary; every word of it is still traced to it."""
        return tuple(Piece(text, own if ours else at) for text, ours in denied(clause.plain))

    def _meant(self, left: Expr, right: Sequence[Expr]) -> tuple[Text, ...]:
        """What each of the values `right` of the given `left` means in a sentence; nothing unless all of them say it."""
        given = self._givens.get(left.name) if isinstance(left, Var) else None
        if given is None or not given.clauses:
            return ()
        known = dict(given.clauses)
        found = [known.get(one.value) for one in right if isinstance(one, Literal)]
        meant = tuple(one for one in found if one is not None)
        return meant if len(meant) == len(right) else ()

    def _meanings(self, left: Expr, meant: Sequence[Text], at: Origin, *, holds: bool) -> Words:
        """The clauses `meant`, of which one holds, or none: "the customer wants to book or cancel"."""
        name = left.name if isinstance(left, Var) else ""
        if not holds:
            own = [Origin(f"given {name}", "means", one.span) for one in meant]
            return joined([self._negative(one, place, at) for one, place in zip(meant, own, strict=True)], "and", at)
        shared = _shared(meant)
        said = [self._label(one, name, "means") for one in meant]
        if not shared:
            return joined(said, "or", at)
        first, *others = said
        return joined([first, *((_after(one[0], shared), *one[1:]) for one in others)], "or", at)

    def _label(self, label: Text, name: str, field: str = "name") -> Words:
        return tuple(
            Piece(piece.text, Origin(f"given {name}", field, piece.span), hole=True)
            if isinstance(piece, Chunk)
            else Piece(piece.name, Origin(f"given {name}", field, piece.span))
            for piece in label.pieces
        )

    def _constant(self, literal: Literal) -> Piece:
        return self._value(literal, spoken(literal))

    def _value(self, literal: Literal, text: str) -> Piece:
        return Piece(text, self._origin(literal), hole=True)

    def _piece(self, text: str, at: Expr) -> Piece:
        return Piece(text, self._origin(at))

    def _origin(self, at: Expr) -> Origin:
        return Origin(self._owner, self._field, at.span)


def joined(parts: Sequence[Words], word: str, at: Origin, *, each: bool = False) -> Words:
    """`a`, `a and b`, `a, b and c`; with a comma before the last `word` where a part has such a word of its own.

    With `each`, a comma and `word` stand between any two.
    """
    last = f", {word} " if each or (len(parts) > 1 and any(_holds(part, word) for part in parts)) else f" {word} "
    between = last if each else ", "
    words: list[Piece] = []
    for number, part in enumerate(parts):
        if number:
            words.append(Piece(last if number == len(parts) - 1 else between, at))
        words.extend(part)
    return tuple(words)


def _holds(part: Words, word: str) -> bool:
    """Whether `part` itself is joined by `word`, or lists things."""
    text = "".join(piece.text for piece in part)
    return f" {word} " in text or ", " in text


def _shared(clauses: Sequence[Text]) -> int:
    """How many first characters all of `clauses` share: whole words with a verb among them or right after them.

    More follows in each, and each is traced to itself alone.
    """
    starts = [clause.pieces[0] for clause in clauses]
    texts = [one.text for one in starts if isinstance(one, Chunk) and one.span.end - one.span.start == len(one.text)]
    if len(texts) < max(2, len(clauses)):
        return 0
    first, last = min(texts), max(texts)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    end = first.rfind(" ", 0, same) + 1
    verbs = has_verb(first[:end]) or (
        " " in first[:end].strip() and all(has_verb(one[end:].partition(" ")[0]) for one in texts)
    )
    return end if verbs else 0


def _after(piece: Piece, count: int) -> Piece:
    """`piece` without its first `count` characters."""
    at = piece.origin.span
    origin = Origin(piece.origin.owner, piece.origin.field, at._replace(start=at.start + count))
    return Piece(piece.text[count:], origin, hole=piece.hole)


def _bare(type: Type) -> Type:
    return type.of if isinstance(type, Optional) else type


def _type(expr: Expr) -> Type:
    return expr.type if isinstance(expr, Literal | Var | Arithmetic) else Bool()
