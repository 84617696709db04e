"""The wording of E02: names that are unknown, taken, reserved or out of place."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...diagnostics.diagnostic import written as rename
from ...source.span import Span
from ...source.suggest import certain, nearest

UNKNOWN_NAME = Code("E0201", "Unknown name")
NAME_TAKEN = Code("E0202", "Name declared twice")
UNKNOWN_KIND = Code("E0203", "Unknown kind of requirement")
UNKNOWN_STATEMENT = Code("E0204", "Unknown declaration")
ID_TAKEN = Code("E0205", "ID used twice")
ID_RETIRED = Code("E0206", "Retired ID used again")
UNKNOWN_FIELD = Code("E0207", "Unknown field")
RESERVED_NAME = Code("E0208", "Reserved name")
OUT_OF_PLACE = Code("E0209", "Statement in the wrong place")
NO_ID = Code("E0210", "Requirement without an ID")
FORMER_ID = Code("E0221", "Former ID in use")

_SHOWN = 12


def listed(names: Sequence[str], last: str = "and") -> str:
    """`a`, `b` and `c`, each in backticks; long lists are cut and say by how much."""
    shown = [f"`{name}`" for name in names[:_SHOWN]]
    if len(names) > _SHOWN:
        return f"{', '.join(shown)} and {len(names) - _SHOWN} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


_DECLARATIONS = {
    "given": 'given {} days 0 .. 365 {{ name "…"; from user }}',
    "outcome": 'outcome {} "…"',
    "tool": "tool {}()",
    "type": "type {} = small | large",
}
"""How something of each sort is declared."""


def unknown_name(what: str, name: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """No `what` ("given", "tool", …) is called `name`; `known` are those that are."""
    near = nearest(name, known)
    notes = () if near or not known else (f"known here: {listed(known)}",)
    article = "an" if what[0] in "aeiou" else "a"
    if not known:
        notes = (f"no {what} is declared here",)
    return Diagnostic(
        code=UNKNOWN_NAME,
        title=f"No {what} is named `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else f"not the name of {article} {what}"),
        notes=notes,
        fix=_declare(what, name) if not known else rename(span, near, safe=certain(name, known)),
    )


def _declare(what: str, name: str) -> Fix | None:
    """What to do where nothing of a sort is declared."""
    example = _DECLARATIONS.get(what)
    return Fix(f"declare it, such as `{example.format(name)}`") if example else None


def path_as_given(path: str, given: str, span: Span, declared: Span) -> Diagnostic:
    """A condition names a tool's result where a given is read from it."""
    return Diagnostic(
        code=UNKNOWN_NAME,
        title=f"No given is named `{path}`",
        primary=Label(span, "a result of a tool"),
        labels=(Label(declared, f"`{given}` is read from it"),),
        fix=rename(span, given, safe=True),
    )


def unknown_result(tool: str, name: str, span: Span, known: Sequence[str], declared: Span) -> Diagnostic:
    """`tool` returns no field `name`."""
    near = nearest(name, known)
    returns = f"`{tool}` returns {listed(known)}" if known else f"`{tool}` has no `returns` with fields"
    return Diagnostic(
        code=UNKNOWN_NAME,
        title=f"`{tool}` returns no field `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not in what the tool returns"),
        labels=(Label(declared, returns),),
        fix=rename(span, near, safe=certain(name, known)),
    )


def over_elsewhere(id: str, span: Span, there: Span, home: str) -> Diagnostic:
    """`over` names a requirement of another feature."""
    return Diagnostic(
        code=UNKNOWN_NAME,
        title=f"`{id}` is not part of this feature",
        primary=Label(span, "can only name a requirement of the same feature"),
        labels=(Label(there, f"`{id}` belongs to `{home}`"),),
        fix=Fix(f"move `{id}` into a policy and include it here, or remove `over {id}`"),
    )


def name_taken(what: str, name: str, span: Span, first: Span, via: str = "") -> Diagnostic:
    """`name` was already declared at `first`; `via` says how both came together."""
    return Diagnostic(
        code=NAME_TAKEN,
        title=f"The {what} `{name}` is declared twice",
        primary=Label(span, "declared again here"),
        labels=(Label(first, "first declared here"),),
        notes=(via,) if via else (),
        fix=Fix("give one of them another name, or remove it"),
    )


def member_taken(what: str, name: str, span: Span, first: Span) -> Diagnostic:
    """A member of one declaration (`what`: value, parameter, entry, argument) is written twice."""
    return Diagnostic(
        code=NAME_TAKEN,
        title=f"The {what} `{name}` is written twice",
        primary=Label(span, "written again here"),
        labels=(Label(first, "first written here"),),
        fix=Fix("remove one of them"),
    )


def unknown_kind(name: str, span: Span, kinds: Sequence[str]) -> Diagnostic:
    """No kind of requirement is called `name`."""
    near = nearest(name, kinds)
    return Diagnostic(
        code=UNKNOWN_KIND,
        title=f"No kind of requirement is named `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a kind"),
        notes=(f"the kinds are {listed(kinds)}",) if near is None else (),
        fix=rename(span, near, safe=certain(name, kinds)),
    )


def unknown_statement(name: str, span: Span, near: str | None, allowed: Sequence[str], place: str) -> Diagnostic:
    """A statement without an ID that is no declaration."""
    return Diagnostic(
        code=UNKNOWN_STATEMENT,
        title=f"`{name}` is not a declaration",
        primary=Label(span, f"`{near}` has a similar name" if near else "not known here"),
        notes=(f"{place} may hold {listed(allowed)}, and requirements, which start with an ID",)
        if near is None
        else (),
        fix=rename(span, near),
    )


def no_id(kind: str, span: Span, suggested: str) -> Diagnostic:
    """A kind without an ID before it."""
    return Diagnostic(
        code=NO_ID,
        title=f"This `{kind}` requirement has no ID",
        primary=Label(span, "an ID belongs before the kind"),
        notes=(
            "an ID is a word with a hyphen; it names the requirement in the prompt's trace, its cases and its verdicts",
        ),
        fix=Fix(f"write `{suggested} {kind}`", (Edit(Span(span.unit, span.start, span.start), f"{suggested} "),)),
    )


def id_taken(id: str, span: Span, first: Span) -> Diagnostic:
    """Two requirements have one ID."""
    return Diagnostic(
        code=ID_TAKEN,
        title=f"The ID `{id}` is used twice",
        primary=Label(span, "used again here"),
        labels=(Label(first, "first used here"),),
        notes=("an ID names one requirement of a feature, so that its cases, traces and verdicts are not mixed up",),
        fix=Fix("give one of them another ID"),
    )


def id_retired(id: str, span: Span, retired: Span) -> Diagnostic:
    """A requirement has the ID of a retired one."""
    return Diagnostic(
        code=ID_RETIRED,
        title=f"The ID `{id}` is retired and can't be used again",
        primary=Label(span, "used again here"),
        labels=(Label(retired, "retired here"),),
        notes=("earlier results of this ID speak of the retired requirement",),
        fix=Fix("choose an ID that was never used"),
    )


def unknown_field(name: str, kind: str, span: Span, own: Sequence[str], shared: Sequence[str] = ()) -> Diagnostic:
    """`kind` (a kind or a declaration) has no field `name`: its `own` are others, as are those `shared` by all requirements."""
    allowed = (*own, *shared)
    near = nearest(name, allowed)
    some = f"the fields {listed(own)}" if own else "no fields"
    has = f"`{kind}` has {some}"
    if shared:
        has += f", and those of every requirement; `specc explain {kind}` tells what each is for"
    return Diagnostic(
        code=UNKNOWN_FIELD,
        title=f"`{kind}` has no field `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a field"),
        notes=(has,),
        fix=rename(span, near, safe=certain(name, allowed)),
    )


def reserved_name(name: str, what: str, span: Span) -> Diagnostic:
    """A declaration takes a word that conditions give a meaning to."""
    return Diagnostic(
        code=RESERVED_NAME,
        title=f"`{name}` can't be the name of {'an' if what[0] in 'aeiou' else 'a'} {what}",
        primary=Label(span, "has a fixed meaning in conditions"),
        fix=Fix("choose another name"),
    )


def outside(id: str, span: Span, more: int) -> Diagnostic:
    """A requirement stands outside of any block, and `more` after it."""
    others = (
        "the requirement after it stands outside too"
        if more == 1
        else f"{more} requirements after it stand outside too"
    )
    return Diagnostic(
        code=OUT_OF_PLACE,
        title=f"The requirement `{id}` can't stand outside of a feature",
        primary=Label(span, "not in any feature or policy"),
        notes=(others,) if more else (),
        fix=Fix(
            "move it into a feature or a policy; a `}` before it may close too much"
            if more
            else "move it into a feature or a policy"
        ),
    )


def out_of_place(what: str, place: str, belongs: str, span: Span) -> Diagnostic:
    """`what` stands in `place` and belongs into `belongs`."""
    return Diagnostic(
        code=OUT_OF_PLACE,
        title=f"{what} can't stand {place}",
        primary=Label(span, "not here"),
        fix=Fix(f"move it {belongs}"),
    )


def former_id(id: str, by: str, span: Span, other: Span, use: str) -> Diagnostic:
    """`by` says that it was `id`, which is the ID of a requirement today, or was that of another too (`use` says so)."""
    return Diagnostic(
        code=FORMER_ID,
        title=f"`{by}` was not `{id}`" if use else f"`{by}` can't have been itself",
        primary=Label(span, "named as a former ID"),
        labels=(Label(other, use),) if use else (),
        notes=("results, cases and the lock follow a renamed requirement by its former ID, so that one leads to one",)
        if use
        else (),
        fix=Fix(f"give the other one an ID of its own, or remove `was {id}`" if use else f"remove `was {id}`"),
    )
