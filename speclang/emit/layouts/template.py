"""A project's own layout: a Jinja2 template, run in a sandbox.

In: sections and the text of the template. Out: runs, as from a built-in dialect. The template sees `feature` (`name`,
`title`) and `sections` (each `name`, `title`, `listed`, `clauses`; a clause has `owner` and `text`).

Invariant: a template reads no file, calls nothing but the filters listed here, and ends: each step costs, and the sum is
bounded by counting, not by a clock, so that the same template ends the same way on every machine.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.result import Result
from ...plan.clause import Clause, Section
from ...plan.origin import Origin
from ...source.records import dataclass
from ...source.span import whole_file
from ...source.text import SourceText
from ..errors import bad_layout, endless_layout, left_out
from ..marks import bracket, protect, read
from ..runs import LAYOUT, Run

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

T = TypeVar("T")

LONGEST = 4_000_000
"""The most characters that a layout may write or handle, and the longest template."""

_MOST_STEPS = 20_000_000
_TURN = 100
_MOST_NUMBER = 10_000

_FILTERS = (
    "capitalize count d default e escape first groupby indent int items join last length list lower map max min reject "
    "rejectattr replace reverse round select selectattr sort string title trim unique upper wordcount"
).split()
_METHODS = frozenset("upper lower title capitalize strip lstrip rstrip startswith endswith split splitlines".split())


class _TooMuch(Exception):
    """The layout went over a bound; the text says which."""


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


@dataclass(slots=True)
class _Meter:
    """Counts what a template does."""

    left: int = _MOST_STEPS
    written: int = 0

    def charge(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise _TooMuch(f"it takes more than {_MOST_STEPS:,} steps")

    def write(self, value: object) -> str:
        text = str(value)
        self.written += len(text)
        if self.written > LONGEST:
            raise _TooMuch(f"it writes more than {LONGEST:,} characters")
        return text

    def weigh(self, *values: object) -> None:
        """Charge for handling `values` and refuse numbers that ask for huge results."""
        for value in values:
            if isinstance(value, (str, list, tuple, dict, range)):
                self.charge(1 + len(value))
            elif isinstance(value, (int, float)) and abs(value) > _MOST_NUMBER:
                raise _TooMuch(f"it computes with a number over {_MOST_NUMBER:,}")
            else:
                self.charge(1)


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
    meter = _Meter()
    try:
        environment = _environment(meter)
        tree = environment.parse(protect(layout.text), layout.name, layout.name)
        _meter_loops(tree)
        code = environment.compile(tree, layout.name, layout.name)
        template = environment.template_class.from_code(environment, code, dict(environment.globals))
        return "".join(meter.write(part) for part in template.generate(feature=feature, sections=sections))
    except _TooMuch as problem:
        return endless_layout(layout, _line(problem, layout.name), str(problem))
    except (RecursionError, MemoryError):
        return endless_layout(layout, 1, "it is nested too deeply")
    except jinja2.TemplateSyntaxError as problem:
        return bad_layout(layout, problem.lineno, _worded(problem))
    except Exception as problem:  # noqa: BLE001  a template can make any operation of the language fail
        return bad_layout(layout, _line(problem, layout.name), _worded(problem))


def _environment(meter: _Meter) -> "ImmutableSandboxedEnvironment":
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """A sandbox in which every operation that can grow is weighed."""

        intercepted_binops = frozenset(("+", "*", "%", "**"))

        def tick(self) -> str:
            """Pay for one turn of a loop or one call of a macro."""
            meter.charge(_TURN)
            return ""

        def call_binop(self, context: "jinja2.runtime.Context", operator: str, left: object, right: object) -> object:
            """Refuse what grows faster than its operands, weigh the rest."""
            meter.weigh(left, right)
            if operator == "**" or (operator == "%" and isinstance(left, str)):
                raise _TooMuch(f"`{operator}` is not for layouts")
            if operator == "*" and not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
                raise _TooMuch("it multiplies a text or a list")
            return super().call_binop(context, operator, left, right)

        def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
            """Whether the template may see it: fields of our values, and methods that keep a text's size."""
            if isinstance(obj, str):
                return attr in _METHODS
            return super().is_safe_attribute(obj, attr, value)

        def wrap_str_format(self, value: object) -> None:
            """Give `str.format` no special treatment: it is not among the methods allowed."""

    environment = Environment(
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=meter.write,
        cache_size=0,
    )
    known = environment.filters
    environment.filters = {one: _metered(known[one], meter) for one in _FILTERS if one not in ("join", "replace")}
    environment.filters["join"] = lambda items, between="": _join(meter, items, between)
    environment.filters["replace"] = lambda text, old, new: _replace(meter, text, old, new)
    environment.globals = {"range": environment.globals["range"]}
    return environment


def _metered(function: Callable[..., T], meter: _Meter) -> Callable[..., T]:
    @wraps(function)
    def metered(*args: object, **kwargs: object) -> T:
        meter.weigh(*args, *kwargs.values())
        return function(*args, **kwargs)

    return metered


def _join(meter: _Meter, items: Sequence[object], between: str) -> str:
    texts = [str(item) for item in items]
    meter.charge(sum(map(len, texts)) + len(texts) * (1 + len(between)))
    return str(between).join(texts)


def _replace(meter: _Meter, text: str, old: str, new: str) -> str:
    text, old = str(text), str(old)
    meter.charge(len(text) + text.count(old) * len(str(new)))
    return text.replace(old, str(new))


def _meter_loops(tree: "nodes.Template") -> None:
    """Make every loop and macro pay, and send `~` through the metered `join`."""
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    def toll() -> nodes.Node:
        call = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None)
        return nodes.ExprStmt(call)

    class Meter(NodeTransformer):
        """Rewrites the template's tree in place."""

        def visit_For(self, node: nodes.For) -> nodes.Node:
            """A turn of a loop."""
            self.generic_visit(node)
            node.body.insert(0, toll().set_lineno(node.lineno))
            return node

        def visit_Macro(self, node: nodes.Macro) -> nodes.Node:
            """A call of a macro."""
            self.generic_visit(node)
            node.body.insert(0, toll().set_lineno(node.lineno))
            return node

        def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:
            """A call of the block that a macro was called with."""
            self.generic_visit(node)
            node.body.insert(0, toll().set_lineno(node.lineno))
            return node

        def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
            """`a ~ b`."""
            self.generic_visit(node)
            return nodes.Filter(nodes.List(list(node.nodes)), "join", [], [], None, None).set_lineno(node.lineno)

    Meter().visit(tree)
    tree.set_environment(tree.environment)  # type: ignore[arg-type]  # new nodes need it too


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
    text = text.replace("'", "`").split("\n")[0]
    return text[:1].lower() + text[1:]
