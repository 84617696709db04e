"""Requirements that the specs retire: they are left out, and their IDs stay taken.

In: a compiled project and the requirements. Out: the specs as they would be, compiled. Writes them when it is told to.
Invariant: nothing is proposed that does not compile; what is written are specs that are as they were when they were read, all or none.
"""

import codecs
import difflib
from collections.abc import Collection, Iterator
from pathlib import Path

from ..diagnostics.diagnostic import Edit, has_errors
from ..engine.affected import with_plain_lines
from ..engine.compiling import Opened
from ..engine.pipeline import compile_texts
from ..project import disk
from ..source.hashing import digest
from ..source.records import dataclass
from ..source.span import Span
from ..source.text import SourceText
from ..syntax.edit import apply_edits

_RETIRED = "status retired"


@dataclass(frozen=True, slots=True)
class Retired:
    """`changed` pairs each spec with what it becomes; none where the specs can't say so by this edit alone."""

    changed: tuple[tuple[SourceText, str], ...]

    def diff(self) -> Iterator[str]:
        """What changes, as a unified diff."""
        for source, text in self.changed:
            lines = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
            yield from difflib.unified_diff(*lines, f"a/{source.name}", f"b/{source.name}")


def retire(project: Opened, ids: Collection[tuple[str, str]]) -> Retired:
    """What the specs say once these requirements, each with its feature, are retired."""
    templates = project.home.config.templates
    held = {one.name: one for one in project.texts if one.name not in templates}
    plain = {name: with_plain_lines(one) for name, one in held.items()}
    places = project.compiled.places
    edits: list[Edit] = []
    for feature in project.compiled.program.features:
        for one in feature.requirements:
            if (feature.name, one.id) in ids:
                at = places.locate(one.span)
                text = plain[at.file].text[at.start : at.end] if at.file in plain else ""
                edits += _edit(one.span, text)
    edited = {name: apply_edits(source, edits, places) for name, source in plain.items()}
    sources = tuple(one for one in edited.values() if one is not None)
    if not edits or len(sources) < len(edited):
        return Retired(())
    layouts = [one for one in project.texts if one.name in templates]
    if has_errors(compile_texts(sources, project.home.config, layouts).diagnostics):
        return Retired(())
    return Retired(
        tuple(
            (
                held[one.name],
                one.text if held[one.name].text == plain[one.name].text else one.text.replace("\n", "\r\n"),
            )
            for one in sources
            if one.text != plain[one.name].text
        )
    )


def write(root: Path, found: Retired) -> tuple[str, ...]:
    """Write the specs; their paths. Raises `OSError`, also where one is no longer what was read."""
    files = {source.name: _bytes(text) for source, text in found.changed}
    judged: dict[str, str] = {}
    for (name, now), (source, _) in zip(disk.hashes(root, files), found.changed, strict=True):
        read = _bytes(source.text)
        judged[name] = now if now == digest(codecs.BOM_UTF8 + read) else digest(read)
    return disk.write_all(root, files, judged)


def _edit(span: Span, text: str) -> Iterator[Edit]:
    """The edit that retires the requirement whose text stands at `span`: a field more, before its last brace."""
    if not text.endswith("}"):
        return
    last = text.rfind("\n") + 1
    indent = text[last:-1]
    if last and not indent.strip():
        yield Edit(span._replace(start=span.start + last, end=span.end), f"{indent}  {_RETIRED}\n{indent}}}")
    else:
        before = text[:-1].rstrip()
        lead = " " if before.endswith("{") else "; "
        yield Edit(span._replace(start=span.start + len(before), end=span.end), f"{lead}{_RETIRED} }}")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
