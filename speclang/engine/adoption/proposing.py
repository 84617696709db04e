"""Proposes for requirements in prose a kind that says the same, so that they are tested.

In: a compiled project and IDs. Out: proposals, and the specs as they would be.
Invariant: a proposal is tried before it is made: the model reads the same words, and nothing is found that was not found before.
"""

import difflib
import errno
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...kit import registry
from ...model.feature import Feature
from ...model.requirement import Requirement
from ...project import disk
from ...source.records import dataclass
from ...source.span import Unit as UnitName
from ...source.text import SourceText
from ...syntax.tree import Chunk, Item, Text, Unit
from ...values.types import Bool
from ..affected import hashes_of
from ..compiling import Opened
from ..heap import uncollected
from .patterns import Need, typed
from .setting import NOWHERE, Setting, settings
from .trial import Choice, Form, Left, Trial
from .written import quoted

_BRACES = frozenset("{};")


class Proposal(NamedTuple):
    """The requirement `id` as a requirement of the kind `kind`, which has so many cases; `unchecked` are words that it does not check."""

    id: str
    kind: str
    cases: int
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """`changed` pairs each spec with what it becomes; `left` are the requirements for which nothing is proposed."""

    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...]
    changed: tuple[tuple[SourceText, str], ...]

    def diff(self) -> Iterator[str]:
        """What changes, as a unified diff."""
        for source, text in self.changed:
            lines = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
            yield from difflib.unified_diff(*lines, f"a/{source.name}", f"b/{source.name}")


def stated(opened: Opened, feature: str = "") -> dict[str, list[Requirement]]:
    """The requirements of the project, or of one feature, by ID; one of a policy is named once."""
    found: dict[str, list[Requirement]] = {}
    seen: set[UnitName] = set()
    for one in opened.compiled.program.features:
        for requirement in one.requirements if feature in ("", one.name) else ():
            if requirement.head.unit not in seen:
                seen.add(requirement.head.unit)
                found.setdefault(requirement.id, []).append(requirement)
    return found


@uncollected()
def propose(opened: Opened, requirements: Sequence[Requirement]) -> Proposed:
    """What each of `requirements` can be; the project has no errors."""
    units = {unit.name: unit for file in opened.compiled.files for unit in file.units}
    program = opened.compiled.program
    features = {each.head.unit: one for one in reversed(program.features) for each in one.requirements}
    standing = _standing(opened, units)
    choices: dict[UnitName, Choice] = {}
    left: dict[UnitName, Left] = {}
    for one in requirements:
        setting = standing.get(one.head.unit, NOWHERE)
        choice = _choice(one, units[one.head.unit], features[one.head.unit], setting, opened.home.config.kinds)
        if isinstance(choice, Left):
            left[one.head.unit] = choice
        else:
            choices[one.head.unit] = choice
    trial = Trial(opened)
    left.update(trial.settle(choices))
    proposals = tuple(
        Proposal(one.id, form.kind, trial.cases[one.id], form.unchecked)
        for one in requirements
        if one.head.unit in choices
        for form in choices[one.head.unit].forms[:1]
    )
    return Proposed(
        proposals, tuple(left[one.head.unit] for one in requirements if one.head.unit in left), tuple(trial.changed())
    )


def accept(opened: Opened, proposed: Proposed) -> tuple[str, ...]:
    """Write the specs with the proposals, all or none; the paths. Raises `Changed` where one is no longer as it was read."""
    names = [source.name for source, _ in proposed.changed]
    judged = dict(disk.hashes(opened.root, names))
    for source, _ in proposed.changed:
        if judged[source.name] not in hashes_of(source):
            raise disk.Changed(errno.EAGAIN, "somebody changed it while this ran; run the command again", source.name)
    return disk.write_all(opened.root, {source.name: text.encode() for source, text in proposed.changed}, judged)


def _standing(opened: Opened, units: Mapping[UnitName, Unit]) -> dict[UnitName, Setting]:
    """Where the requirements of adopted prompts stand; those of other features stand for themselves."""
    layouts, texts = dict(opened.home.config.layouts), {one.name: one.text for one in opened.texts}
    found: dict[UnitName, Setting] = {}
    for feature in opened.compiled.program.features:
        layout = texts.get(layouts.get(feature.name, ""), "")
        names = {one.id: one.head.unit for one in feature.requirements}
        items = ((id, unit.item) for id, name in names.items() if (unit := units.get(name)) is not None)
        words = {id: text.plain for id, item in items if item is not None and (text := _words(item)) is not None}
        found.update((names[id], setting) for id, setting in settings(layout, words) if id in names)
    return found


def _is_free(need: Need, feature: Feature) -> bool:
    """Whether what is needed is there as it is needed, or its name is free."""
    same = [one for one in feature.givens if one.name == need.name]
    if need.declared.startswith("tool "):
        return not same
    if need.name in {*(one.name for one in feature.tools), *(one.name for one in feature.outcomes)}:
        return False
    return all(isinstance(one.type, Bool) and quoted(one.label.plain) in need.declared for one in same)


def _choice(
    requirement: Requirement, unit: Unit, feature: Feature, setting: Setting, kinds: Collection[str]
) -> Choice | Left:
    """What the requirement may become by its words, and where they stand."""
    item, id = unit.item, requirement.id
    if registry.load(requirement.kind, kinds).typed:
        return Left(id, f"is typed already: its kind is `{requirement.kind}`")
    words = _words(item) if item is not None else None
    if item is None or words is None:
        return Left(id, "has no words of its own")
    if any(not isinstance(piece, Chunk) for piece in words.pieces):
        return Left(id, "has holes, and what fills them is not known")
    rest = _rest(unit, item, words)
    if rest is None:
        return Left(id, "has a comment inside, which would be lost")
    title = next((one for one in item.values if isinstance(one, Text) and one is not words), None)
    forms = [
        Form(
            kind,
            _written(unit, id, kind, [*_told(unchecked), fields, f"phrase {_slice(unit, words)}", *rest], title),
            unchecked,
            needs,
        )
        for kind, fields, unchecked, needs in typed(words.plain, setting)
        if all(_is_free(need, feature) for need in needs)
    ]
    if forms:
        return Choice(unit, feature, tuple(forms))
    if setting is not NOWHERE and any(typed(words.plain)):
        above = setting.lead or setting.heading
        return Left(id, f"is not to be read by itself: it stands below `{' '.join(above.split())}`")
    return Left(id, "says nothing that is known by its form")


def _told(unchecked: Collection[str]) -> Iterator[str]:
    """A remark for each part of the words that is not checked."""
    return (f"# not checked: {' '.join(one.split())}" for one in unchecked)


def _words(item: Item) -> Text | None:
    """The text that the clause shows: that of the field `text`, or else the title."""
    fields = [one.values[0] for one in item.body or () if one.head.text == "text" and one.id is None and one.values]
    return next((one for one in (*fields, *item.values) if isinstance(one, Text)), None)


def _rest(unit: Unit, item: Item, words: Text) -> list[str] | None:
    """The other fields as they are written; None where something else stands between them."""
    kept: list[str] = []
    at = item.values[-1].end if item.values else item.head.end
    between: list[str] = []
    for one in item.body or ():
        between.append(unit.text[at : one.start])
        at = one.end
        if not any(value is words for value in one.values):
            kept.append(unit.text[one.start : one.end])
    between.append(unit.text[at : item.end])
    return None if set("".join("".join(between).split())) - _BRACES else kept


def _slice(unit: Unit, node: Text) -> str:
    return unit.text[node.start : node.end]


def _written(unit: Unit, id: str, kind: str, fields: Sequence[str], title: Text | None) -> str:
    """The requirement as it would be written."""
    head = f"{id} {kind} {_slice(unit, title)}" if title else f"{id} {kind}"
    body = "\n".join(f"    {field.strip()}" for field in fields if field.strip())
    return f"{head} {{\n{body}\n  }}"
