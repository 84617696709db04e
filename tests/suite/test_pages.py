"""The page of each code is its test: the example gives exactly the message, the repaired one is free of the code.

A fenced block of `spec` holds one file, or several under lines `--- path/name.spec`. After the name, `(latin-1)` says how the file is
encoded, `(17 MiB)` how large it is made, and `(link)` that it is a link to nowhere. An `edit` block after the example edits what
was built of it before the check: paths of files, each with lines `- old` and `+ new` (one alone takes out, or adds a line at the end),
`delete`, or `relock`, which makes the lock agree with the edited file.
A last line `absorb` asks what `specc absorb` says in place of a check.
A `jinja` block is the project's own layout, a `toml` block its settings. A page whose example is `text` shows something that none of
these can, and is read but not run.
"""

import re
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import Diagnostic, has_errors, is_smell
from speclang.diagnostics.pages import Page, parse
from speclang.drift.match import match
from speclang.engine.absorption.absorb import absorb
from speclang.engine.api import compile as compile_project
from speclang.engine.build import build
from speclang.engine.check import check
from speclang.lock import lockfile
from speclang.source.hashing import digest
from speclang.source.span import Places
from tests.suite.examples import ODD, compiled, drawn, files, put

PAGES = sorted((Path(__file__).parents[2] / "speclang" / "diagnostics" / "pages").glob("*.md"))
SECTIONS = ("What it means", "Example", "Message", "Repaired", "Why")
MESSAGE = re.compile(r"(## Message\n\n```text\n).*?(```\n)", re.DOTALL)


def page_at(path: Path) -> Page:
    page = parse(path.read_text(encoding="utf-8"))
    assert page is not None, f"{path.name} does not start with `# CODE: title`"
    return page


def in_folder(page: Page, section: str, folder: Path) -> tuple[tuple[Diagnostic, ...], Places]:
    """What a check says of the section's project, after it was built and a generated file was edited if an `edit` block says so."""
    folder.mkdir()
    settings, layout, edit = (page.block(section, one) for one in ("toml", "jinja", "edit"))
    (folder / "specs").mkdir()
    (folder / "specc.toml").write_text(settings or ('layout = "layout.j2"\n' if layout else ""), encoding="utf-8")
    if layout:
        (folder / "layout.j2").write_text(layout, encoding="utf-8")
    for name, text in files(page.block(section, "spec") or SPEC).items():
        put(folder / "specs", name, text)
    if edit or section == "Repaired":
        built = build(folder)
        assert built.done, [one.title for one in built.diagnostics]
    if edit:
        apply(edit.removesuffix("absorb\n"), folder)
    report = absorb(folder) if edit and edit.endswith("\nabsorb\n") else check(folder)
    return report.diagnostics, report.places


def apply(edit: str, folder: Path) -> None:
    """Apply an `edit` block: paths, each followed by its changes."""
    for path, *changes in blocks(edit):
        target = folder / path
        if changes == ["delete"]:
            target.unlink()
            continue
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(changed(text, [one for one in changes if one != "relock"]), encoding="utf-8")
        if "relock" in changes:
            relock(folder, path)


def blocks(edit: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in edit.splitlines():
        if line.startswith(("- ", "+ ")) or line in ("delete", "relock"):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def changed(text: str, changes: list[str]) -> str:
    """`- old` then `+ new` replaces; `- old` alone takes out; `+ new` alone adds a line at the end."""
    waiting = list(changes)
    while waiting:
        line = waiting.pop(0)
        if line.startswith("+ "):
            text += line[2:] + "\n"
            continue
        old = line[2:]
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        new = waiting.pop(0)[2:] if waiting and waiting[0].startswith("+ ") else None
        if new == old:
            text = text.replace(old + "\n", "") + old + "\n"
        else:
            text = text.replace(old, new) if new is not None else text.replace(old + "\n", "")
    return text


def relock(folder: Path, path: str) -> None:
    """Make the lock say that the file at `path` was built as it now stands."""
    lock_path = folder / "generated" / "specc.lock"
    lock, _ = lockfile.read(lock_path.read_text(encoding="utf-8"))
    text = (folder / path).read_text(encoding="utf-8")
    artifact = next(one for one in compile_project(folder).artifacts if one.path == path)
    found = match([part.text for part in artifact.parts], text)
    held = {
        (part.kind, part.id): digest(text[segment.start : segment.end])
        for part, segment in zip(artifact.parts, found.segments, strict=True)
        if segment
    }
    parts = tuple(one._replace(hash=held[one.kind, one.id]) if one.path == path else one for one in lock.parts)
    files = tuple(one._replace(hash=digest(text)) if one.path == path else one for one in lock.files)
    lock_path.write_text(lockfile.write(lock._replace(parts=parts, files=files)), encoding="utf-8")


def examined(page: Page, section: str, folder: Path) -> tuple[tuple[Diagnostic, ...], Places] | None:
    """The findings of a section's example; None where it has none that can be run."""
    block = page.block(section, "spec")
    if ODD.search(block or "") or any(page.block(section, one) for one in ("toml", "jinja", "edit")):
        return in_folder(page, section, folder)
    if block is None:
        return None
    result = compiled(files(block))
    return result.diagnostics, result.places


SPEC = """\
feature desk "Help desk" {
  role "You are the help desk of a library."
}
"""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_example_gives_the_message_and_the_repaired_one_does_not(
    path: Path, tmp_path: Path, *, accept: bool
) -> None:
    page = page_at(path)
    assert [heading for heading, _ in page.sections] == [one for one in SECTIONS if one in dict(page.sections)]
    example = examined(page, "Example", tmp_path / "example")
    if example is None:
        assert page.block("Example", "text"), "an example is a `spec` or, where nothing here can show it, a `text`"
        return
    found, places = example
    assert page.code in {one.code.id for one in found}, [one.title for one in found]
    shown = drawn(tuple(one for one in found if one.code.id == page.code or not is_smell(one)), places)
    if page.block("Message", "text") != shown:
        assert accept, f"{shown}\n(`make accept` stores what is shown now)"
        print(f"\n{path.name}\n{shown}")  # noqa: T201 - the message that is being accepted
        text = path.read_text(encoding="utf-8")
        path.write_text(MESSAGE.sub(lambda fence: fence[1] + shown + fence[2], text), encoding="utf-8")
    repaired = examined(page, "Repaired", tmp_path / "repaired")
    if repaired is not None:
        still, _ = repaired
        assert page.code not in {one.code.id for one in still}
        assert not has_errors(still), [one.title for one in still]
    else:
        assert page.block("Repaired", "text")
