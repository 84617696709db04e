"""Somebody who never read the manual writes a requirement by what is offered and by what the messages say."""

import re
from pathlib import Path
from typing import Any

from speclang.engine.build import build
from tests.strategies.editor import Editor

DECLARE = re.compile(r"to do: declare it, such as `(.*)`$", re.MULTILINE)
SPEC = "specs/desk.spec"


class Newcomer:
    """Types at `|`, takes what is offered, and does what is said."""

    def __init__(self, root: Path) -> None:
        self.editor = Editor(root)
        self.uri = self.editor.open(SPEC)
        self.cursor = 0

    @property
    def text(self) -> str:
        return self.editor.texts[self.uri]

    def types(self, text: str) -> None:
        self.editor.edit(self.uri, self.cursor, self.cursor, text)
        self.cursor += len(text)

    def goes(self, mark: str) -> None:
        self.cursor = self.text.index(mark) + len(mark)

    def takes(self, label: str) -> None:
        """Choose what is offered as `label`."""
        position = self.editor.position(self.text, self.cursor)
        found = self.editor.ask("textDocument/completion", {"textDocument": {"uri": self.uri}, "position": position})
        edit = next(one["textEdit"] for one in found["items"] if one["label"] == label)
        start, end = (self.editor.offset(self.text, edit["range"][side]) for side in ("start", "end"))
        self.editor.edit(self.uri, start, end, edit["newText"])
        self.cursor = start + len(edit["newText"])

    def reads(self, title: str) -> dict[str, Any]:
        """Wait for the message that begins with `title`."""
        while True:
            for one in self.editor.told.get(self.uri) or ():
                if one["message"].startswith(title):
                    return one
            self.editor.next()

    def has_it_done(self, title: str) -> None:
        """Take the fix that is offered for a message."""
        message = self.reads(title)
        context = {"diagnostics": [message]}
        params = {"textDocument": {"uri": self.uri}, "range": message["range"], "context": context}
        action = next(one for one in self.editor.ask("textDocument/codeAction", params) if "edit" in one)
        self.editor.apply(action["edit"])

    def declares(self, title: str, wording: str) -> None:
        """Write the declaration that a message shows, with `wording` for its `…`, on a line of its own above the requirement."""
        found = DECLARE.search(self.reads(title)["message"])
        assert found is not None
        self.cursor = self.text.index("RULE-1")
        self.types(found[1].replace("…", wording) + "\n  ")


def test_a_newcomer_writes_a_rule_by_what_is_offered_and_said(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / SPEC).write_text("", encoding="utf-8")
    (tmp_path / "specc.toml").write_text("", encoding="utf-8")
    who = Newcomer(tmp_path)
    who.takes("feature")
    assert '`feature refunds "Refund assistant" { … }`' in who.reads("`feature` needs a name")["message"]
    who.types(' desk "Help desk" {')
    who.has_it_done("`feature desk` has no closing `}`")
    who.goes('"Help desk" {')
    who.types("\n  ")
    who.takes("role")
    assert '`role "You are …"`' in who.reads("`role` needs one text in quotes")["message"]
    who.types(' "You are the help desk of a shop."\n  ')
    who.takes("rule")
    who.types(' "In time" {\n    \n  }')
    who.goes('"In time" {\n    ')
    who.takes("when")
    assert "`when age <= 30 days and receipt`" in who.reads("`when` needs one condition")["message"]
    who.types(" age <= 30 days\n    ")
    who.declares("No given is named `age`", "the time since the order")
    who.goes("when age <= 30 days\n    ")
    who.takes("must")
    who.types(" approve")
    who.declares("No outcome is named `approve`", "take it back")
    gap = who.reads("No requirement decides")["message"]
    assert "one with `default` for all that is left" in gap
    who.goes("must approve\n  }")
    who.types("\n  ")
    who.takes("rule")
    who.types(" {\n    must approve\n    \n  }")
    who.goes("RULE-2 rule {\n    must approve\n    ")
    who.takes("default")
    assert '`mentions "…"`' in who.reads("No answer can fail `RULE-1`")["message"]
    who.goes('"take it back"')
    who.types(" { ")
    who.takes("mentions")
    who.types(' "take it back" }')
    who.editor.until(who.uri, [])
    (tmp_path / SPEC).write_text(who.text, encoding="utf-8")
    assert who.editor.close() == 0
    report = build(tmp_path)
    assert report.done
    assert report.diagnostics == ()
    assert "take it back" in (tmp_path / "generated/desk/prompt.md").read_text(encoding="utf-8")
