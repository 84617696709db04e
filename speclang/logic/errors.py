"""The wording of what a rule set is told by any pass that asks it: requirements at odds, and inputs that none decides."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..source.span import Span

CONFLICT = Code("E0501", "Two requirements at odds")
GAP = Code("E0502", "Input that no requirement decides", Severity.WARNING)
NEVER = Code("E0503", "Condition that never holds")

Witness = tuple[tuple[str, str], ...]


def shown(witness: Witness) -> str:
    """`witness` as a sentence quotes it."""
    return ", ".join(f"`{name} = {value}`" for name, value in witness)


def conflict(
    one: tuple[str, str, Span],
    other: tuple[str, str, Span],
    witness: Witness,
    exclusive: Span | None,
    signs: Sequence[tuple[str, Span]] = (),
    *,
    gates: bool,
) -> Diagnostic:
    """Requirements, each with the outcome that it asks for and its place, and an input on which both apply.

    `signs` are what is seen of outcomes that exclude each other though nobody declares it.
    """
    (first, asks, at), (second, wants, there) = one, other
    labels = [Label(there, f"this asks for `{wants}`")]
    if exclusive is not None:
        labels.append(Label(exclusive, "at most one of these may happen"))
    labels.extend(Label(at_sign, f"`{sign}` is part of the outcome") for sign, at_sign in signs)
    return Diagnostic(
        code=CONFLICT,
        title=f"`{first}` asks for `{asks}` and `{second}` for `{wants}` on the same input",
        primary=Label(at, f"this asks for `{asks}`"),
        labels=tuple(labels),
        witness=witness,
        notes=("no case can be made for an input on which the spec contradicts itself",),
        fix=Fix(
            f"write `over {second}` in `{first}`, or `over {first}` in `{second}`, or narrow one of the conditions"
        ),
        requirement=first,
        severity=None if gates else Severity.WARNING,
    )


def never(requirement: str, parts: Sequence[tuple[Span, bool]]) -> Diagnostic:
    """No input meets the condition of `requirement`: not these `parts` of it together, some of which must not hold (False)."""
    (at, wanted), *others = parts
    alone = "no input meets this" if wanted else "every input meets this"
    labels = [
        Label(there, f"{'where' if not nth else 'and'} this {'does' if holds else 'does not'}")
        for nth, (there, holds) in enumerate(others)
    ]
    return Diagnostic(
        code=NEVER,
        title=f"The condition of `{requirement}` never holds",
        primary=Label(at, "this can't hold" if others else alone),
        labels=tuple(labels),
        notes=("no case can be made for a requirement that applies nowhere",),
        fix=Fix("correct the condition, or remove the requirement"),
        requirement=requirement,
    )


_LOST = "a case is not made, for nothing could be expected of it"


def gap(
    requirement: str, at: Span, witness: Witness, left_out: Sequence[str], feature: tuple[str, Span], *, total: bool
) -> Diagnostic:
    """An input next to `requirement` that nothing decides; `left_out` are the cases that can't be made."""
    name, declared = feature
    many = len(left_out) > 1
    lost = f"{len(left_out)} cases are not made, for nothing could be expected of them" if many else _LOST
    labels = (Label(declared, f"`{name}` is declared total"),) if total else ()
    return Diagnostic(
        code=GAP,
        title=f"No requirement decides what happens where {shown(witness)}"
        if witness
        else "No requirement decides anything",
        primary=Label(at, f"the input lies next to `{requirement}`"),
        labels=labels,
        witness=witness,
        notes=(lost,),
        fix=Fix("add a requirement that covers this input, or one with `default` for all that is left"),
        requirement=requirement,
        severity=Severity.ERROR if total else None,
    )


def open_input(feature: str, at: Span, witness: Witness, region: tuple[tuple[str, ...], ...] = ()) -> Diagnostic:
    """An input of `feature`, which is declared total, that no requirement decides and no case comes near.

    `region` says, stretch by stretch, what holds of all inputs that are open, if that is known.
    """
    where = "; or where ".join(", ".join(one) for one in region)
    return Diagnostic(
        code=GAP,
        title=f"No requirement decides what happens where {shown(witness)}"
        if witness
        else "No requirement decides anything",
        primary=Label(at, f"`{feature}` is declared total"),
        witness=witness,
        region=f"nothing decides where {where}" if where else "",
        notes=("what the spec leaves open, the model decides",),
        fix=Fix("add a requirement that covers this input, or one with `default` for all that is left"),
        severity=Severity.ERROR,
    )
