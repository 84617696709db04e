"""A real tool, called once with arguments: what every way of calling one has in common.

In: how a project states a tool. Out: a `Caller`, and what comes back. Each way is a file of `run/calling/ways/`, found by its name.
Invariant: only the file that is named is imported; nothing of what a tool says is shown with its key.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol

from ...project.asked.real import RealTool
from ...source.hashing import Json
from ...source.records import dataclass
from ...source.suggest import nearest
from ..asking import Unusable


@dataclass(frozen=True, slots=True)
class Returned:
    """What a call gave back, and the version that the tool says it has, "" where it says none."""

    value: Json
    version: str = ""


class Caller(Protocol):
    """A real tool."""

    async def call(self, arguments: Mapping[str, Json]) -> Returned:
        """What comes back. Raises `Later`, `Refused` or `Unusable`."""
        ...

    async def close(self) -> None:
        """Let connections go, and end what was started."""
        ...


@dataclass(frozen=True, slots=True)
class Stated:
    """How the project states a tool, the project's root, and the key, where it names one."""

    tool: RealTool
    root: Path
    key: str | None = None


def ways() -> tuple[str, ...]:
    """The ways in which a tool can be called, sorted."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "ways").glob("[a-z]*.py")))


def caller(stated: Stated) -> Caller:
    """The tool that `stated` says, ready to be called. Raises `Unusable`."""
    tool = stated.tool
    if "://" in tool.at and "@" in tool.at.partition("://")[2].partition("/")[0]:
        raise Unusable(f"the address of `{tool.name}` holds a password; name the variable that holds it with `key`")
    if tool.key and stated.key is None:
        raise Unusable(f"`{tool.key}` is not set; it should hold the key for the tool `{tool.name}`")
    if tool.use not in ways():
        near = nearest(tool.use, ways())
        hint = f"did you mean `{near}`" if near else f"there are {', '.join(f'`{one}`' for one in ways())}"
        raise Unusable(f"the tool `{tool.name}` uses `{tool.use}`, and there is no such way to call one; {hint}")
    made: Caller = import_module(f".ways.{tool.use}", __package__).made(stated)
    return made
