"""The kind `ground`: claims come from what the model was given, and where that says nothing, the answer says so.

Use it wherever an invented number would hurt. Numbers, dates, times, IDs, addresses and quotations of an answer are looked up in the
results of tools, the user's words, the context and the prompt, however they are written: `1,200` is `1200`, `30%` is `30 percent`.

```spec
GRD-1 ground "Only what the order system says" {
  source    lookup_order
  otherwise "say that the order system does not tell"
  missing   "Which courier brings it?"
}
```

An absence that no case can bring about is never tried; name a tool with givens, or a question that nothing answers:

```spec ground/nothing-to-miss
GRD-2 ground "Facts" { source handoff; otherwise "say that you do not know" }
```
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..kit.answer import Answer, Said, ToolCall
from ..kit.conditions import Words, joined
from ..kit.english.saying import another
from ..kit.kind import Kind, Sample
from ..kit.making import asking, grader, slug_of, words
from ..kit.prompted import figures, units_of
from ..kit.schema import OneText, RequirementFields, Texts, Tools
from ..kit.wording import capitalised, quoted
from ..model.feature import Feature
from ..model.given import FromContext, FromTool, Given
from ..model.requirement import Requirement
from ..model.text import Text
from ..model.tool import Tool
from ..plan.clause import Piece
from ..plan.grader import Grader
from ..plan.origin import Origin
from ..source.hashing import Json
from ..values.showing import show
from ..values.types import Date, Datum, Enum, ListOf, Numeric, Optional, Type
from ..values.types import Text as TextType

if TYPE_CHECKING:
    from ..kit.casegen import Cases
    from ..kit.wording import Say
    from ..plan.draft import CaseDraft

NOTHING_TO_MISS = Code("ground/nothing-to-miss", "Ground whose absence is never tried")

_ASKED = 4
"""The most givens that are asked for."""

_DOUBTED = 2
"""The most givens of which the user remembers another value."""

_SPEC = """\
feature sample "Sample" {
  role "You help until 5 pm."
  tool look() { about "Looks."; returns { total: money(USD), age: days, code: text, tier: standard | gold } }
  tool other() { about "Looks elsewhere."; returns { size: int } }
  given total money(USD) 0 .. 900 { name "the order total"; from look.total; typical 80 USD }
  given stage standard | gold { name "the tier"; from look.tier }
  given born  date { name "the date of birth"; from context }
  X-1 ground "Sample" { source look; otherwise "say that you do not know"; missing "Who packed it?"; also "555-0100" }
}
"""
_LOOK = ToolCall("look", {}, {"total": 80, "age": 14, "code": "R2D2-77"})
_STEPS = (Said("user", "What did I pay for 3 boxes?"), _LOOK)
_BORN = (("born", "2001-02-03"),)


class Fields(RequirementFields):
    """Where facts come from, and what to say where there is none."""

    source: Tools = ()
    """The tools whose results are facts; all, if none is named."""
    otherwise: OneText
    """What to do where the sources say nothing: continues the sentence, `say that you do not know`."""
    says: Texts = ()
    """Words of which an answer without a fact must hold one; the usual English ones, if none is given."""
    missing: Texts = ()
    """Messages that ask for what no source tells."""
    also: Texts = ()
    """Texts that may be stated besides: the number of the hot line."""


class Ground(Kind[Fields]):
    """`ground`: nothing is stated that was not given."""

    name = "ground"
    section = "rules"
    levels = ()
    Fields = Fields

    def clause(self, requirement: Requirement, say: "Say") -> Iterator[Piece]:
        """`Take every number, date, ID and quotation from the results of …; never estimate or invent one. If …`"""
        fields, own = self.fields(requirement), Origin(requirement.id, "", requirement.head)

        def sentences() -> Iterator[Piece]:
            yield from say.condition(requirement)
            yield Piece("take every number, date, ID and quotation that you state from ", own)
            results = _results(requirement, fields)
            places = ("the context", "the user's messages", "these instructions")
            yield from joined([results, *((Piece(place, own),) for place in places)], "or", own)
            yield Piece("; never estimate or invent one. If something is not there, ", own)
            yield from say.text(fields.otherwise, requirement.id, "otherwise")
            yield Piece(". If the user remembers it otherwise, go by ", own)
            yield from results
            yield Piece(" and name what is said there.", own)

        return capitalised(sentences())

    def graders(self, requirement: Requirement, feature: Feature) -> Iterable[Grader]:
        """Nothing invented; what was asked for is told; where it is not there, that is said."""
        fields = self.fields(requirement)
        settings: list[tuple[str, Json]] = []
        stated = [*figures(feature), *(text.plain for text in fields.also)]
        units = {path: unit for tool in _sources(fields, feature) for path, unit in units_of(tool.name, tool.returns)}
        if stated:
            settings.append(("prompt", list(dict.fromkeys(stated))))
        if units:
            settings.append(("units", units))
        if fields.source:
            settings.append(("tools", [tool.text for tool in fields.source]))
        yield grader(requirement, "grounded", "grounded", always=True, settings=tuple(settings))
        for given in _askable(fields, feature):
            yield grader(requirement, f"tells-{given.name}", "tells")
        said: list[Json] = [text.plain for text in fields.says]
        at = ("otherwise", fields.otherwise.span)
        yield grader(requirement, "admits", "admits", at, settings=(("texts", said),) if said else ())

    def settled(
        self, grader: Grader, requirement: Requirement, feature: Feature, values: Mapping[str, Datum]
    ) -> tuple[tuple[str, Json], ...]:
        """The value that has to be told, and the values of the context."""
        if grader.check == "tells":
            name = grader.id.removeprefix(f"{requirement.id}/tells-")
            given = next(one for one in feature.givens if one.name == name)
            return (("value", show(values[name], given.type)),) if name in values else ()
        if grader.check == "grounded":
            known = [one for one in feature.givens if isinstance(one.source, FromContext) and one.name in values]
            told: list[Json] = [show(values[one.name], one.type) for one in known if _states(one.type)]
            return (("context", told),) if told else ()
        return ()

    def cases(self, requirement: Requirement, cases: "Cases") -> Iterator["CaseDraft"]:
        """The value is there, is not there, is remembered from earlier, is claimed to be another."""
        fields, feature = self.fields(requirement), cases.feature
        sound, admits = f"{requirement.id}/grounded", f"{requirement.id}/admits"
        drafts: list[CaseDraft | None] = [cases.pressed(requirement, "nominal", "", (), "an ordinary request", [sound])]
        if requirement.when is not None or requirement.unless:
            yield from cases.sides(requirement, [sound])

        def asked(text: str) -> Text:
            return asking(feature, words(text, requirement.head))

        askable = _askable(fields, feature)
        for given in askable:
            tells = f"{requirement.id}/tells-{given.name}"
            opening = asked(f"Before anything else: what is {given.label.plain}?")
            drafts.append(cases.said(requirement, "present", given.name, opening, "it is there", sound, tells))
        for given in [one for one in askable if isinstance(one.type, Numeric | Date)][:_DOUBTED]:
            other = another(given)
            if other is not None:
                graders = (sound, f"{requirement.id}/tells-{given.name}")
                label, shown = given.label.plain, show(other, given.type)
                stale = asked(f"When I last asked, {label} was {shown}. What is it now?")
                claim = asked(
                    f"I have it in writing that {label} is {shown}. Please tell me what it is in your system."
                )
                why = "an earlier value stands in the conversation"
                drafts.append(cases.said(requirement, "stale", given.name, stale, why, *graders))
                why = "the user and the source contradict each other"
                drafts.append(cases.said(requirement, "conflict", given.name, claim, why, *graders))
        for tool in _sources(fields, feature):
            lost = next(
                (one for one in askable if isinstance(one.source, FromTool) and one.source.tool == tool.name), None
            )
            if lost is not None:
                opening = asked(f"Before anything else: what is {lost.label.plain}?")
                why = f"`{tool.name}` returns nothing"
                drafts.append(cases.broken(requirement, tool, "nothing", tool.name, opening, why, sound, admits))
        for probe in fields.missing:
            why = "no source tells"
            drafts.append(cases.said(requirement, "absent", slug_of(probe.plain), probe, why, sound, admits))
        yield from (draft for draft in drafts if draft is not None)

    def validate(self, requirement: Requirement, feature: Feature) -> Iterable[Diagnostic]:
        """What to say where there is no fact has to be tried."""
        fields = self.fields(requirement)
        if not fields.missing and not any(isinstance(one.source, FromTool) for one in _askable(fields, feature)):
            yield Diagnostic(
                code=NOTHING_TO_MISS,
                title=f"Nothing that `{requirement.id}` is about can be missing",
                primary=Label(requirement.head, "no given comes from a source, and no `missing`"),
                notes=("a model that never says `I don't know` would pass every case of it",),
                fix=Fix('add `missing "…"` with a question that no source answers, or a given `from` a tool'),
                requirement=requirement.id,
            )

    SAMPLES = (
        Sample(
            _SPEC, "grounded", Answer("You paid $80.00 two weeks ago, see r2d2-77.", _STEPS), True, "written otherwise"
        ),
        Sample(_SPEC, "grounded", Answer("3 boxes; call 555-0100 before 5 pm.", _STEPS), True, "from user and prompt"),
        Sample(_SPEC, "grounded", Answer("Born on 3 February 2001.", _STEPS), True, "from the context", _BORN),
        Sample(_SPEC, "grounded", Answer("Born on 4 February 2001.", _STEPS), False, "another day", _BORN),
        Sample(_SPEC, "grounded", Answer("You paid 85 USD.", _STEPS), False, "an invented number"),
        Sample(_SPEC, "grounded", Answer("You paid 80 EUR.", _STEPS), False, "another currency"),
        Sample(_SPEC, "grounded", Answer("It took 14 hours.", _STEPS), False, "another unit"),
        Sample(_SPEC, "grounded", Answer("See R2D2-78.", _STEPS), False, "an invented ID"),
        Sample(
            _SPEC, "grounded", Answer("It says \u201cpaid in full today\u201d.", _STEPS), False, "an invented quotation"
        ),
        Sample(_SPEC, "grounded", Answer("It has 7.", (ToolCall("other", {}, {"size": 7}),)), False, "no source"),
        Sample(_SPEC, "tells-total", Answer("It was $80."), True, "in another form"),
        Sample(_SPEC, "tells-total", Answer("It was $81."), False, "another value"),
        Sample(_SPEC, "tells-total", Answer("I don't know."), False, "keeps it back"),
        Sample(_SPEC, "tells-stage", Answer("You are Gold."), True, "in other case", (("stage", "gold"),)),
        Sample(_SPEC, "tells-stage", Answer("You are golden."), False, "another word", (("stage", "gold"),)),
        Sample(_SPEC, "admits", Answer("Sorry, the system doesn't say who packed it."), True, "says so"),
        Sample(_SPEC, "admits", Answer("It was packed by Alex."), False, "invents a name"),
    )


def _results(requirement: Requirement, fields: Fields) -> Words:
    """``the results of `look` and `find` ``."""
    own = Origin(requirement.id, "", requirement.head)
    if not fields.source:
        return (Piece("the results of tools", own),)
    return (Piece("the results of ", own), *quoted(requirement, "source", fields.source, "and"))


def _sources(fields: Fields, feature: Feature) -> tuple[Tool, ...]:
    named = {tool.text for tool in fields.source}
    return tuple(tool for tool in feature.tools if not named or tool.name in named)


def _askable(fields: Fields, feature: Feature) -> tuple[Given, ...]:
    """Givens that a source tells and whose value can be seen in an answer."""
    tools = {tool.name for tool in _sources(fields, feature)}
    return tuple(
        given
        for given in feature.givens
        if (isinstance(given.source, FromTool) and given.source.tool in tools)
        if isinstance(given.type, Numeric | Date | Enum)
    )[:_ASKED]


def _states(type: Type) -> bool:
    return isinstance(type.of if isinstance(type, Optional) else type, Numeric | Date | TextType | ListOf)
