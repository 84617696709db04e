"""The law of one byte: whatever byte of a generated file is changed, cut out or put in, it is found, and the right requirement is named.

Every position of every prompt and of the small files is tried, of the large ones so many as take about the same time;
`SPECC_BYTES=all` tries every position of all of them.
"""

import json
import os
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import yaml

from speclang.diagnostics.diagnostic import has_errors
from speclang.drift.links import broken
from speclang.drift.states import Finding, compare
from speclang.engine.compiling import Opened, open_project
from speclang.engine.standing.differences import Held, plain
from speclang.engine.standing.stand import stand
from speclang.source.hashing import digest
from speclang.source.records import replace

ROOT = Path(__file__).parents[2]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "generated").glob("*/*.*"))
LOCK = "generated/specc.lock"
OTHERS = b"abz059 \n\r.-*\"'#{:[\xff\x00\xc2"
EVERY = os.environ.get("SPECC_BYTES") == "all"
SMALL = 8_000
WORK = 8_000_000
"""Positions times bytes for each file: comparing takes time in proportion to what a file holds."""


@pytest.fixture(scope="module")
def opened() -> Opened:
    """This repository's own specs, compiled; their files are as they were built."""
    return open_project(ROOT, afresh=True)


@pytest.fixture(scope="module")
def held(opened: Opened) -> Held:
    return Held.of(opened)


def positions(path: str, size: int) -> range:
    """Places in a file of `size` bytes, evenly spread; all of a prompt, and of what is small."""
    return range(0, size, 1 if EVERY or path.endswith(".md") or size <= SMALL else max(1, size * size // WORK))


def changes(path: str, data: bytes, draw: Random) -> Iterator[tuple[int, bytes]]:
    """`data` with one byte changed, cut out, or followed by another, at one place after the other."""
    for at in positions(path, len(data)):
        other = draw.choice([byte for byte in OTHERS if byte != data[at]])
        deed = draw.randrange(3)
        yield (
            at,
            data[:at]
            + (b"" if deed == 1 else bytes([other]) if deed == 0 else bytes([data[at], other]))
            + data[at + 1 :],
        )


def same_words(path: str, one: bytes, other: bytes) -> bool:
    """Whether two texts of a file say the same but for white space and the marks of lists."""
    if path.endswith(".json"):
        return bool(json.loads(one) == json.loads(other))
    marks = bytes.maketrans(b"*+", b"--")
    return one.translate(marks).split() == other.translate(marks).split()


def owners(found: tuple[Finding, ...]) -> set[str]:
    return {one.part.owner if one.part is not None else one.near for one in found}


@pytest.mark.parametrize("path", FILES)
def test_one_byte_is_found_and_its_requirement_named(opened: Opened, path: str) -> None:
    artifact = next(one for one in opened.compiled.artifacts if one.path == path)
    ours, data = artifact.text, artifact.text.encode()
    base = {(part.kind, part.id): digest(part.text) for part in artifact.parts}
    starts = [0]
    for part in artifact.parts:
        starts.append(starts[-1] + len(part.text.encode()))
    for at, changed in changes(path, data, Random(path)):  # noqa: S311 - any bytes will do
        text = plain(changed.decode("utf-8", "surrogateescape"))
        context = (path, at, changed[max(at - 40, 0) : at + 40])
        if text == ours:
            assert changed.replace(b"\r\n", b"\n") == data, context
            continue
        found = compare(artifact, text, base)
        assert found, context
        telling = [one for one in found if not one.cosmetic]
        assert telling or same_words(path, changed, data), context
        part = artifact.parts[bisect_right(starts, at) - 1]
        inside = starts[bisect_right(starts, at) - 1] < at < starts[bisect_right(starts, at)] - 1
        if telling and inside and part.kind in ("clause", "case", "grader"):
            assert part.owner in owners(found), (context, [(one.state, one.part and one.part.id) for one in found])
            assert len(found) <= 3, context


def entries(opened: Opened, path: str, text: str) -> Iterator[tuple[int, int, str]]:
    """The entries of a source map that speak of one requirement: where each begins and ends in bytes, and of which."""
    folder = path.rpartition("/")[0]
    parts = [part for one in opened.compiled.artifacts if one.path.startswith(f"{folder}/") for part in one.parts]
    known = {json.dumps(part.id): part.owner for part in parts if part.kind in ("case", "grader")}
    at = 0
    for line in text.encode().split(b"\n"):
        read = line.decode()
        if read.startswith('["clause"'):
            yield at, at + len(line), json.loads(read[: read.index(",[")] + "]")[2]
        elif read.partition('":')[0] + '"' in known and read.partition('":')[2].startswith("{"):
            yield at, at + len(line), known[read.partition('":')[0] + '"']
        at += len(line) + 1


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".json")])
def test_one_byte_of_a_source_map_is_told_of_the_requirement_whose_link_it_breaks(opened: Opened, path: str) -> None:
    """The search for what differs takes time in proportion to the file, so that of large ones fewer places are tried."""
    artifact = next(one for one in opened.compiled.artifacts if one.path == path)
    ours, draw = artifact.text, Random(f"links {path}")  # noqa: S311 - as above
    data, tried = ours.encode(), 0
    for start, end, owner in entries(opened, path, ours):
        for at in range(start, end, 1 if EVERY else max(1, len(data) ** 2 // (4 * WORK))):
            other = bytes([draw.choice([byte for byte in OTHERS if byte != data[at]])])
            text = (data[:at] + other + data[at + 1 :]).decode("utf-8", "surrogateescape")
            assert owner in {one.owner for one in broken(ours, text, "feature")}, (path, at, text[at - 30 : at + 30])
            tried += 1
    assert tried > 100


@pytest.mark.parametrize("path", FILES)
def test_what_is_found_of_one_byte_is_told(opened: Opened, held: Held, path: str) -> None:
    data = held.files[path].encode()
    draw = Random(f"told {path}")  # noqa: S311 - as above
    for at in draw.sample(range(len(data)), 3 if len(data) > 100_000 else 12):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        text = changed.decode("utf-8", "surrogateescape")
        said = stand(opened, replace(held, files={**held.files, path: text})).diagnostics
        assert said, (path, at)
        assert has_errors(said) or same_words(path, changed, data), (path, at, [one.title for one in said])


def test_one_byte_of_the_lock_is_found(opened: Opened, held: Held) -> None:
    """A changed digest of a spec says that the spec has changed, and nothing that is built of it: that is told as a note."""
    text = held.lock_text or ""
    lines = text.splitlines(keepends=True)
    tried = 0
    for number, line in enumerate(lines):
        if number % (1 if EVERY else max(1, len(lines) // 40)) and not line.startswith(
            ("specc", "config", "input", "feature", "#")
        ):
            continue
        at = Random(line).randrange(len(line))  # noqa: S311 - as above
        other = "\n" if line[at] == " " else chr(ord(line[at]) ^ 1)
        changed = "".join([*lines[:number], line[:at], other, line[at + 1 :], *lines[number + 1 :]])
        said = stand(opened, relocked(held, changed)).diagnostics
        assert said, (number, line)
        assert has_errors(said) or line.startswith(("input", "file")), (line, [one.title for one in said])
        tried += 1
    assert tried > 50


def relocked(held: Held, text: str) -> Held:
    """What lies there, with another lock."""
    from speclang.lock import lockfile

    lock, problems = lockfile.read(text)
    return replace(held, lock_text=text, lock=lock, problems=problems)


def test_what_is_called_layout_of_the_cases_reads_the_same(opened: Opened) -> None:
    """White space is no edit only where YAML says so: every cosmetic finding is checked with a reader of its own."""
    artifact = next(one for one in opened.compiled.artifacts if one.path == "generated/first/cases.yaml")
    data = artifact.text
    base = {(part.kind, part.id): digest(part.text) for part in artifact.parts}
    wanted = yaml.load(data, Loader=yaml.CSafeLoader)
    for at, sign in enumerate(data):
        for text in (f"{data[:at]} {data[at:]}", data[:at] + data[at + 1 :]) if sign in " \n" else ():
            found = compare(artifact, text, base)
            if found and all(one.cosmetic for one in found):
                assert yaml.load(text, Loader=yaml.CSafeLoader) == wanted, data[at - 20 : at + 20]


def test_a_space_that_is_gone_between_two_clauses_on_one_line_is_no_layout(opened: Opened) -> None:
    artifact = next(one for one in opened.compiled.artifacts if one.path == "generated/larkspur/prompt.md")
    base = {(part.kind, part.id): digest(part.text) for part in artifact.parts}
    glued = artifact.text.replace("four towns. People", "four towns.People", 1)
    assert glued != artifact.text
    assert any(not one.cosmetic for one in compare(artifact, glued, base))
