"""Passages as the text of a spec and the text of a layout.

In: passages. Out: a spec with a `prose` requirement for each that is stated, and a layout that puts them where they stood.
Invariant: what a spec can't hold exactly stays in the layout, which can hold anything.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from ...source.text import SourceText
from ...syntax.parser import parse
from ...syntax.tree import Text
from .passages import Passage

_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_SEEN = frozenset("\n\t\u200c\u200d\ufe0f")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ARTICLES = frozenset({"A", "AN", "AND", "FOR", "IN", "OF", "ON", "OR", "THE", "TO", "YOUR", "WITH"})
_LONGEST_PREFIX = 12
_CHANGED = r"[\r\0]|[^\S\n\t ]|\ufeff"
_OPENS = re.compile(rf"\{{(?=[{{%#]|{_CHANGED}|\Z)|{_CHANGED}")
_QUOTED = {"\\": "\\\\", '"': '\\"', "{": "\\{", "}": "\\}", "\n": "\\n", "\t": "\\t"}


def named(passages: Sequence[Passage], kept: Collection[int] = ()) -> Iterator[tuple[Passage, str]]:
    """Each passage with the ID that its requirement gets: of a word of its section, and a number; "" for those in the layout.

    `kept` are places of passages that stay in the layout though they are stated.
    """
    numbers: dict[str, count[int]] = {}
    for place, one in enumerate(passages):
        if not one.stated or place in kept or not _is_plain(one.text):
            yield one, ""
        else:
            prefix = _prefix(one.section)
            yield one, f"{prefix}-{next(numbers.setdefault(prefix, count(1)))}"


def spec(name: str, title: str, origin: str, statements: Sequence[tuple[Passage, str]]) -> str:
    """The text of the spec; `origin` is the name of the prompt's file."""
    lines = [
        f"# Adopted from {' '.join(origin.split())}. The layout puts each requirement where its sentence stood;",
        "# give one a kind of its own, and it is tested.",
        f"feature {name} {quoted(title)} {{",
    ]
    section, begun = "", False
    for passage, id in statements:
        if not id:
            continue
        if passage.section != section:
            section = passage.section
            lines.extend([""] * begun)
            lines.extend([f"  # {' '.join(_shown(section).split())}"] if section.strip() else ())
        begun = True
        lines.append(f"  {id} prose {_text(passage.text)}")
    return "\n".join([*lines, "}", ""])


def layout(statements: Sequence[tuple[Passage, str]]) -> str:
    """The text of the layout: the prompt with a hole for each requirement, and a place for those that come later."""
    parts: list[str] = []
    for passage, id in statements:
        if not id:
            parts.append(_literal(passage.text))
        elif "\r\n" in passage.text:
            parts.append(f'{{{{ clause["{id}"] | replace("\\n", "\\r\\n") }}}}')
        else:
            parts.append(f'{{{{ clause["{id}"] }}}}')
    last = statements[-1][0].text
    end = _literal("\r\n" if "\r\n" in last else "\n")
    between = f"{end}{{{{ one.text }}}}{end}" if last.endswith("\n") else f"{end}{end}{{{{ one.text }}}}"
    return f"{''.join(parts)}{{%+ for one in rest +%}}{between}{{%+ endfor %}}\n"


def quoted(text: str) -> str:
    """`text` as a spec writes it on one line."""
    return '"' + "".join(_QUOTED.get(char, char) for char in text) + '"'


def _text(text: str) -> str:
    """`text` as a spec writes it: over several lines if it has several and can be read back so."""
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        return quoted(text)
    inner = text.replace("{", "\\{").replace('"""', '\\"""')
    block = '"""\n' + "".join(f"    {line}\n" if line else "\n" for line in inner.split("\n")) + '  """'
    return block if _read(block) == f"{text}\n" else quoted(text)


def _read(written: str) -> str | None:
    """What a spec reads from a text written so."""
    source = SourceText("adopted.spec", f"feature x {{\n  X-1 prose {written}\n}}\n")
    for unit in parse(source).value.units:
        if unit.item is not None and unit.item.head.text == "prose":
            value = unit.item.values[0] if unit.item.values else None
            return value.plain if isinstance(value, Text) else None
    return None


def _literal(text: str) -> str:
    """`text` in a layout: what the template engine would take for its own, or change, stands in quotes."""
    return _OPENS.sub(lambda found: f'{{{{ "{_escaped(found[0])}" }}}}', text)


def _escaped(char: str) -> str:
    if char == "{":
        return char
    return "\\r" if char == "\r" else f"\\u{ord(char):04x}"


def _is_plain(text: str) -> bool:
    """Whether a spec may hold `text`: nothing in it is hidden from its readers, and its line ends are of one kind."""
    if text.replace("\r\n", "").count("\r") or ("\r\n" in text and "\n" in text.replace("\r\n", "")):
        return False
    if text.isascii() and text.replace("\r\n", "").isprintable():
        return True
    return all(
        char in _SEEN or (char not in _FILLERS and unicodedata.category(char) not in _HIDDEN and not _selects(char))
        for char in text.replace("\r\n", "\n")
    )


def _selects(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0e" or "\U000e0100" <= char <= "\U000e01ef"


def _prefix(section: str) -> str:
    """A word of the heading that can begin an ID; `P` where it has none."""
    words = [word.upper() for word in _WORD.findall(section)]
    return next((word[:_LONGEST_PREFIX] for word in words if word not in _ARTICLES and len(word) > 1), "P")


def _shown(section: str) -> str:
    """`section` for a comment, in which letters that only shape others have nothing to shape for sure."""
    return "".join(char if _is_plain(char) and char not in _SEEN else " " for char in section)
