"""Texts that somebody wrote to say at a level what another text says.

In: the paraphrases of a feature. Out: the text for what a user says, with what its holes showed.
Invariant: a draft is not used; a hole shows the very value in both texts.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...model.feature import Feature
from ...model.stress import Paraphrase
from ...model.text import Chunk, Text
from ...plan.case import Turn
from ...plan.origin import Origin


class Said(NamedTuple):
    """A text for a case, and the values that its holes show."""

    text: str
    values: tuple[str, ...]


class Paraphrases:
    """The paraphrases of one feature, by level; and the texts of its declarations, as they are written."""

    __slots__ = ("_all", "_by_level", "_templates")

    def __init__(self, feature: Feature) -> None:
        """Prepare those that are no drafts."""
        self._all = feature.paraphrases
        self._by_level: dict[str, list[tuple[re.Pattern[str], Paraphrase]]] = {}
        for one in feature.paraphrases:
            if not one.draft:
                self._by_level.setdefault(one.level, []).append((_pattern(one.source), one))
        texts = [*feature.asks]
        for given in feature.givens:
            texts += [text for _, text in given.sayings]
            texts += [given.said] if given.said is not None else []
        self._templates = [(_pattern(text), text.plain) for text in texts]

    def at(self, level: str, text: str) -> Said | None:
        """What says at `level` what `text` says."""
        for pattern, one in self._by_level.get(level, ()):
            hit = pattern.fullmatch(text)
            if hit is not None:
                values = dict(zip(_names(one.source), hit.groups(), strict=True))
                words = "".join(
                    piece.text if isinstance(piece, Chunk) else values[piece.name] for piece in one.text.pieces
                )
                return Said(words, tuple(values.values()))
        return None

    def template(self, text: str) -> str:
        """`text` as the spec has it, with its holes; else as it is."""
        return next((plain for pattern, plain in self._templates if pattern.fullmatch(text)), text)

    def unsaid(self, texts: Iterable[str]) -> Iterator[Paraphrase]:
        """The paraphrases of none of `texts`."""
        said = tuple(texts)
        for one in self._all:
            pattern = _pattern(one.source)
            if not any(pattern.fullmatch(text) for text in said):
                yield one


def sources(turn: Turn, own: Origin) -> Iterator[tuple[str, Origin]]:
    """The texts of the spec that a message is put together from: what stands between them is the case's own."""
    text, origin = "", own
    for piece, at in turn.pieces:
        if at == own and piece == " ":
            if text:
                yield text, origin
            text = ""
        else:
            origin = origin if text else at
            text += piece
    if text:
        yield text, origin


def _pattern(text: Text) -> re.Pattern[str]:
    """What `text` may be in a case; a hole that is shown twice shows the same."""
    seen: dict[str, int] = {}
    parts: list[str] = []
    for piece in text.pieces:
        if isinstance(piece, Chunk):
            parts.append(re.escape(piece.text))
        elif piece.name in seen:
            parts.append(rf"\{seen[piece.name]}")
        else:
            seen[piece.name] = len(seen) + 1
            parts.append("(.+?)")
    return re.compile("".join(parts), re.DOTALL)


def _names(text: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.name for piece in text.pieces if not isinstance(piece, Chunk)))
