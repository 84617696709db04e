"""The shop behind an address: `python demo/http_server.py [PORT]`, 8765 where none is named.

GET /customers/C012/orders?status=delivered
GET /orders/A000104
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from demo import shop


class Door(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self) -> None:
        """Answer with what the shop says, 404 for what it has not, or 503 where it is down."""
        asked = urlsplit(self.path)
        status = parse_qs(asked.query).get("status", [None])[0]
        try:
            if found := re.fullmatch(r"/customers/(C[0-9]{3})/orders", unquote(asked.path)):
                self._say(200, shop.search_orders(found[1], status))
            elif found := re.fullmatch(r"/orders/(A[0-9]{6})", unquote(asked.path)):
                self._say(200, shop.lookup_order(found[1]))
            else:
                self._say(404, {"error": "there is nothing here"})
        except shop.Down as problem:
            self._say(503, {"error": str(problem)})

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _say(self, status: int, value: dict[str, object]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("API-Version", shop.__version__)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until somebody presses Ctrl-C; the first line says where."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
