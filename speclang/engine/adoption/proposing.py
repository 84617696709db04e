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
from ...source.span import Places
from ...source.span import Unit as UnitName
from ...source.text import SourceText
from ...syntax.tree import Chunk, Item, Text, Unit
from ...values.types import Bool
from ..affected import hashes_of
from ..compiling import Opened
from ..heap import uncollected
from .drafts.drafting import Words, drafted, vocabulary
from .drafts.meetings import Meeting, meetings
from .patterns import Need, Typed, typed
from .setting import NOWHERE, Setting, settings
from .trial import Choice, Form, Left, Trial
from .written import quoted

_BRACES = frozenset("{};")


class Proposal(NamedTuple):
    """The requirement `id` as a requirement of the kind `kind`, which has so many cases; `unchecked` are words that it does not check.

    `fields` say the same as text of a spec. `section` is the heading that it stands below. A `draft` has names and types to look at.
    """

    id: str
    kind: str
    cases: int
    unchecked: tuple[str, ...] = ()
    fields: str = ""
    section: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """`changed` pairs each spec with what it becomes; `left` are the requirements for which nothing is proposed.

    `news` is what the analysis finds where drafts meet other rules, in the specs as they would be; `places` are those of these specs.
    """

    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...]
    changed: tuple[tuple[SourceText, str], ...]
    news: tuple[Meeting, ...] = ()
    places: Places | None = None

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


class _Standing(NamedTuple):
    """Where a requirement stands, and what its prompt says as a whole."""

    setting: Setting
    known: Words = Words()


@uncollected()
def propose(opened: Opened, requirements: Sequence[Requirement], *, drafts: bool = False) -> Proposed:
    """What each of `requirements` can be, with `drafts` also as a rule to look at; the project has no errors."""
    units = {unit.name: unit for file in opened.compiled.files for unit in file.units}
    program, kinds = opened.compiled.program, opened.home.config.kinds
    features = {each.head.unit: one for one in reversed(program.features) for each in one.requirements}
    standing = _standing(opened, units, drafts=drafts)
    choices: dict[UnitName, Choice] = {}
    left: dict[UnitName, Left] = {}
    for one in requirements:
        name = one.head.unit
        stands = standing.get(name, _Standing(NOWHERE))
        choice = _choice(one, units[name], features[name], stands, kinds, drafts=drafts)
        if isinstance(choice, Left):
            left[name] = choice
        else:
            choices[name] = choice
    trial = Trial(opened)
    left.update(trial.settle(choices))
    proposals = tuple(
        Proposal(
            one.id,
            form.kind,
            trial.cases[one.id],
            form.unchecked,
            form.fields,
            standing.get(one.head.unit, _Standing(NOWHERE)).setting.heading,
            form.draft,
        )
        for one in requirements
        if one.head.unit in choices
        for form in choices[one.head.unit].forms[:1]
    )
    return Proposed(
        proposals,
        tuple(
            left[name]._replace(section=standing.get(name, _Standing(NOWHERE)).setting.heading)
            for name in (one.head.unit for one in requirements)
            if name in left
        ),
        tuple(trial.changed()),
        tuple(meetings(trial.compiled, trial.news, kinds)),
        trial.compiled.places,
    )


def accept(opened: Opened, proposed: Proposed) -> tuple[str, ...]:
    """Write the specs with the proposals, all or none; the paths. Raises `Changed` where one is no longer as it was read."""
    names = [source.name for source, _ in proposed.changed]
    judged = dict(disk.hashes(opened.root, names))
    for source, _ in proposed.changed:
        if judged[source.name] not in hashes_of(source):
            raise disk.Changed(errno.EAGAIN, "somebody changed it while this ran; run the command again", source.name)
    return disk.write_all(opened.root, {source.name: text.encode() for source, text in proposed.changed}, judged)


def _standing(opened: Opened, units: Mapping[UnitName, Unit], *, drafts: bool) -> dict[UnitName, _Standing]:
    """Where the requirements of adopted prompts stand; those of other features stand for themselves."""
    layouts, texts = dict(opened.home.config.layouts), {one.name: one.text for one in opened.texts}
    found: dict[UnitName, _Standing] = {}
    for feature in opened.compiled.program.features:
        layout = texts.get(layouts.get(feature.name, ""), "")
        names = {one.id: one.head.unit for one in feature.requirements}
        items = ((id, unit.item) for id, name in names.items() if (unit := units.get(name)) is not None)
        words = {id: text.plain for id, item in items if item is not None and (text := _words(item)) is not None}
        placed = [(id, setting) for id, setting in settings(layout, words) if id in names]
        known = vocabulary((words[id], setting) for id, setting in placed if id in words) if drafts else Words()
        found.update((names[id], _Standing(setting, known)) for id, setting in placed)
    return found


def _is_free(need: Need, feature: Feature) -> bool:
    """Whether what is needed is there as it is needed, or its name is free."""
    same = [one for one in feature.givens if one.name == need.name]
    if need.declared.startswith("tool "):
        return not same
    if need.declared.startswith("outcome "):
        return need.name not in {*(one.name for one in feature.tools), *(one.name for one in feature.givens)}
    if need.name in {*(one.name for one in feature.tools), *(one.name for one in feature.outcomes)}:
        return False
    return all(
        isinstance(one.type, Bool) is (f"given {need.name} bool " in need.declared)
        and quoted(one.label.plain) in need.declared
        for one in same
    )


def _choice(
    requirement: Requirement,
    unit: Unit,
    feature: Feature,
    standing: _Standing,
    kinds: Collection[str],
    *,
    drafts: bool,
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
    draft = drafted(words.plain, standing.setting, standing.known) if drafts else ""
    forms: list[Form] = []
    for one in (*typed(words.plain, standing.setting), *((draft,) if isinstance(draft, Typed) else ())):
        for phrase in _phrases(_slice(unit, words), one):
            fields = [*_told(one.unchecked), one.fields, f"phrase {phrase}", *rest]
            if all(_is_free(need, feature) for need in one.needs):
                text = _written(unit, id, one.kind, fields, title)
                forms.append(Form(one.kind, one.fields, text, one.unchecked, one.needs, one.draft))
    if forms:
        return Choice(unit, feature, tuple(forms))
    if isinstance(draft, str) and draft:
        return Left(id, draft)
    setting = standing.setting
    if setting is not NOWHERE and any(typed(words.plain)):
        above = setting.lead or setting.heading
        return Left(id, f"is not to be read by itself: it stands below `{' '.join(above.split())}`")
    return Left(id, "says nothing that is known by its form")


def _phrases(text: str, one: Typed) -> Iterator[str]:
    """The words of the sentence: with holes in the place of its numbers, and as they are."""
    filled = text
    for words, hole in one.holes:
        filled = filled.replace(words, hole) if filled.count(words) == 1 else filled
    yield from dict.fromkeys((filled, text))


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
