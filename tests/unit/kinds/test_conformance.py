"""Every kind keeps its promises, and the suite sees it when one does not."""

import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from speclang.kit import registry
from speclang.kit.conformance import problems
from tests.strategies.reading import read

ACME = Path(__file__).parents[2] / "fixtures" / "acme_kind" / "acme_citation.py"


@pytest.mark.parametrize("name", registry.names())
def test_every_kind_passes_the_suite_that_others_must_pass(name: str) -> None:
    assert list(problems(registry.load(name), read)) == []


@pytest.fixture
def acme(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What the suite says of the foreign kind, after its code was changed by replacing texts."""

    def said(*changes: tuple[str, str]) -> list[str]:
        text = ACME.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        module = ModuleType("acme_citation", text.split('"""')[1])
        monkeypatch.setitem(sys.modules, "acme_citation", module)
        linecache.cache["acme_citation.py"] = (len(text), None, text.splitlines(keepends=True), "acme_citation.py")
        module.__file__ = "acme_citation.py"
        exec(compile(text, "acme_citation.py", "exec"), vars(module))  # noqa: S102 - a kind as somebody might have written it
        kind = module.Citation()
        monkeypatch.setattr(registry, "_own", lambda: frozenset({"citation"}))
        monkeypatch.setattr(registry, "_made", lambda module, name: kind)
        return list(problems(kind, read))

    return said


def test_a_foreign_kind_passes_it_too(acme: Callable[..., list[str]]) -> None:
    assert acme() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("```spec citation/no-source\n", "```text\n")], "its docstring lacks a good and a bad example"),
        ([("```spec citation/no-source\n", "```spec citation/other\n")], "should give `citation/other`"),
        ([('source "Returns policy" }\n```', "}\n```")], "is not clean: `CITE-1` cites nothing"),
        ([('    """The documents, each as it is to be named."""\n', "")], "its field `source` has no sentence"),
        ([('section = "rules"', 'section = "the rules"')], "its name or its section is no plain word"),
        ([('True, "names it"', 'False, "names it"')], "the sample `cites-1` (names it) must fail"),
        (
            [('Sample(_SPEC, "cites-1", Answer("Yes, see', 'Sample(_SPEC, "cites-9", Answer("Yes, see')],
            "there is no grader",
        ),
        ([('{ source "Returns policy" }\\n}', '{ sauce "x" }\\n}')], "its spec does not compile"),
        (
            [('        Sample(_SPEC, "cites-1", Answer("Yes, see the Returns policy."), True, "names it"),\n', "")],
            "the grader `cites-1` has no sample that must pass",
        ),
        ([("return Verdict(found, f", "return Verdict(found or not answer.text, f")], "passes an empty answer"),
        ([('f"it {', '"" and f"it {')], "gives no reason"),
        ([("found = source", "found = answer.text[0] and source")], "stops with IndexError"),
        ([("requirement.when is None\n", "True\n")], "judges every case, though its requirement has a condition"),
        ([("return say.sentence(requirement, [(Level.MUST, said)])", "return iter(said[0])")], "is no sentence"),
        (
            [
                (
                    "return say.sentence(requirement, [(Level.MUST, said)])",
                    'vars(self).setdefault("asked", []).append(1)\n        return iter([Piece("I" * len(self.asked) + ".", own)])',
                )
            ],
            "its clause is not the same twice",
        ),
        (
            [("return say.sentence(requirement, [(Level.MUST, said)])", 'return iter([Piece("Cite.", own)])')],
            "its clause does not say when it holds",
        ),
        ([("own = Origin(requirement.id,", 'own = Origin("X-9",')], "comes from `X-9`, which is not declared"),
        (
            [('(Piece("name your source: ", own), *one)', '(Piece("name your book: ", own, hole=True), *one)')],
            "shows something else than its place in the spec",
        ),
        ([("return cases.standard(requirement)", "return iter(())")], "nothing tries it"),
        (
            [("return cases.standard(requirement)", "return iter([d for d in [cases.nominal(requirement)] if d])")],
            "no case of it lies where its condition does not hold",
        ),
        ([('slug, always = f"{requirement.id}/cites', 'slug, always = f"CITE/cites')], "does not speak for `X-1`"),
        (
            [
                (
                    "for number, one in enumerate(self.fields(requirement).source, 1)",
                    "for number, one in [(1, self.fields(requirement).source[0])] * 2",
                )
            ],
            "two of its graders have one ID",
        ),
    ],
)
def test_a_broken_promise_is_seen(acme: Callable[..., list[str]], changes: list[tuple[str, str]], said: str) -> None:
    assert any(said in one for one in acme(*changes)), acme(*changes)
