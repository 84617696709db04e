"""A feature's prompt: its sections in a layout.

In: a feature's plan, and the name of a built-in dialect or the text of a project's own layout. Out: the parts of
`prompt.md`. Invariant: the text is what the model reads and nothing else; every character of it has an origin.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TypeAlias

from ..diagnostics.result import Result
from ..plan.artifact import Part
from ..plan.plan import FeaturePlan
from ..source.text import SourceText
from . import layouts
from .errors import unknown_dialect
from .layouts import template
from .runs import Run, parts

Layout: TypeAlias = "str | SourceText"
"""The name of a dialect in `layouts/`, or a template of the project."""

_OWN = "template"


def prompt_name(target: str = "") -> str:
    """The name of the file with the prompt: everybody's, or that of one target."""
    return f"prompt.{target}.md" if target else "prompt.md"


def is_prompt(path: str) -> bool:
    """Whether the generated file at `path` is a prompt: everybody's or a target's."""
    return path.endswith(".md")


def dialects() -> tuple[str, ...]:
    """The names of the built-in layouts."""
    return tuple(sorted(module.name for module in iter_modules(layouts.__path__) if module.name != _OWN))


@cache
def _is_dialect(name: str) -> bool:
    """Whether `name` is one of `dialects`, which are listed only for one that is not: listing loads a debugger's tools."""
    plain = name.isidentifier() and not name.startswith("_") and name != _OWN
    return plain and find_spec(f"{layouts.__name__}.{name}") is not None


def prompt_parts(plan: FeaturePlan, layout: Layout = "markdown") -> Result[tuple[Part, ...]]:
    """The parts of the feature's prompt; none where the layout can't be used."""
    runs = _runs(plan, layout)
    owners = [clause.owner for section in plan.sections for clause in section.clauses]
    return Result(parts(runs.value, owners), runs.diagnostics)


def _runs(plan: FeaturePlan, layout: Layout) -> Result[tuple[Run, ...]]:
    if isinstance(layout, SourceText):
        return template.lay_out(plan.sections, layout, plan.feature, plan.title, plan.origin)
    if not _is_dialect(layout):
        return Result((), (unknown_dialect(layout, dialects(), plan.feature, plan.origin.span),))
    dialect = import_module(f".{layout}", layouts.__name__)
    return Result(tuple(dialect.lay_out(plan.sections)))
