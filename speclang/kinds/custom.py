r"""The kind `custom`: a clause in your own words, graded by checks that are there, with parameters of your own.

Use it where no other kind says what you mean and a check can still tell: a pattern, a count, a call. A check is named with its
parameters, `matches pattern /TKT-[0-9]{4}/`; a list stands as `"a" | "b"`. Answers that are good and bad prove it before any model is
called. It counts as untyped, as `prose` does: nothing binds the words to the check but you.

```spec
CUS-1 custom "Ticket" {
  say   "Name the ticket that you opened, as TKT-1234."
  must  matches pattern /\bTKT-[0-9]{4}\b/, words at_most 80
  probe "My parcel is lost."
  good  "I opened TKT-0042 for you."
  bad   "I opened a ticket for you."
}
```

A check that does not exist judges nothing:

```spec custom/unknown-check
CUS-2 custom "Polite" { say "Be polite."; must is_polite; good "Thank you."; bad "No." }
```
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from inspect import Parameter, signature
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ..kit.answer import Answer
from ..kit.checks import CHECKS, find
from ..kit.grading import judge
from ..kit.kind import Kind, Sample
from ..kit.making import grader, slug_of
from ..kit.schema import OneText, RequirementFields, Term, Terms, TermValue, Texts
from ..kit.wording import capitalised
from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..model.text import Text
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..source.hashing import Json
from ..source.records import dataclass
from ..source.span import Span
from ..source.suggest import nearest

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

UNKNOWN_CHECK = Code("custom/unknown-check", "Unknown check")
BAD_PARAMETER = Code("custom/bad-parameter", "Parameter that a check does not take")
UNPROVED = Code("custom/unproved", "Custom check without a good and a bad answer")
WRONG_SAMPLE = Code("custom/wrong-sample", "Custom check that is wrong about an answer")

_DENIED = (Level.MUST_NOT, Level.SHOULD_NOT)
_CONDUCT = (
    "called", "not_called", "called_once", "called_before", "called_all", "confirmed", "within_budget", "same_course", "not_gained",
)  # fmt: skip
"""Checks of what was done or measured, which no text can prove."""


class Fields(RequirementFields):
    """The words, the checks by level, messages to try it, and answers that prove it."""

    say: OneText
    """The clause as the model reads it."""
    must: Terms = ()
    """Checks that an answer has to pass, each with its parameters: `words at_most 80`."""
    must_not: Terms = ()
    """Checks that an answer must not pass."""
    should: Terms = ()
    """Checks that an answer should pass; reported, never a gate."""
    should_not: Terms = ()
    """Checks that an answer should not pass; reported, never a gate."""
    probe: Texts = ()
    """Messages of a user that bring it into play."""
    good: Texts = ()
    """Answers that pass all checks."""
    bad: Texts = ()
    """Answers that fail one check at least."""

    def terms(self) -> tuple[tuple[Level, Term], ...]:
        """Every check with its level."""
        levels = ((Level.MUST, self.must), (Level.MUST_NOT, self.must_not))
        softer = ((Level.SHOULD, self.should), (Level.SHOULD_NOT, self.should_not))
        return tuple((level, term) for level, terms in (*levels, *softer) for term in terms)


@dataclass(frozen=True, slots=True)
class Misread(Exception):
    """What is wrong about a term, where, and what to write."""

    code: Code
    title: str
    span: Span
    label: str
    fix: str = ""
    edit: str = ""


class Custom(Kind[Fields]):
    """`custom`: words and checks as given."""

    name = "custom"
    section = "rules"
    levels = (Level.MUST, Level.MUST_NOT, Level.SHOULD, Level.SHOULD_NOT)
    Fields = Fields
    typed = False

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """The words as they stand, after the condition if there is one."""
        yield from capitalised(say.condition(requirement))
        yield from say.text(self.fields(requirement).say, requirement.id, "say")

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """One for each check that is named."""
        taken: dict[str, int] = {}
        for level, term in self.fields(requirement).terms():
            try:
                settings = _settings(level, term)
            except Misread:
                continue
            slug = f"{'not-' if level in _DENIED else ''}{slug_of(term.name.replace('_', ' '))}"
            taken[slug] = taken.get(slug, 0) + 1
            slug = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
            at = (level.value, term.span)
            yield grader(requirement, slug, term.name, at, level=level, always=True, settings=settings)

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """Where it applies and where it does not, and each message that tries it."""
        own = [one.id for one in self.graders(requirement, cases.feature)]
        drafts: list[CaseDraft | None] = []
        if requirement.when is not None or requirement.unless:
            yield from cases.sides(requirement, own)
        else:
            drafts.append(cases.pressed(requirement, "nominal", "", (), "an ordinary request", own))
        for probe in self.fields(requirement).probe:
            why = "a message that brings it into play"
            drafts.append(cases.said(requirement, "probe", slug_of(probe.plain), probe, why, *own))
        yield from (draft for draft in drafts if draft is not None)

    def vocabulary(self) -> Iterable[tuple[str, str]]:
        """Every check, with the parameters that it needs."""
        for name in CHECKS:
            check = find(name)
            takes = list(signature(check).parameters.values())[1:] if check is not None else []
            needs = [f'{one.name} "…"' for one in takes if one.default is Parameter.empty]
            yield name, " ".join((name, *needs))

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Checks have to exist, take their parameters, and be right about the answers given."""
        fields = self.fields(requirement)
        sound = True
        for level, term in fields.terms():
            try:
                _known(term, _settings(level, term), feature)
            except Misread as wrong:
                sound = False
                yield Diagnostic(
                    code=wrong.code,
                    title=wrong.title,
                    primary=Label(wrong.span, wrong.label),
                    fix=Fix(wrong.fix, (Edit(wrong.span, wrong.edit),) if wrong.edit else ()) if wrong.fix else None,
                    requirement=requirement.id,
                )
        graders = [one for one in self.graders(requirement, feature) if one.check not in _CONDUCT]
        if not fields.terms() or (graders and not (fields.good and fields.bad)):
            yield Diagnostic(
                code=UNPROVED,
                title=f"Nothing proves the checks of `{requirement.id}`"
                if graders
                else f"`{requirement.id}` has no check",
                primary=Label(
                    requirement.head, "needs `good` and `bad` answers" if graders else "no `must`, no `should`"
                ),
                notes=("a check that was never seen to fail may pass everything",) if graders else (),
                fix=Fix('add `good "…"` and `bad "…"`' if graders else "add `must CHECK`, or make it a `prose`"),
                requirement=requirement.id,
            )
        elif sound:
            yield from self._samples(requirement, graders)

    def _samples(self, requirement: Requirement, graders: list[Grader]) -> Iterator[Diagnostic]:
        fields = self.fields(requirement)
        for texts, passes in ((fields.good, True), (fields.bad, False)):
            for text in texts:
                verdicts = [(one, judge(self, one, {}, Answer(text.plain))) for one in graders]  # type: ignore[arg-type]
                failed = next(((one, said) for one, said in verdicts if not said.passed), None)
                if (failed is None) is not passes:
                    yield _wrong(requirement, text, failed and (failed[0].id, failed[1].reason))


def _wrong(requirement: Requirement, text: Text, failed: tuple[str, str] | None) -> Diagnostic:
    what = f"`{failed[0]}` fails it: {failed[1]}" if failed else "every check passes it"
    return Diagnostic(
        code=WRONG_SAMPLE,
        title=f"The checks of `{requirement.id}` are wrong about {'a good' if failed else 'a bad'} answer",
        primary=Label(text.span, what),
        fix=Fix("mend the check or the answer"),
        requirement=requirement.id,
    )


def _settings(level: Level, term: Term) -> tuple[tuple[str, Json], ...]:
    """The parameters of the check that `term` names. Raises `Misread`."""
    check = find(term.name)
    if check is None:
        near = nearest(term.name, CHECKS)
        fix = f"write `{near}`" if near else "write a check such as `matches`, `contains` or `words`"
        title = f"There is no check `{term.name}`"
        raise Misread(UNKNOWN_CHECK, title, term.name_span, "not a check", fix, near or "")
    takes = {name: one for name, one in signature(check).parameters.items() if name != "answer"}
    found: dict[str, list[TermValue]] = {}
    name = ""
    for value in term.values:
        bare = value.type is None and value.text is None and value.shape is None
        if bare and (value.value in takes or not name or found[name]):
            name = str(value.value)
            if name not in takes or name in found:
                near = nearest(name, takes)
                title = f"`{term.name}` takes no parameter `{name}`" if name not in takes else f"`{name}` stands twice"
                label = f"takes {', '.join(f'`{one}`' for one in takes) or 'none'}"
                raise Misread(BAD_PARAMETER, title, value.span, label, f"write `{near}`" if near else "", near or "")
            found[name] = []
        elif not name or value.shape is not None:
            title = f"`{term.name}` has a value without a name"
            raise Misread(BAD_PARAMETER, title, value.span, f"name a parameter before it: {', '.join(takes) or 'none'}")
        else:
            found[name].append(value)
    missing = next((name for name, one in takes.items() if one.default is Parameter.empty and name not in found), None)
    if missing is not None or term.op:
        title = f"`{term.name}` needs its parameter `{missing}`" if missing else f"`{term.op}` says nothing to a check"
        raise Misread(BAD_PARAMETER, title, term.span, "takes " + ", ".join(f"`{one}`" for one in takes), "")
    settings = [(name, _value(term, takes[name], values)) for name, values in found.items()]
    if level in _DENIED:
        if term.name in _CONDUCT:
            title = f"`{level.value}` can't deny `{term.name}`"
            raise Misread(
                BAD_PARAMETER, title, term.name_span, "a check of conduct", "use `called` or `not_called` under `must`"
            )
        settings.append(("negated", True))
    return tuple(settings)


def _known(term: Term, settings: tuple[tuple[str, Json], ...], feature: Feature) -> None:
    """A check of conduct names tools of the feature. Raises `Misread`."""
    tools = [tool.name for tool in feature.tools]
    for name, value in settings if term.name in _CONDUCT else ():
        if name in ("tool", "first", "then") and value not in tools:
            at = next((one.span for one in term.values if one.value == value), term.span)
            near = nearest(str(value), tools)
            fix = f"write `{near}`" if near else ""
            raise Misread(BAD_PARAMETER, f"There is no tool `{value}`", at, "no tool of the feature", fix, near or "")


def _value(term: Term, takes: Parameter, values: list[TermValue]) -> Json:
    """The values of one parameter as its type wants them. Raises `Misread`."""
    kind = str(takes.annotation)
    if "Mapping" in kind:
        title = f"`{takes.name}` of `{term.name}` can't be given here"
        at = values[0].span if values else term.span
        raise Misread(BAD_PARAMETER, title, at, "takes an object", "use the kind that has this check, such as `format`")
    plain: list[Json] = [int(one.value) if isinstance(one.value, Decimal) else str(one.value) for one in values]
    if not values and kind == "bool":
        return True
    whole = all(not isinstance(one.value, Decimal) or one.value == one.value.to_integral_value() for one in values)
    numbers = [isinstance(one, int) for one in plain]
    fits = whole and bool(plain) and all(numbers) if "int" in kind else not any(numbers) and bool(plain)
    many = "list" in kind or "Sequence" in kind
    if not fits or (len(plain) != 1 and not many):
        wanted = "a whole number" if "int" in kind else "texts" if many else "a text"
        at = values[0].span if values else term.span
        raise Misread(BAD_PARAMETER, f"`{takes.name}` of `{term.name}` takes {wanted}", at, f"takes {wanted}")
    return plain if many else plain[0]


_SPEC = """\
feature sample "Sample" {
  X-1 custom "Sample" {
    say      "Name the ticket."
    must     matches pattern /TKT-[0-9]{4}/, words at_most 20
    must_not one_of texts "sorry" | "alas"
    good     "It is TKT-0042."
    bad      "sorry"
  }
}
"""
_GOOD = Answer("I opened TKT-0042 for you.")

Custom.SAMPLES = (
    Sample(_SPEC, "matches", _GOOD, True, "fits the pattern"),
    Sample(_SPEC, "matches", Answer("I opened a ticket."), False, "does not"),
    Sample(_SPEC, "words", _GOOD, True, "short"),
    Sample(_SPEC, "words", Answer("word " * 21), False, "one word more"),
    Sample(_SPEC, "not-one-of", _GOOD, True, "none of the words"),
    Sample(_SPEC, "not-one-of", Answer("alas, TKT-0042"), False, "one of the words"),
)
