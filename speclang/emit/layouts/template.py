"""A project's own layout: a Jinja2 template, run in a sandbox.

In: sections and the text of the template. Out: runs, as from a built-in dialect. The template sees `feature` (`name`,
`title`), `sections` (each `name`, `title`, `listed`, `clauses`; a clause has `owner` and `text`), `clause`, which has the text
of each by its owner (`clause["REF-1"]`), and `rest`: the clauses that the template does not place so.

Invariant: what a template can do and how long it may run is settled by the sandbox.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.result import Result
from ...plan.clause import Clause, Section
from ...plan.origin import Origin
from ...source.records import dataclass
from ...source.span import whole_file
from ...source.text import SourceText
from ..errors import bad_layout, endless_layout, left_out
from ..holes import beginning
from ..marks import bracket, protect, read
from ..runs import LAYOUT, Run
from ..sandbox import LONGEST, Meter, TooMuch, environment_of, meter_loops

if TYPE_CHECKING:
    from jinja2 import nodes

_OWN_NAME = re.compile(rf"'{re.escape(__name__)}\._(\w+) object'")


@dataclass(frozen=True, slots=True)
class _Clause:
    owner: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    title: str
    listed: bool
    clauses: tuple[_Clause, ...]


@dataclass(frozen=True, slots=True)
class _Feature:
    name: str
    title: str


@dataclass(slots=True)
class _Values:
    """The values that a template may insert, each in brackets whose number says where it comes from."""

    sources: list[tuple[Origin, int]]

    def mark(self, text: str, origin: Origin, clause: int = LAYOUT) -> str:
        return self.wrap(protect(text), origin, clause)

    def wrap(self, marked: str, origin: Origin, clause: int) -> str:
        self.sources.append((origin, clause))
        return bracket(marked, len(self.sources) - 1)

    def clause(self, clause: Clause, number: int) -> _Clause:
        text = "".join(self.mark(piece.text, piece.origin, number) for piece in clause.pieces)
        return _Clause(clause.owner, self.wrap(text, clause.pieces[0].origin, number))


def lay_out(
    sections: Sequence[Section], layout: SourceText, name: str, title: str, feature: Origin
) -> Result[tuple[Run, ...]]:
    """The characters of the prompt, as `layout` arranges them; none where the layout can't be used."""
    values = _Values([])
    seen: list[_Section] = []
    owners: list[str] = []
    for section in sections:
        clauses: list[_Clause] = []
        for clause in section.clauses:
            clauses.append(values.clause(clause, len(owners)))
            owners.append(clause.owner)
        if clauses:
            shown = values.mark(section.title, section.origin) if section.title else ""
            seen.append(_Section(section.name, shown, section.listed, tuple(clauses)))
    rendered = _render(layout, _Feature(name, values.mark(title, feature)), tuple(seen))
    if not isinstance(rendered, str):
        return Result((), (rendered,))
    own = Origin(f"layout {layout.name}", "", whole_file(layout.name, 0, len(layout.text)))
    runs = tuple(
        Run(text, *(values.sources[inside[-1]] if inside and inside[-1] < len(values.sources) else (own, LAYOUT)))
        for text, inside in read(rendered)
    )
    shown_clauses = {run.clause for run in runs}
    missing = [owner for number, owner in enumerate(owners) if number not in shown_clauses]
    return Result(runs, (left_out(layout, missing),) if missing else ())


def _render(layout: SourceText, feature: _Feature, sections: tuple[_Section, ...]) -> str | Diagnostic:
    import jinja2

    if len(layout.text) > LONGEST:
        return endless_layout(layout, 1, f"it is longer than {LONGEST:,} characters")
    meter = Meter()
    every = [clause for section in sections for clause in section.clauses]
    texts = _texts(every)
    begun = beginning(protect(layout.text), texts)
    try:
        parts = [meter.write(part) for part in begun.parts]
        if begun.rest:
            environment = environment_of(meter)
            tree = environment.parse(begun.rest, layout.name, layout.name)
            placed = begun.placed | _placed(tree)
            meter_loops(tree)
            code = environment.compile(tree, layout.name, layout.name)
            template = environment.template_class.from_code(environment, code, dict(environment.globals))
            values = {
                "feature": feature,
                "sections": sections,
                "clause": texts,
                "rest": tuple(one for one in every if one.owner not in placed),
            }
            parts.extend(meter.write(part) for part in template.generate(values))
        return "".join(parts)
    except TooMuch as problem:
        return endless_layout(layout, begun.lines + _line(problem, layout.name), str(problem))
    except (RecursionError, MemoryError):
        return endless_layout(layout, 1, "it is nested too deeply")
    except jinja2.TemplateSyntaxError as problem:
        return bad_layout(layout, begun.lines + problem.lineno, _worded(problem))
    except Exception as problem:  # noqa: BLE001  a template can make any operation of the language fail
        return bad_layout(layout, begun.lines + _line(problem, layout.name), _worded(problem))


def _texts(clauses: Sequence[_Clause]) -> Mapping[str, str]:
    """The text by owner; where one owner has several clauses, they are paragraphs of it."""
    texts: dict[str, list[str]] = {}
    for one in clauses:
        texts.setdefault(one.owner, []).append(one.text)
    return MappingProxyType({owner: "\n\n".join(found) for owner, found in texts.items()})


def _placed(tree: "nodes.Template") -> frozenset[str]:
    """The owners that the template names: `clause["REF-1"]`."""
    from jinja2 import nodes

    return frozenset(
        one.arg.value
        for one in tree.find_all(nodes.Getitem)
        if isinstance(one.node, nodes.Name) and one.node.name == "clause" and isinstance(one.arg, nodes.Const)
    )


def _line(problem: BaseException, name: str) -> int:
    """The line of the template at which `problem` came up."""
    line, trace = 1, problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _worded(problem: Exception) -> str:
    """What the template engine says, as the rest of a sentence."""
    text = (getattr(problem, "message", None) or str(problem) or "it fails").strip().rstrip(".")
    text = _OWN_NAME.sub(lambda found: f"a {found[1].lower()}", text)
    text = text.replace("'", "`").split("\n")[0]
    return text[:1].lower() + text[1:]
