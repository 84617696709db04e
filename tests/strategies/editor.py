"""An editor, as far as a server can tell: it starts `specc lsp`, opens and changes texts, and asks.

It speaks the protocol in plain JSON and counts columns by itself, so that it shares no mistake with the server; each message that
comes back is read as the protocol's own records, which refuse what does not fit.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import converters, types

PATIENCE = 15.0
"""Seconds until a server that says nothing is given up: a machine may be busy, and nothing here measures time."""

CAPABLE: Mapping[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "applyEdit": True,
        "inlayHint": {"refreshSupport": True},
        "codeLens": {"refreshSupport": True},
        "workspaceEdit": {"documentChanges": True, "resourceOperations": []},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "completion": {"completionItem": {"snippetSupport": True}},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}}},
        "rename": {"prepareSupport": True},
    },
}


class Gone(Exception):
    """The server has ended, or says nothing any more."""


class Refused(Exception):
    """The server has answered with an error."""


class Editor:
    """One editor with one server."""

    def __init__(self, root: Path, encodings: Sequence[str] = ("utf-16",)) -> None:
        self.root = root
        self.encoding = encodings[0]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "speclang", "lsp"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root,
        )  # fmt: skip
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.applied: list[dict[str, Any]] = []
        self.shown: list[str] = []
        self.asked: list[str] = []
        self._last = self._version = 0
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._converter = converters.get_converter()
        self._errors: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._overhear, daemon=True).start()
        capabilities = {**CAPABLE, "general": {"positionEncodings": list(encodings)}}
        params = {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities}
        self.offers = self.ask("initialize", params)["capabilities"]
        self.tell("initialized", {})

    # -- messages

    def send(self, message: Mapping[str, Any]) -> None:
        self.send_raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_raw(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def begin(self, method: str, params: Any) -> int:
        self._last += 1
        self.send({"id": self._last, "method": method, "params": params})
        return self._last

    def ask(self, method: str, params: Any) -> Any:
        return self.answer(self.begin(method, params), method)

    def answer(self, id: int, method: str = "") -> Any:
        while True:
            message = self.next()
            if message.get("id") == id and "method" not in message:
                if "error" in message:
                    raise Refused(message["error"])
                known = types.METHOD_TO_TYPES.get(method)
                if known is not None and known[1] is not None:
                    self._converter.structure(message, known[1])
                return message["result"]

    def next(self) -> dict[str, Any]:
        """The next message; what the server asks is answered, and what it tells is kept."""
        try:
            message = self._messages.get(timeout=PATIENCE)
        except queue.Empty:
            raise Gone("the server says nothing") from None
        if message is None:
            raise Gone("".join(self._errors))
        self._kept(message)
        return message

    def _kept(self, message: dict[str, Any]) -> None:
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                self._converter.structure(message, types.PublishDiagnosticsNotification)
                uri, version = message["params"]["uri"], message["params"].get("version")
                if uri not in self.texts or version == self.versions[uri]:
                    self.told[uri] = message["params"]["diagnostics"]
            case "workspace/applyEdit":
                self._converter.structure(message, types.ApplyWorkspaceEditRequest)
                self.applied.append(message["params"]["edit"])
                self.apply(message["params"]["edit"])
                self.send({"id": message["id"], "result": {"applied": True}})
            case "window/showMessage":
                self.shown.append(message["params"]["message"])
            case str() as method if "id" in message:
                self.asked.append(method)
                self.send({"id": message["id"], "result": None})
            case _:
                pass

    def _listen(self) -> None:
        assert self.process.stdout is not None
        out = self.process.stdout
        while line := out.readline():
            length = int(line.partition(b":")[2])
            while out.readline().strip():
                pass
            self._messages.put(json.loads(out.read(length)))
        self._messages.put(None)

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._errors.append(line.decode())

    @property
    def log(self) -> str:
        return "".join(self._errors)

    # -- texts

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None) -> str:
        uri = self.uri(name)
        if uri in self.texts:
            self.close_text(uri)
        self.told.pop(uri, None)
        held = (self.root / name).read_text(encoding="utf-8") if text is None else text
        self.texts[uri], self.versions[uri] = held, self._next_version()
        item = {"uri": uri, "languageId": "spec", "version": self.versions[uri], "text": held}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def _next_version(self) -> int:
        self._version += 1
        return self._version

    def close_text(self, uri: str) -> None:
        self.texts.pop(uri)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def edit(self, uri: str, start: int, end: int, text: str) -> None:
        """Replace the characters `start` to `end`, as somebody does who types."""
        held = self.texts[uri]
        change = {"range": {"start": self.position(held, start), "end": self.position(held, end)}, "text": text}
        self.texts[uri] = held[:start] + text + held[end:]
        self.versions[uri] = self._next_version()
        self.told.pop(uri, None)
        document = {"uri": uri, "version": self.versions[uri]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def replace(self, uri: str, old: str, new: str) -> None:
        """Write `new` for the first `old`."""
        start = self.texts[uri].index(old)
        self.edit(uri, start, start + len(old), new)

    def apply(self, edit: Mapping[str, Any]) -> None:
        """Make a workspace edit, as an editor does: in the texts that are open; others are opened for it."""
        changes = [(one["textDocument"]["uri"], one["edits"]) for one in edit.get("documentChanges") or ()]
        for uri, edits in (*changes, *(edit.get("changes") or {}).items()):
            if uri not in self.texts:
                self.open(Path(uri.removeprefix(self.root.as_uri() + "/")).as_posix())
            held = self.texts[uri]
            rows = sorted(
                (self.offset(held, one["range"]["start"]), self.offset(held, one["range"]["end"]), one["newText"])
                for one in edits
            )
            for start, end, text in reversed(rows):
                self.edit(uri, start, end, text)

    def at(self, uri: str, mark: str, nth: int = 0) -> dict[str, Any]:
        """The parameters of a request at the `|` of `mark` (its end, if it has none), where the text says it for the nth time."""
        before, _, after = mark.partition("|") if "|" in mark else (mark, "", "")
        start = -1
        for _ in range(nth + 1):
            start = self.texts[uri].index(before + after, start + 1)
        position = self.position(self.texts[uri], start + len(before))
        return {"textDocument": {"uri": uri}, "position": position}

    def position(self, text: str, offset: int) -> dict[str, int]:
        lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return {"line": len(lines) - 1, "character": self._width(lines[-1])}

    def offset(self, text: str, position: Mapping[str, int]) -> int:
        at = 0
        for _ in range(position["line"]):
            ends = [found for end in ("\r\n", "\n", "\r") if (found := text.find(end, at)) >= 0]
            at = min(ends)
            at += 2 if text.startswith("\r\n", at) else 1
        width = 0
        while width < position["character"]:
            width += self._width(text[at])
            at += 1
        return at

    def _width(self, text: str) -> int:
        return {"utf-8": len(text.encode()), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-32": len(text)}[
            self.encoding
        ]

    def said(self, range: Mapping[str, Any], uri: str) -> str:
        """The text of a range."""
        text = self.texts[uri]
        return text[self.offset(text, range["start"]) : self.offset(text, range["end"])]

    # -- findings

    def until(self, uri: str, codes: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """Wait until these codes, in order, are what is told of a text as it is now; for the next telling if none are named."""
        while True:
            found = self.told.get(uri)
            if found is not None and (codes is None or [one["code"] for one in found] == list(codes)):
                return found
            self.next()

    def close(self) -> int:
        """Leave; the server's exit code."""
        try:
            self.ask("shutdown", None)
            self.tell("exit", None)
            return self.process.wait(PATIENCE)
        finally:
            self.finish()

    def finish(self) -> None:
        """End the server if it has not ended, and close what leads to it."""
        self.process.kill()
        self.process.wait(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
