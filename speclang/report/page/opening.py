"""What stands at the top: how all of it stands, in a sentence and a bar for each model, what needs attention, and the table.

In: a view. Out: markup. Invariant: a rate stands nowhere without its n and its interval, a stub's nowhere without its name.
"""

from collections.abc import Iterator, Mapping

from ...grading.tally import Rate
from ...trace.page.markup import text
from ..evaluation import STUB
from ..view import STATES, Stands, Stated, View
from .data import accounts_of
from .plots import interval, shares
from .words import model, plural, sign, visible, when

_MOST, _REASON = 8, 240


def anchor(one: Stated) -> str:
    """The name of a requirement's own part of the page."""
    return f"r-{one.feature}-{one.id}"


def opening(view: View) -> str:
    """The top of the page."""
    cards = "\n".join(_card(view, at) for at, one in enumerate(view.accounts) if not one.stub or _only_stub(view))
    if not view.accounts:
        cards = _nothing(view)
    return f"""<section id="overview" aria-labelledby="h-overview">
<h2 id="h-overview" class="quiet">In short</h2>
{cards}
{_stub(view)}{_sync(view)}{_baseline(view)}
{_attention(view)}
</section>"""


def _only_stub(view: View) -> bool:
    return all(one.stub for one in view.accounts)


def _nothing(view: View) -> str:
    counts = view.counts(0)
    whole = sum(counts.values())
    said = f"Nothing has been run yet: none of {plural(whole, 'requirement')} was tried on a model"
    return f'<div class="card"><p class="say">{said}.</p>{shares(counts, said)}<p class="soft">`specc eval` runs the cases.</p></div>'


def _card(view: View, at: int) -> str:
    """How all requirements stand with one model."""
    one, counts = view.accounts[at], view.counts(at)
    whole = sum(counts.values())
    bad, good = counts.get("fails", 0), counts.get("holds", 0)
    lead = _lead(bad, good, whole) if one.answers else "Nothing counts today"
    state = "fails" if bad else "open" if counts.get("open") else "holds" if good else "untried"
    parts = "".join(
        f'<li class="{name}">{sign(name)} <b>{count:,}</b> {STATES[name]}</li>' for name, count in counts.items()
    )
    stub = f'<p class="warn">{text(STUB[0].upper() + STUB[1:])}.</p>' if one.stub else ""
    last = max(one.last.values(), default="")
    said = ", ".join(f"{count:,} {STATES[name]}" for name, count in counts.items())
    return f"""<div class="card {state}">
<p class="say">{sign(state)} <strong>{lead}</strong> with {text(visible(model(one)))}</p>
{shares(counts, said)}
<ul class="counts">{parts}</ul>
<p class="soft">{plural(one.answers, "answer")} counted{f", the last {when(last)}" if last else ""}</p>{stub}
</div>"""


def _lead(bad: int, good: int, whole: int) -> str:
    """How many requirements fail, or where none does hold."""
    of = plural(whole, "requirement")
    if bad:
        return f"{bad:,} of {of} {'fails' if bad == 1 else 'fail'}"
    return f"{good:,} of {of} {'holds' if good == 1 else 'hold'}"


def _stub(view: View) -> str:
    """That a stub answered beside models."""
    stubs = [one for one in view.accounts if one.stub]
    if not stubs or _only_stub(view):
        return ""
    count = sum(one.answers for one in stubs)
    said = f"The obedient stub, which is no model, has {plural(count, 'answer')}; they count in no line above, and bear its name below"
    return f'<p class="soft">{said}.</p>\n'


def _sync(view: View) -> str:
    """Whether specs, prompts and cases say the same."""
    drifted = view.drifted
    if not drifted:
        return f"<p>{sign('holds')} Specs, prompts and cases say the same: nothing has drifted.</p>\n"
    titles = "".join(f"<li>{text(visible(one.title))}</li>" for one in drifted[:3])
    more = f"<li>and {len(drifted) - 3:,} more</li>" if len(drifted) > 3 else ""
    head = f'{sign("fails")} <a href="#drift">Specs and generated files have drifted apart</a>'
    return f'<div class="warn"><p>{head}:</p><ul>{titles}{more}</ul></div>\n'


def _baseline(view: View) -> str:
    """How the model that answered last stands against the baseline."""
    if view.against is None:
        return ""
    worse = [one for one in view.against if one.verdict == "worse"]
    better = [one for one in view.against if one.verdict == "better"]
    if not worse and not better:
        return f"<p>{sign('holds')} Nothing is worse than the baseline.</p>"
    said = [f"{len(listed):,} {word}" for listed, word in ((worse, "worse"), (better, "better")) if listed]
    links = ", ".join(
        f'<a href="#r-{text(one.feature)}-{text(one.requirement)}">{text(one.requirement)}</a>'
        for one in (*worse, *better)[:12]
    )
    return f"<p>{sign('fails' if worse else 'holds')} Against the baseline: {' and '.join(said)} ({links}).</p>"


def _attention(view: View) -> str:
    """The requirements that fail or are undecided, each with how and why."""
    rows = [
        (list(STATES).index(stands.state), one, stands)
        for one in view.requirements
        for stands in (one.stands[at] for at in accounts_of(view, one))
        if stands.state in ("fails", "open", "below") and (not view.accounts[stands.account].stub or _only_stub(view))
    ]
    if not rows:
        return ""
    rows.sort(key=lambda row: row[0])
    several = sum(not one.stub for one in view.accounts) > 1
    listed = "\n".join(_needy(view, one, stands, several=several) for _, one, stands in rows[:_MOST])
    more = (
        f'<p><a href="#requirements">and {len(rows) - _MOST:,} more in the table</a></p>' if len(rows) > _MOST else ""
    )
    return f'<h3>Needs attention</h3>\n<ul class="needy">\n{listed}\n</ul>{more}'


def _needy(view: View, one: Stated, stands: Stands, *, several: bool) -> str:
    rate = str(stands.row.standing.rate) if stands.row is not None else ""
    case, why = next(view.failing(one, stands.account), ("", ""))
    reason = f'<br><span class="soft">{text(visible(f"{case}: {why[:_REASON]}"))}</span>' if why else ""
    whom = f" · {text(visible(view.accounts[stands.account].model))}" if several else ""
    whose = f'<span class="soft">{text(one.feature)}</span> ' if len(view.parts) > 1 else ""
    link = f'{whose}<a href="#{text(anchor(one))}"><b>{text(one.id)}</b> {text(visible(one.title))}</a>'
    return (
        f'<li class="{stands.state}">{sign(stands.state)} {link} {text(stands.words)}: {text(rate)}{whom}{reason}</li>'
    )


def table(view: View) -> str:
    """Every requirement, with how it stands by each model."""
    bodies = "\n".join(_body(view, part.name, part.title) for part in view.parts)
    return f"""<section id="requirements" aria-labelledby="h-requirements">
<h2 id="h-requirements">Requirements</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="h-requirements"><table class="stands">
<thead><tr><th scope="col">requirement</th><th scope="col">level</th><th scope="col">verdict</th><th scope="col">rate, 95% interval</th>
<th scope="col"><span class="quiet">plot</span></th><th scope="col">model and age</th><th scope="col">not counted</th></tr></thead>
{bodies}
</table></div>
<p class="soft" id="none-found" hidden>Nothing is found.</p>
</section>"""


def _body(view: View, feature: str, title: str) -> str:
    against = {one.requirement: one.verdict for one in view.against or () if one.feature == feature}
    rows = "\n".join(line for one in view.requirements if one.feature == feature for line in _rows(view, one, against))
    head = f'<th scope="rowgroup" colspan="7">{text(feature)} <small>{text(visible(title))}</small></th>'
    return f'<tbody><tr class="feature">{head}</tr>\n{rows}</tbody>'


def _rows(view: View, one: Stated, against: Mapping[str, str]) -> Iterator[str]:
    told = accounts_of(view, one)
    span = f' rowspan="{len(told)}"' if len(told) > 1 else ""
    head = (
        f'<th scope="row"{span}><a href="#{text(anchor(one))}"><b>{text(one.id)}</b> {text(visible(one.title))}</a></th>'
        f"<td{span}>{one.level or '–'}</td>"
    )
    key = f'data-of="{text(anchor(one))}"'
    if not told:
        state = "untried" if one.graders else "ungraded"
        words = "not run" if one.graders else "no grader speaks for it"
        yield f'<tr {key} data-state="{state}">{head}<td class="{state}">{sign(state)} {words}</td>{"<td></td>" * 4}</tr>'
        return
    for number, at in enumerate(told):
        stands = one.stands[at]
        stub = view.accounts[at].stub
        change = against.get(one.id, "") if at == told[0] and not stub else ""
        mark = (
            f'<br><small class="change">{text(change)} against the baseline</small>'
            if change in ("worse", "better")
            else ""
        )
        yield (
            f'<tr {key} data-state="{stands.state}"{" class=stub" if stub else ""}>{head if not number else ""}'
            f'<td class="{stands.state}">{sign(stands.state)} {text(stands.words)}{mark}</td>{_rate(stands)}'
            f"<td>{text(visible(model(view.accounts[at])))}<br>{when(stands.last)}</td><td>{text(aside(stands))}</td></tr>"
        )


def _rate(stands: Stands) -> str:
    if stands.row is None or not stands.row.standing.rate.n:
        return "<td></td><td></td>"
    rate: Rate = stands.row.standing.rate
    plot = interval(rate, stands.row.wanted, stands.state)
    return f'<td class="rate" data-n="{rate.n}" data-passed="{rate.passed}">{text(str(rate))}</td><td>{plot}</td>'


def aside(stands: Stands) -> str:
    """What counts in no rate, in words."""
    counts = (
        ("of earlier runs", stands.aside.earlier),
        ("stale", stands.aside.stale),
        ("foreign", stands.aside.foreign),
    )
    return "; ".join(f"{label}: {count.passed:,} of {count.rate.n:,} passed" for label, count in counts if count.rate.n)
