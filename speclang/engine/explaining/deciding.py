"""`explain --input`: what the rules say of one input, and why.

In: a folder, and an input as somebody types it. Out: which requirements apply, which of them decide and why the others do not, what is
expected, which single change would lead to something else, and the conversation that the input becomes.
Invariant: asks the rule set that cases are made by; writes nothing.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...analysis.errors import DOUBTS
from ...diagnostics.diagnostic import has_errors
from ...kit import registry
from ...logic.decide import Decision
from ...logic.near import nearest
from ...logic.norm import said
from ...logic.ruleset import RuleSet
from ...logic.variables import Variable, known, variables
from ...lowering.trial import trial
from ...model.feature import Feature
from ...model.requirement import Level, Requirement
from ...model.tool import WORKS
from ...source.span import Places, Span
from ...source.suggest import nearest as nearest_name
from ...source.text import LineIndex
from ...values.evaluate import evaluate
from ...values.expression import And, Expr
from ...values.showing import show, to_json
from ...values.types import Datum, Numeric, Optional
from ...values.units import EXACT
from ..compiling import open_project
from ..fresh import look
from .decided import Decided, Flip, From, Standing, State, Value
from .reading import known_to, names_in, read_input

_LONGEST = 100
"""The most characters of a condition that are quoted."""


def explain_input(start: Path, texts: Sequence[str], feature: str = "") -> Decided:
    """What the rules of `feature` say of the input in `texts`. Raises `NoProject` and `OSError`."""
    opened = open_project(start, look(start), afresh=True)
    compiled = opened.compiled
    chosen = _chosen(compiled.program.features, feature, names_in(texts))
    if isinstance(chosen, str):
        broken = compiled.diagnostics if not compiled.program.features else ()
        return Decided(problems=() if broken else (chosen,), findings=broken, places=compiled.places)
    broken = tuple(one for one in compiled.diagnostics if one.code not in DOUBTS)
    if has_errors(broken):
        return Decided(feature=chosen.name, findings=broken, places=compiled.places)
    typed = read_input(texts, chosen)
    if typed.problems:
        return Decided(feature=chosen.name, problems=typed.problems, places=compiled.places)
    return decided(chosen, opened.home.config.kinds, dict(typed.values), compiled.places)


def decided(feature: Feature, foreign: Sequence[str], values: Mapping[str, Datum], places: Places) -> Decided:
    """What the rules of `feature` say where `values` are as they are and all else is as usual; `foreign` are kinds of others."""
    return _Question(feature, foreign, values, places).answered()


def _chosen(features: Sequence[Feature], name: str, names: frozenset[str]) -> "Feature | str":
    """The feature that is asked, or in words why there is none."""
    listed = ", ".join(f"`{one.name}`" for one in features)
    if name:
        near = nearest_name(name, [one.name for one in features])
        found = next((one for one in features if one.name == name), None)
        return found or f"no feature is called `{name}`; " + (
            f"did you mean `{near}`" if near else f"there are {listed}"
        )
    if len(features) == 1:
        return features[0]
    able = [one for one in features if names <= known_to(one)]
    if len(able) == 1:
        return able[0]
    if able:
        return f"{len(able)} features have such inputs; name one with `--feature`: {', '.join(f'`{one.name}`' for one in able)}"
    return f"no feature knows all that is named; name one with `--feature`: {listed}"


class _Question:
    """One input of one feature; lives no longer than the answer."""

    __slots__ = (
        "_decision",
        "_feature",
        "_graded",
        "_kinds",
        "_norms",
        "_places",
        "_rules",
        "_seen",
        "_typed",
        "_values",
    )

    def __init__(self, feature: Feature, foreign: Sequence[str], typed: Mapping[str, Datum], places: Places) -> None:
        self._feature = feature
        self._kinds = {one.kind: registry.load(one.kind, foreign) for one in feature.requirements}
        self._norms = {one.id: tuple(self._kinds[one.kind].norms(one)) for one in feature.requirements}
        among = variables(feature.givens, feature.tools)
        self._rules = RuleSet((norm for some in self._norms.values() for norm in some), among)
        self._typed = typed
        self._values = {one.name: typed.get(one.name, one.base) for one in among}
        self._seen = known(self._values, among)
        self._decision = self._rules.decide(self._values)
        self._places = places
        self._graded = frozenset(
            one.id
            for one in feature.requirements
            if any(grader.always for grader in self._kinds[one.kind].graders(one, feature))
        )

    def answered(self) -> Decided:
        """All that there is to say."""
        near = nearest(self._rules, self._values)
        talk = trial(self._feature, self._kinds, self._rules, self._values, self._typed)
        clash = talk.clash
        return Decided(
            feature=self._feature.name,
            inputs=tuple(self._inputs()),
            standings=tuple(
                self._standing(one)
                for one in self._feature.requirements
                if self._norms[one.id] or one.id in self._graded
            ),
            asked=_asked(self._decision),
            wordings=tuple((one.name, one.wording.plain) for one in self._feature.outcomes),
            odds=() if clash is None else (clash.one.requirement, clash.other.requirement),
            flips=tuple(
                Flip(
                    one.variable.name.removesuffix(" fails") if one.variable.is_state else one.variable.name,
                    show(one.value, one.variable.type),
                    to_json(one.value, one.variable.type),
                    _distance(self._values[one.variable.name], one.value, one.variable),
                    tuple(what for what, _ in _asked(one.decision)),
                    one.decision.requirements,
                )
                for one in near.flips
            ),
            whole=near.whole,
            talk=talk,
            places=self._places,
        )

    def _inputs(self) -> Iterator[Value]:
        """Every given, and the tools that were named or do not work."""
        for one in self._rules.among:
            value = self._values[one.name]
            if one.is_state:
                if one.name in self._typed or value != WORKS:
                    yield Value(one.name.removesuffix(" fails"), show(value, one.type), str(value), From.GIVEN)
            elif one.name not in self._seen:
                yield Value(one.name, f"not known, as `{one.state}`", None, From.UNKNOWN)
            else:
                source = From.GIVEN if one.name in self._typed else From.TYPICAL
                yield Value(one.name, show(value, one.type), to_json(value, one.type), source)

    def _standing(self, requirement: Requirement) -> Standing:
        norms = self._norms[requirement.id]
        title = requirement.title.plain if requirement.title else ""
        at = self._at(requirement.head)
        decision = self._decision
        asks = tuple(dict.fromkeys(said(norm.level, effect) for norm in norms for effect in norm.effects))
        if not norms:
            silent = tuple(self._silent(requirement.when, requirement.unless))
            return Standing(requirement.id, title, at, State.SILENT if silent else State.ALWAYS, why=silent)
        here = [norm for norm in norms if any(norm is one for one in decision.applicable)]
        deciding = [norm for norm in here if any(norm is one for one in decision.deciding)]
        if not here:
            why = tuple(dict.fromkeys(one for norm in norms for one in self._silent(norm.when, norm.unless)))
            return Standing(requirement.id, title, at, State.SILENT, asks, why=why)
        over = tuple(dict.fromkeys(one.requirement for one in decision.beaten if one.requirement in here[0].over))
        why = tuple(dict.fromkeys(self._text(norm.when.span) for norm in here if norm.when is not None))
        if deciding:
            asks = tuple(dict.fromkeys(said(norm.level, effect) for norm in deciding for effect in norm.effects))
            return Standing(requirement.id, title, at, State.DECIDES, asks, over=over, why=why)
        beaters = [
            one for one in decision.applicable if requirement.id in one.over and one.requirement != requirement.id
        ]
        by = beaters or [one for one in decision.deciding if not one.default]
        state = State.BEATEN if beaters else State.IDLE
        return Standing(
            requirement.id, title, at, state, asks, tuple(dict.fromkeys(one.requirement for one in by)), over, why
        )

    def _silent(self, when: Expr | None, unless: Sequence[Expr]) -> Iterator[str]:
        """Why something under these conditions does not apply: what does not hold, or holds and is an exception."""
        if when is not None and evaluate(when, self._seen) is not True:
            for part in when.parts if isinstance(when, And) else (when,):
                truth = evaluate(part, self._seen)
                if truth is not True:
                    yield f"`{self._text(part.span)}` {'is not known' if truth is None else 'does not hold'}"
        for one in unless:
            if evaluate(one, self._seen) is True:
                yield f"unless `{self._text(one.span)}`, which holds"

    def _text(self, span: Span) -> str:
        """What the spec says there, on one line."""
        where = self._places.locate(span)
        source = self._places.sources.get(where.file)
        text = "" if source is None else " ".join(source.text[where.start : where.end].split())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _at(self, span: Span) -> str:
        where = self._places.locate(span)
        source = self._places.sources.get(where.file)
        return where.file if source is None else f"{where.file}:{LineIndex(source.text).position(where.start).line}"


def _asked(decision: Decision) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is asked for, the strictest first, and by whom; what is only allowed is not expected."""
    return tuple(
        (_leveled(level, said(level, one.effect)), one.requirements)
        for level in Level
        if level is not Level.MAY
        for one in decision.asked(level)
    )


def _leveled(level: Level, what: str) -> str:
    return f"{what} (should)" if level in (Level.SHOULD, Level.SHOULD_NOT) else what


def _distance(here: Datum, there: Datum, variable: Variable) -> str:
    """How far a number or a date is from another: `1 day less`; "" for what has no distance."""
    of = variable.type.of if isinstance(variable.type, Optional) else variable.type
    if isinstance(here, Decimal) and isinstance(there, Decimal) and isinstance(of, Numeric):
        apart = EXACT.subtract(there, here)
        return f"{show(abs(apart), of)} {'less' if apart < 0 else 'more'}"
    if isinstance(here, datetime.date) and isinstance(there, datetime.date):
        days = (there - here).days
        return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {'earlier' if days < 0 else 'later'}"
    return ""
