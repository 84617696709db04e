"""Names a feature's layout in a file of settings, as a person would: one line more, and every other byte as it was.

In: the text of `specc.toml` or `pyproject.toml`. Out: the text with the line. Invariant: what the result says is what the
text said and the new setting; where no line does that, there is no result.
"""

import tomllib
from collections.abc import Iterator, Sequence

from .keys import keys


def with_layout(text: str, table: Sequence[str], feature: str, layout: str) -> str | None:
    """`text` with `layout` as the one of `feature`, below the table `table`; None where that takes more than a line."""
    try:
        wanted = _with(tomllib.loads(text), (*table, "layouts"), feature, layout)
    except tomllib.TOMLDecodeError:
        return None
    for candidate in _candidates(text, (*table, "layouts"), f'{feature} = "{layout}"'):
        try:
            if tomllib.loads(candidate) == wanted:
                return candidate
        except tomllib.TOMLDecodeError:
            continue
    return None


def _candidates(text: str, path: tuple[str, ...], setting: str) -> Iterator[str]:
    """`text` with `setting` where it may belong: in the table that is there, or in a new one at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    for key in keys(text):
        if key.path == path:
            line = text.find("\n", key.end) + 1
            yield f"{text[:line]}{setting}{end}{text[line:]}" if line else f"{text}{end}{setting}{end}"
            brace = text.find("{", key.end) + 1
            yield f"{text[:brace]} {setting},{text[brace:]}"
            yield f"{text[:brace]} {setting} {text[brace:].lstrip()}"
        elif key.path[:-1] == path:
            line = text.rfind("\n", 0, key.start) + 1
            yield f"{text[:line]}{text[line : key.start]}{setting}{end}{text[line:]}"
    ended = text if not text or text.endswith("\n") else f"{text}{end}"
    yield f"{ended}{end if text else ''}[{'.'.join(path)}]{end}{setting}{end}"


def _with(held: object, path: Sequence[str], feature: str, layout: str) -> object:
    """`held` with the setting."""
    if not path:
        return {**(held if isinstance(held, dict) else {}), feature: layout}
    table = held if isinstance(held, dict) else {}
    return {**table, path[0]: _with(table.get(path[0], {}), path[1:], feature, layout)}
