"""The wording of E05xx about rules that change nothing, or meet at a value that was not meant; and of what took too much work."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..logic.errors import CONFLICT, GAP, Witness
from ..source.span import Span

SHADOWED = Code("E0505", "Requirement that always gives way", Severity.WARNING)
REDUNDANT = Code("E0506", "Requirement that another one implies", Severity.WARNING)
SHARED = Code("E0507", "Boundary at which two requirements are at odds")
LEFT_OUT = Code("E0508", "Boundary that two requirements leave out", Severity.WARNING)
UNDECIDED = Code("E0509", "Question that could not be settled", Severity.NOTE)
UNMEETABLE = Code("E0510", "Terms that no answer meets together")
SHOWN_WRONG = Code("E0511", "Shown answer that a requirement does not accept")
ALLOWED = Code("E0512", "Requirement that forbids what another one allows", Severity.WARNING)
READY_WRONG = Code("E0571", "Text of a fallback that a requirement does not accept")
UNHOLDABLE = Code("E0572", "Requirement that no tier can be held to")

DOUBTS = (CONFLICT, GAP, SHARED, LEFT_OUT, UNMEETABLE)
"""What puts a requirement in doubt: another asks for something else on the same input, or nobody asks for anything beside it."""

Place = tuple[str, Span]


def shadowed(id: str, at: Span, by: Sequence[Place], witness: Witness, *, default: bool) -> Diagnostic:
    """`id` applies and never decides; `by` are those that it gives way to, as few as explain it."""
    names = _listed([name for name, _ in by])
    if default:
        title = f"`{id}` is a default that is never needed"
        note = f"{names} already decide{'s' if len(by) == 1 else ''} every input on which it applies"
        fix = "remove it, or correct the condition of a requirement that decides more than it should"
    else:
        title = f"`{id}` is beaten by {names} wherever it applies"
        note = "it stands in the prompt and never decides anything"
        fix = f"narrow the condition of `{by[0][0] if by else id}`, leave out its `over`, or remove `{id}`"
    return Diagnostic(
        code=SHADOWED,
        title=title,
        primary=Label(at, "decides nothing"),
        labels=tuple(Label(there, "decides in its place") for _, there in by),
        witness=witness,
        notes=(note,),
        fix=Fix(fix),
        requirement=id,
        severity=Severity.NOTE if default else None,
    )


def allowed(one: Place, other: Place, thing: str, witness: Witness) -> Diagnostic:
    """Requirement `one` says that `thing` may happen, `other` that it must not, and nothing says which of them wins."""
    (first, at), (second, there) = one, other
    return Diagnostic(
        code=ALLOWED,
        title=f"`{first}` allows `{thing}` and `{second}` forbids it on the same input",
        primary=Label(at, f"this allows `{thing}`"),
        labels=(Label(there, "this forbids it"),),
        witness=witness,
        notes=("whoever reads both follows the one that stands closer, and so does a model",),
        fix=Fix(
            f"write `over {second}` in `{first}`, or `over {first}` in `{second}`, or narrow one of the conditions"
        ),
        requirement=first,
    )


def redundant(id: str, at: Span, other: str, there: Span, witness: Witness) -> Diagnostic:
    """Wherever `id` decides, `other` asks for the same."""
    return Diagnostic(
        code=REDUNDANT,
        title=f"`{other}` asks for the same as `{id}` wherever `{id}` decides",
        primary=Label(at, "changes nothing"),
        labels=(Label(there, "decides the same inputs, and asks for all of it"),),
        witness=witness,
        notes=("what is said twice is read twice, and one of the two is forgotten when it changes",),
        fix=Fix(f"remove `{id}`, or make its condition or what it asks for another than that of `{other}`"),
        requirement=id,
    )


def shared(one: Place, other: Place, boundary: tuple[str, str], witness: Witness, *, gates: bool) -> Diagnostic:
    """Requirement `one` ends with the value of `boundary`, `other` begins with it, and they exclude each other."""
    (first, at), (second, there) = one, other
    return Diagnostic(
        code=SHARED,
        title=f"`{first}` and `{second}` are at odds at exactly `{boundary[0]} = {boundary[1]}`",
        primary=Label(at, f"`{first}` ends with this value"),
        labels=(Label(there, f"`{second}` begins with it"),),
        witness=_led(boundary, witness),
        notes=(f"just below it `{first}` decides, just above it `{second}`",),
        fix=Fix("take the value out of one of the two conditions"),
        requirement=first,
        severity=None if gates else Severity.WARNING,
    )


def left_out(
    one: Place, other: Place, boundary: tuple[str, str], witness: Witness, feature: Place, *, total: bool
) -> Diagnostic:
    """Requirement `one` ends before the value of `boundary`, `other` begins after it, and nothing decides it."""
    (first, at), (second, there) = one, other
    labels = [Label(there, f"`{second}` begins after it")]
    if total:
        labels.append(Label(feature[1], f"`{feature[0]}` is declared total"))
    return Diagnostic(
        code=LEFT_OUT,
        title=f"`{first}` and `{second}` leave out exactly `{boundary[0]} = {boundary[1]}`",
        primary=Label(at, f"`{first}` ends before this value"),
        labels=tuple(labels),
        witness=_led(boundary, witness),
        notes=(f"just below it `{first}` decides, just above it `{second}`, and at the value nothing",),
        fix=Fix("put the value into one of the two conditions"),
        requirement=first,
        severity=Severity.ERROR if total else None,
    )


def _led(boundary: tuple[str, str], witness: Witness) -> Witness:
    """`witness` with the boundary at its head."""
    return (boundary, *(one for one in witness if one[0] != boundary[0]))


def unmeetable(terms: Sequence[Place], why: str, way: str, witness: Witness, *, gates: bool) -> Diagnostic:
    """No answer meets all of `terms`, where all apply; `way` is the only way around, or ""."""
    (first, at), *others = terms
    ids = list(dict.fromkeys(id for id, _ in terms))
    who = f"what `{first}` asks for" if len(ids) == 1 else _listed(ids)
    return Diagnostic(
        code=UNMEETABLE,
        title=f"{'Hardly any' if way else 'No'} answer can meet {who}{' together' if len(ids) > 1 else ''}",
        primary=Label(at, why),
        labels=tuple(Label(there, "and this has to hold, too") for _, there in others),
        witness=witness,
        notes=(way,) if way else (),
        fix=Fix(
            "change one of the terms"
            if len(ids) == 1
            else "change one of the terms, or give one of the requirements another condition"
        ),
        requirement=first,
        severity=Severity.WARNING if way or not gates else None,
    )


_LACKING = "install the solver with `pip install 'specc[solver]'`, and it is asked what is left open here"
_HARD = "conditions that multiply givens, or compare sums of them, are searched in part, and the solver has done all that it may"


def shown_wrong(shown: Place, other: Place, reason: str, *, gates: bool) -> Diagnostic:
    """The answer that `shown` shows breaks requirement `other`, for `reason`."""
    (id, at), (against, there) = shown, other
    return Diagnostic(
        code=SHOWN_WRONG,
        title=f"`{id}` shows an answer that `{against}` does not accept",
        primary=Label(at, reason),
        labels=(Label(there, f"`{against}` asks for this of every answer"),),
        notes=("what the prompt shows is followed more readily than what it says",),
        fix=Fix(f"correct the answer, or give `{against}` a condition"),
        requirement=id,
        severity=None if gates else Severity.WARNING,
    )


def undecided(feature: str, at: Span, *, lacking: bool) -> Diagnostic:
    """Whether something decides every input of `feature` was too much work to find out."""
    return Diagnostic(
        code=UNDECIDED,
        title=f"Whether `{feature}` decides every input could not be settled",
        primary=Label(at, "declared total"),
        notes=(_LACKING if lacking else _HARD,),
        fix=Fix("write simpler conditions, or a requirement with `default` for all that is left"),
    )


def at_odds_with_many(requirement: str, others: Sequence[str]) -> str:
    """That a requirement is at odds with all of `others`, and what settles that at once if it is to win everywhere."""
    listed = ", ".join(others)
    return f"`{requirement}` is at odds with {len(others)} requirements: `over {listed}` in it has it win against all of them"


def uncompared(one: Place, other: Place, more: int, *, lacking: bool) -> Diagnostic:
    """Whether two requirements are at odds was too much work to find out, and so it was for `more` pairs.

    Where a solver is `lacking`, that is the reason.
    """
    (first, at), (second, there) = one, other
    others = f", nor for {more} more pair{'s' if more > 1 else ''}" if more else ""
    return Diagnostic(
        code=UNDECIDED,
        title=f"Whether `{first}` and `{second}` can be at odds could not be settled{others}",
        primary=Label(at, "one of them"),
        labels=(Label(there, "the other"),),
        notes=(_LACKING if lacking else _HARD,),
        fix=Fix(f"write simpler conditions, or `over {second}` in `{first}`, or mend what else is at odds"),
        requirement=first,
    )


def _listed(names: Sequence[str]) -> str:
    """The first of `names` as a sentence lists them."""
    quoted = [f"`{name}`" for name in names[:3]]
    if len(names) > len(quoted):
        quoted.append(f"{len(names) - len(quoted)} more")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}" if quoted else "the others"


def ready_wrong(says: tuple[str, str, Span], other: Place, reason: str, values: Witness, *, gates: bool) -> Diagnostic:
    """The text that a tier of a fallback says breaks requirement `other`, for `reason`; its holes are filled with `values`."""
    (fallback, tier, at), (against, there) = says, other
    return Diagnostic(
        code=READY_WRONG,
        title=f"The tier `{tier}` of `{fallback}` says what `{against}` does not accept",
        primary=Label(at, reason),
        labels=(Label(there, f"`{against}` asks for this of every answer"),),
        witness=values,
        notes=("nobody reads it before a user does: it is said when everything else has failed",),
        fix=Fix(f"correct the text, or give `{against}` a condition"),
        requirement=against,
        severity=None if gates else Severity.WARNING,
    )


def unholdable(fallback: str, id: str, at: Span, there: Span) -> Diagnostic:
    """`fallback` wants `id` to hold in every tier, and no grader of it judges every answer by code."""
    return Diagnostic(
        code=UNHOLDABLE,
        title=f"No drill of `{fallback}` can tell whether `{id}` holds",
        primary=Label(at, "has to hold in every tier"),
        labels=(Label(there, "judges no answer whatever the input, by code alone"),),
        notes=("a drill asks one plain question: what hangs on an input, or on a judge, is not seen in it",),
        fix=Fix(f"leave `{id}` out, or name a requirement that every answer has to meet"),
        requirement=id,
    )
