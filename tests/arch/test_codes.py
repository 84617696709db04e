"""Each code of a finding is tied four ways: declared once, explained by a page, emitted by the compiler, seen in a test."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tests.arch.house import PACKAGE, ROOT, Module, modules

NUMBERS = {
    "E01": {"syntax"},
    "E02": {"bind"},
    "E03": {"bind", "values"},
    "E04": {"bind", "lowering"},
    "E05": {"analysis", "logic", "lowering"},
    "E06": {"analysis", "bind"},
    "E07": {"drift", "lock"},
    "E08": {"run", "engine", "grading"},
    "E09": {"project", "lock", "emit", "engine"},
    "E10": {"engine"},
}

RETIRED: set[str] = set()
"""Codes that were used once: never reused."""

RUN = re.compile(r"^```(?:spec|edit|toml|jinja)$", re.MULTILINE)
"""The blocks of a page that its test runs."""

PAGES = PACKAGE / "diagnostics" / "pages"


@dataclass(frozen=True)
class Declared:
    id: str
    title: str
    constant: str
    module: Module


@cache
def declared() -> tuple[Declared, ...]:
    """Every `NAME = Code("E0101", "title")` of the package."""
    found = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
                continue
            call = node.value
            if isinstance(call.func, ast.Name) and call.func.id == "Code" and isinstance(node.targets[0], ast.Name):
                id, title = (ast.literal_eval(argument) for argument in call.args[:2])
                found.append(Declared(id, title, node.targets[0].id, module))
    return tuple(found)


@cache
def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.md"))}


def page_of(code: str) -> str | None:
    wanted = code.replace("/", "-") if "/" in code else code + "-"
    return next(
        (text for name, text in pages().items() if name == wanted or (name.startswith(wanted) and "/" not in code)),
        None,
    )


def test_each_code_is_declared_once_and_none_comes_back() -> None:
    twice = [id for id, count in Counter(one.id for one in declared()).items() if count > 1]
    assert twice == []
    assert {one.id for one in declared()} & RETIRED == set()


def test_the_number_tells_the_floor() -> None:
    strays = [
        f"{one.id} in {one.module.name}"
        for one in declared()
        if ("/" in one.id and one.module.folder not in {"kinds", "kit"})
        or ("/" not in one.id and one.module.folder not in NUMBERS[one.id[:3]])
    ]
    assert strays == []


def test_a_kinds_code_bears_the_name_of_the_kind() -> None:
    foreign = [f"{one.id} in {one.module.name}" for one in declared() if "/" in one.id and one.module.folder == "kinds"]
    assert [line for line in foreign if not re.fullmatch(r"(\w+)/[a-z0-9-]+ in kinds/\1(\.py|/.*)", line)] == []


def test_titles_are_in_sentence_case_without_a_full_stop() -> None:
    wrong = [
        one.title for one in declared() if not re.fullmatch(r"[A-Z`\d].*[^.?!:]", one.title) or "error:" in one.title
    ]
    assert wrong == []


def test_each_code_has_a_page_whose_front_line_says_the_same() -> None:
    missing = [one.id for one in declared() if page_of(one.id) is None]
    assert missing == []
    other = [one.id for one in declared() if not (page_of(one.id) or "").startswith(f"# {one.id}: {one.title}\n")]
    assert other == []


def test_each_page_belongs_to_a_code() -> None:
    heads = {text.partition(":")[0].removeprefix("# ") for text in pages().values()}
    assert heads - {one.id for one in declared()} == set()


def test_each_page_says_what_it_means_shows_an_example_its_message_and_the_repair() -> None:
    sections = ("## What it means", "## Example", "## Message", "## Repaired")
    short = [
        name
        for name, text in pages().items()
        if [line for line in text.splitlines() if line in sections] != list(sections)
    ]
    assert short == []


def test_each_code_is_emitted() -> None:
    """A code is emitted if a function uses it and that function is called from a module other than the one that words it."""
    called = {module.name: {name.lstrip(".") for _, name in module.calls()} for module in modules()}
    dead = []
    for one in declared():
        makers = {
            function.name
            for function in one.module.functions()
            if any(isinstance(node, ast.Name) and node.id == one.constant for node in ast.walk(function))
        }
        wording = "errors" in one.module.name
        used = {name for name, names in called.items() if names & makers and not (wording and name == one.module.name)}
        if not used and (wording or not makers):
            dead.append(f"{one.id} ({', '.join(sorted(makers)) or 'no constructor'})")
    assert dead == []


def test_each_code_is_seen_in_the_suite() -> None:
    """The page is a test of its own; a code whose page can't show it (it needs a disk or a lock) is named in another test."""
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests").rglob("*"))
        if path.suffix in {".py", ".md", ".txt"} and path != ROOT / "tests/arch/test_codes.py"
    )
    unseen = [
        one.id for one in declared() if not RUN.search(page_of(one.id) or "") and not re.search(rf"\b{one.id}\b", said)
    ]
    assert unseen == []


def test_no_message_is_written_inside_a_pass() -> None:
    """Wording lives in `errors.py` files and in kinds: a pass calls a constructor."""
    inside = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        if module.folder not in {"kinds", "kit", "diagnostics", "cli"} and "errors" not in module.name
        for call, name in module.calls()
        if name == "Diagnostic"
    ]
    assert inside == []
