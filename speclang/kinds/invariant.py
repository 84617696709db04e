"""The kind `invariant`: a change of the input that must not matter, or may move the outcome one way only.

Use it for fairness and for steadiness: the tier of a customer, the order of sentences, capital letters. A case comes with the `base` that
its answer is compared with; no outcome has to be known. `rising` with `never` says which way is barred: a higher age never gains a refund
that a lower one does not get.

```spec
INV-1 invariant "Mood and wording" {
  ignores angry
  rewrite lengthen, reorder, shout, typo
}
```

What a rule asks about does matter:

```spec invariant/matters
REF-1 rule "Refunds" { when angry; must approve }
INV-2 invariant "Mood" { ignores angry }
```
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label, written
from ..kit import registry
from ..kit.answer import Answer, ToolCall
from ..kit.conditions import Words as Phrase
from ..kit.conditions import joined
from ..kit.english.saying import saying
from ..kit.inputs.covering import representatives
from ..kit.kind import Kind, Sample
from ..kit.making import grader, joined_text, words
from ..kit.schema import RequirementFields, Words
from ..kit.wording import capitalised
from ..model.feature import Feature
from ..model.given import FromUser
from ..model.outcome import Calls
from ..model.requirement import Requirement
from ..model.text import Chunk, Text
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..source.hashing import Json
from ..source.records import replace
from ..source.suggest import certain, nearest
from ..values.evaluate import variables
from ..values.types import Date, Datum, Numeric

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

MATTERS = Code("invariant/matters", "Given that must not matter and does")
UNKNOWN_NAME = Code("invariant/unknown-name", "Name that an invariant can't use")
NOTHING_VARIED = Code("invariant/nothing-varied", "Invariant that changes nothing")

_SPEC = """\
feature sample "Sample" {
  tool pay(amount: int) { about "Pays."; writes }
  given age  int 0 .. 9 { name "the age"; from user }
  given mood calm | angry { name "the mood"; from user }
  outcome settle "pay them" { calls pay }
  ask "Pay me."
  X-1 invariant "Sample" { ignores mood; rewrite shout; rising age; never settle }
}
"""
_PAID = (ToolCall("pay", {"amount": 4}),)
_BASE = Answer("Paid.", _PAID)


class Fields(RequirementFields):
    """What is changed, and what must not come of it."""

    ignores: Words = ()
    """Givens whose value must not matter."""
    rewrite: Words = ()
    """Changes of a message that must not matter: `lengthen`, `polite`, `reorder`, `shout`, `typo`."""
    rising: Words = ()
    """Givens that are raised, for `never`."""
    never: Words = ()
    """Outcomes that a higher value never gains."""


class Invariant(Kind[Fields]):
    """`invariant`: relations between two runs."""

    name = "invariant"
    section = "rules"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`Do the same whatever the mood and however the message is worded; never … for a higher age …`"""
        return capitalised(self._sentences(requirement, say))

    def _sentences(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        fields, own = self.fields(requirement), Origin(requirement.id, "", requirement.head)
        yield from say.condition(requirement)
        same: list[Phrase] = []
        if fields.ignores:
            ignored = joined([_label(one.text, say, own) for one in fields.ignores], "and", own)
            same.append((Piece("whatever ", own), *ignored))
        if fields.rewrite:
            same.append((Piece("however the message is worded, ordered or spelt", own),))
        if same:
            yield Piece("do the same ", own)
            yield from joined(same, "and", own)
        if fields.rising and fields.never:
            yield Piece("; never " if same else "never ", own)
            yield from joined([tuple(say.outcome(one.text, own)) for one in fields.never], "or", own)
            yield Piece(" where all that differs is a higher value of ", own)
            yield from joined([_label(one.text, say, own) for one in fields.rising], "or", own)
            yield Piece(" than one for which you would not", own)
        yield Piece(".", own)

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """The relation of two runs; and that the base does something that can be compared."""
        fields = self.fields(requirement)
        writes: list[Json] = [tool.name for tool in feature.tools if tool.writes]
        yield grader(requirement, "goes-on", "goes_on")
        if fields.ignores or fields.rewrite:
            yield grader(requirement, "same", "same_course", settings=(("tools", writes),) if writes else ())
        tools: list[Json] = list(dict.fromkeys(_tools(fields, feature)))
        if tools and fields.rising:
            yield grader(requirement, "not-gained", "not_gained", settings=(("tools", tools),))

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """A base, and with it each value that is ignored and each way to rewrite; pairs of rising values."""
        fields, feature, id = self.fields(requirement), cases.feature, requirement.id
        called = [*_tools(fields, feature), *(tool.name for tool in feature.tools if tool.writes)]
        values = cases.calling(requirement, called)
        if values is None:
            return
        givens = {one.name: one for one in feature.givens}

        def said(
            technique: str, detail: str, changed: dict[str, Datum], why: str, base: str, *own: str, how: str = ""
        ) -> "CaseDraft":
            whole = {**values, **changed}
            opening = _message(feature, requirement, whole, _REWRITES.get(how, _joined))
            draft = cases.draft(requirement, technique, detail, whole, why, opening=opening, graders=own)
            # What the user says stands in the opening: it is not said once more.
            return replace(draft, base=base, focus=())

        if fields.ignores or fields.rewrite:
            base, same = f"{id}/base", f"{id}/same"
            yield said("base", "", {}, "what the others are compared with", "", f"{id}/goes-on")
            for given in (givens[one.text] for one in fields.ignores if one.text in givens):
                for value in representatives(given.type, values.get(given.name, given.typical)):
                    if value != values.get(given.name):
                        why = f"only `{given.name}` differs"
                        yield said("ignores", cases.detail(given.name, value), {given.name: value}, why, base, same)
            for one in fields.rewrite:
                if one.text in _REWRITES:
                    why = "only the wording differs"
                    yield said("rewrite", one.text, {}, why, base, same, how=one.text)
        for given in (givens[one.text] for one in fields.rising if one.text in givens):
            steps = [one for one in representatives(given.type, given.typical) if one is not None]
            for low, high in pairwise(sorted(steps)):
                lower = cases.detail(given.name, low)
                yield said("low", lower, {given.name: low}, "the lower value of a pair", "", f"{id}/goes-on")
                why, base = f"only `{given.name}` is higher", f"{id}/low/{lower}"
                yield said("high", cases.detail(given.name, high), {given.name: high}, why, base, f"{id}/not-gained")

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """Names have to be known, something has to change, and no rule may ask about what does not matter."""
        fields = self.fields(requirement)
        givens = [one.name for one in feature.givens]
        ordered = [one.name for one in feature.givens if isinstance(one.type, Numeric | Date)]
        outcomes = [one.name for one in feature.outcomes]
        for named, known, what in (
            (fields.ignores, givens, "a given"),
            (fields.rewrite, list(_REWRITES), f"one of {', '.join(f'`{name}`' for name in _REWRITES)}"),
            (fields.rising, ordered, "a given that is a number or a date"),
            (fields.never, outcomes, "an outcome"),
        ):
            for one in named:
                if one.text not in known:
                    near = nearest(one.text, known)
                    yield Diagnostic(
                        code=UNKNOWN_NAME,
                        title=f"`{one.text}` is not {what}",
                        primary=Label(one.span, f"`{near}` has a similar name" if near else "can't be used here"),
                        fix=written(one.span, near, safe=certain(one.text, known)),
                        requirement=requirement.id,
                    )
        if not fields.ignores and not fields.rewrite and not (fields.rising and fields.never):
            yield Diagnostic(
                code=NOTHING_VARIED,
                title=f"`{requirement.id}` changes nothing",
                primary=Label(requirement.head, "no `ignores`, no `rewrite`, no `rising` with `never`"),
                fix=Fix("add `ignores GIVEN`, `rewrite shout`, or `rising GIVEN` and `never OUTCOME`"),
                requirement=requirement.id,
            )
        for one in fields.ignores:
            for other in _asking(one.text, requirement, feature):
                yield Diagnostic(
                    code=MATTERS,
                    title=f"`{other.id}` asks about `{one.text}`, which must not matter",
                    primary=Label(one.span, "must not matter"),
                    labels=(Label(other.head, "depends on it"),),
                    fix=Fix(f"take `{one.text}` out of one of the two"),
                    requirement=requirement.id,
                )

    SAMPLES = (
        Sample(_SPEC, "goes-on", _BASE, True, "does something"),
        Sample(_SPEC, "goes-on", Answer("How old are you?"), False, "only asks"),
        Sample(_SPEC, "same", Answer("Done!", _PAID, base=_BASE), True, "the same call"),
        Sample(_SPEC, "same", Answer("Done!", (ToolCall("pay", {"amount": 5}),), base=_BASE), False, "another amount"),
        Sample(_SPEC, "same", Answer("Sorry, no.", base=_BASE), False, "no call"),
        Sample(_SPEC, "same", Answer("Done!", _PAID), False, "nothing to compare with"),
        Sample(_SPEC, "not-gained", Answer("Paid.", _PAID, base=_BASE), True, "called in both"),
        Sample(_SPEC, "not-gained", Answer("Paid.", _PAID, base=Answer("No.")), False, "gained"),
    )


def _label(name: str, say: "Say", own: Origin) -> Phrase:
    given = say.given(name)
    return (Piece(name, own),) if given is None else tuple(say.text(given.label, f"given {name}", "name"))


def _tools(fields: Fields, feature: Feature) -> Iterator[str]:
    """The tools that the barred outcomes call."""
    named = {one.text for one in fields.never}
    for outcome in feature.outcomes:
        if outcome.name in named:
            yield from (one.tool for one in outcome.observables if isinstance(one, Calls))


def _asking(name: str, requirement: Requirement, feature: Feature) -> Iterator[Requirement]:
    """The requirements that decide something by the given `name`."""
    for other in feature.requirements:
        exprs = (*(() if other.when is None else (other.when,)), *other.unless)
        decides = tuple(registry.load(other.kind, (other.kind,)).norms(other))
        if other.id != requirement.id and decides and any(name in variables(expr) for expr in exprs):
            yield other


def _message(
    feature: Feature, requirement: Requirement, values: dict[str, Datum], rewrite: "Callable[[Sequence[Text]], Text]"
) -> Text:
    """A request, and what the user says of every given of theirs, rewritten."""
    at = requirement.head
    ask = feature.asks[0] if feature.asks else words(f"I need help with this: {feature.title.plain}.", at)
    told = [one for one in feature.givens if isinstance(one.source, FromUser) and values.get(one.name) is not None]
    return rewrite([ask, *(saying(one, values[one.name], at) for one in told)])


def _joined(parts: Sequence[Text]) -> Text:
    return joined_text(tuple(parts), parts[0].span)


def _lengthen(parts: Sequence[Text]) -> Text:
    at = parts[0].span
    before = words("I hope that this is the right place; I could not find the form, and my neighbour sent me here.", at)
    after = words("It has been raining here for days, but that is another story.", at)
    return _joined((before, *parts, after))


def _polite(parts: Sequence[Text]) -> Text:
    at = parts[0].span
    return _joined((words("Good morning!", at), *parts, words("Thank you very much for your help.", at)))


def _reorder(parts: Sequence[Text]) -> Text:
    return _joined(tuple(reversed(parts)))


def _shout(parts: Sequence[Text]) -> Text:
    return _changed(parts, str.upper)


def _typo(parts: Sequence[Text]) -> Text:
    """Two letters of the longest word of the request are swapped."""
    found = [word for one in parts[0].pieces if isinstance(one, Chunk) for word in one.text.split() if word.isalpha()]
    longest = max(found, key=len, default="")
    if len(longest) < 4:
        return _joined((*parts, words("Thnaks!", parts[0].span)))
    wrong = f"{longest[0]}{longest[2]}{longest[1]}{longest[3:]}"
    return _joined((_changed(parts[:1], lambda text: text.replace(longest, wrong, 1)), *parts[1:]))


def _changed(parts: Sequence[Text], change: Callable[[str], str]) -> Text:
    whole = _joined(parts)
    pieces = tuple(Chunk(change(one.text), one.span) if isinstance(one, Chunk) else one for one in whole.pieces)
    return Text(pieces, whole.span)


_REWRITES: dict[str, Callable[[Sequence[Text]], Text]] = {
    "lengthen": _lengthen,
    "polite": _polite,
    "reorder": _reorder,
    "shout": _shout,
    "typo": _typo,
}
