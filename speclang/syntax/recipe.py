"""How the tokens of a line become a tree: one derivation per signature, replayed for every line that has it.

In: the signature of a line (one letter per token). Out: a `Recipe`, which builds the tree's nodes from a scan, or a `Failure`
that says at which token the grammar stops and what it could go on with.
An LALR derivation depends on the kinds of the tokens only, so the grammar needs to see each signature once.
Invariant: a recipe looks at no character, only at tokens by their index.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pkgutil import get_data
from typing import TYPE_CHECKING, NamedTuple

from ..source.hashing import Json, digest
from .automaton import END, Automaton, Stop, made, read, run
from .build import Builder, Line, Recipe
from .tokens import TERMINALS

if TYPE_CHECKING:
    from lark import Lark, Token

MAX_HEIGHT = 250
MAX_TOKENS = 20_000
_REMEMBERED = 200


class Failure(NamedTuple):
    """The grammar stops at token `at` (the line's length: at its end); `expected` names the terminals it could take.

    `LONG` in `expected` means that the line is right but longer or higher than a line may be.
    """

    at: int
    expected: frozenset[str]


def derive(signature: str) -> Recipe | Failure:
    """How to build a line with `signature`, from memory where it was seen before."""
    return _remembered(signature) if len(signature) <= _REMEMBERED else _derived(signature)


@lru_cache(maxsize=8192)
def _remembered(signature: str) -> Recipe | Failure:
    return _derived(signature)


def _derived(signature: str) -> Recipe | Failure:
    if len(signature) > MAX_TOKENS:
        return Failure(MAX_TOKENS, frozenset({"LONG"}))
    line = run(_automaton(), signature, _TYPES)
    if isinstance(line, Stop):
        return Failure(line.at, frozenset(_TYPES[letter] for letter in line.expected))
    if not isinstance(line, Line):
        raise TypeError("the grammar built no line; this is a bug, please report it")
    return line.recipe if line.height <= MAX_HEIGHT else Failure(len(signature), frozenset({"LONG"}))


_TYPES = {**{letter: name for name, letter in TERMINALS.items()}, END: "$END"}


@cache
def _automaton() -> Automaton:
    kept: dict[str, Json] = json.loads(_shipped("automaton.json"))
    fits = kept["grammar"] == digest(_shipped("grammar.lark"))
    return read(kept if fits else tables(), Builder())


def tables() -> dict[str, Json]:
    """The tables of the grammar's rule `line`, as lark makes them now, and the digest of the grammar that they are of."""
    return {"grammar": digest(_shipped("grammar.lark")), **made(grammar("line"), TERMINALS)}


def _shipped(name: str) -> str:
    """A file of this package; `importlib.resources` would load twice as much as the parser itself."""
    return (get_data(__package__, name) or b"").decode()


def grammar(start: str, builder: object = None) -> "Lark":
    """The grammar from its rule `start`, `line` or `file`, parsing signatures; `builder` has a method per rule."""
    from lark import Lark
    from lark import Token as LarkToken
    from lark.lexer import Lexer

    names = {letter: name for name, letter in TERMINALS.items()}

    class Signature(Lexer):
        """Hands on the letters of a signature as tokens; a token's place is its index."""

        def __init__(self, lexer_conf: object) -> None:
            """Take what lark gives."""

        def lex(self, data: str) -> "Iterator[Token]":  # type: ignore[override]
            """One token per letter."""
            for index, letter in enumerate(data):
                yield LarkToken(names.get(letter, "BAD"), letter, index)

    return Lark(
        _shipped("grammar.lark"),
        start=start,
        parser="lalr",
        lexer=Signature,
        transformer=builder or Builder(),
        maybe_placeholders=False,
        propagate_positions=False,
    )
