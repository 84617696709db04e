"""The shop as an MCP server over standard streams: `python demo/mcp_server.py`; over HTTP with a port: `… 8766`."""

import sys
from pathlib import Path

from mcp.server.mcpserver import MCPServer  # noqa: TID253 - a server of its own, which specc starts

sys.path.insert(0, str(Path(__file__).parents[1]))

from demo import shop

server = MCPServer("shop", version=shop.__version__)


@server.tool()
def lookup_order(order_id: str) -> dict[str, object]:
    """One order."""
    return shop.lookup_order(order_id)


@server.tool()
def search_orders(customer: str, status: str | None = None) -> dict[str, object]:
    """The orders of a customer, the latest first."""
    return shop.search_orders(customer, status)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        server.run("streamable-http", port=int(sys.argv[1]))
    else:
        server.run()
