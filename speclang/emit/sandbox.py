"""The sandbox that layouts run in: a template engine in which every step costs.

In: a meter. Out: an environment of the engine, and templates whose loops pay.
Invariant: a template reads no file, calls nothing but the filters listed here, and ends: the sum of its steps is bounded by
counting, not by a clock, so that the same template ends the same way on every machine.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from ..source.records import dataclass

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


class TooMuch(Exception):
    """The layout went over a bound; the text says which."""


@dataclass(slots=True)
class Meter:
    """Counts what a template does."""

    left: int = _MOST_STEPS
    written: int = 0

    def charge(self, cost: int) -> None:
        """Pay for a step."""
        self.left -= cost
        if self.left < 0:
            raise TooMuch(f"it takes more than {_MOST_STEPS:,} steps")

    def write(self, value: object) -> str:
        """The text of `value`, counted. Raises `TypeError` where it is no text and no number."""
        text = _text(value)
        self.written += len(text)
        if self.written > LONGEST:
            raise TooMuch(f"it writes more than {LONGEST:,} characters")
        return text

    def weigh(self, *values: object) -> None:
        """Charge for handling `values` and refuse numbers that ask for huge results."""
        for value in values:
            if isinstance(value, (str, list, tuple, dict, range)):
                self.charge(1 + len(value))
            elif isinstance(value, (int, float)) and abs(value) > _MOST_NUMBER:
                raise TooMuch(f"it computes with a number over {_MOST_NUMBER:,}")
            else:
                self.charge(1)


def _text(value: object) -> str:
    """`value` as a text. Raises `TypeError` where it is none, and what a name without a value raises."""
    if value is None:
        raise TypeError("it writes nothing where a text belongs")
    if isinstance(value, (list, tuple)):
        raise TypeError("it writes a list where a text belongs")
    if isinstance(value, Mapping) or type(value).__module__.startswith(f"{__package__}."):
        raise TypeError("it writes a table where a text belongs")
    return str(value)


def environment_of(meter: Meter) -> "ImmutableSandboxedEnvironment":
    """An environment in which `meter` counts."""
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
                raise TooMuch(f"`{operator}` is not for layouts")
            if operator == "*" and not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
                raise TooMuch("it multiplies a text or a list")
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


def _metered(function: Callable[..., T], meter: Meter) -> Callable[..., T]:
    @wraps(function)
    def metered(*args: object, **kwargs: object) -> T:
        meter.weigh(*args, *kwargs.values())
        return function(*args, **kwargs)

    return metered


def _join(meter: Meter, items: Sequence[object], between: str) -> str:
    texts = [_text(item) for item in items]
    meter.charge(sum(map(len, texts)) + len(texts) * (1 + len(between)))
    return str(between).join(texts)


def _replace(meter: Meter, text: str, old: str, new: str) -> str:
    text, old = _text(text), str(old)
    meter.charge(len(text) + text.count(old) * len(str(new)))
    return text.replace(old, str(new))


def meter_loops(tree: "nodes.Template") -> None:
    """Make every loop and macro pay, and send `~` through the metered `join`."""
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    def toll() -> nodes.Node:
        call = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None)
        return nodes.ExprStmt(call)

    class Toll(NodeTransformer):
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

    Toll().visit(tree)
    tree.set_environment(tree.environment)  # type: ignore[arg-type]  # new nodes need it too
