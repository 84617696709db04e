"""What is told of a run of mutants: a table for people and what each survivor means, Markdown for a pull request, JSON for machines.

In: a `Mutated`. Out: lines and documents.
Invariant: a rate stands nowhere without its n and its interval, a stub's results nowhere without its name; of a survivor no more is said
than the answers and the specs tell.
"""

import json
from collections.abc import Sequence

from ..assure.mutation.outcome import Mutated, Reading, Result, Row, Tried
from ..assure.mutation.verdict import Fate
from ..engine.answers import shown
from ..run.running import State
from ..source.hashing import Json
from .marked import cells, code
from .spending import spent_data, took

VERSION = 1
"""The version of the shape of `specc mutate --format json`."""

STUB = "by the obedient stub, which is no model: this tells what the cases can notice, and of no clause whether a model needs it"

HEAD = ("requirement", "killed", "survived", "undecided", "untried", "kill rate")

_MOST = 8

_MEANS = {
    Reading.ANYWAY: "its cases notice other changes, and the target does it all the same: the clause may not be needed as it stands",
    Reading.UNNOTICED: "no case notices: whoever follows the changed clause passes all of them",
    Reading.OPEN: "no answer to its cases has ever failed: either no case notices, or the target does it anyway",
}
_MEANS_WEAKENED = "its cases notice other changes, and the target does it just as well where it only should"
_MEANS_DELETED = "its cases notice other changes, and the target does it without being told: the clause may be cut"

_ENDED = {
    State.STOPPED: "it was told to stop",
    State.SPENT: "the budget is spent",
}


def rows(found: Mutated) -> list[tuple[str, ...]]:
    """A row for each requirement, under a head."""
    many = len({one.feature for one in found.results}) > 1
    return [HEAD, *(_row(one, many=many) for one in found.rows)]


def means(one: Result) -> str:
    """What it means that a mutant is alive."""
    if one.reading is Reading.ANYWAY and one.operator == "delete":
        return _MEANS_DELETED
    if one.reading is Reading.ANYWAY and one.operator == "weaken":
        return _MEANS_WEAKENED
    return _MEANS[one.reading] if one.reading is not None else one.why


def alive(found: Mutated) -> list[str]:
    """Each survivor with the difference of its clause and what that means; then those of which nothing can be told, by why."""
    lines: list[str] = []
    for one in found.results:
        if one.fate is Fate.SURVIVED:
            lines += [f"survived: {_called(one, found)} ({one.what})", *_difference(one), f"  {means(one)}", ""]
    return lines


def open_ones(found: Mutated) -> list[str]:
    """The mutants of which nothing can be told, by why."""
    why: dict[str, list[str]] = {}
    for one in found.results:
        if one.fate is Fate.UNTRIED:
            why.setdefault(one.why, []).append(one.requirement)
        elif one.fate is Fate.UNDECIDED:
            why.setdefault(_undecided(one), []).append(one.name)
        elif one.fate is Fate.NOT_RUN:
            why.setdefault("not run", []).append(one.name)
    return [f"{reason}: {_listed(list(dict.fromkeys(names)))}" for reason, names in why.items()]


def closing(found: Mutated) -> list[str]:
    """What all mutants come to, and what they took."""
    whom = found.target if found.model == found.target else f"{found.target} ({found.model})"
    counts = {fate: sum(one.fate is fate for one in found.results) for fate in Fate}
    told = [f"{counts[fate]:,} {fate.value.replace('_', ' ')}" for fate in Fate if counts[fate] or fate is Fate.KILLED]
    lines = [
        f"{len(found.results):,} {_plural('mutant', len(found.results))} on {whom}: {', '.join(told)}",
        f"kill rate {found.rate}",
    ]
    if found.failing:
        names = _listed([case for _, case in found.failing])
        lines.append(f"fail with the prompt as it is, and show nothing: {names}")
    if found.missing:
        case, why = found.missed[0]
        lines.append(f"{found.missing:,} without an answer, the first `{case}`: {why}")
    if found.idle:
        lines.append(f"require nothing, and are not changed: {_listed(list(found.idle))}")
    if found.state is not State.DONE:
        lines.append(
            f"it did not come to its end: {_ENDED.get(found.state, found.why)}; the same command goes on with it"
        )
    lines.append(f"mutation run {found.run}: {took(found.spending)}")
    if found.stub:
        lines.append(STUB)
    return lines


def markdown(found: Mutated, at_least: float | None = None) -> str:
    """A comment for a pull request: the table, and what is alive."""
    head, *body = rows(found)
    lines = [f"### specc mutate: {_outcome(found, at_least)}", ""]
    told = closing(found)
    if found.stub:
        lines += [f"**{told[-1][0].upper()}{told[-1][1:]}.**", ""]
    lines += [cells(head), cells("---" for _ in head), *(cells((code(row[0]), *row[1:])) for row in body), ""]
    for one in found.results:
        if one.fate is Fate.SURVIVED:
            lines += [f"<details><summary>{code(_called(one, found))} survived: {code(one.what)}</summary>", ""]
            lines += [f"- was: {code(one.before)}", f"- became: {code(one.after) if one.after else 'nothing'}"]
            lines += [f"- {means(one)}", "", "</details>", ""]
    lines += [f"- {line}" for line in open_ones(found)]
    return "\n".join([*lines, "", *(told[:-1] if found.stub else told), ""])


def as_json(found: Mutated, at_least: float | None = None) -> str:
    """One JSON document, as `mutation.schema.json` describes it."""
    data: Json = {
        "version": VERSION,
        "run": found.run,
        "target": found.target,
        "model": found.model,
        "stub": found.stub,
        "steady": found.steady,
        "state": found.state.value,
        "at_least": at_least,
        "reached": None if at_least is None else found.reaches(at_least),
        "rate": shown.rate(found.rate),
        "requirements": [_requirement(one) for one in found.rows],
        "mutants": [_mutant(one) for one in found.results],
        "failing": [{"feature": feature, "case": case} for feature, case in found.failing],
        "missing": found.missing,
        "idle": list(found.idle),
        "spent": spent_data(found.spending),
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _outcome(found: Mutated, at_least: float | None) -> str:
    alive = f"{sum(one.fate is Fate.SURVIVED for one in found.results):,} of {len(found.results):,} mutants survived"
    if at_least is None:
        return alive
    return f"{alive}; {'at least' if found.reaches(at_least) else 'fewer than'} {at_least:.0%} are killed"


def _requirement(one: Row) -> Json:
    return {
        "feature": one.feature,
        "requirement": one.requirement,
        "killed": one.killed,
        "survived": one.survived,
        "undecided": one.undecided,
        "untried": one.untried,
        "not_run": one.not_run,
        "rate": shown.rate(one.rate),
    }


def _mutant(one: Result) -> Json:
    return {
        "feature": one.feature,
        "requirement": one.requirement,
        "operator": one.operator,
        "name": one.name,
        "what": one.what,
        "before": one.before,
        "after": one.after,
        "fate": one.fate.value,
        "reading": one.reading.value if one.reading is not None else None,
        "chance": None if one.chance is None else round(one.chance, 6),
        "times": one.times or None,
        "why": one.why or None,
        "cases": [_case(tried) for tried in one.tried],
    }


def _case(one: Tried) -> Json:
    return {
        "case": one.case,
        "before": shown.rate(one.before),
        "after": shown.rate(one.after),
        "noticed": list(one.noticed),
        "reason": one.reason or None,
    }


def _row(one: Row, *, many: bool) -> tuple[str, ...]:
    name = f"{one.feature}/{one.requirement}" if many else one.requirement
    counts = (one.killed, one.survived, one.undecided + one.not_run, one.untried)
    return (name, *(f"{count:,}" for count in counts), str(one.rate))


def _called(one: Result, found: Mutated) -> str:
    many = len({each.feature for each in found.results}) > 1
    return f"{one.feature}/{one.name}" if many else one.name


def _difference(one: Result) -> list[str]:
    """The clause as it was and as it became."""
    lines = [f"  - {line}" for line in one.before.splitlines()]
    return lines + ([f"  + {line}" for line in one.after.splitlines()] or ["  + (nothing)"])


def _undecided(one: Result) -> str:
    if one.why:
        return f"undecided, {one.why}"
    if one.times:
        return f"undecided, `--repeat {one.times}` may tell (`--steady` if the target answers the same each time)"
    return "undecided, too few answers"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
