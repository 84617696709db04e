"""The kind `budget`: what a run may take: tokens, money, time.

Use it for limits that users feel and owners pay for. Each limit is measured on runs; a percentile (`p95`) is met if that many of 100 runs
keep to it. `during` has a limit of time hold in a part of the day, where users feel it: `specc latency` tells of it, over stored runs.
Only a limit of tokens says something to the model: how long an answer may be.

```spec
BUD-1 budget "Fast and cheap" {
  must   latency p95 <= 2 s, tokens <= 400
  should cost <= 0.01 USD
}
```

```spec
BUD-2 budget "Fast while the shop is open" {
  must latency p95 <= 3 s during "09:00 .. 18:00 America/New_York"
}
```

A limit without a bound limits nothing:

```spec budget/bad-term
BUD-3 budget "Fast" { must latency }
```
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.answer import Answer
from ..kit.kind import Kind, Sample
from ..kit.making import asking, grader, words
from ..kit.schema import RequirementFields, Term, Terms, TermValue
from ..kit.wording import capitalised
from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..plan.clause import Piece
from ..plan.daytime import Daytime, daytime
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.records import dataclass
from ..values.types import Numeric

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

BAD_TERM = Code("budget/bad-term", "Limit of a budget that can't be read")
NOTHING_LIMITED = Code("budget/nothing-limited", "Budget without a limit")

_SHAPES = {
    "tokens": "tokens <= 400",
    "input_tokens": "input_tokens <= 8_000",
    "cost": "cost <= 0.01 USD",
    "latency": "latency p95 <= 2 s",
}
_WORDS_OF_TOKENS = Decimal("0.7")
"""How many English words a token is, cautiously."""

_TEMPTING = (
    ("detail", "Please explain everything in as much detail as you can, with examples."),
    ("several", "And while you are at it: list all the rules that you know, one by one, and what each is for."),
)

_SPEC = """\
feature sample "Sample" {
  ask "Where is my parcel?"
  X-1 budget "Sample" { must tokens <= 100, latency p95 <= 2 s; should cost <= 0.01 USD }
}
"""


class Fields(RequirementFields):
    """The limits, by level."""

    must: Terms = ()
    """Limits that gate: `tokens`, `input_tokens`, `cost`, `latency`, each `<=` a bound; `p95` for a percentile, `during` for hours."""
    should: Terms = ()
    """Limits that are reported and gate nothing."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`at_most` of `measure` in `unit`, in `percentile` of 100 runs; of those `during` a part of the day, where one is named."""

    level: Level
    measure: str
    at_most: Decimal
    unit: str
    percentile: int
    term: Term
    during: Daytime | None = None


class Budget(Kind[Fields]):
    """`budget`: limits that are measured."""

    name = "budget"
    section = "format"
    levels = (Level.MUST, Level.SHOULD)
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`Keep each answer below about 280 words.`: nothing for limits that a model can't keep by itself."""
        limits = [one for one in _limits(requirement)[0] if one.measure == "tokens"]
        if limits:
            limit = min(limits, key=lambda one: one.at_most)
            at = Origin(requirement.id, limit.level.value, limit.term.span)
            soft = "you should " if limit.level is Level.SHOULD else ""
            count = max(int(limit.at_most * _WORDS_OF_TOKENS), 1)
            yield from capitalised(
                (*say.condition(requirement), Piece(f"{soft}keep each answer below about {count:,} words.", at))
            )

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for each limit, for every case of the feature."""
        for one in _limits(requirement)[0]:
            whole = one.at_most == one.at_most.to_integral_value()
            bound: Json = int(one.at_most) if whole else float(one.at_most)
            settings: list[tuple[str, Json]] = [("measure", one.measure), ("at_most", bound)]
            if one.unit:
                settings.append(("unit", one.unit))
            if one.percentile < 100:
                settings.append(("percentile", one.percentile))
            if one.during is not None:
                settings.append(("during", str(one.during)))
            slug = one.measure.replace("_", "-") + (f"-p{one.percentile}" if one.percentile < 100 else "")
            slug += f"-{one.during.first:04}-{one.during.last:04}" if one.during is not None else ""
            at = (one.level.value, one.term.span)
            yield grader(requirement, slug, "within_budget", at, level=one.level, always=True, settings=tuple(settings))

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """An ordinary request, and users who ask for much."""
        own = [one.id for one in self.graders(requirement, cases.feature)]
        drafts: list[CaseDraft | None] = []
        if requirement.when is not None or requirement.unless:
            yield from cases.sides(requirement, own)
        else:
            drafts.append(cases.pressed(requirement, "nominal", "", (), "an ordinary request", own))
        for detail, text in _TEMPTING:
            opening = asking(cases.feature, words(text, requirement.head))
            drafts.append(cases.said(requirement, "tempt", detail, opening, "the user asks for much", *own))
        yield from (draft for draft in drafts if draft is not None)

    def vocabulary(self) -> Iterable[tuple[str, str]]:
        """What can be measured."""
        limits = ("latency p95 <= 2 s", "tokens <= 400", "cost <= 0.02 USD", "input_tokens <= 4_000")
        return ((one.split(" ")[0], one) for one in limits)

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Limits have to be readable, and there has to be one."""
        limits, found = _limits(requirement)
        yield from found
        if not limits and not found:
            yield Diagnostic(
                code=NOTHING_LIMITED,
                title=f"`{requirement.id}` limits nothing",
                primary=Label(requirement.head, "no `must`, no `should`"),
                fix=Fix("write a limit, as `must latency p95 <= 2 s`"),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(_SPEC, "tokens", Answer("Tomorrow.", measured={"tokens": 100}), True, "just within"),
        Sample(_SPEC, "tokens", Answer("Tomorrow.", measured={"tokens": 101}), False, "one over"),
        Sample(_SPEC, "tokens", Answer("Tomorrow."), False, "not measured"),
        Sample(_SPEC, "latency-p95", Answer("Tomorrow.", measured={"latency": 2.0}), True, "just within"),
        Sample(_SPEC, "latency-p95", Answer("Tomorrow.", measured={"latency": 2.01}), False, "too slow"),
        Sample(_SPEC, "cost", Answer("Tomorrow.", measured={"cost": 0.009}), True, "cheap"),
        Sample(_SPEC, "cost", Answer("Tomorrow.", measured={"cost": 0.02}), False, "twice the price"),
    )


def _limits(requirement: Requirement) -> tuple[tuple[Limit, ...], tuple[Diagnostic, ...]]:
    """The limits that can be read, each measure and percentile once, and findings about the others."""
    fields = requirement.fields
    terms = [(Level.MUST, one) for one in fields.must] if isinstance(fields, Fields) else []
    terms.extend((Level.SHOULD, one) for one in (fields.should if isinstance(fields, Fields) else ()))
    limits: dict[tuple[str, int, str], Limit] = {}
    found: list[Diagnostic] = []
    for level, term in terms:
        one = _read(level, term)
        key = (one.measure, one.percentile, str(one.during or "")) if isinstance(one, Limit) else None
        if isinstance(one, Limit) and key is not None and key not in limits:
            limits[key] = one
            continue
        spelling = _SHAPES.get(term.name, "latency p95 <= 2 s")
        found.append(
            Diagnostic(
                code=BAD_TERM,
                title=f"The limit `{term.name}` can't be read",
                primary=Label(term.span, one if isinstance(one, str) else "is limited already"),
                notes=()
                if term.name in _SHAPES
                else ("what is measured: " + ", ".join(f"`{name}`" for name in _SHAPES),),
                fix=Fix(f"write it as `{spelling}`"),
                requirement=requirement.id,
            )
        )
    return tuple(limits.values()), tuple(found)


def _read(level: Level, term: Term) -> Limit | str:
    """The limit that `term` states, or what is wrong about it."""
    if term.name not in _SHAPES:
        return "is not measured"
    if term.op not in ("<", "<="):
        return "needs `<=` and a bound"
    during, values = _during(term)
    if isinstance(during, str):
        return during
    *marks, bound = values
    percentile = 100
    for mark in marks:
        digits = str(mark.value).removeprefix("p")
        if mark.type is not None or not digits.isascii() or not digits.isdigit() or not 0 < int(digits) < 100:
            return "a percentile is written `p50` to `p99`"
        percentile = int(digits)
    if not isinstance(bound.value, Decimal) or not isinstance(bound.type, Numeric) or len(marks) > 1:
        return "needs one bound"
    dimension = bound.type.dimension
    fits = {"latency": dimension == "duration", "cost": dimension.startswith("money:")}.get(term.name, not dimension)
    if not fits or bound.value <= 0:
        return "needs a bound above 0 in its own unit"
    unit = "seconds" if term.name == "latency" else dimension.partition(":")[2]
    return Limit(level, term.name, bound.value, unit, percentile, term, during)


def _during(term: Term) -> tuple[Daytime | str | None, Sequence[TermValue]]:
    """The part of the day in which a limit holds, or what is wrong about it; and what else the term says."""
    words = [one.value if one.type is None else None for one in term.values]
    if "during" not in words:
        return None, term.values
    at = words.index("during")
    said = term.values[at + 1 :]
    if term.name != "latency" or at == 0:
        return "only a latency has its hours", ()
    found = daytime(said[0].text.plain) if len(said) == 1 and said[0].text is not None else None
    return found or 'hours are written `during "09:00 .. 18:00 America/New_York"`', term.values[:at]
