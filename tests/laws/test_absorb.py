"""The road back: what is taken from a prompt into the spec builds exactly that prompt, and what can't be taken changes no byte.

GetPut, PutGet and "nothing lost" in the sense of lenses (Foster and others, 2007), over edits that people and chance make.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.diagnostics.code import Severity
from speclang.engine.absorption.absorb import Absorbed, absorb
from speclang.engine.check import check
from tests.fixtures.shop import built_shop

PROMPT = "generated/refunds/prompt.md"
WORD = re.compile(r"[^\s`]+")
WORDS = (
    "never",
    "colleague",
    "45",
    "1,200",
    'say "hello"',
    "a {b} c",
    "back\\slash",
    "naïve",
    "日本",
    "must",
    "1 day",
    "gold",
    "%",
)

CHANGES = st.tuples(st.floats(0, 0.999), st.sampled_from(("replace", "remove", "add")), st.sampled_from(WORDS))
"""Where in a prompt, what is done there, and with which word."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two features that share a policy, built in a folder of their own."""
    return built_shop(tmp_path_factory.mktemp("absorb") / "project")


def told(folder: Path) -> set[tuple[str, str]]:
    """The errors that a check finds: codes, and the requirements that they are about."""
    found = check(folder, afresh=True).diagnostics
    return {(one.code.id, one.requirement) for one in found if one.level is Severity.ERROR}


def held(folder: Path) -> dict[str, bytes]:
    """Every file that a user has."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".specc" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def after(project: Path, edit: Callable[[str], str]) -> tuple[Absorbed, dict[str, bytes], dict[str, bytes]]:
    """What becomes of an edit of the prompt: the report, and the files before and after; the project is as it was."""
    built = held(project)
    prompt = project / PROMPT
    text = edit(prompt.read_bytes().decode())
    prompt.write_bytes(text.encode())
    before = held(project)
    try:
        report = absorb(project)
        now = held(project)
        if report.done:
            assert now[PROMPT] == before[PROMPT] or text.split() == now[PROMPT].decode().split(), (
                "the prompt is what was edited"
            )
            assert {code for code, _ in told(project)} <= {"E0718"}, "nothing but what has to be read again"
        else:
            assert now == before, "a refusal changes no byte"
            assert report.diagnostics
        return report, before, now
    finally:
        for path, data in built.items():
            (project / path).write_bytes(data)


def test_what_nobody_edited_changes_no_byte(project: Path) -> None:
    before = held(project)
    assert absorb(project).done
    assert held(project) == before


@st.composite
def edits(draw: st.DrawFn) -> Callable[[str], str]:
    """One to three words of a prompt replaced, taken out or added."""
    made = draw(st.lists(CHANGES, min_size=1, max_size=3))

    def edit(text: str) -> str:
        for share, deed, word in made:
            found = list(WORD.finditer(text))
            at = found[int(share * len(found))]
            new = {"replace": word, "remove": "", "add": f"{at[0]} {word}"}[deed]
            text = text[: at.start()] + new + text[at.end() :]
        return text

    return edit


@given(edit=edits())
@settings(max_examples=12)
def test_an_edit_is_in_the_spec_or_no_file_is_touched(project: Path, edit: Callable[[str], str]) -> None:
    after(project, edit)


def swap(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return edit


TAKEN = {
    "a number of a format": (swap("at most 120 words", "at most 90 words"), {"FMT-1": "words <= 90"}),
    "an amount": (swap("more than 500 USD", "more than 750 USD"), {"REF-3": "total > 750 USD"}),
    "a text of a declaration": (
        swap("Looks up one order.", "Looks up an order."),
        {"tool lookup_order": '"Looks up an order."'},
    ),
    "words of a block text": (
        swap("an online shop for electronics", "a shop for books"),
        {"feature refunds": "Acme, a shop for books."},
    ),
    "a text with quotes and braces": (
        swap("Anything else?", 'Any "thing" {else}?'),
        {"FMT-1": r'"Any \"thing\" \{else\}?"'},
    ),
    "wording around a number": (
        swap("at most 30 days and the customer", "at most 30 days, and only if the customer"),
        {"REF-1": 'phrase  "If the time since delivery is at most {age.limit}, and only if the customer'},
    ),
    "a name that other clauses say too": (
        swap("If the time since delivery is at most", "If the time since arrival is at most"),
        {"REF-1": 'phrase  "If the time since arrival is at most {age.limit} and the customer'},
    ),
    "a line that was added": (
        swap(
            "- In every other case, hand over to a colleague.\n",
            "- In every other case, hand over to a colleague.\n- Be kind.\n",
        ),
        {"REF-5": 'REF-5 prose "Be kind" { text "Be kind." }'},
    ),
    "a clause of a policy": (swap("within 24 hours", "within 48 hours"), {"BRAND-2": "48"}),
    "two edits of two requirements": (
        lambda text: swap("500 USD", "900 USD")(swap("120 words", "99 words")(text)),
        {"REF-3": "900 USD", "FMT-1": "words <= 99"},
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_an_edit_goes_to_the_place_that_says_it(project: Path, name: str) -> None:
    edit, says = TAKEN[name]
    report, before, now = after(project, edit)
    assert [one.title for one in report.diagnostics if report.done is False] == []
    assert now[PROMPT] == before[PROMPT]
    specs = "\n".join(text.decode() for path, text in now.items() if path.endswith(".spec"))
    assert set(report.taken) == set(says)
    for said in says.values():
        assert said in specs


REFUSED = {
    "a bound whose other side stays": (swap("at most 30 days", "at most 45 days"), "on the same input"),
    "a heading": (swap("## Rules", "## The rules"), "no requirement says it"),
    "a clause that others are over": (
        lambda text: re.sub(r"(?m)^- If the time since delivery is at most.*\n", "", text),
        "`REF-1` is retired, so nothing can be over it",
    ),
    "a number written in another way": (swap("500 USD", "1,250.50 USD"), '"1,250.50" became "1250.50"'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_that_can_t_be_said_is_refused_with_the_reason(project: Path, name: str) -> None:
    edit, reason = REFUSED[name]
    report, _, _ = after(project, edit)
    assert not report.done
    assert any(reason in note for one in report.diagnostics for note in one.notes), [
        one.notes for one in report.diagnostics
    ]


def test_a_quantity_moves_everywhere_where_that_is_asked_for(project: Path) -> None:
    built = held(project)
    prompt = project / PROMPT
    prompt.write_text(
        prompt.read_text(encoding="utf-8").replace("at most 30 days", "at most 45 days"), encoding="utf-8"
    )
    try:
        assert absorb(project, wide=True).done
        text = prompt.read_text(encoding="utf-8")
        assert "at most 45 days" in text
        assert "more than 45 days" in text
        assert "30 day" not in text
        assert "REF-1/boundary/age=45" in (project / "generated/refunds/cases.yaml").read_text(encoding="utf-8")
        assert told(project) == {("E0718", "EX-1")}, "the conversation was written when the limit was another"
    finally:
        for path, data in built.items():
            (project / path).write_bytes(data)


def test_line_ends_and_byte_order_mark_of_a_spec_stay(project: Path) -> None:
    built = held(project)
    spec, prompt = project / "specs/refunds/refunds.spec", project / PROMPT
    spec.write_bytes(b"\xef\xbb\xbf" + spec.read_bytes().replace(b"\n", b"\r\n"))
    prompt.write_bytes(prompt.read_bytes().replace(b"at most 120 words", b"at most 90 words"))
    try:
        assert absorb(project).done
        data = spec.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"words <= 90" in data
        assert data.count(b"\n") == data.count(b"\r\n")
    finally:
        for path, old in built.items():
            (project / path).write_bytes(old)


@pytest.mark.parametrize("to", range(5))
def test_a_clause_that_was_moved_moves_its_requirement_with_its_comment(project: Path, to: int) -> None:
    def edit(text: str) -> str:
        lines = text.splitlines(keepends=True)
        rules = [at for at, line in enumerate(lines) if line.startswith(("- If the", "- In every", "- If `lookup"))]
        moved = next(at for at in rules if "500 USD" in lines[at])
        line = lines.pop(moved)
        lines.insert(rules[to], line)
        return "".join(lines)

    report, before, now = after(project, edit)
    if before[PROMPT] == (project / PROMPT).read_bytes():
        assert report.specs == ()
        return
    if not report.done:
        assert {one.code.id for one in report.diagnostics} <= {"E0716", "E0706"}
        return
    spec = "specs/refunds/refunds.spec"
    assert sorted(now[spec].splitlines()) == sorted(before[spec].splitlines())
    assert b"over    REF-1                        # where both apply, this one wins" in now[spec]
