"""Finds a kind by its name: the file `kinds/<name>.py` or the package `kinds/<name>/`.

The one step upward in the house: the kit loads a kind by name, when it is first used, and knows none. A kind of somebody
else's is found only if the project's configuration names it, through the entry point group `specc.kinds`; nothing is ever
scanned otherwise, so a build never depends on what happens to be installed.
"""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from .kind import Kind
    from .schema import RequirementFields

GROUP = "specc.kinds"
_FOLDER = Path(__file__).parent.parent / "kinds"


class UnknownKind(LookupError):
    """No kind has this name."""


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


def describe(name: str) -> str | None:
    """What the kind says of itself: the docstring of its file, which is read and not imported; None if there is none."""
    if name not in _own():
        return None
    file = _FOLDER / f"{name}.py"
    path = file if file.exists() else _FOLDER / name / "kind.py"
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


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
        raise UnknownKind(name)
    return _of(found[0].load(), name)


def _of(where: object, name: str) -> "Kind[RequirementFields]":
    """The one class in a module (or the class itself) that is a kind of this name."""
    from .kind import Kind

    candidates = [where] if isinstance(where, type) else list(vars(where).values())
    for one in candidates:
        if isinstance(one, type) and issubclass(one, Kind) and one is not Kind and one.name == name:
            return one()
    raise UnknownKind(name)
