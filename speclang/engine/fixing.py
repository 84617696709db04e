"""Makes the edits that findings propose, in the specs of a project.

In: a folder, and whether fixes that may change meaning are wanted too. Out: the specs as they would be, and what they are found to be then.
Invariant: a fix is made as a whole or not at all; what was made is compiled again, and a fix that does not remove its finding, or
brings an error of no later step, is taken back. Written are the specs alone, all or none.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..diagnostics.code import Severity
from ..diagnostics.diagnostic import Diagnostic
from ..project import config, disk, paths
from ..source.records import dataclass, field
from ..source.span import Places
from ..source.text import SourceText
from ..syntax.edit import apply_edits
from .affected import with_plain_lines
from .compiling import open_project
from .heap import uncollected
from .pipeline import Compiled, compile_texts

_ROUNDS = 8
"""How often all fixes are made: one can bring what was wrong behind it to light."""
_ALONE = 40
"""How many fixes of a round are tried one by one where not all of them can stand together."""
_KINDS = 4
"""The step at which kinds judge their requirements: when all names and types are known."""

Sources = tuple[SourceText, ...]
Compile = Callable[[Sources], Compiled]


@dataclass(frozen=True, slots=True)
class Mended:
    """Specs with fixes made, what they compile to, and the findings that were `made` good."""

    sources: Sources
    compiled: Compiled
    made: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """`changed` pairs each spec with what it becomes; `made` are the findings that were fixed, `left` those whose fix is unsafe.

    `places` is where the findings `left` stand.
    """

    changed: tuple[tuple[SourceText, str], ...]
    made: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]
    places: Places = field(repr=False)

    def diff(self) -> Iterator[str]:
        """What changes, as a unified diff."""
        for source, text in self.changed:
            lines = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
            yield from difflib.unified_diff(*lines, f"a/{source.name}", f"b/{source.name}")


@uncollected()
def fix(start: Path, *, unsafe: bool = False) -> Fixed:
    """Make the safe fixes of all findings about specs, and the `unsafe` ones if wanted, and write the specs.

    Raises `NoProject` and `OSError`, in each case before anything is written.
    """
    home = config.find(start).value
    root = home.root
    disk.recover(root)
    hashes = dict(disk.hashes(root, paths.files_below(root, home.config.specs, ".spec")))
    opened = open_project(start, afresh=True)
    templates = opened.home.config.templates
    held = {one.name: one for one in opened.texts if one.name not in templates}
    layouts = [one for one in opened.texts if one.name in templates]
    mended = mend(
        tuple(with_plain_lines(one) for one in held.values()),
        lambda sources: compile_texts(sources, opened.home.config, layouts),
        unsafe=unsafe,
    )
    changed = tuple(_changed(held, mended.sources))
    if changed:
        disk.write_all(
            root, {one.name: _bytes(text) for one, text in changed}, {one.name: hashes[one.name] for one, _ in changed}
        )
    left = tuple(
        one for one in mended.compiled.diagnostics if one.fix is not None and one.fix.edits and not one.fix.safe
    )
    return Fixed(changed=changed, made=mended.made, left=left, places=mended.compiled.places)


def mend(sources: Sources, compiling: Compile, *, unsafe: bool = False) -> Mended:
    """`sources` with the fixes of their findings made, as far as each does what it says."""
    now = Mended(sources, compiling(sources))
    refused: set[tuple[str, str]] = set()
    for _ in range(_ROUNDS):
        wanted = _apart([one for one in _fixable(now, unsafe=unsafe) if _key(one) not in refused], now.compiled.places)
        if not wanted:
            break
        together = _tried(now, wanted, compiling)
        if together is not None:
            now = together
            continue
        for key in [_key(one) for one in wanted[:_ALONE]]:
            again = [one for one in _fixable(now, unsafe=unsafe) if _key(one) == key][:1]
            alone = _tried(now, again, compiling) if again else None
            if alone is None:
                refused.add(key)
            else:
                now = alone
    return now


def _fixable(now: Mended, *, unsafe: bool) -> list[Diagnostic]:
    """The findings with edits of the specs, which are safe or wanted all the same."""
    names = {one.name for one in now.sources}
    return [
        one
        for one in now.compiled.diagnostics
        if one.fix is not None
        and one.fix.edits
        and (one.fix.safe or unsafe)
        and all(edit.span.unit.file in names for edit in one.fix.edits)
    ]


def _apart(found: Sequence[Diagnostic], places: Places) -> list[Diagnostic]:
    """Those of `found` whose edits touch none of an earlier one; an edit that is there twice is one."""
    kept: list[Diagnostic] = []
    taken: dict[tuple[str, int, int], str] = {}
    for one in found:
        edits = {
            (at.file, at.start, at.end): edit.text
            for edit in (one.fix.edits if one.fix else ())
            for at in [places.locate(edit.span)]
        }
        if all(
            taken.get(mine) == text if mine in taken else not any(_touch(mine, other) for other in taken)
            for mine, text in edits.items()
        ):
            taken.update(edits)
            kept.append(one)
    return kept


def _touch(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]


def _tried(now: Mended, wanted: Sequence[Diagnostic], compiling: Compile) -> Mended | None:
    """`now` with the fixes of `wanted` made; None where one does not remove its finding, or brings an error."""
    edits = [edit for one in wanted for edit in (one.fix.edits if one.fix else ())]
    places = now.compiled.places
    edited = [apply_edits(source, edits, places) for source in now.sources]
    sources = tuple(one for one in edited if one is not None)
    if len(sources) < len(edited):
        return None
    compiled = compiling(sources)
    before, after = (Counter(map(_key, one.diagnostics)) for one in (now.compiled, compiled))
    step = max(_step(one) for one in wanted)
    errors = (one for one in compiled.diagnostics if _step(one) <= step and _is_bad(one))
    if any(after[key] >= before[key] for key in map(_key, wanted)) or any(
        after[_key(one)] > before[_key(one)] for one in errors
    ):
        return None
    return Mended(sources, compiled, (*now.made, *wanted))


def _is_bad(one: Diagnostic) -> bool:
    """Whether an error is one that can't be fixed in the next round: such a one was hidden, as the next typing error of a line."""
    return one.level is Severity.ERROR and not (one.fix is not None and one.fix.safe and one.fix.edits)


def _step(one: Diagnostic) -> int:
    """At which step of a compilation a finding is made: what comes later may only have been hidden by it."""
    return _KINDS if "/" in one.code.id else int(one.code.id[1:3])


def _key(one: Diagnostic) -> tuple[str, str]:
    return one.code.id, one.title


def _changed(held: dict[str, SourceText], sources: Sources) -> Iterator[tuple[SourceText, str]]:
    """The specs that are not as they were, with the line ends that they have."""
    for source in sources:
        was = held[source.name]
        plain = with_plain_lines(was)
        if source.text != plain.text:
            yield was, source.text if was.text == plain.text else source.text.replace("\n", "\r\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
