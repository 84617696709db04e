"""`docs/kinds.md` is written by the kinds: what each says of itself, and what its first sample builds. `--accept` rewrites it."""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import has_errors
from speclang.kit import registry
from speclang.model.requirement import Level
from tests.suite.examples import compiled, drawn
from tests.suite.test_docs import made

PAGE = Path(__file__).parents[2] / "docs" / "kinds.md"
ACME = Path(__file__).parents[1] / "fixtures" / "acme_kind"
HEAD = """\
# Kinds of requirement

Written by `make accept` from the kinds themselves; `specc explain KIND` shows the same without the sample. How each is used
in a feature stands in [the language](language.md#kinds), and how to make one in [writing a kind](writing-a-kind.md).

Every requirement also takes `when unless over default phrase because owner tags since status holds known_to_fail`.

"""
BUILT = {"clause": "In the prompt", "case": "Cases", "grader": "Graders"}


def reference(name: str) -> str:
    """The section of one kind."""
    said = registry.describe(name)
    assert said is not None
    kind = registry.load(name)
    lines = [f"## {name}\n\n{shown(said)}\n", f"Section of the prompt: `{kind.section}`. {levels(kind.levels)}\n"]
    if kind.SAMPLES:
        lines.extend(sample(kind.SAMPLES[0].spec))
    return "\n".join(lines)


def shown(said: str) -> str:
    """Examples of a kind name things that a reader imagines: they are no files to compile."""
    return re.sub(r"(?m)^```spec.*$", "```text", said)


def levels(allowed: Iterable[Level]) -> str:
    names = [f"`{level.value}`" for level in allowed]
    return f"Levels: {' '.join(names)}." if names else "It has no levels: what it states is a must."


def sample(spec: str) -> list[str]:
    """A sample, with what its requirements `X-…` build."""
    result = compiled({"sample.spec": spec})
    assert not has_errors(result.diagnostics), drawn(result.diagnostics, result.places)
    lines = [f"A sample:\n\n```spec\n{spec.rstrip()}\n```\n"]
    own = {part.owner for one in result.artifacts for part in one.parts if part.owner.startswith("X-")}
    for what, title in BUILT.items():
        found = made(result, what, own)
        if found:
            lines.append(f"{title}:\n\n```text\n" + "\n".join(found) + "\n```\n")
    return lines


def test_the_page_says_what_the_kinds_say(expect: Callable[[Path, str], None]) -> None:
    expect(PAGE, HEAD + "\n".join(reference(name) for name in registry.names()))


@pytest.mark.parametrize("name", registry.names())
def test_every_field_and_every_code_of_a_kind_is_told(name: str) -> None:
    told = registry.describe(name) or ""
    kind = registry.load(name)
    module = sys.modules[type(kind).__module__]
    assert set(kind.Fields.model_fields) == set(re.findall(r"(?m)^- `(\w+)` \(", told)), name
    own = {one.id for one in vars(module).values() if type(one).__name__ == "Code" and one.id.startswith(f"{name}/")}
    assert own <= set(re.findall(r"(?m)^- `(\w+/[\w-]+)`: ", told))


def test_a_kind_of_somebody_else_is_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_foreign_file", lambda name: ACME / f"acme_{name}.py")
    told = registry.describe("citation", ("citation",)) or ""
    assert "- `source` (texts, after commas): The documents, each as it is to be named." in told
    assert "- `citation/no-source`: Citation of nothing" in told
