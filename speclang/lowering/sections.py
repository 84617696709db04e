"""Which section a clause stands in, and in which order the sections stand.

Sections come in a fixed order, so that a prompt reads the same way whatever the order of the spec; within a section,
clauses stand in the order of the files. Kinds that we do not know may name further sections: these follow, by name.
"""

from collections.abc import Iterable

from ..plan.clause import Clause, Section
from ..plan.origin import Origin

_TITLES = {
    "role": "",
    "context": "Context",
    "terms": "Terms",
    "tools": "Tools",
    "rules": "Rules",
    "format": "Format",
    "boundaries": "Boundaries",
    "style": "Style",
    "examples": "Examples",
}
_PARAGRAPHS = ("role", "examples")


def arranged(clauses: Iterable[Clause], origin: Origin) -> tuple[Section, ...]:
    """`clauses` in their sections, without empty ones; `origin` stands for the titles."""
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(clause.section, []).append(clause)
    further = sorted(name for name in found if name not in _TITLES)
    return tuple(
        Section(name, _TITLES.get(name, name.replace("_", " ").capitalize()), listed(name), tuple(found[name]), origin)
        for name in (*_TITLES, *further)
        if name in found
    )


def listed(section: str) -> bool:
    """Whether the clauses of `section` are the points of a list; else they are paragraphs."""
    return section not in _PARAGRAPHS
