"""Sheets as a page: one HTML file without a script, and without a resource of its own beside it.

Invariant: what a spec says reaches the page as text only; a policy in the page's head lets no style apply but the one whose hash it
names, no script run, and nothing be fetched.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from ....analysis.regions.cells import ANY
from ..markup import in_html as text
from ..sheets import Line, Note, Sheet, Sheets


def render(found: Sheets) -> str:
    """The page."""
    says = "".join(f"<p>{text(one)}</p>" for one in found.says)
    body = "\n".join(_sheet(sheet) for sheet in found.sheets)
    notes = "\n".join(_note(note) for note in found.notes)
    listed = f'<h2>Overlaps and gaps</h2>\n<ul class="notes">\n{notes}\n</ul>' if notes else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<meta name="generator" content="specc check --as-table">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(found.name)}: rules</title>
<style>{_style()}</style>
<header>
<h1>{text(found.name)} <small>{text(found.title)}</small></h1>
{says}
<p class="sums">{text(found.sums)}</p>
</header>
<main>
{body}
{listed}
</main>
</html>
"""


@cache
def _style() -> str:
    return (Path(__file__).parent / "table.css").read_text(encoding="utf-8")


def _policy() -> str:
    held = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{held}'; base-uri 'none'; form-action 'none'"


def _sheet(sheet: Sheet) -> str:
    heads = "".join(f'<th scope="col" title="{text(head.label)}">{text(head.name)}</th>' for head in sheet.heads)
    others = "".join(f'<th scope="col" class="after">{name}</th>' for name in sheet.columns)
    rows = "\n".join(_row(line, sheet.columns) for line in sheet.lines)
    caption = f"<caption>{text(sheet.title)}</caption>" if sheet.title else ""
    return f"""<div class="scroll" tabindex="0" role="region" aria-label="{text(sheet.title) or "rules"}"><table>{caption}
<thead><tr><th scope="col">rule</th>{heads}{others}</tr></thead>
<tbody>
{rows}
</tbody></table></div>"""


def _row(line: Line, extra: Sequence[str]) -> str:
    kinds = " ".join(name for name, is_so in (("gap", line.gap), ("more", not line.first)) if is_so)
    cells = "".join(_cell(cell) for cell in line.cells)
    also = f'<td class="words">{text(line.more)}</td>' if "and also" in extra else ""
    return f'<tr class="{kinds}">{"".join(_head(line))}{cells}{also}{"".join(_rest(line, extra))}</tr>'


def _span(line: Line) -> str:
    return f' rowspan="{line.count}"' if line.count > 1 else ""


def _head(line: Line) -> Iterator[str]:
    """The rule, over all of its rows."""
    if line.first:
        title = f"<br><small>{text(line.title)}</small>" if line.title else ""
        yield f'<th scope="row"{_span(line)}>{text(line.id)}{title}</th>'


def _rest(line: Line, extra: Sequence[str]) -> Iterator[str]:
    """What is said once of a rule: what it asks for, its exceptions, its marks."""
    if not line.first:
        return
    yield f'<td class="then"{_span(line)}>{text(line.asks)}</td>'
    if "exceptions" in extra:
        yield f'<td class="words"{_span(line)}>{text(line.exceptions)}</td>'
    if "marks" in extra:
        marks = " ".join(f'<a class="mark {mark[0]}" href="#{mark}">{mark}</a>' for mark in line.marks)
        yield f"<td{_span(line)}>{marks}</td>"


def _cell(said: str) -> str:
    return '<td class="any">–</td>' if said == ANY else f"<td>{text(said)}</td>"


def _note(note: Note) -> str:
    values = "".join(f"<span><b>{text(name)}</b> = {text(value)}</span>" for name, value in note.input)
    example = f'<p class="input">for example {values}</p>' if values else ""
    mark = f'<span class="mark {note.mark[0]}">{note.mark}</span>'
    return f'<li id="{note.mark}">{mark} {text(note.text)}{example}</li>'
