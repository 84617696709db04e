"""The wording of E05xx about cases: what no input can try, and examples."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ..logic.errors import Witness
from ..model.reliability import Holds
from ..source.records import dataclass
from ..source.span import Span
from ..source.suggest import nearest

UNMET = Code("E0504", "Obligation that no case meets", Severity.NOTE)

ODDS = Code("E0552", "Example at odds with the rules")
SHOWN_AND_TRIED = Code("E0553", "Example that is shown and tried")
NO_SUCH_CASE = Code("E0554", "Known failure of a case that is not there", Severity.WARNING)
UNBEARABLE = Code("E0555", "Share that no run of the cases can show", Severity.WARNING)
UNKEPT = Code("E0561", "Result that breaks what its tool promises")
ELSEWHERE = Code("E0562", "Recording from another version of its tool")
UNSAID = Code("E0558", "Words that are graded and not asked for", Severity.WARNING)
REFUSED_WORD = Code("E0551", "Word that a term refuses", Severity.WARNING)


def unmet(requirement: str, missed: Sequence[tuple[Span, str]]) -> Diagnostic:
    """What a requirement says has no case that tries it: `missed` are the places, each with the reason."""
    (at, reason), *others = missed
    title = f"No case tries {'this part' if not others else f'{len(missed)} parts'} of `{requirement}`"
    return Diagnostic(
        code=UNMET,
        title=title,
        primary=Label(at, reason),
        labels=tuple(Label(there, why) for there, why in others),
        notes=("what decides nothing by itself can be left out, or a condition elsewhere is not what was meant",),
        fix=Fix("leave the part out, or correct the condition"),
        requirement=requirement,
    )


def no_such_case(requirement: str, case: str, at: Span, cases: Sequence[str]) -> Diagnostic:
    """`requirement` says that its case `case` is known to fail, and has no such case; `cases` are those that it has."""
    near = nearest(case, [one.removeprefix(f"{requirement}/") for one in cases])
    return Diagnostic(
        code=NO_SUCH_CASE,
        title=f"`{requirement}` has no case `{case}`",
        primary=Label(at, "says that it is known to fail"),
        notes=("what it speaks of is no longer tried, or is called otherwise",),
        fix=Fix(f'write "{near}"' if near else "remove the mark; `cases.yaml` lists the cases"),
        requirement=requirement,
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """The `answers` of one run on which a requirement is graded, from so many cases of its `own`, and what they bear at most.

    `needed` is how many show what is claimed, `times` how often each of its own would have to be run; 0 where no number of runs does.
    """

    answers: int
    own: int
    bears: float
    needed: int
    times: int


def unbearable(requirement: str, claim: Holds, sample: Sample) -> Diagnostic:
    """`requirement` claims a share that not even a run can show in which every answer passes."""
    cases = f"{sample.own:,} {'case' if sample.own == 1 else 'cases'} of its own"
    some = "all" if sample.answers == sample.own * claim.times else f"{sample.own * claim.times:,} of them"
    at = claim.times_span
    if sample.times:
        fix = Fix(
            f"write `holds {claim.least_shown} of {sample.times}`, add cases, or claim less",
            (Edit(at, str(sample.times)),),
        )
    else:
        fix = Fix(f"write more cases of `{requirement}`, or claim less")
    return Diagnostic(
        code=UNBEARABLE,
        title=f"No run can show that `{requirement}` holds {claim.shown}",
        primary=Label(
            at, f"a run has {sample.answers:,} answers that tell of it" + (f", {some} to {cases}" if sample.own else "")
        ),
        notes=(
            f"if all {sample.answers:,} pass, they bear {_floor(sample.bears)} and not {claim.least_shown} (Wilson's interval at 95%)",
            f"{sample.needed:,} answers that all pass would bear it; where some fail, it takes more",
        ),
        fix=fix,
        requirement=requirement,
    )


def _floor(share: float) -> str:
    """A share that is not made to look like more than it is."""
    return f"{int(share * 1000) / 10:g}%"


def unsaid(text: str, missing: Sequence[str], ids: Sequence[str], at: Span, wording: Span | None) -> Diagnostic:
    """Answers to cases of `ids` have to mention `text`, of which nothing says the words `missing`; `wording` is their outcome's."""
    if len(ids) == 1:
        fails = f"an answer to `{ids[0]}` fails without it"
    else:
        others = f"`{ids[1]}`" if len(ids) == 2 else f"{len(ids) - 1} more"
        fails = f"answers to `{ids[0]}` and {others} fail without it"
    words = ", ".join(f'"{word}"' for word in missing[:3]) + (
        f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    )
    says = f"the prompt says this, without {words}"
    more = text.replace("\\", "\\\\").replace('"', '\\"')
    edits = (
        ()
        if wording is None
        else (Edit(Span(wording.unit, wording.end - 1, wording.end - 1), f', and say \\"{more}\\"'),)
    )
    return Diagnostic(
        code=UNSAID,
        title=f'The prompt does not ask for "{text}"',
        primary=Label(at, fails),
        labels=(Label(wording, says),) if wording is not None else (),
        notes=(
            *((f"the clause does not say {words}",) if wording is None else ()),
            "a model that does as it is told, in words of its own, gets a red case",
        ),
        fix=Fix("have the prompt ask for these words, or look for words that it has", edits),
        requirement=ids[0],
    )


def refused_word(word: str, better: str, span: Span, term: str, declared: Span, requirement: str) -> Diagnostic:
    """A text of the spec says `word`, which the definition of `term` asks not to be used."""
    return Diagnostic(
        code=REFUSED_WORD,
        title=f"`{word}` is called `{term}` here",
        primary=Label(span, "a model that reads both takes them for two things"),
        labels=(Label(declared, f"refused by the term `{term}`"),),
        fix=Fix(f"write `{better}`", (Edit(span, better),)),
        requirement=requirement,
    )


def odds(
    id: str, at: Span, expects: Sequence[str], asked: Sequence[tuple[str, Sequence[str], Span]], witness: Witness
) -> Diagnostic:
    """A conversation written by hand expects an outcome, and on its input the rules ask for others (`asked`, with who asks)."""
    wanted = " and ".join(f"`{one}`" for one in expects)
    outcomes = " and ".join(f"`{outcome}`" for outcome, _, _ in asked)
    return Diagnostic(
        code=ODDS,
        title=f"`{id}` expects {wanted}, and the rules ask for {outcomes}",
        primary=Label(at, f"expects {wanted}"),
        labels=tuple(Label(where, f"asks for `{outcome}`") for outcome, _, where in asked),
        witness=witness,
        notes=("what is not written has its typical value",),
        fix=Fix("correct the example, write more of its input, or change the rule"),
        requirement=id,
    )


def ruled_out(wanted: tuple[str, str, Span], other: tuple[str, str, Span], why: str, witness: Witness) -> Diagnostic:
    """A conversation written by hand expects what no answer can have that a requirement accepts which judges its input."""
    (id, expects, at), (against, asks, there) = wanted, other
    return Diagnostic(
        code=ODDS,
        title=f"`{id}` expects `{expects}`, and `{against}` asks for `{asks}`",
        primary=Label(at, f"expects `{expects}`"),
        labels=(Label(there, f"`{against}` asks for `{asks}`"),),
        witness=witness,
        notes=(why, "what is not written has its typical value"),
        fix=Fix("correct the example, write more of its input, or change the requirement"),
        requirement=id,
    )


def shown_and_tried(id: str, at: Span, case: str, there: Span, more: int, *, same: bool) -> Diagnostic:
    """A case opens with what an example of the prompt shows, or nearly so."""
    others = f", and {more} more" if more else ""
    return Diagnostic(
        code=SHOWN_AND_TRIED,
        title=f"`{case}` tries what `{id}` shows",
        primary=Label(at, "shown to the model with its answer"),
        labels=(Label(there, f"`{case}`{others} opens {'with the same' if same else 'nearly with the same'}"),),
        notes=("a model that repeats the example would pass, whatever it does elsewhere",),
        fix=Fix("word one of them otherwise"),
        requirement=id,
    )


def pinned_against(call: str, promise: str, why: str, at: Span, there: Span) -> Diagnostic:
    """What an example of a tool pins breaks what the tool promises."""
    return Diagnostic(
        code=UNKEPT,
        title=f"`{call}` is pinned to what breaks `{promise}`",
        primary=Label(at, why),
        labels=(Label(there, "promised of every result"),),
        notes=("a tool can't keep both, so no probe could pass",),
        fix=Fix("correct the example, or the promise"),
    )


def simulated_against(case: str, tool: str, promise: str, why: str, spans: tuple[Span, Span], more: int) -> Diagnostic:
    """A case, and so many `more`, simulates a result that the real tool promises never to give; `spans` are those of both."""
    at, there = spans
    others = f"{more:,} more {'case does' if more == 1 else 'cases do'} the same; " if more else ""
    return Diagnostic(
        code=UNKEPT,
        title=f"`{case}` simulates a result that breaks `{promise}`",
        primary=Label(there, f"`{tool}` promises this of every result"),
        labels=(Label(at, why),),
        notes=(f"{others}what it shows, no user will ever see",),
        fix=Fix("correct what is written of the result, narrow the given that comes from it, or correct the promise"),
        requirement=case.partition("/")[0],
    )


def recorded_elsewhere(call: str, found: str, stated: str, at: Span, declared: Span) -> Diagnostic:
    """An example was recorded from version `found` of a tool, and the specs speak of `stated`."""
    return Diagnostic(
        code=ELSEWHERE,
        title=f"`{call}` was recorded from version {found}, and the tool is {stated}",
        primary=Label(at, f"recorded from {found}"),
        labels=(Label(declared, f'says `version "{stated}"`'),),
        notes=("what it pins may no longer be what the tool does",),
        fix=Fix("call the tool, and write what it gives, the day and the version"),
    )
