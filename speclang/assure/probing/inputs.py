"""The calls of a class, from a file beside the specs: a line of JSON with the arguments of each.

In: the text of a file, and a tool. Out: arguments, or which line is none.
"""

from collections.abc import Mapping

from ...grading.record import Refusal, loaded
from ...model.tool import Tool
from ...run.asking import Unusable
from ...values.types import Datum, Optional
from .calls import Arguments
from .reading import Misfit, read

MOST = 10_000
"""More lines are not called."""


def inputs(tool: Tool, path: str, text: str | None) -> tuple[Arguments, ...]:
    """The calls in the file at `path`, which holds `text`. Raises `Unusable`."""
    if text is None:
        raise Unusable(
            f"there is no {path}, from which `{tool.name}` is to be called; write a line of JSON for each call"
        )
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    if len(rows) > MOST:
        raise Unusable(f"{path} has {len(rows):,} calls, and no more than {MOST:,} are made; take a sample of them")
    return tuple(_arguments(tool, f"{path}:{number}", row) for number, row in rows)


def _arguments(tool: Tool, at: str, row: str) -> Arguments:
    held = loaded(row)
    if isinstance(held, Refusal):
        raise Unusable(f"{at} is not JSON: {held.why}")
    if not isinstance(held, Mapping):
        raise Unusable(f"{at} is no object with the arguments of `{tool.name}`")
    types = {one.name: one.type for one in tool.parameters}
    for name in held:
        if name not in types:
            raise Unusable(f"{at}: `{tool.name}` takes no argument `{name}`")
    found: dict[str, Datum] = {}
    for name, type in types.items():
        if name not in held:
            if not isinstance(type, Optional):
                raise Unusable(f"{at} lacks the argument `{name}`")
            continue
        value = read(held[name], type, name)
        if isinstance(value, Misfit):
            raise Unusable(f"{at}: {value.text}")
        found[name] = value
    return found
