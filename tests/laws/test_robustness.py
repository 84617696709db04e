"""Whatever a spec holds, compiling it ends, in a bounded number of steps, with findings and never with an exception.

Ten thousand damaged specs under `HYPOTHESIS_PROFILE=long`, a part of the same ones otherwise; number N is always the same spec:
`mutant(N)`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from speclang.diagnostics.diagnostic import Diagnostic
from speclang.diagnostics.draw import draw_all
from speclang.diagnostics.formats import json as as_json
from speclang.engine.ask import overview
from speclang.engine.pipeline import Compiled, compile_texts
from speclang.lock import lockfile
from speclang.project.config import Config
from speclang.source.text import SourceText
from speclang.syntax.format import format_source
from tests.strategies.mutants import mutant

BLOCK = 100
COUNT = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 1_000

MOST_CALLS = 4_000_000
"""More calls of functions than this and the compiler counts as hanging; a real spec of this size takes under 200,000."""


class TooMuchWork(BaseException):
    """A compilation took more steps than any spec of this size is worth."""


@contextmanager
def bounded(most: int = MOST_CALLS) -> Iterator[list[int]]:
    """Raise `TooMuchWork` in whatever runs inside after `most` calls; gives the count."""
    calls = [0]

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        if event == "call":
            calls[0] += 1
            if calls[0] > most:
                raise TooMuchWork

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.rmtree"}
_written: list[str] = []
_watching = False


def _watch(event: str, args: tuple[object, ...]) -> None:
    if not _watching or "__pycache__" in str(args):  # what Python remembers of a module
        return
    if event in WRITES or (event == "open" and _for_writing(args)):
        _written.append(f"{event} {args[0]!r}")


def _for_writing(args: tuple[object, ...]) -> bool:
    return isinstance(args[2], int) and bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


sys.addaudithook(_watch)


@contextmanager
def unwritten() -> Iterator[None]:
    """Fail if anything inside writes a file."""
    global _watching  # noqa: PLW0603 - an audit hook stays for good, so it has a switch
    _written.clear()
    _watching = True
    try:
        yield
    finally:
        _watching = False
    assert _written == []


def sound(compiled: Compiled) -> None:
    """What holds of every compilation: findings lie in their files and can be shown, and the lock says again what it was told."""
    for one in compiled.diagnostics:
        inside(one, compiled)
    draw_all(compiled.diagnostics[:20], compiled.places, colour=True, width=80)
    as_json.render(compiled.diagnostics[:20], compiled.places)
    assert lockfile.read(lockfile.write(compiled.lock)) == (compiled.lock, ())
    overview(compiled)


def inside(one: Diagnostic, compiled: Compiled) -> None:
    fixes = one.fix.edits if one.fix else ()
    for span in (one.primary.span, *(label.span for label in one.labels), *(edit.span for edit in fixes)):
        where = compiled.places.locate(span)
        source = compiled.places.sources.get(where.file)
        assert source is not None, one
        assert 0 <= where.start <= where.end <= len(source.text), one
    assert one.title
    assert one.title == one.title.strip(), one
    assert len(one.title) <= 401, one


@pytest.mark.parametrize("block", range(0, COUNT, BLOCK))
def test_a_damaged_spec_gives_findings_and_nothing_else(block: int) -> None:
    for number in range(block, block + BLOCK):
        sources = mutant(number)
        try:
            with unwritten():
                with bounded(MOST_CALLS + 20 * sum(len(source.text) for source in sources)):
                    compiled = compile_texts(sources, Config())
                sound(compiled)
                for source in sources:
                    format_source(source)
        except BaseException as problem:
            raise AssertionError(f"mutant({number}): {type(problem).__name__}: {problem}") from problem


SPEC = """\
feature desk "Desk" {{
  given age days 0 .. 60 {{ name "the age"; from user }}
  outcome renew "renew it" {{ mentions "renewed" }}
  ask "Hello."
  REF-1 rule "One" {{ when {condition}; must renew; because "{because}" }}
}}
"""

LIMITS = {
    "64 brackets": (SPEC.format(condition="(" * 63 + "age < 3 days" + ")" * 63, because="x"), ""),
    "65 brackets": (SPEC.format(condition="(" * 64 + "age < 3 days" + ")" * 64, because="x"), "nested deeper than 64"),
    "many brackets": (SPEC.format(condition="(" * 10_000, because="x"), "`(` has no `)` after it"),
    "too many brackets": (SPEC.format(condition="(" * 100_000, because="x"), "longer than 20,000 words and signs"),
    "too many closing brackets": (
        SPEC.format(condition=")" * 100_000, because="x"),
        "longer than 20,000 words and signs",
    ),
    "many blocks": ("a {\n" * 10_000, "nested deeper than 64"),
    "many nots": (SPEC.format(condition="not " * 100_000 + "age < 3 days", because="x"), "longer than"),
    "many parts": (SPEC.format(condition=" or ".join(["age < 3 days"] * 50_000), because="x"), "longer than"),
    "a long name": (SPEC.format(condition="a" * 101, because="x"), "longer than 100 characters"),
    "a very long name": (SPEC.format(condition="a" * 1_000_000, because="x"), "longer than 100 characters"),
    "a long number": (SPEC.format(condition=f"age < {'9' * 100_000} days", because="x"), "9"),
    "a long text": (SPEC.format(condition="age < 3 days", because="x" * 1_000_001), "longer than 1,000,000 characters"),
    "a long text that is allowed": (SPEC.format(condition="age < 3 days", because="x" * 999_900), ""),
    "a long line": (SPEC.format(condition="age " * 100_000, because="x"), "longer than 20,000 words and signs"),
    "a large block": (SPEC.format(condition="age < 3 days", because='x"; because "y' * 400_000), "longer than 4 MiB"),
    "a large file": ("#" * 17_000_000, "longer than 16 MiB"),
    "many holes": (SPEC.format(condition="age < 3 days", because="{age}" * 20_000), ""),
    "many quotes": ('"' * 100_001, ""),
    "many escapes": ("\\" * 100_000, ""),
    "many slashes": ("/" * 100_001, ""),
    "many dots": ("." * 1_000_000, ""),
    "only spaces": (" " * 1_000_000, ""),
    "only line ends": ("\n" * 1_000_000, ""),
}


@pytest.mark.parametrize(("text", "said"), [pytest.param(*case, id=name) for name, case in LIMITS.items()])
def test_every_limit_is_told_in_words(text: str, said: str) -> None:
    with unwritten(), bounded(40 * len(text) + MOST_CALLS):
        compiled = compile_texts([SourceText("specs/a.spec", text)], Config())
        sound(compiled)
    assert not said or any(said in one.title for one in compiled.diagnostics), [
        one.title[:200] for one in compiled.diagnostics[:5]
    ]


@pytest.mark.slow
def test_a_file_has_two_hundred_thousand_units() -> None:
    found = compile_texts([SourceText("specs/a.spec", "x\n" * 200_001)], Config()).diagnostics
    assert any("longer than 200,000 declarations and requirements" in one.title for one in found)


def chain(length: int) -> list[SourceText]:
    """Files each of which uses the next."""
    uses = [f'use "f{number + 1}.spec"\n' for number in range(length - 1)]
    return [SourceText(f"specs/f{number}.spec", text) for number, text in enumerate([*uses, "type T = a | b\n"])]


@pytest.mark.parametrize(("length", "deep"), [(32, False), (33, True), (3_000, True)])
def test_files_use_each_other_thirty_two_deep(length: int, *, deep: bool) -> None:
    with bounded():
        found = compile_texts(chain(length), Config()).diagnostics
    assert ("E0404" in {one.code.id for one in found}) is deep
    assert all("32" in one.title for one in found if one.code.id == "E0404")


def test_policies_include_each_other_thirty_two_deep() -> None:
    def nested(length: int) -> str:
        blocks = [f'policy p{n} "P" {{\n  include p{n + 1}\n}}\n' for n in range(length)]
        return "".join(blocks) + f'policy p{length} "P" {{\n}}\n'

    found = {}
    for length in (31, 32, 3_000):
        with bounded():
            compiled = compile_texts([SourceText("specs/a.spec", nested(length))], Config())
        found[length] = {one.code.id for one in compiled.diagnostics}
    assert "E0404" not in found[31]
    assert "E0404" in found[32]
    assert "E0404" in found[3_000]


@pytest.mark.parametrize("count", [10, 100])
def test_work_grows_with_the_size_of_a_spec_and_not_with_its_square(count: int) -> None:
    """Twice the requirements, at most thrice the calls, where the conditions say different things."""

    def calls(size: int) -> int:
        rules = "".join(
            f'  R-{n} rule "R{n}" {{ when kind = k{n % 20} and age > {n % 50} days; must renew }}\n'
            for n in range(size)
        )
        text = SPEC.format(condition="age < 3 days", because="x").removesuffix("}\n")
        text += f'  given kind {" | ".join(f"k{n}" for n in range(20))} {{ name "the kind"; from user }}\n{rules}}}\n'
        with bounded(50_000_000) as counted:
            compile_texts([SourceText("specs/a.spec", text)], Config())
        return counted[0]

    calls(1)
    assert calls(2 * count) < 3 * calls(count)
