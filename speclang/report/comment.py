"""The report as Markdown: a comment for a pull request, with each requirement and what changed against the baseline.

In: a view. Out: text. It is written from the store; `evaluation.markdown` tells of one run that has just ended, with the same cells.
Invariant: what a model wrote is shown to the letter, and a stub's results nowhere without its name.
"""

from collections.abc import Iterator, Mapping

from ..assure.accounts import Account
from .evaluation import HEAD, STUB, cells_of, told
from .marked import cells, code
from .view import STATES, Stands, Stated, View

MARK = "<!-- specc report -->\n"
"""How every such comment begins: by this, whoever posts it finds the one to replace."""

_MOST = 12
_REASONS = 3
_LONGEST = 60_000
"""GitHub takes comments of up to 65,536 characters."""


def headline(view: View) -> str:
    """How all of it stands, in a line."""
    whole = len(view.requirements)
    noun = "requirement" if whole == 1 else "requirements"
    if not view.accounts:
        return f"none of {whole:,} {noun} was run"
    counts, account = view.counts(0), view.accounts[0]
    bad, good = counts.get("fails", 0), counts.get("holds", 0)
    lead = f"{bad:,} of {whole:,} {noun} fail" if bad else f"{good:,} of {whole:,} {noun} hold"
    verb = lead + "s" if (bad or good) == 1 else lead
    rest = [f"{count:,} {STATES[state]}" for state, count in counts.items() if state not in ("fails", "holds")]
    return f"{verb} with {account.model}" + (f" ({', '.join(rest)})" if rest else "")


def markdown(view: View) -> str:
    """The comment; where it would be longer than hosts take, without the answers that fail."""
    whole = _written(view, folded=True)
    return whole if len(whole) <= _LONGEST else _written(view, folded=False)


def _written(view: View, *, folded: bool) -> str:
    lines = [f"{MARK}### specc report: {headline(view)}", ""]
    if view.drifted:
        lines += ["**Specs and generated files have drifted apart:**", ""]
        lines += [f"- {code(one.title)}" for one in view.drifted[:_MOST]] + [""]
    models = [one for one in view.accounts if not one.stub] or list(view.accounts)
    for one in models:
        lines += _model(view, one, alone=len(models) == 1, folded=folded)
    lines += _not_run(view)
    lines += _against(view)
    return "\n".join([*lines, ""])


def _model(view: View, account: Account, *, alone: bool, folded: bool) -> Iterator[str]:
    """The table of one model, and the first answers that fail."""
    if not alone:
        yield from (f"#### {account.model}", "")
    if account.stub:
        yield from (f"**{STUB[0].upper()}{STUB[1:]}.**", "")
    at = view.accounts.index(account)
    baseline = _baseline(view) if at == 0 else {}
    many = len(view.parts) > 1
    yield cells((*HEAD, "baseline") if baseline else HEAD)
    yield cells("---" for _ in range(len(HEAD) + bool(baseline)))
    for one in view.requirements:
        stands = one.stands[at]
        if stands.row is not None and told(stands.row):
            name, *rest = cells_of(stands.row, many=many)
            yield cells((code(name), *rest, *([baseline.get((one.feature, one.id), "-")] if baseline else [])))
    yield ""
    for one in view.requirements if folded else ():
        yield from _failures(view, one, one.stands[at], many=many)
    last = max(account.last.values(), default="")
    yield f"{account.answers:,} answers of {account.model} counted, the last of {last[:16].replace('T', ' ')} UTC{_aside(view, at)}"
    yield ""


def _baseline(view: View) -> Mapping[tuple[str, str], str]:
    return {
        (one.feature, one.requirement): f"{one.verdict}, {one.before.passed:,} of {one.before.n:,} before"
        for one in view.against or ()
    }


def _against(view: View) -> Iterator[str]:
    """What the baseline is worth for what was run."""
    for said, verdict in (("worse than the baseline", "worse"), ("not run as the baseline has it", "gone")):
        names = [f"{one.feature}/{one.requirement}" for one in view.against or () if one.verdict == verdict]
        if names:
            yield f"{said}: {', '.join(map(code, names))}"
    if view.against is not None and not any(one.blocks for one in view.against):
        yield "nothing is worse than the baseline"


def _aside(view: View, at: int) -> str:
    """What counts in no rate, all together."""
    stands = [one.stands[at].aside for one in view.requirements]
    counts = (
        ("stale", sum(one.stale.rate.n for one in stands)),
        ("foreign", sum(one.foreign.rate.n for one in stands)),
        ("of earlier runs", sum(one.earlier.rate.n for one in stands)),
    )
    listed = ", ".join(f"{count:,} {label}" for label, count in counts if count)
    return f"; verdicts that are not counted: {listed}" if listed else ""


def _failures(view: View, one: Stated, stands: Stands, *, many: bool) -> Iterator[str]:
    """The first answers that fail a requirement, folded."""
    if stands.row is None or not stands.row.standing.failed:
        return
    reasons = list(view.failing(one, stands.account))[:_REASONS]
    name = f"{one.feature}/{one.id}" if many else one.id
    count = f"{stands.row.standing.failed:,} of {stands.row.standing.rate.n:,}"
    yield from (f"<details><summary>{name}: {count} fail</summary>", "")
    yield from (f"- {code(case)}: {code(why)}" for case, why in reasons)
    yield from ("", "</details>", "")


def _not_run(view: View) -> Iterator[str]:
    """The requirements of which nothing tells."""
    for said, states in (("not run", ("untried", "stale")), ("no grader speaks for", ("ungraded",))):
        names = [f"{one.feature}/{one.id}" for one in view.requirements if _best(one) in states]
        if names:
            more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
            yield f"{said}: {', '.join(map(code, names[:_MOST]))}{more}"
            yield ""


def _best(one: Stated) -> str:
    """How a requirement stands with the model that tells most of it."""
    if not one.graders:
        return "ungraded"
    states = [other.state for other in one.stands]
    return min(states, key=list(STATES).index, default="untried")
