"""The wording of E0501 and E0502: inputs that show two requirements at odds, or that no requirement decides."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..source.span import Span

CONFLICT = Code("E0501", "Two requirements at odds")
GAP = Code("E0502", "Input that no requirement decides", Severity.WARNING)

Witness = tuple[tuple[str, str], ...]


def _shown(witness: Witness) -> str:
    return ", ".join(f"`{name} = {value}`" for name, value in witness)


def conflict(
    one: tuple[str, str, Span], other: tuple[str, str, Span], witness: Witness, exclusive: Span | None, *, gates: bool
) -> Diagnostic:
    """Requirements, each with the outcome that it asks for and its place, and an input on which both apply."""
    (first, asks, at), (second, wants, there) = one, other
    labels = [Label(there, f"this asks for `{wants}`")]
    if exclusive is not None:
        labels.append(Label(exclusive, "at most one of these may happen"))
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


def gap(
    requirement: str, at: Span, witness: Witness, left_out: Sequence[str], feature: tuple[str, Span], *, total: bool
) -> Diagnostic:
    """An input next to `requirement` that nothing decides; `left_out` are the cases that can't be made."""
    name, declared = feature
    more = f"{len(left_out)} cases are" if len(left_out) > 1 else "a case is"
    labels = (Label(declared, f"`{name}` is declared total"),) if total else ()
    return Diagnostic(
        code=GAP,
        title=f"No requirement decides what happens where {_shown(witness)}"
        if witness
        else "No requirement decides anything",
        primary=Label(at, f"the input lies next to `{requirement}`"),
        labels=labels,
        witness=witness,
        notes=(f"{more} not made, for nothing could be expected of it",),
        fix=Fix("add a requirement that covers this input, or one with `default` for all that is left"),
        requirement=requirement,
        severity=Severity.ERROR if total else None,
    )
