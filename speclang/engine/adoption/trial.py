"""Tries what requirements may become: the specs with it in place are compiled until nothing is found that was not found before.

In: a compiled project and forms of requirements. Out: the forms that hold, why the others do not, and the specs as they would be.
Invariant: the model reads the same words, and each given and tool that several forms need is declared once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...diagnostics.code import Severity
from ...diagnostics.diagnostic import Diagnostic, is_smell
from ...model.feature import Feature
from ...source.span import Unit as UnitName
from ...source.text import SourceText
from ...syntax.format import format_source
from ...syntax.tree import Unit
from ..affected import with_plain_lines
from ..compiling import Opened
from ..pipeline import Compiled, compile_texts
from .patterns import Need

_REPEATS, _UNTESTED = "E0334", "E062"
_MEETING = frozenset(("E0512", "E0501", "E0502", "E0504", "E0505", "E0506", "E0507", "E0508", "E0509"))
"""What the analysis finds between rules that are right alone."""


class Left(NamedTuple):
    """A requirement that stays as it is; `why` continues the sentence that starts with its ID, `section` is its heading."""

    id: str
    why: str
    section: str = ""


class Form(NamedTuple):
    """A kind with its fields, the text of the requirement, the words of it that are not checked, and what it needs declared.

    A `draft` may meet another rule: that is what it was drafted for.
    """

    kind: str
    fields: str
    text: str
    unchecked: tuple[str, ...]
    needs: tuple[Need, ...]
    draft: bool = False


class Choice(NamedTuple):
    """What a unit of `feature` may become, the best first."""

    unit: Unit
    feature: Feature
    forms: tuple[Form, ...]


class Trial:
    """Specs with their proposals in place, compiled until nothing is found that was not found before."""

    def __init__(self, opened: Opened) -> None:
        """Hold the specs as they are."""
        self._opened = opened
        templates = opened.home.config.templates
        self._held = {one.name: one for one in opened.texts if one.name not in templates}
        self._sources = {name: with_plain_lines(one) for name, one in self._held.items()}
        self._templates = [one for one in opened.texts if one.name in templates]
        self._texts = {name: one.text for name, one in self._sources.items()}
        self._known = Counter(_key(one) for one in opened.compiled.diagnostics)
        self._clauses = _clauses(opened.compiled)
        self._features = opened.compiled.program.features
        self._declares: dict[UnitName, list[UnitName]] = {}
        self._drafts: frozenset[UnitName] = frozenset()
        self.cases: Counter[str] = Counter()
        self.news: tuple[Diagnostic, ...] = ()
        self.compiled = opened.compiled

    def settle(self, choices: dict[UnitName, Choice]) -> dict[UnitName, Left]:
        """Take out of `choices` what can't be; each form that fails makes room for the next one."""
        left: dict[UnitName, Left] = {}
        while True:
            self._texts = self._with(choices)
            self._drafts = frozenset(name for name, one in choices.items() if one.forms[0].draft)
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
        self.compiled = compiled
        self.news = tuple(one for one in self._fresh(compiled) if self._is_news(one))
        return left

    def changed(self) -> Iterator[tuple[SourceText, str]]:
        """The specs that are not as they were, with the line ends that they have."""
        for name, text in self._texts.items():
            held = self._held[name]
            if text != self._sources[name].text:
                yield held, text.replace("\n", "\r\n") if held.text != self._sources[name].text else text

    def _with(self, choices: Mapping[UnitName, Choice]) -> dict[str, str]:
        """The specs with the first form of each choice in place, in style where they were."""
        texts: dict[str, str] = {}
        self._declares.clear()
        there = {(one.name, each.name) for one in self._features for each in one.tools}
        there |= {(one.name, each.name) for one in self._features for each in one.givens}
        there |= {(one.name, each.name) for one in self._features for each in one.outcomes}
        for name, source in self._sources.items():
            pieces: list[str] = []
            at = 0
            mine = sorted(
                (one for one in choices.values() if one.unit.name.file == name), key=lambda one: one.unit.start
            )
            for unit, feature, forms in mine:
                if unit.item is not None:
                    pieces.append(source.text[at : unit.start + unit.item.start])
                    for need in forms[0].needs:
                        key = UnitName(name, " ".join(need.declared.split("(")[0].split()[:2]))
                        self._declares.setdefault(key, []).append(unit.name)
                        if (feature.name, need.name) not in there:
                            there.add((feature.name, need.name))
                            pieces.append(f"{need.declared}\n  ")
                    pieces.append(forms[0].text)
                    at = unit.start + unit.item.end
            text = "".join((*pieces, source.text[at:]))
            in_style = mine and format_source(source).value == source.text
            texts[name] = format_source(SourceText(name, text)).value if in_style else text
        return texts

    def _fresh(self, compiled: Compiled) -> list[Diagnostic]:
        """What is found that was not found before, without notes about words."""
        return [
            one
            for one in compiled.diagnostics
            if not self._known[_key(one)] and not is_smell(one) and not self._is_open(one)
        ]

    def _is_open(self, finding: Diagnostic) -> bool:
        """Whether it says what a draft still wants: a sign that code can see, or a number taken from its condition."""
        wants = finding.code.id == _REPEATS or finding.code.id.startswith(_UNTESTED)
        return wants and finding.level is not Severity.ERROR and finding.primary.span.unit in self._drafts

    def _is_news(self, finding: Diagnostic) -> bool:
        """Whether it tells how a draft and other rules meet, which fails nothing."""
        labels = (finding.primary, *finding.labels)
        return (
            finding.code.id in _MEETING
            and finding.level is not Severity.ERROR
            and any(one.span.unit in self._drafts for one in labels)
        )

    def _blamed(self, compiled: Compiled, choices: Mapping[UnitName, Choice]) -> dict[UnitName, str]:
        """The units whose form changes more than it should, each with why."""
        blamed: dict[UnitName, str] = {}
        fresh = [one for one in self._fresh(compiled) if not self._is_news(one)]
        for one in fresh:
            for name in self._declares.get(one.primary.span.unit, [one.primary.span.unit]):
                if name not in choices:
                    continue
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
