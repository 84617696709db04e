"""Everywhere a declaration is used, in all specs of the project; and where a requirement went in the generated files.

In: a place. Out: ranges, in the order of the files. Invariant: a use is one that `names` resolves to the very declaration.
"""

from collections.abc import Iterator

from ...source.records import dataclass
from ...source.span import Range
from ...syntax import tree
from .generated import parts
from .lookup import Lookup
from .names import Declared, block_of
from .uses import Use, uses


@dataclass(frozen=True, slots=True)
class Reference:
    """One use of a declaration, in `unit`."""

    range: Range
    unit: tree.Unit
    use: Use


def target(lookup: Lookup, name: str, offset: int) -> Declared | None:
    """The declaration that is meant at a place."""
    spot = lookup.spot(name, offset)
    return spot.declared if spot is not None else None


def references(lookup: Lookup, declared: Declared) -> Iterator[Reference]:
    """Every use of `declared`."""
    names = lookup.names
    for name, file in names.files.items():
        if declared.span.unit.file not in names.used(name):
            continue
        for unit in file.units:
            if declared.name not in unit.text:
                continue
            visible = names.visible(name, block_of(unit))
            for use in uses(unit, lookup.kinds):
                if use.name == declared.name and (unit.name, use.start) != declared.span[:2]:
                    found = visible.find(use)
                    if found is not None and found.span == declared.span:
                        yield Reference(Range(name, unit.start + use.start, unit.start + use.end), unit, use)


def everywhere(lookup: Lookup, name: str, offset: int, *, declaration: bool) -> tuple[Range, ...]:
    """The uses of what is meant at a place, with its declaration if that is wanted."""
    declared = target(lookup, name, offset)
    if declared is None:
        return ()
    found = [one.range for one in references(lookup, declared)]
    own = lookup.place(declared.span) if declaration else None
    return (*([own] if own is not None else []), *found)


def made(lookup: Lookup, declared: Declared) -> tuple[Range, ...]:
    """The clauses, cases and graders that speak for a declaration, where they stand in the generated files."""
    view = lookup.session.view
    owner = declared.name if declared.what == "requirement" else f"{declared.what} {declared.name}"
    return tuple(
        at
        for artifact in (view.opened.compiled.artifacts if view is not None else ())
        if any(part.owner == owner for part in artifact.parts)
        for part, at in parts(lookup, artifact)
        if part.owner == owner and part.kind != "layout"
    )
