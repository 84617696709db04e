"""`check --as-table`: the rules of one feature of a project, as a table.

In: a project and the name of a feature. Out: its table, or the nearest name, or what keeps the specs from being read.
Invariant: nothing is written.
"""

from pathlib import Path

from ...analysis.subject import Subject
from ...analysis.table.table import Table, table_of
from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...kit import registry
from ...source.records import dataclass, field
from ...source.span import Places
from ...source.suggest import nearest
from ..compiling import open_project
from ..judging.ledger import judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """`table` is None where the specs have errors, the `diagnostics`, or no feature is called so: `near` nearly is, `features` are."""

    table: Table | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    near: str = ""
    features: tuple[str, ...] = ()
    places: Places = field(repr=False)


def tabled(start: Path, name: str) -> Tabled:
    """The table of the feature `name` of the project that `start` lies in. Raises `NoProject` and `OSError`."""
    opened = open_project(start)
    compiled = opened.compiled
    wrong = tuple(one for one in compiled.diagnostics if not judged(one))
    if has_errors(wrong):
        return Tabled(diagnostics=wrong, places=compiled.places)
    features = {one.name: one for one in compiled.program.features}
    feature = features.get(name)
    if feature is None:
        near = nearest(name, list(features)) or ""
        return Tabled(near=near, features=tuple(features), places=compiled.places)
    foreign = opened.home.config.kinds
    kinds = {one.kind: registry.load(one.kind, foreign) for one in feature.requirements}
    return Tabled(table=table_of(Subject(feature, kinds)), places=compiled.places)
