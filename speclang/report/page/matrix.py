"""The coverage matrix: each requirement against each kind of case, coloured by what the answers have shown.

In: a view. Out: a table for each model. Each of a requirement's own cases stands in one cell, also where another requirement decides; what
cases of other requirements tell of it stands in the last column.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from ...assure.accounts import Count
from ...plan.case import Case
from ...trace.page.markup import text
from ..view import Stated, View
from .opening import anchor
from .plots import squares
from .words import model, plural, sign, visible

_OTHERS = "cases of others"
_ORDER = ("nominal", "boundary", "mcdc", "pair", "clash")


def matrices(view: View) -> str:
    """The section of the page."""
    shown = range(len(view.accounts)) if view.accounts else (-1,)
    body = "\n".join(_matrix(view, at, first=not number) for number, at in enumerate(shown))
    legend = "".join(
        f"<li>{sign(state)} {words}</li>"
        for state, words in (
            ("fails", "an answer fails"),
            ("holds", "all pass"),
            ("judge", "left to a judge"),
            ("untried", "not run"),
        )
    )
    return f"""<section id="coverage" aria-labelledby="h-coverage">
<h2 id="h-coverage">Coverage: requirements and kinds of case</h2>
<p class="soft">A square is a case, and says how its answers stand to the requirement on its row, or to the one that decides there. A
figure says how many of the cases pass every time.</p>
<ul class="legend">{legend}</ul>
{body}
</section>"""


def _matrix(view: View, at: int, *, first: bool) -> str:
    kinds = _kinds(view)
    heads = "".join(f'<th scope="col">{text(visible(kind))}</th>' for kind in (*kinds, _OTHERS))
    others = _told_by_others(view, at)
    bodies = "\n".join(_body(view, at, part.name, kinds, others) for part in view.parts)
    name = text(visible(model(view.accounts[at]))) if at >= 0 else "no model yet"
    return f"""<details class="matrix"{" open" if first else ""}><summary>{name}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="coverage by {name}"><table class="grid">
<thead><tr><th scope="col">requirement</th>{heads}</tr></thead>
{bodies}
</table></div></details>"""


def _kinds(view: View) -> tuple[str, ...]:
    """The kinds of case that there are."""
    found = dict.fromkeys(technique(case) for one in view.requirements for case in one.cases)
    return tuple(sorted(found, key=lambda kind: (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)))


def technique(case: Case) -> str:
    """What kind of case it is: what its ID says after the requirement."""
    return case.id.removeprefix(f"{case.requirement}/").partition("/")[0]


def state_of(count: Count | None) -> str:
    """What the answers to one case say of a requirement, as a state."""
    if count is None:
        return "untried"
    if count.failed:
        return "fails"
    return "holds" if count.passed else "judge" if count.waiting else "untried"


def _told_by_others(view: View, at: int) -> Mapping[tuple[str, str], Counter[str]]:
    """By requirement how cases of other requirements stand to it."""
    found: dict[tuple[str, str], Counter[str]] = {}
    owners = {(one.feature, case.id): one.id for one in view.requirements for case in one.cases}
    for (feature, case), counts in view.accounts[at].cases.items() if at >= 0 else ():
        for requirement, count in counts.items():
            if owners.get((feature, case)) not in (None, requirement):
                found.setdefault((feature, requirement), Counter())[state_of(count)] += 1
    return found


def _body(
    view: View, at: int, feature: str, kinds: tuple[str, ...], others: Mapping[tuple[str, str], Counter[str]]
) -> str:
    rows = "\n".join(
        _row(view, one, at, kinds, others.get((feature, one.id), Counter()))
        for one in view.requirements
        if one.feature == feature
    )
    head = f'<tr class="feature"><th scope="rowgroup" colspan="{len(kinds) + 2}">{text(feature)}</th></tr>'
    return f"<tbody>{head}\n{rows}</tbody>"


def _row(view: View, one: Stated, at: int, kinds: tuple[str, ...], others: Counter[str]) -> str:
    found: dict[str, Counter[str]] = {}
    for case in one.cases:
        count = view.accounts[at].of_case(one.feature, case, one.id)[0] if at >= 0 else None
        found.setdefault(technique(case), Counter())[state_of(count)] += 1
    cells = "".join(_cells(found, kinds, others, one.id))
    state = one.stands[at].state if at >= 0 else "untried" if one.graders else "ungraded"
    name = text(anchor(one))
    return f'<tr data-of="{name}"><th scope="row">{sign(state)} <a href="#{name}">{text(one.id)}</a></th>{cells}</tr>'


def _cells(found: Mapping[str, Counter[str]], kinds: tuple[str, ...], others: Counter[str], id: str) -> Iterator[str]:
    for kind, counts in (*((kind, found.get(kind, Counter[str]())) for kind in kinds), (_OTHERS, others)):
        if not counts:
            yield "<td></td>"
            continue
        ordered = {state: counts[state] for state in ("fails", "judge", "untried", "holds") if counts[state]}
        whole, good = sum(counts.values()), counts["holds"]
        said = f"{id}, {kind}: {plural(whole, 'case')}, {good:,} pass, {counts['fails']:,} fail"
        worst = next(iter(ordered))
        yield (
            f'<td class="cell {worst}" title="{text(visible(said))}" data-cases="{whole}" data-pass="{good}">{squares(ordered)}'
            f"<span>{good:,}/{whole:,}</span></td>"
        )
