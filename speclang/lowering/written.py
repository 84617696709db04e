"""Texts written by hand that the typed spec could come to contradict, each with what it was written about.

In: a feature, and which requirements decide its examples. Out: a `Written` for each phrase of a requirement that has a typed meaning,
for each example, for each term whose definition names givens, and for each tool that promises something of its results.
Invariant: what the compiler itself would write from the spec is no text by hand; a constant that a text shows through a hole is no part
of what it is about, for it can't come apart from it.
"""

from collections.abc import Iterator, Mapping, Sequence

from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..kit.wording import Say
from ..model.definition import Definition
from ..model.feature import Feature
from ..model.meaning import behind, canonical_text, contents, meaning_of
from ..model.requirement import Requirement
from ..model.text import Slot
from ..model.tool import Tool
from ..plan.written import Statement, Written
from ..source.hashing import canonical, digest
from ..source.records import replace
from ..values.canonical import canonical_type

Kinds = Mapping[str, Kind[RequirementFields]]


def written(feature: Feature, kinds: Kinds, say: Say, deciding: Mapping[str, Sequence[str]]) -> Iterator[Written]:
    """The texts by hand of `feature`; `deciding` are the requirements that decide each example, by its ID."""
    by_id = {one.id: one for one in feature.requirements}
    first = {one.id: one.was[0].id for one in feature.requirements if one.was}
    about = _About(kinds, say)
    for one in feature.requirements:
        former = tuple(ref.id for ref in one.was)
        if one.phrase is not None and (kinds[one.kind].typed or one.when is not None or one.unless):
            text = digest(canonical_text(one.phrase))
            yield Written(
                one.id, "phrase", text, behind(_renamed(one, first)), (about.statement(one),), former, one.phrase.span
            )
        if one.id in deciding:
            shown = [by_id[id] for id in sorted(deciding[one.id]) if id in by_id]
            meaning = digest(canonical([[first.get(other.id, other.id), _decided(other)] for other in shown]))
            said = tuple(about.statement(other) for other in shown)
            yield Written(one.id, "example", digest(contents(one)), meaning, said, former, one.span)
    for term in feature.definitions:
        yield from _defined(term, feature)
    for tool in feature.tools:
        if tool.promises is not None:
            yield _promised(tool, feature)


def _renamed(requirement: Requirement, first: Mapping[str, str]) -> Requirement:
    """`requirement` naming those that it beats by the IDs that they had at first: a new ID is no other meaning."""
    if not first:
        return requirement
    return replace(requirement, over=tuple(replace(ref, id=first.get(ref.id, ref.id)) for ref in requirement.over))


def _decided(requirement: Requirement) -> str:
    """What a requirement means to an input that it decides, whomever it beats elsewhere."""
    return behind(replace(requirement, over=()))


class _About:
    """Says what requirements mean, in the words that the compiler has for them."""

    __slots__ = ("_kinds", "_say")

    def __init__(self, kinds: Kinds, say: Say) -> None:
        self._kinds = kinds
        self._say = say

    def statement(self, requirement: Requirement) -> Statement:
        bare = replace(requirement, phrase=None)
        words = "".join(piece.text for piece in self._kinds[requirement.kind].clause(bare, self._say))
        return Statement(requirement.id, " ".join(words.split()))


def _defined(term: Definition, feature: Feature) -> Iterator[Written]:
    """A definition that names givens: it has to agree with what these are."""
    named = {piece.name for piece in term.means.pieces if isinstance(piece, Slot)}
    givens = sorted((one for one in feature.givens if one.name in named), key=lambda one: one.name)
    if givens:
        said = tuple(Statement(f"given {one.name}", f"{one.label.plain}: {canonical_type(one.type)}") for one in givens)
        meaning = digest(canonical([[one.owner, one.text] for one in said]))
        yield Written(term.owner, "means", digest(term.means.plain), meaning, said, (), term.means.span)


def _promised(tool: Tool, feature: Feature) -> Written:
    """A tool that promises something: what relies on it was written with these promises in view, though no word of it says them."""
    found = tool.promises
    owner = f"tool {tool.name}"
    said = [f"ensures {one.text}" for one in found.ensures] if found else []
    if found is not None:
        said.extend(f"example {one.text}" for one in found.examples)
        said.extend(f"rate {one.text}" for one in found.rates)
        said.extend([f'version "{found.version}"'] if found.version else [])
        said.extend([f"fresh {found.fresh} days"] if found.fresh else [])
    if tool.returns is not None:
        said.extend(f"returns {name}: {canonical_type(of)}" for name, of in tool.returns.fields)
    lines = tuple(Statement(owner, " ".join(one.split())) for one in said)
    from ..model.uses import relying  # few tools promise anything, and it is not loaded for the others

    needed = relying(feature, tool.name)
    return Written(owner, "promises", digest(owner), meaning_of(tool), lines, (), tool.span, needed)
