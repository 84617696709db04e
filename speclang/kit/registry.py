"""Finds a kind by its name: the file `kinds/<name>.py` or the package `kinds/<name>/`.

The one step upward in the house: the kit loads a kind by name, when it is first used, and knows none. A kind of somebody
else's is found only if the project's configuration names it, through the entry point group `specc.kinds`; nothing is ever
scanned otherwise, so a build never depends on what happens to be installed.
"""

from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection

    from .kind import Kind
    from .schema import RequirementFields

GROUP = "specc.kinds"
_FOLDER = Path(__file__).parent.parent / "kinds"
_TAKES = {
    "Condition": "a condition",
    "OneText": "a text",
    "Texts": "texts, after commas",
    "OneWord": "a name",
    "Words": "names, after commas",
    "Flag": "nothing: its name alone",
    "Count": "a whole number",
    "Duration": "a time: `15 min`",
    "Size": "a number of bytes",
    "Effects": "outcomes, or `calls`, `avoids`, `mentions`, `omits`",
    "Terms": "terms, after commas",
    "Topics": 'texts, each with `like "…"`',
    "Tools": "tools, after commas",
    "Refs": "IDs of requirements",
    "Results": "what a tool tells",
    "Inputs": "a given and its value",
}
"""What a user writes for a type of `kit.schema`."""


class UnknownKind(LookupError):
    """No kind of this name can be had; `why` says what is in the way."""

    def __init__(self, name: str, why: str = "no kind is named so") -> None:
        """Say why there is no kind `name`."""
        super().__init__(name)
        self.name = name
        self.why = why


def names(foreign: "Collection[str]" = ()) -> tuple[str, ...]:
    """The names of all kinds, `foreign` ones included, sorted; imports none of them."""
    return tuple(sorted({*_own(), *foreign}))


def load(name: str, foreign: "Collection[str]" = ()) -> "Kind[RequirementFields]":
    """The kind called `name`, its module imported now if it was not yet. Raises `UnknownKind`."""
    if name in _own():
        return _made(f"{__package__.rpartition('.')[0]}.kinds.{name}", name)
    if name in foreign:
        return _foreign(name)
    raise UnknownKind(name)


def describe(name: str, foreign: "Collection[str]" = ()) -> str | None:
    """What the kind says of itself, its fields and its codes; its code is read and not run. None if there is no such kind."""
    path = _own_file(name) if name in _own() else _foreign_file(name) if name in foreign else None
    if path is None:
        return None
    import ast  # which no command needs that only loads kinds

    try:
        module = ast.parse(path.read_text(encoding="utf-8"))
        beside = [ast.parse(one.read_text(encoding="utf-8")) for one in _beside(path, name)]
    except (OSError, SyntaxError, ValueError):
        return None
    purpose = ast.get_docstring(module)
    if purpose is None:
        return None
    lists = (("Fields", _fields(module)), ("Findings", _codes((module, *beside), name)))
    said = [f"{title}:\n\n" + "\n".join(lines) for title, lines in lists if lines]
    return "\n\n".join((purpose, *said))


def _beside(path: Path, name: str) -> list[Path]:
    """The other modules of a kind that is a package."""
    return sorted(one for one in path.parent.glob("*.py") if one != path) if path.parent.name == name else []


def _fields(module: "ast.Module") -> list[str]:
    """A line for each field of the schema: its name, what it takes, and what it means."""
    import ast

    schema = next((one for one in module.body if isinstance(one, ast.ClassDef) and one.name == "Fields"), None)
    lines: list[str] = []
    for one, after in pairwise((*schema.body, ast.Pass())) if schema else ():
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            takes = ast.unparse(one.annotation).removesuffix(" | None")
            needed = ", required" if one.value is None else ""
            meaning = _text(after.value) if isinstance(after, ast.Expr) else ""
            said = f": {' '.join(meaning.split())}" if meaning else ""
            lines.append(f"- `{one.target.id}` ({_TAKES.get(takes, takes)}{needed}){said}")
    return lines


def _codes(modules: "Collection[ast.Module]", name: str) -> list[str]:
    """A line for each code of the kind, by its text."""
    import ast

    found: dict[str, str] = {}
    for node in (node for module in modules for node in ast.walk(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Code" and node.args[1:]:
            code, title = _text(node.args[0]), _text(node.args[1])
            if code.startswith(f"{name}/"):
                found[code] = f"- `{code}`: {title}"
    return [found[code] for code in sorted(found)]


def _text(node: "ast.expr") -> str:
    """What a text in the code says; nothing if it is no text."""
    import ast

    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def files(name: str, foreign: "Collection[str]") -> tuple[Path, ...]:
    """The files of code of the foreign kind `name`: its module, or all of the package that the module stands in."""
    if name in _own() or name not in foreign:
        return ()
    module = _foreign_file(name)
    if module is None:
        return ()
    top = module.parent
    while (top.parent / "__init__.py").exists():
        top = top.parent
    return tuple(sorted(top.rglob("*.py"))) if (top / "__init__.py").exists() else (module,)


def _own_file(name: str) -> Path:
    file = _FOLDER / f"{name}.py"
    return file if file.exists() else _FOLDER / name / "kind.py"


def _foreign_file(name: str) -> Path | None:
    """The file of the module that an entry point names; only the packages around it are imported."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for entry in entry_points(group=GROUP, name=name):
        try:
            spec = find_spec(entry.module)
        except (ImportError, ValueError):
            continue
        if spec is not None and spec.origin is not None and spec.origin.endswith(".py"):
            return Path(spec.origin)
    return None


@cache
def _own() -> frozenset[str]:
    found = (path.stem for path in _FOLDER.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())
    return frozenset(name for name in found if not name.startswith("_"))


@cache
def _made(module: str, name: str) -> "Kind[RequirementFields]":
    return _of(import_module(module), name)


@cache
def _foreign(name: str) -> "Kind[RequirementFields]":
    from importlib.metadata import entry_points

    found = tuple(entry_points(group=GROUP, name=name))
    if not found:
        raise UnknownKind(name, f"no installed package has an entry point `{name}` in the group `{GROUP}`")
    try:
        return _of(found[0].load(), name)
    except UnknownKind:
        raise
    except Exception as problem:
        # Whatever somebody else's module stops with is a finding about it, not a fault of ours.
        raise UnknownKind(name, f"`{found[0].value}` stops with {type(problem).__name__}: {problem}") from problem


def _of(where: object, name: str) -> "Kind[RequirementFields]":
    """The one class in a module (or the class itself) that is a kind of this name."""
    from .kind import Kind

    candidates = [where] if isinstance(where, type) else list(vars(where).values())
    for one in candidates:
        if isinstance(one, type) and issubclass(one, Kind) and getattr(one, "name", "") == name:
            return one()
    raise UnknownKind(name, f"`{getattr(where, '__name__', where)}` holds no `Kind` with the name `{name}`")
