"""Each requirement in full: what the spec says, what the prompt says of it, who grades it, its curve; its cases are drawn by the script.

In: a view. Out: markup.
"""

import json
from collections.abc import Iterator

from ...plan.grader import Grader
from ...source.hashing import Json
from ...trace.page.markup import text
from ..view import STATES, Clause, Part, Stands, Stated, View
from .data import accounts_of
from .opening import anchor, aside
from .plots import curve, interval
from .words import coloured, model, plural, sign, visible, when

_LONGEST = 160
"""How much of a grader's setting is shown."""


def full(view: View) -> str:
    """The section of the page."""
    numbers = {id(one): at for at, one in enumerate(view.requirements)}
    parts = "\n".join(_part(view, part, [numbers[id(one)] for one in part.requirements]) for part in view.parts)
    return f"""<section id="full" aria-labelledby="h-full">
<h2 id="h-full">Each requirement, with its clause, cases and answers</h2>
{parts}
</section>"""


def _part(view: View, part: Part, numbers: list[int]) -> str:
    each = "\n".join(_requirement(view, one, at) for one, at in zip(part.requirements, numbers, strict=True))
    prompt = "".join(_piece(words, owner, part.name) for words, owner in part.prompt)
    return f"""<section class="part" aria-labelledby="f-{text(part.name)}">
<h3 id="f-{text(part.name)}">{text(part.name)} <small>{text(visible(part.title))}</small></h3>
<details class="prompt" id="p-{text(part.name)}"><summary>The whole prompt <small>{text(part.path)}</small></summary>
<pre class="said">{prompt}</pre></details>
{each}
</section>"""


def _piece(words: str, owner: str, feature: str) -> str:
    shown = text(visible(words))
    return f'<a class="clause" href="#r-{text(feature)}-{text(owner)}">{shown}</a>' if "-" in owner else shown


def _requirement(view: View, one: Stated, number: int) -> str:
    told = accounts_of(view, one)
    stands = [one.stands[at] for at in told]
    state = min((other.state for other in stands), key=_order, default="untried" if one.graders else "ungraded")
    lines = (
        "\n".join(_stands(view, other) for other in stands)
        or f'<p class="soft">{"Not run." if one.graders else "No grader speaks for it: nothing can fail it."}</p>'
    )
    clauses = "\n".join(_clause(other) for other in one.clauses) or '<p class="soft">It adds nothing to the prompt.</p>'
    graders = "\n".join(_grader(other) for other in one.graders)
    listed = f"<h5>Graders</h5>\n<ul class=graders>{graders}</ul>" if graders else ""
    curves = "\n".join(_curves(view, one))
    about = [
        one.kind,
        *([one.level] if one.level else []),
        f"{plural(len(one.cases), 'own case')}" if one.cases else "no own cases",
    ]
    head = f"<h4>{sign(state)} <b>{text(one.id)}</b> {text(visible(one.title))}</h4>"
    return f"""<details class="requirement" id="{text(anchor(one))}" data-number="{number}" data-state="{state}">
<summary>{head} <span class="soft">{text(" · ".join(about))}</span></summary>
<div class="two">
<div class="left">
{lines}
<h5>Spec <small>{text(one.at)}</small></h5>
<pre class="spec">{coloured(one.spec)}</pre>
<h5>In the prompt <small><a href="#p-{text(one.feature)}">all of it</a></small></h5>
{clauses}
{listed}
{_mutants(one)}
{curves}
</div>
<div class="right"><h5>Cases</h5>
<div class="cases"><noscript><p>A script draws the cases, and none runs here.</p></noscript></div></div>
</div>
</details>"""


def _order(state: str) -> int:
    return list(STATES).index(state)


def _stands(view: View, one: Stands) -> str:
    whom = text(visible(model(view.accounts[one.account])))
    rate = ""
    if one.row is not None and one.row.standing.rate.n:
        rate = f" {interval(one.row.standing.rate, one.row.wanted, one.state)} {text(str(one.row.standing.rate))}"
    beside = aside(one)
    known = one.row.standing.known if one.row is not None else None
    because = f"<br>known to fail until {known.until.isoformat()}: {text(visible(known.because))}" if known else ""
    told = "; ".join((*([when(one.last)] if one.last else []), *([f"not counted: {text(beside)}"] if beside else [])))
    return (
        f'<p class="stands {one.state}">{sign(one.state)} <b>{text(one.words)}</b> with {whom}{rate} '
        f'<span class="soft">{told}</span>{because}</p>'
    )


def _clause(one: Clause) -> str:
    return (
        f'<pre class="said context"><span class="around">{text(visible(one.before))}</span>'
        f'<mark>{text(visible(one.text.rstrip(chr(10))))}</mark>\n<span class="around">{text(visible(one.after))}</span></pre>'
    )


def _grader(one: Grader) -> str:
    settings = ", ".join(f"{setting.name}: {_brief(setting.value)}" for setting in one.settings)
    told = f"{one.check} ({settings})" if settings else one.check
    where = "every case" if one.always else "the cases that name it"
    return f"<li><code>{text(visible(one.id))}</code> <span class=soft>{text(visible(told))}, on {where}</span></li>"


def _mutants(one: Stated) -> str:
    """Whether the cases notice when the clause is changed, by model."""
    told: list[str] = []
    for by in one.mutants:
        whom = "the stub (no model)" if by.stub else text(visible(by.model))
        alive = "".join(
            f"<li><code>{text(visible(name))}</code> <span class=soft>{text(visible(what))}: {text(fate)}</span></li>"
            for name, what, fate in by.alive
        )
        said = f"{by.killed.passed:,} of {plural(by.killed.n, 'mutant')} killed with {whom}: {text(str(by.killed))}"
        told.append(f'<p>{said} <span class="soft">{when(by.ended)}</span></p><ul class=graders>{alive}</ul>')
    return f"<h5>Mutants: do its cases notice a changed clause</h5>{''.join(told)}" if told else ""


def _brief(value: Json) -> str:
    said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _curves(view: View, one: Stated) -> Iterator[str]:
    for at in accounts_of(view, one):
        account = view.accounts[at]
        points = account.curve.get((one.feature, one.id), ())
        if len(points) > 1:
            name = text(visible(model(account)))
            caption = f"Over {plural(len(points), 'run')} with {name}; hollow: before the last change"
            yield f"<figure><figcaption>{caption}</figcaption>{curve(points, f'{one.id} with {model(account)}')}</figure>"
