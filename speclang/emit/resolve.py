"""Answers from `trace.json`: what does this character, this field come from, and what comes from this requirement.

In: the text of a source map. Out: places in the spec. Invariant: works from the file alone, without a plan or a spec.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias, cast

from ..source.records import dataclass

Ref: TypeAlias = Sequence[str | int]
_Entry: TypeAlias = Mapping[str, "Ref | Sequence[tuple[int, Ref]]"]


class Source(NamedTuple):
    """`owner`'s field `field`, at characters `start` to `end` of the spec file `file`."""

    owner: str
    field: str
    file: str
    start: int
    end: int


class Clause(NamedTuple):
    """Characters `start` to `end` of the prompt are the part `id`, which speaks for `owner`."""

    kind: str
    id: str
    owner: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that speaks for one requirement or declaration."""

    clauses: tuple[Clause, ...]
    graders: tuple[str, ...]
    cases: tuple[str, ...]


class _Prompt(NamedTuple):
    """The parts of a prompt, and its pieces with their origins."""

    clauses: tuple[Clause, ...]
    pieces: tuple[tuple[int, int, Ref], ...]


class TraceMap:
    """A source map, ready to be asked."""

    __slots__ = ("_cases", "_fields", "_graders", "_own", "_prompts", "_units", "feature")

    def __init__(self, text: str) -> None:
        """Read the text of a `trace.json`."""
        data = json.loads(text)
        self.feature: str = data["feature"]
        self._own: Ref = data["origin"]
        self._cases: Mapping[str, _Entry] = data["cases"]
        self._graders: Mapping[str, _Entry] = data["graders"]
        self._fields: _Entry = data["fields"]
        self._units: dict[str, tuple[str, int]] = {}
        for file, units in data["units"].items():
            for key, (start, _) in units.items():
                self._units[f"{file}#{key}"] = (file, start)
                self._units.setdefault(key, (file, start))
        self._prompts = {key.partition(".")[2]: _prompt(held) for key, held in data.items() if key.startswith("prompt")}

    def _source(self, ref: Ref) -> Source:
        key, field, start, end = str(ref[0]), str(ref[1]), int(ref[2]), int(ref[3])
        file, base = self._units[key]
        return Source(str(ref[4]) if len(ref) > 4 else key, field, file, base + start, base + end)

    def prompt(self, offset: int, target: str = "") -> tuple[Clause, Source] | None:
        """The part and the place in the spec behind the character `offset` of everybody's prompt, or a target's; None past its end.

        Raises KeyError for a target that the map does not know.
        """
        held = self._prompts[target]
        for clause in held.clauses:
            if clause.start <= offset < clause.end:
                for start, end, ref in held.pieces:
                    if start <= offset < end:
                        return clause, self._source(ref)
        return None

    def case(self, case: str, path: str) -> tuple[tuple[int, Source], ...]:
        """Where the field `path` of a case comes from: pieces with their lengths (0 for the whole field).

        Raises KeyError for a case that the map does not know.
        """
        return self._entry(self._cases[case], path)

    def grader(self, grader: str, path: str) -> tuple[tuple[int, Source], ...]:
        """Where the field `path` of a grader comes from; raises KeyError for an unknown grader."""
        return self._entry(self._graders[grader], path, usual=False)

    def head(self, path: str) -> Source:
        """Where a field outside of graders and cases (`title`, `typical/age`) comes from."""
        while path:
            found = self._fields.get(path)
            if found:
                return self._source(cast("Ref", found))
            path = path.rpartition("/")[0]
        return self._source(self._own)

    def _entry(self, entry: _Entry, path: str, *, usual: bool = True) -> tuple[tuple[int, Source], ...]:
        while path:
            found = entry.get(path) or (self._fields.get(path) if usual else None)
            if found:
                if isinstance(found[0], str):
                    return ((0, self._source(cast("Ref", found))),)
                return tuple((length, self._source(ref)) for length, ref in cast("Sequence[tuple[int, Ref]]", found))
            path = path.rpartition("/")[0]
        return ((0, self._source(cast("Ref", entry[""]))),)

    def of(self, owner: str) -> Found:
        """What speaks for `owner`: clauses, and the graders and cases whose origin it is."""
        return Found(
            tuple(clause for clause in self._prompts[""].clauses if clause.owner == owner and clause.kind == "clause"),
            tuple(key for key, entry in self._graders.items() if self._source(cast("Ref", entry[""])).owner == owner),
            tuple(key for key, entry in self._cases.items() if self._source(cast("Ref", entry[""])).owner == owner),
        )


def _prompt(parts: Sequence[tuple[str, str, str, Sequence[tuple[int, Ref]]]]) -> _Prompt:
    clauses: list[Clause] = []
    placed: list[tuple[int, int, Ref]] = []
    at = 0
    for kind, part, owner, pieces in parts:
        start = at
        for length, ref in pieces:
            placed.append((at, at + length, ref))
            at += length
        clauses.append(Clause(kind, part, owner, start, at))
    return _Prompt(tuple(clauses), tuple(placed))
