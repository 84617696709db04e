"""Whether two texts of a generated file differ only in how they are laid out, so that every reader takes them alike.

In: a path, whose ending says what kind of text it is, and two texts. Out: yes or no.
Invariant: only spaces, tabs, line ends and the marks of lists may differ, and the layout of JSON and YAML where it says nothing;
a no-break space or a character without width is never layout.
"""

import re
from collections.abc import Iterator

_SPACE = re.compile(r"[ \t]+")
_MARKER = re.compile(r"^[*+](?= )")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_OPENS = re.compile(r"(?:[-*+>|#]|\d{1,9}[.)](?:\s|$)|```|~~~|<)")
"""How a line of Markdown begins that starts a block of its own, whatever stands before it."""


def alike(path: str, ours: str, theirs: str) -> bool:
    """Whether `theirs` reads as `ours` does, both being the same piece of a file named `path`."""
    if path.endswith(".md"):
        return list(_blocks(ours)) == list(_blocks(theirs))
    if path.endswith(".json"):
        return "".join(ours.split()) == "".join(theirs.split()) and _tree(ours) == _tree(theirs) != ""
    return list(_lines(ours)) == list(_lines(theirs))


def whole_alike(path: str, ours: str, theirs: str) -> bool:
    """Whether a whole file reads as ours does, however a formatter has laid it out; asked where pieces of it do not."""
    if not path.endswith((".yaml", ".yml")):
        return False
    outline = list(_outline(ours))
    return None not in outline and outline == list(_outline(theirs))


def joined(path: str, part: str, text: str, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` of `text`, and is `part`, has run into what stands before or after it."""
    if start and text[start - 1] != "\n":
        return True
    if end == len(text):
        return False
    if not part.endswith("\n"):
        return part[-1:].isspace() and not text[end - 1].isspace() and not text[end].isspace()
    if text[end - 1] != "\n":
        return True
    lines = text[start:end].split("\n")
    if not path.endswith(".md") or not part.endswith("\n\n") or not lines[-2].strip():
        return False
    follows = text[end:].split("\n", 1)[0].strip()
    return bool(follows) and not _OPENS.match(follows)


def _lines(text: str) -> Iterator[str]:
    """The lines that say something, without what stands at their ends; indentation counts, as YAML has it."""
    return (line.rstrip(" \t") for line in text.split("\n") if line.strip(" \t"))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs, items and headings of a Markdown text, each with its indentation and its words."""
    fence = ""
    indent, words = 0, ""
    for line in text.split("\n"):
        bare = _MARKER.sub("-", _SPACE.sub(" ", line.strip(" \t")))
        opens = _FENCE.match(line)
        if fence or opens:
            if words:
                yield indent, words
            words = ""
            yield -1, line.rstrip(" \t")
            if not fence and opens:
                fence = opens[1]
            elif opens and opens[1].startswith(fence):
                fence = ""
        elif words and bare and not _OPENS.match(bare) and not words.startswith("#"):
            words = f"{words} {bare}"
        else:
            if words:
                yield indent, words
            indent, words = len(line) - len(line.lstrip(" \t")), bare
    if words:
        yield indent, words


def _outline(text: str) -> Iterator[tuple[int, str] | None]:
    """The lines of YAML whose values stand on one line each, with how deep they lie, however far they are indented.

    None stands for a line that lies where its parent can have no child, or that this does not read.
    """
    open_at: list[tuple[int, bool]] = []
    columns: dict[int, int] = {}
    for line in _lines(text):
        bare = line.lstrip(" ")
        if bare.startswith("#"):
            yield 0, bare
            continue
        column = len(line) - len(line.lstrip(" "))
        while True:
            item = bare.startswith("- ")
            while open_at and (
                open_at[-1][0] > column or (open_at[-1][0] == column and not (item and not open_at[-1][1]))
            ):
                open_at.pop()
            depth = len(open_at)
            columns = {level: at for level, at in columns.items() if level <= depth}
            sound = columns.setdefault(depth, column) == column and not bare.startswith(("?", "\t"))
            open_at.append((column, item))
            yield (depth, "-" if item else bare) if sound else None
            if not item:
                break
            rest = bare[2:].lstrip(" ")
            column += len(bare) - len(rest)
            bare = rest


def _tree(text: str) -> str:
    """JSON without its layout; "" for what is none."""
    import json

    try:
        held = json.loads(text, object_pairs_hook=lambda pairs: [{}, *pairs], parse_int=_number, parse_float=_number)
        return json.dumps(held)
    except (ValueError, RecursionError):
        return ""


def _number(text: str) -> dict[str, str]:
    return {"number": text}
