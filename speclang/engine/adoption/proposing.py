"""Proposes for requirements in prose a kind that says the same, so that they are tested.

In: a compiled project and IDs. Out: proposals, and the specs as they would be.
Invariant: a proposal is tried before it is made: the model reads the same words, and nothing is found that was not found before.
"""

import difflib
import errno
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...diagnostics.diagnostic import Diagnostic
from ...kit import registry
from ...model.requirement import Requirement
from ...project import disk
from ...source.records import dataclass
from ...source.span import Unit as UnitName
from ...source.text import SourceText
from ...syntax.format import format_source
from ...syntax.tree import Chunk, Item, Text, Unit
from ..affected import hashes_of, with_plain_lines
from ..compiling import Opened
from ..heap import uncollected
from ..pipeline import Compiled, compile_texts
from .patterns import typed
from .setting import NOWHERE, Setting, settings

_BRACES = frozenset("{};")


class Proposal(NamedTuple):
    """The requirement `id` as a requirement of the kind `kind`, which has so many cases; `unchecked` are words that it does not check."""

    id: str
    kind: str
    cases: int
    unchecked: tuple[str, ...] = ()


class Left(NamedTuple):
    """A requirement that stays as it is; `why` continues the sentence that starts with its ID."""

    id: str
    why: str


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


class _Form(NamedTuple):
    """A kind with the text of the requirement, and the words of it that are not checked."""

    kind: str
    text: str
    unchecked: tuple[str, ...]


class _Choice(NamedTuple):
    """What a unit may become, the best first."""

    unit: Unit
    forms: tuple[_Form, ...]


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
    standing = _standing(opened, units)
    choices: dict[UnitName, _Choice] = {}
    left: dict[UnitName, Left] = {}
    for one in requirements:
        choice = _choice(one, units[one.head.unit], standing.get(one.head.unit, NOWHERE), opened.home.config.kinds)
        if isinstance(choice, Left):
            left[one.head.unit] = choice
        else:
            choices[one.head.unit] = choice
    trial = _Trial(opened)
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


def _choice(requirement: Requirement, unit: Unit, setting: Setting, kinds: Collection[str]) -> _Choice | Left:
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
        _Form(
            kind,
            _written(unit, id, kind, [*_told(unchecked), fields, f"phrase {_slice(unit, words)}", *rest], title),
            unchecked,
        )
        for kind, fields, unchecked in typed(words.plain, setting)
    ]
    if forms:
        return _Choice(unit, tuple(forms))
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


class _Trial:
    """Specs with their proposals in place, compiled until nothing is found that was not found before."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        templates = opened.home.config.templates
        self._held = {one.name: one for one in opened.texts if one.name not in templates}
        self._sources = {name: with_plain_lines(one) for name, one in self._held.items()}
        self._templates = [one for one in opened.texts if one.name in templates]
        self._texts = {name: one.text for name, one in self._sources.items()}
        self._known = Counter(_key(one) for one in opened.compiled.diagnostics)
        self._clauses = _clauses(opened.compiled)
        self.cases: Counter[str] = Counter()

    def settle(self, choices: dict[UnitName, _Choice]) -> dict[UnitName, Left]:
        """Take out of `choices` what can't be; each form that fails makes room for the next one."""
        left: dict[UnitName, Left] = {}
        while True:
            self._texts = self._with(choices)
            sources = [SourceText(name, text) for name, text in self._texts.items()]
            compiled = compile_texts(sources, self._opened.home.config, self._templates)
            blamed = self._blamed(compiled, choices)
            if not blamed:
                break
            for name, why in blamed.items():
                choice = choices.pop(name)
                if len(choice.forms) > 1:
                    choices[name] = choice._replace(forms=choice.forms[1:])
                else:
                    left[name] = Left(name.key, why)
        parts = [part for one in compiled.artifacts for part in one.parts if part.kind == "case"]
        self.cases = Counter(part.owner for part in parts)
        return left

    def changed(self) -> Iterator[tuple[SourceText, str]]:
        """The specs that are not as they were, with the line ends that they have."""
        for name, text in self._texts.items():
            held = self._held[name]
            if text != self._sources[name].text:
                yield held, text.replace("\n", "\r\n") if held.text != self._sources[name].text else text

    def _with(self, choices: Mapping[UnitName, _Choice]) -> dict[str, str]:
        """The specs with the first form of each choice in place, in style where they were."""
        texts: dict[str, str] = {}
        for name, source in self._sources.items():
            pieces: list[str] = []
            at = 0
            mine = sorted(
                (one for one in choices.values() if one.unit.name.file == name), key=lambda one: one.unit.start
            )
            for unit, forms in mine:
                if unit.item is not None:
                    pieces.extend((source.text[at : unit.start + unit.item.start], forms[0].text))
                    at = unit.start + unit.item.end
            text = "".join((*pieces, source.text[at:]))
            in_style = mine and format_source(source).value == source.text
            texts[name] = format_source(SourceText(name, text)).value if in_style else text
        return texts

    def _blamed(self, compiled: Compiled, choices: Mapping[UnitName, _Choice]) -> dict[UnitName, str]:
        """The units whose form changes more than it should, each with why."""
        blamed: dict[UnitName, str] = {}
        fresh = [one for one in compiled.diagnostics if not self._known[_key(one)]]
        for one in fresh:
            name = one.primary.span.unit
            if name in choices:
                blamed.setdefault(name, f"can't be a `{choices[name].forms[0].kind}` as things are: {one.title}")
        if fresh:
            return blamed or dict.fromkeys(choices, f"clashes with another requirement: {fresh[0].title}")
        clauses = _clauses(compiled)
        for name, choice in choices.items():
            if self._clauses.get(name.key) != clauses.get(name.key):
                blamed[name] = f"would be worded otherwise as a `{choice.forms[0].kind}`"
        return blamed


def _key(finding: Diagnostic) -> tuple[str, str]:
    return finding.code.id, finding.title


def _clauses(compiled: Compiled) -> dict[str, list[str]]:
    """What the prompts say by the ID of the requirement, without the bullets."""
    said: dict[str, list[str]] = {}
    for artifact in compiled.artifacts:
        for part in artifact.parts:
            if part.kind == "clause":
                said.setdefault(part.owner, []).append(part.text.strip().lstrip("-*• "))
    return said
