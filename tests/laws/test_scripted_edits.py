"""Edits as people make them, on every prompt and every set of cases that ships: the right state, requirement and kind for each.

Each edit has a name; it is tried wherever it can be made. Those that change nothing that is read give no more than a note.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from speclang.diagnostics.code import Severity
from speclang.diagnostics.diagnostic import Diagnostic
from speclang.engine.compiling import Opened
from speclang.engine.standing.differences import Held
from speclang.engine.standing.stand import stand
from speclang.plan.artifact import Artifact, Part
from speclang.source.records import replace
from tests.strategies.shipped import FEATURES, alone

Built = dict[str, tuple[Opened, Held]]
"""The projects of the features that ship, each with what lies there, by the paths of their generated files."""

EDITED, DELETED, ORPHAN, MOVED, DOUBLED = "E0702", "E0704", "E0705", "E0706", "E0707"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each feature that ships, in a project of its own."""
    projects = [alone(feature, tmp_path_factory.mktemp(feature)) for feature in FEATURES]
    return {one.path: (opened, Held.of(opened)) for opened in projects for one in opened.compiled.artifacts}


def found(built: Built, artifact: Artifact, text: str) -> tuple[Diagnostic, ...]:
    """What is found where the file of `artifact` holds `text`."""
    opened, held = built[artifact.path]
    return stand(opened, replace(held, files={**held.files, artifact.path: text})).diagnostics


Swap = Callable[[str], str | None]
"""A part after an edit; None where the edit can't be made there."""


def word(old: str, new: str) -> Swap:
    return lambda text: re.sub(rf"\b{old}\b", new, text, count=1) if re.search(rf"\b{old}\b", text) else None


def number(text: str) -> str | None:
    at = re.search(r"(?<![\w.-])[1-9]\d*(?![\w.-])", text)
    return text[: at.start()] + str(int(at[0]) + 7) + text[at.end() :] if at else None


def added(sentence: str) -> Swap:
    return lambda text: (
        f"{text.rstrip()} {sentence}{text[len(text.rstrip()) :]}" if text.strip().endswith(".") else None
    )


def cut(text: str) -> str | None:
    words = text.rstrip().split(" ")
    return " ".join(words[:-2]) + ".\n" if len(words) > 8 and text.endswith("\n") and "\n" not in text.strip() else None


def split(text: str) -> str | None:
    at = text.find(". ")
    return f"{text[: at + 1]}\n- {text[at + 2 :]}" if text.startswith("- ") and at > 0 else None


CLAUSES: dict[str, tuple[Swap, str]] = {
    "a number": (number, "number"),
    "days to hours": (word("days", "hours"), "unit"),
    "dollars to euros": (word("USD", "EUR"), "unit"),
    "is to is not": (word("is", "is not"), "negation"),
    "never taken out": (word("[Nn]ever ", ""), "negation"),
    "do to do not": (word("Do", "Do not"), "negation"),
    "must to should": (word("must", "should"), "modality"),
    "at most to at least": (word("at most", "at least"), "scope"),
    "and to or": (word("and", "or"), "scope"),
    "if to unless": (word("If", "Unless"), "scope"),
    "before to after": (word("before", "after"), "scope"),
    "a noun": (word("customer", "visitor"), ""),
    "a verb": (word("tell", "write to"), ""),
    "a sentence more": (added("Be kind about it."), ""),
    "the end cut off": (cut, ""),
    "split in two": (split, ""),
}
"""Edits of a clause, each with the kind of words that it changes, as it is told."""


def parts(artifact: Artifact, kind: str) -> Iterator[tuple[int, Part]]:
    at = 0
    for part in artifact.parts:
        if part.kind == kind:
            yield at, part
        at += len(part.text)


def named(built: Built, name: str) -> list[Artifact]:
    every = {one.path: one for opened, _ in built.values() for one in opened.compiled.artifacts}
    return [one for path, one in every.items() if path.endswith(f"/{name}")]


COUNTS: Counter[str] = Counter()


@pytest.mark.parametrize("edit", CLAUSES)
def test_a_clause_that_was_edited_is_told_with_its_requirement_and_the_kind_of_edit(built: Built, edit: str) -> None:
    change, kind = CLAUSES[edit]
    tried = 0
    for artifact in named(built, "prompt.md"):
        for at, part in list(parts(artifact, "clause")):
            text = change(part.text)
            if text is None or artifact.text.count(part.text) != 1:
                continue
            whole = artifact.text[:at] + text + artifact.text[at + len(part.text) :]
            said = found(built, artifact, whole)
            context = (edit, part.text, [(one.code.id, one.requirement, one.primary.text) for one in said])
            assert part.owner in {one.requirement for one in said}, context
            assert {one.code.id for one in said} <= {EDITED, ORPHAN}, context
            if kind:
                assert any(re.search(rf"\(.*\b{kind}\b.*\)", one.primary.text) for one in said), context
            elif edit in ("a noun", "a verb"):
                assert not any(one.primary.text.endswith(")") for one in said), context
            tried += 1
    COUNTS[edit] += tried


def removed(text: str, at: int, part: Part) -> str:
    return text[:at] + text[at + len(part.text) :]


def doubled(text: str, at: int, part: Part) -> str:
    return text[:at] + part.text + text[at:]


def with_more(text: str, at: int, part: Part) -> str:
    return text[:at] + "- Hum a song while you think.\n" + text[at:]


def moved_down(text: str, at: int, part: Part) -> str:
    rest = removed(text, at, part)
    after = rest.find("\n", at) + 1
    return rest[:after] + part.text + rest[after:]


def merged(text: str, at: int, part: Part) -> str:
    """Its line joined to the next one, as one item with two sentences."""
    end = at + len(part.text)
    return text[: end - 1] + " " + text[end:].removeprefix("- ")


LINES: dict[str, tuple[Callable[[str, int, Part], str], str]] = {
    "taken out": (removed, DELETED),
    "twice": (doubled, DOUBLED),
    "a line added before it": (with_more, ORPHAN),
    "one place further down": (moved_down, MOVED),
    "merged with the next": (merged, EDITED),
}


@pytest.mark.parametrize("edit", LINES)
def test_a_line_that_came_went_or_moved_is_told_as_what_it_is(built: Built, edit: str) -> None:
    change, code = LINES[edit]
    tried = 0
    for artifact in named(built, "prompt.md"):
        clauses = [(at, part) for at, part in parts(artifact, "clause") if part.text.startswith("- ")]
        for number_, (at, part) in enumerate(clauses):
            if artifact.text.count(part.text) != 1 or part.text.count("\n") != 1:
                continue
            if code in (MOVED, EDITED) and (
                number_ + 1 == len(clauses)
                or clauses[number_ + 1][0] != at + len(part.text)
                or "\n" in clauses[number_ + 1][1].text.rstrip()
            ):
                continue
            said = found(built, artifact, change(artifact.text, at, part))
            context = (edit, part.text, [(one.code.id, one.requirement, one.primary.text) for one in said])
            told = {one.code.id for one in said if one.level is Severity.ERROR}
            assert told == {code}, context
            about = {one.requirement for one in said if one.code.id in told}
            neighbours = {part.owner, *(other.owner for _, other in clauses[number_ + 1 : number_ + 2])}
            assert about <= neighbours if code in (MOVED, EDITED) else code == ORPHAN or about == {part.owner}, context
            tried += 1
    COUNTS[edit] += tried


def flipped(text: str) -> str | None:
    at = re.search(r"(?m)^  expect:\n    (\w+):", text)
    return text[: at.start(1)] + "something_else" + text[at.end(1) :] if at else None


def loosened(text: str) -> str | None:
    at = re.search(r"(?m)^    at_most: (\d+)$", text)
    return text[: at.start(1)] + str(int(at[1]) * 10) + text[at.end(1) :] if at else None


CASES: dict[str, tuple[str, Swap, str]] = {
    "the expectation flipped": ("case", flipped, EDITED),
    "an input changed": ("case", lambda text: number(text) if "\n  given:" in text else None, EDITED),
    "a turn reworded": ("case", word("my", "our"), EDITED),
    "a case taken out": ("case", lambda text: "", DELETED),
    "a grader loosened": ("grader", loosened, EDITED),
    "a grader of another level": ("grader", word("level: must", "level: should"), EDITED),
    "a grader taken out": ("grader", lambda text: "", DELETED),
}


@pytest.mark.parametrize("edit", CASES)
def test_a_case_or_grader_that_was_edited_is_told_with_its_requirement(built: Built, edit: str) -> None:
    kind, change, code = CASES[edit]
    tried = 0
    for artifact in named(built, "cases.yaml"):
        every = list(parts(artifact, kind))
        for at, part in every[:: max(1, len(every) // 12)]:
            text = change(part.text)
            if text is None or text == part.text:
                continue
            whole = artifact.text[:at] + text + artifact.text[at + len(part.text) :]
            said = [one for one in found(built, artifact, whole) if one.level is Severity.ERROR]
            context = (edit, part.id, [(one.code.id, one.requirement, one.primary.text) for one in said])
            assert {(one.code.id, one.requirement) for one in said} == {(code, part.owner)}, context
            tried += 1
    COUNTS[edit] += tried


COSMETIC: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "blanks at the ends of lines": lambda text: re.sub(r"(?m)(?<=\S)$", "  ", text),
    "an empty line more at the end": lambda text: f"{text}\n",
    "no newline at the end": lambda text: text.rstrip("\n"),
    "empty lines doubled": lambda text: text.replace("\n\n", "\n\n\n"),
    "stars for dashes": lambda text: re.sub(r"(?m)^- ", "* ", text),
}


@pytest.mark.parametrize("edit", COSMETIC)
def test_what_changes_nothing_that_is_read_fails_nothing(built: Built, edit: str) -> None:
    for artifact in named(built, "prompt.md"):
        text = COSMETIC[edit](artifact.text)
        said = found(built, artifact, text)
        assert not [one.title for one in said if one.level is not Severity.NOTE], artifact.path
        assert said or text == artifact.text
        COUNTS[edit] += 1


def test_there_were_hundreds_of_edits_of_every_kind() -> None:
    if set(COUNTS) == {*CLAUSES, *LINES, *CASES, *COSMETIC}:
        assert sum(COUNTS.values()) >= 500, COUNTS
        assert min(COUNTS.values()) >= 1, COUNTS
