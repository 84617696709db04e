"""A tool of an MCP server (Model Context Protocol), started here or behind an address.

```toml
[tools.lookup_order]
use = "mcp"
command = ["python", "tools/server.py"]     # spoken to over its standard streams, in the project's root
# at = "https://tools.example.com/mcp"      # or over streamable HTTP
tool = "orders_lookup"                      # what the server calls it, where that is another name
key = "SHOP_TOKEN"                          # a bearer token; to a server that is started, a variable of its environment
```

What counts as the result is what the server calls structured content, else its text, read as JSON. The version is the server's own.
Invariant: the only file that knows the library. What a server writes to its error stream is not shown.
"""

import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ....source.hashing import Json, canonical
from ... import bounded, wire
from ...asking import Later, Refused, Trouble, Unusable
from ..caller import Caller, Returned, Stated

if TYPE_CHECKING:
    from mcp import Client
    from mcp.client import Transport
    from mcp.types import CallToolResult

SUMMARY = "a tool of an MCP server, started here or behind an address"


def made(stated: Stated) -> Caller:
    """The tool that `stated` says. Raises `Unusable`."""
    tool = stated.tool
    if bool(tool.command) == bool(tool.at):
        example = 'command = ["python", "server.py"]` or `at = "http://127.0.0.1:8000/mcp"'
        raise Unusable(f"the tool `{tool.name}` needs one way to its server; write `{example}`")
    if tool.at and not tool.at.startswith(("http://", "https://")):
        raise Unusable(f'the tool `{tool.name}` names no address; write `at = "http://127.0.0.1:8000/mcp"`')
    if find_spec("mcp") is None:
        raise Unusable("`mcp` is not installed; `pip install 'specc[probe]'` brings it")
    return Mcp(stated)


class Mcp:
    """One tool of a server; the connection is made by the first call."""

    __slots__ = ("_client", "_open", "_stated")

    def __init__(self, stated: Stated) -> None:
        """Take what is known of it."""
        self._stated = stated
        self._open = AsyncExitStack()
        self._client: Client | None = None

    async def call(self, arguments: Mapping[str, Json]) -> Returned:
        """What the server gives back."""
        from mcp import MCPError

        name, key = self._stated.tool.tool or self._stated.tool.name, self._stated.key
        try:
            client = self._client or await self._connected()
            result = await client.call_tool(name, dict(arguments))
        except MCPError as problem:
            raise Refused(bounded.clean(f"the server says: {problem}", key)) from None
        if result.is_error:
            raise Refused(bounded.clean(f"`{name}` fails: {_text(result)}", key))
        version = client.server_info.version if client.server_info is not None else ""
        return Returned(_value(result, key), bounded.clean(version, key))

    async def close(self) -> None:
        """End the connection, and a server that was started."""
        await self._open.aclose()

    async def _connected(self) -> "Client":
        """A client that has met the server. Raises `Unusable`."""
        from mcp import Client, StdioServerParameters, stdio_client

        tool, key = self._stated.tool, self._stated.key
        if tool.command:
            quiet = self._open.enter_context(_nowhere())
            program, *words = tool.command
            known = {tool.key: key} if tool.key and key else None
            server = StdioServerParameters(command=program, args=words, env=known, cwd=self._stated.root)
            client = Client(stdio_client(server, errlog=quiet))
        else:
            client = Client(await self._remote(tool.at, key))
        try:
            self._client = await self._open.enter_async_context(client)
        except Trouble:
            raise
        except Exception as problem:  # noqa: BLE001 - a server that does not start stops the library in many ways
            where = tool.at or " ".join(tool.command)
            raise Unusable(bounded.clean(f"no MCP server answers at `{where}`: {_first(problem)}", key)) from None
        return self._client

    async def _remote(self, at: str, key: str | None) -> "Transport":
        """The way to a server behind an address; no redirect takes the key elsewhere."""
        from mcp.client.streamable_http import streamable_http_client

        headers = {"Authorization": f"Bearer {key}"} if key else {}
        client = await self._open.enter_async_context(wire.client(1, headers))
        return streamable_http_client(at, http_client=client)


def _nowhere() -> TextIO:
    """Where what is written is not kept."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _value(result: "CallToolResult", key: str | None) -> Json:
    """What came back, without the key."""
    if result.structured_content is not None:
        return bounded.json(bounded.clean(canonical(result.structured_content), key).encode())
    try:
        return bounded.json(bounded.clean(_text(result), key).encode())
    except Later as problem:
        raise Refused(f"what comes back is neither structured content nor JSON ({problem.why})") from None


def _text(result: "CallToolResult") -> str:
    """The text of a result."""
    return "".join(getattr(one, "text", "") for one in result.content)


def _first(problem: BaseException) -> str:
    """What went wrong, where several things did at a time."""
    while isinstance(problem, BaseExceptionGroup) and problem.exceptions:
        problem = problem.exceptions[0]
    return str(problem) or type(problem).__name__
