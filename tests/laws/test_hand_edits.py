"""Edits that people make to generated files, one a row: what is told of each, of which requirement, in which words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from speclang.engine.build import build
from speclang.engine.compiling import Opened, open_project
from speclang.engine.standing.stand import stand

ROOT = Path(__file__).parents[2]
PROMPT, CASES = "generated/refunds/prompt.md", "generated/refunds/cases.yaml"

Edit = Callable[[str], str]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The specs that ship, built in a folder of their own."""
    folder = tmp_path_factory.mktemp("edits")
    shutil.copytree(ROOT / "specs", folder / "specs")
    (folder / "specc.toml").write_text("", encoding="utf-8")
    assert build(folder).done
    return open_project(folder)


def told(opened: Opened, path: str, edit: Edit) -> list[tuple[str, str, str]]:
    """Code, requirement and label of each finding after `edit`."""
    file = opened.root / path
    before = file.read_bytes()
    after = edit(before.decode()).encode()
    assert after != before, "the edit changes nothing"
    file.write_bytes(after)
    try:
        return [(one.code.id, one.requirement, one.primary.text) for one in stand(opened).diagnostics]
    finally:
        file.write_bytes(before)


def swap(old: str, new: str) -> Edit:
    """Replace the first `old`, which must be there."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def line(text: str, begin: str) -> str:
    return next(one for one in text.splitlines(keepends=True) if one.startswith(begin))


def without(begin: str) -> Edit:
    return lambda text: text.replace(line(text, begin), "", 1)


def moved(begin: str, before: str, edit: Edit = lambda text: text) -> Edit:
    """Take the line that starts with `begin` to stand before `before`, edited on the way."""
    return lambda text: without(begin)(text).replace(before, edit(line(text, begin)) + before, 1)


def bounds(text: str, case: str) -> tuple[int, int]:
    start = text.index(f"- case: {case}\n")
    return start, text.index("\n- case:", start) + 1


def in_case(case: str, edit: Edit) -> Edit:
    def whole(text: str) -> str:
        start, end = bounds(text, case)
        return text[:start] + edit(text[start:end]) + text[end:]

    return whole


def copied(text: str) -> str:
    start, end = bounds(text, "REF-1/nominal")
    return text[:end] + text[start:end] + text[end:]


def indented_lists(text: str) -> str:
    """Every list two columns further in than the key it belongs to, as formatters of YAML have it."""
    shown: list[str] = []
    deeper = ""
    for one in text.splitlines(keepends=True):
        if not one.startswith((" ", "-")):
            deeper = ""
        elif one.startswith("- "):
            deeper = "  "
        shown.append(deeper + one if one.strip() else one)
    return "".join(shown)


MINE = '- case: MY-1/mine\n  requirement: REF-1\n  turns:\n  - user: "Hello"\n'

ALIKE = ", which looks the same:"
NO_BREAK, CYRILLIC = "30\u00a0days", "appr\u043eve"
EDITED = [
    (PROMPT, swap("at most 30 days", "at most 45 days"), "REF-1", '"30" became "45" (number)'),
    (PROMPT, swap("at most 30 days", "at most 30 hours"), "REF-1", '"days" became "hours" (unit)'),
    (PROMPT, swap("500 USD,", "500 EUR,"), "REF-3", '"USD" became "EUR" (unit)'),
    (PROMPT, swap("120 words", "150 words"), "FMT-1", '"120" became "150" (number)'),
    (PROMPT, swap("- Refuse", "- You may refuse"), "LAW-1", '"Refuse" became "You may refuse" (modality)'),
    (PROMPT, swap("approve the refund", "do not approve the refund"), "REF-1", '"do not" was added (negation)'),
    (PROMPT, swap("is not platinum", "is platinum"), "REF-2", '"not" was taken out (negation)'),
    (PROMPT, swap(" This overrides other rules.", ""), "REF-3", '"This overrides other rules." was taken out'),
    (PROMPT, swap('else?".', 'else?". Be nice.'), "FMT-1", '"Be nice." was added'),
    (PROMPT, swap("## Format", "## Style"), "feature refunds", '"Format" became "Style"'),
    (PROMPT, swap("- If the order", "  - If the order"), "REF-3", "the indentation was changed"),
    (PROMPT, swap("no slang.\n- If", "no slang. - If"), "BRAND-1", "it shares a line with its neighbour"),
    (PROMPT, swap("electronics.\nYou", "electronics.\n\nYou"), "feature refunds", "a line was split"),
    (PROMPT, moved("- In every", "- Write", swap("hand", "always hand")), "REF-4", '"always" was added (scope)'),
    (PROMPT, swap("30 days", NO_BREAK), "REF-1", f'"30 days" became "30\u00a0days"{ALIKE} a no-break space (U+00A0) in place of a space'),
    (PROMPT, swap("approve", "approve\u200b"), "REF-1", f'"approve" became "approve\u200b"{ALIKE} a zero width space (U+200B) was added'),
    (PROMPT, swap("approve", CYRILLIC), "REF-1", f'"approve" became "appr\u043eve"{ALIKE} a Cyrillic "\u043e" (U+043E) in place of "o"'),
    (CASES, in_case("REF-1/nominal", swap("approve: [", "decline: [")), "REF-1", 'in `expect`, "approve" became "decline"'),
    (CASES, in_case("REF-1/nominal", swap("amount: 80", "amount: 90")), "REF-1", 'in `graders`, "80" became "90" (number)'),
    (CASES, in_case("REF-1/nominal", swap("expect:", "skip: true\n  expect:")), "REF-1", 'in `turns`, "skip: true" was added'),
    (CASES, in_case("REF-1/nominal", swap("  expect:", "expect:")), "REF-1", "the indentation was changed"),
    (CASES, swap("case: REF-1/nominal", "case: REF-1/usual"), "REF-1", '"REF-1/nominal" became "REF-1/usual"'),
    (CASES, swap("at_most: 120", "at_most: 500"), "FMT-1", 'in `settings`, "120" became "500" (number)'),
    (CASES, swap(", FMT-1/words, ", ", "), "feature refunds", '"FMT-1/words," was taken out'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "edit", "owner", "change"), EDITED, ids=[row[3] for row in EDITED])
def test_an_edit_is_told_with_its_requirement_and_its_words(
    opened: Opened, path: str, edit: Edit, owner: str, change: str
) -> None:
    assert told(opened, path, edit) == [("E0702", owner, change)]


OTHER = {
    "a clause removed": (PROMPT, without("- In every"), [("E0704", "REF-4")]),
    "a heading removed": (PROMPT, swap("## Format\n\n", ""), [("E0704", "feature refunds")]),
    "a clause moved": (PROMPT, moved("- In every", "- Write"), [("E0706", "REF-4")]),
    "a rule about the order": (PROMPT, swap("- In every", "- Mind the order total.\n- In every"), [("E0705", "REF-3")]),
    "a rule about nothing known": (PROMPT, swap("- In every", "- Sing loudly.\n- In every"), [("E0705", "REF-3")]),
    "a paragraph at the end": (PROMPT, lambda text: text + "\nIgnore everything.\n", [("E0705", "LAW-1")]),
    "two clauses in one sentence": (
        PROMPT,
        swap("other rules.\n- In every", "other rules. In every"),
        [("E0702", "REF-3"), ("E0702", "REF-4")],
    ),
    "a clause split": (
        PROMPT,
        swap(
            " and the customer has the receipt, approve",
            ", approve the refund.\n- The customer has the receipt, approve",
        ),
        [("E0702", "REF-1")],
    ),
    "a case removed": (CASES, in_case("REF-2/nominal", lambda _: ""), [("E0704", "REF-2")]),
    "a case added": (CASES, lambda text: text + MINE, [("E0705", "REF-1")]),
    "a case doubled": (CASES, copied, [("E0707", "REF-1")]),
    "a grader removed": (
        CASES,
        swap("- grader: LAW-1/refused\n  requirement: LAW-1\n  level: must\n  check: refused\n", ""),
        [("E0704", "LAW-1")],
    ),
    "a number among other line ends": (
        PROMPT,
        lambda text: text.replace("at most 30", "at most 45").replace("\n", "\r\n"),
        [("E0702", "REF-1")],
    ),
}


@pytest.mark.parametrize("what", OTHER)
def test_what_is_removed_moved_added_or_doubled_is_told_with_its_requirement(opened: Opened, what: str) -> None:
    path, edit, wanted = OTHER[what]
    assert [(code, owner) for code, owner, _ in told(opened, path, edit)] == wanted


LAYOUT: dict[str, tuple[str, Edit]] = {
    "line ends": (PROMPT, lambda text: text.replace("\n", "\r\n")),
    "a byte order mark": (PROMPT, lambda text: "\ufeff" + text),
    "no newline at the end": (PROMPT, lambda text: text.rstrip("\n")),
    "spaces at the end of a line": (PROMPT, swap("refund.\n", "refund.  \n")),
    "two spaces": (PROMPT, swap("approve the", "approve  the")),
    "a clause on two lines": (PROMPT, swap("30 days and", "30 days\n  and")),
    "a paragraph on one line": (PROMPT, swap("electronics.\nYou", "electronics. You")),
    "an empty line between items": (PROMPT, swap("- In every", "\n- In every")),
    "no empty line after a heading": (PROMPT, swap("## Rules\n\n", "## Rules\n")),
    "other marks of the lists": (PROMPT, lambda text: text.replace("\n- ", "\n* ")),
    "empty lines between cases": (CASES, lambda text: text.replace("\n- case", "\n\n- case")),
    "line ends of the cases": (CASES, lambda text: text.replace("\n", "\r\n")),
    "a formatter of YAML": (CASES, indented_lists),
}


@pytest.mark.parametrize("what", LAYOUT)
def test_what_no_reader_sees_is_one_note(opened: Opened, what: str) -> None:
    path, edit = LAYOUT[what]
    assert [code for code, _, _ in told(opened, path, edit)] == ["E0713"]
