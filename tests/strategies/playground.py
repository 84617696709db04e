"""A client of the playground's server, on the wire, for tests."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from speclang.playground.server import HOST, Server
from speclang.playground.shelf import Own, Shelf

SPEC = """feature desk "Library desk" {
  given late days 0 .. 60 { name "the time since the due date"; from user }
  outcome renew   "renew the loan"                  { mentions "renewed" }
  outcome decline "ask for the book to be returned" { mentions "return" }
  exclusive renew, decline
  ask "Can I keep my book a little longer?"

  LOAN-1 rule "Renewal"        { when late <= 7 days; must renew }
  LOAN-2 rule "No renewal"     { when late > 7 days; must decline }
  FMT-1 format "Short answers" { must words <= 60, ends "Happy reading!" }
}
"""


class Client:
    """Asks as the page does; `headers` can say something else than the page would."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.own = {
            "Host": f"{HOST}:{server.server_port}",
            "Origin": f"http://{HOST}:{server.server_port}",
            "Sec-Fetch-Site": "same-origin",
            "Authorization": f"Bearer {server.guard.token}",
            "Content-Type": "application/json",
        }

    def request(
        self, method: str, path: str, body: bytes = b"", **headers: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer; a header that is None is not sent."""
        said = {**self.own, "Content-Length": str(len(body))} if method == "POST" else {"Host": self.own["Host"]}
        said.update({name.replace("_", "-"): value for name, value in headers.items() if value is not None})
        left = {name.replace("_", "-").lower() for name, value in headers.items() if value is None}
        wire = http.client.HTTPConnection(HOST, self.server.server_port, timeout=30)
        try:
            wire.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in said.items():
                if name.lower() not in left:
                    wire.putheader(name, value)
            wire.endheaders(body)
            answer = wire.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            wire.close()

    def ask(self, method: str, **asked: object) -> Any:
        """The answer to a question that is answered."""
        status, _, body = self.request("POST", f"/api/{method}", json.dumps(asked).encode())
        assert status == 200, body
        return json.loads(body)

    def refused(self, method: str, **asked: object) -> tuple[int, str]:
        """How a question is refused."""
        status, _, body = self.request("POST", f"/api/{method}", json.dumps(asked).encode())
        return status, json.loads(body).get("why", "")


class Page:
    """One page that is open at one spec, as the browser keeps it."""

    def __init__(self, client: Client, example: str = "", file: str = "") -> None:
        self.client = client
        self.opened = client.ask("open", example=example)
        self.file = file or self.opened["first"]
        self.text = client.ask("file", page=self.opened["page"], file=self.file)["text"]
        self.version = client.ask("file", page=self.opened["page"], file=self.file)["version"]
        self.number = 0
        self.panes: dict[str, list[Any]] = {}

    def ask(self, method: str, **asked: object) -> Any:
        """The answer to a question about the text as it is."""
        common = {"page": self.opened["page"], "file": self.file, "version": self.version}
        return self.client.ask(method, **{**common, **asked})

    def refused(self, method: str, **asked: object) -> tuple[int, str]:
        """How a question about the text is refused."""
        common = {"page": self.opened["page"], "file": self.file, "version": self.version}
        return self.client.refused(method, **{**common, **asked})

    def edit(self, before: str, after: str, *, fresh: bool = False) -> Any:
        """Put `after` in the place of `before`."""
        at = self.text.index(before)
        start, end = (len(self.text[:one].encode("utf-16-le")) // 2 for one in (at, at + len(before)))
        self.text = self.text.replace(before, after, 1)
        answer = self.ask("edit", changes=[[start, end, after]], fresh=fresh)
        self.version = answer["version"]
        return answer

    def look(self, **asked: object) -> Any:
        """Look at everything, and keep the panes as the page does."""
        answer = self.ask("look", **{"at": 0, "has": self.number, **asked})
        if answer["afresh"]:
            self.panes = {}
        self.number = answer["number"]
        for name, (at, drop, add) in answer["edits"].items():
            self.panes.setdefault(name, [])[at : at + drop] = add
        return answer

    @property
    def prompt(self) -> str:
        """The prompt that the page shows."""
        return "".join(text for _, text in self.panes["prompt"])


@contextmanager
def serving(folder: Path, own: Path | None = None, spec: str = "") -> Iterator[Client]:
    """A server of the project at `own`, or of the examples; `folder` is there and empty."""
    told: list[str] = []
    with Server(Shelf(Own(own, spec) if own else None, folder), 0, told.append) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield Client(server)
        finally:
            server.shutdown()
            thread.join(10)
    assert told == [], "a bug was told of"


def project(root: Path, text: str = SPEC) -> Path:
    """A project with one spec."""
    (root / "specs").mkdir(parents=True)
    (root / "specc.toml").write_text('specs = "specs"\ngenerated = "generated"\n', encoding="utf-8")
    (root / "specs" / "desk.spec").write_text(text, encoding="utf-8")
    return root
