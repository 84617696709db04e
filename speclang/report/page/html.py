"""The report as a page: one HTML file without a resource of its own beside it.

In: a view, and the page of the graph. Out: the text of the file.
Invariant: what a spec or a model says reaches the page as text only: escaped in markup, and in data blocks whose `<` are written as
numbers. A policy in the page's head lets no script and no style run but those whose hashes it names, and lets nothing be fetched.
"""

from ...assure.accounts import SHOWN
from ...trace.page import assets as graph
from ...trace.page.markup import block, policy, text
from ...version import VERSION
from ..spoken import HEAD, TAIL
from ..view import View
from . import assets
from .data import blocks, index
from .full import full
from .matrix import matrices
from .opening import opening, table
from .plots import histogram
from .words import drawn, model, plural, visible, when

MARK = '<!DOCTYPE html>\n<html lang="en">\n<meta name="generator" content="specc report">\n'
"""How every such file begins: by this, specc knows a file of its own."""

_PARTS = {
    "overview": "In short",
    "requirements": "Requirements",
    "coverage": "Coverage",
    "trace": "Graph",
    "drift": "Drift",
    "measures": "Measures",
    "full": "In full",
}
_CHOICES = {
    "": "all",
    "fails below open known": "what needs attention",
    "fails": "what fails",
    "open judge": "what is undecided",
    "untried stale ungraded": "what is not run",
    "holds": "what holds",
}
"""What can be chosen, by the states that are shown then."""

_UNITS = {"latency": ("Latency", "s"), "tokens": ("Tokens of an answer", ""), "cost": ("Cost of an answer", "")}


def page(view: View, trace: str) -> str:
    """The page of `view`; `trace` is that of the graph, which is drawn when somebody opens it."""
    rules = policy((assets.script(), graph.script()), (assets.style(), graph.style()), "frame-src 'self'")
    data = "\n".join(
        f'<script type="application/json" id="c{number}">{block(one)}</script>'
        for number, one in enumerate(blocks(view))
    )
    return f"""{MARK}<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{rules}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(view.project)}: report</title>
<style>{assets.style()}</style>
<a class="skip" href="#overview">to the report</a>
<header>
<h1>{text(visible(view.project))} <small>{_of(view)}</small></h1>
<nav aria-label="parts of the page">{_links()}</nav>
<form role="search" class="tools" id="tools"><label><span class="quiet">Search</span><input id="search" type="search"
placeholder="Search: ID, clause, answer   /" autocomplete="off" spellcheck="false"></label>
<label><span class="quiet">Show</span><select id="state">{_choices()}</select></label> <span id="hits" role="status"></span></form>
</header>
<main>
{opening(view)}
{table(view)}
{matrices(view)}
{_graph()}
{_drift(view)}
{_measures(view)}
{full(view)}
</main>
<footer>{_rule(view)}</footer>
<script type="application/json" id="index">{block(index(view))}</script>
{data}
<script type="application/json" id="graph-page">{block(trace)}</script>
<script>{assets.script()}</script>
</html>
"""


def _links() -> str:
    return "\n".join(f'<a href="#{id}">{name}</a>' for id, name in _PARTS.items())


def _choices() -> str:
    return "".join(f'<option value="{states}">{name}</option>' for states, name in _CHOICES.items())


def _of(view: View) -> str:
    last = f", {when(view.last)}" if view.last else ""
    return f"{plural(len(view.requirements), 'requirement')} of {plural(len(view.parts), 'feature')}{last}"


def _graph() -> str:
    return """<section id="trace" aria-labelledby="h-trace">
<h2 id="h-trace">Graph: from requirement to clause, grader and case</h2>
<p><button type="button" id="draw">Draw the graph</button>
<span class="soft">Whatever is chosen in it is shown with all that it is linked to.</span></p>
<p aria-live="polite"><a id="chosen" hidden href="#full">in full</a></p>
<div id="frame"></div>
</section>"""


def _drift(view: View) -> str:
    body = "<p>Nothing: specs, prompts and cases say the same.</p>"
    if view.drifted:
        body = f'<pre class="terminal" tabindex="0">{drawn(view.drifted, view.places)}</pre>'
    others = ""
    if view.others:
        title = plural(len(view.others), "other finding")
        shown = drawn(view.others, view.places)
        others = f'<details><summary>{title} of `specc check`</summary><pre class="terminal" tabindex="0">{shown}</pre></details>'
    return f"""<section id="drift" aria-labelledby="h-drift">
<h2 id="h-drift">Drift: what spec, prompt and cases no longer say alike</h2>
{body}
{others}
</section>"""


def _measures(view: View) -> str:
    """What answers took."""
    listed: list[str] = []
    for account, measured in zip(view.accounts, view.material.measured, strict=True):
        for key, (name, unit) in _UNITS.items() if not account.stub or len(view.accounts) == 1 else ():
            if key in measured:
                caption = f"{name}, {text(visible(model(account)))}, {plural(len(measured[key]), 'answer')}"
                listed.append(
                    f"<figure><figcaption>{caption}</figcaption>{histogram(measured[key], unit, name)}</figure>"
                )
    figures = "\n".join(listed)
    return f"""<section id="measures" aria-labelledby="h-measures">
<h2 id="h-measures">Measures: what answers took</h2>
<div class="figures">{figures or '<p class="soft">Nothing was measured.</p>'}</div>
</section>"""


def _rule(view: View) -> str:
    """What of the answers is in the file."""
    without = view.material.without_room
    left = f" Of {plural(without, 'further answer')} only the verdicts are here." if without else ""
    return f"""<p>What counts: answers to the prompt, the cases and by the graders of today, in the last run of each case.
Of each case and model up to {SHOWN} answers are here, those that fail first, then the newest; of a message the first {HEAD:,} and the last
{TAIL:,} characters.{left}</p>
<p>Written by specc {VERSION} from the specs and the store. This file fetches nothing.</p>"""
