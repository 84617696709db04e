"""Where the real tools are, which `specc probe` calls, as the settings say.

In: the table `tools` of the settings. Out: a `RealTool` for each, with what can't be understood.
Invariant: no secret stands here: a key is the name of a variable of the environment.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .targets import Faulty

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


class RealTool(NamedTuple):
    """How the tool `name` of the specs is called. `use` is the file of `run/calling/ways/` that knows how.

    `at` is where it is: `module:function` or an address; `command` starts a server that is spoken to over its standard streams.
    `tool` is what the server calls it, "" where that is its name in the specs. `sandbox` says that a call changes nothing that counts,
    so that a tool that writes may be called.
    """

    name: str
    use: str = ""
    at: str = ""
    command: tuple[str, ...] = ()
    method: str = "POST"
    tool: str = ""
    key: str = ""
    timeout: Decimal = Decimal(30)
    sandbox: bool = False


EXPECTED = {
    "use": 'how it is called, as "callable", "http" or "mcp"',
    "at": 'an address, as "https://example.com/orders/{order_id}", or "module:function"',
    "command": 'a list of words that start a server, as ["python", "server.py"]',
    "method": '"POST" or "GET"',
    "tool": "what the server calls the tool, where that is another name",
    "key": 'the name of the variable of the environment that holds the key, as "SHOP_TOKEN", never the key itself',
    "timeout": "how many seconds a call may take, as 30",
    "sandbox": "true where a call changes nothing that counts",
}

_A_TOOL = 'a table, as { use = "callable", at = "shop.tools:lookup_order" }, under the name of a tool'


def read(held: Mapping[str, object]) -> tuple[tuple[RealTool, ...], tuple[Faulty, ...]]:
    """The tools of the table `held`, by name, and what is wrong in it."""
    tools: list[RealTool] = []
    wrong: list[Faulty] = []
    for name, value in held.items():
        if not isinstance(value, dict) or not value or not _NAME.fullmatch(name):
            wrong.append(Faulty((name,), _A_TOOL))
            continue
        tool = RealTool(name)
        for key, said in value.items():
            taken = _taken(tool, key, said)
            if taken is None:
                wrong.append(Faulty((name, key), EXPECTED.get(key, "")))
            else:
                tool = taken
        if not tool.use and "use" not in value:
            wrong.append(Faulty((name,), _A_TOOL))
        elif tool.use:
            tools.append(tool)
    return tuple(sorted(tools)), tuple(wrong)


def _taken(tool: RealTool, key: str, value: object) -> RealTool | None:
    """`tool` with what one key says; None where it can't be said so."""
    match key, value:
        case "use", str() if value:
            return tool._replace(use=value)
        case "at", str() if value:
            return tool._replace(at=value)
        case "command", list() if value and all(isinstance(one, str) and one for one in value):
            return tool._replace(command=tuple(value))
        case "method", "POST" | "GET" as method:
            return tool._replace(method=str(method))
        case "tool", str() if value:
            return tool._replace(tool=value)
        case "key", str() if _VARIABLE.fullmatch(value):
            return tool._replace(key=value)
        case "timeout", int() | float() if not isinstance(value, bool) and 0 < value <= 3600:
            return tool._replace(timeout=Decimal(str(value)))
        case "sandbox", bool():
            return tool._replace(sandbox=value)
        case _:
            return None
