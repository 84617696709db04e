"""What VS Code inserts for a word: each is a spec that compiles, and each kind has one, taken from what the kind says of itself."""

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

from speclang.kit import registry
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from tests.conftest import Expect

FOLDER = Path(__file__).parents[3] / "editors/vscode/snippets"
_PLACE = re.compile(r"\$\{(\d+):((?:[^}\\]|\\.)*)\}|\$\{(\d+)\|((?:[^|\\]|\\.)*)\|\}|\$(\d+)")


def example(kind: str) -> list[str]:
    """The first example of a kind: how it is meant to be used."""
    found = re.search(r"```spec\n(.*?)\n```", registry.describe(kind) or "", re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def requirement(lines: list[str]) -> list[str]:
    """The first requirement among `lines`, its ID and its texts made places to fill in."""
    start = next(at for at, line in enumerate(lines) if re.match(r"\s*[A-Za-z]+-\w+ ", line))
    depth, end = 0, start
    for end in range(start, len(lines)):
        depth += lines[end].count("{") - lines[end].count("}")
        if depth <= 0:
            break
    number = 0

    def place(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        text = re.sub(r"([\\$}])", r"\\\1", found["id"] or found["text"])
        return f"${{{number}:{text}}}" if found["id"] else f'"${{{number}:{text}}}"'

    written = re.compile(r'^(?P<id>[A-Za-z]+-\w+)|"(?P<text>[^"{}\\]+)"')
    return [written.sub(place, line) for line in dedent("\n".join(lines[start : end + 1])).splitlines()]


def expanded(body: str | list[str]) -> str:
    """What stands there if nobody fills anything in."""

    def default(found: re.Match[str]) -> str:
        return re.sub(r"\\(.)", r"\1", found[2] if found[1] else (found[4] or "").split(",")[0])

    return _PLACE.sub(default, body if isinstance(body, str) else "\n".join(body))


def test_every_kind_has_a_snippet(expect: Expect) -> None:
    kinds = {
        name: {
            "prefix": name,
            "description": (registry.describe(name) or "").splitlines()[0].partition(": ")[2],
            "body": requirement(example(name)),
        }
        for name in registry.names()
    }
    expect(FOLDER / "kinds.json", json.dumps(kinds, indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", ["declarations.json", "kinds.json"])
def test_what_is_inserted_can_be_read(name: str) -> None:
    for word, snippet in json.loads((FOLDER / name).read_text(encoding="utf-8")).items():
        found = parse(SourceText("a.spec", expanded(snippet["body"]) + "\n"))
        assert found.diagnostics == (), word
        assert found.value.units, word
