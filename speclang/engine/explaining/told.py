"""What the rules say of an input, as lines for people and as data.

Invariant: what a spec or a user wrote is shown on its own line, without what a terminal would act on.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import assert_never

from ...lowering.trial import Trial
from ...model.tool import WORKS
from ...plan.delivery import delivered
from ...source.hashing import Json
from .decided import Decided, Flip, From, Standing, State

_ORDER = (State.DECIDES, State.BEATEN, State.IDLE, State.SILENT)

Line = tuple[str, str]
"""A style, or "", and a text."""


def lines(one: Decided) -> Iterator[Line]:
    """The answer, a line each."""
    for style, text in _lines(one):
        yield style, visible(text)


def visible(text: str) -> str:
    """`text` with what a terminal would act on shown as a replacement."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def _lines(one: Decided) -> Iterator[Line]:
    yield ("red" if one.odds or not one.asked else "green"), f"{one.feature}: {_headline(one)}"
    yield from _table("input", [(each.name, each.shown, _source(each.source)) for each in one.inputs])
    rows = [_row(each) for state in _ORDER for each in one.standings if each.state is state]
    yield from _table("requirements", rows)
    always = [each.id for each in one.standings if each.state is State.ALWAYS]
    if always:
        yield "", f"  {', '.join(always)}: asked of the answer besides"
    if one.flips:
        yield from _table("one change away", list(_changes(one.flips)))
    elif one.whole:
        yield from (("", ""), ("", "no single change of a value leads to anything else"))
    if not one.whole:
        yield (
            "",
            "  conditions multiply givens, or compare sums of them: a smaller change may lead to something else, too",
        )
    if one.talk is not None:
        yield from _table("conversation", list(_talk(one.talk)))


def _headline(one: Decided) -> str:
    if one.odds:
        return f"{one.odds[0]} and {one.odds[1]} are at odds: {' and '.join(what for what, _ in one.asked)} exclude each other"
    if not one.asked:
        return "no requirement decides this input"
    wordings = dict(one.wordings)
    return "; ".join(
        f"{what}{f' ({wordings[what]})' if what in wordings else ''}, as {_ids(by)} ask{'s' if len(by) == 1 else ''}"
        for what, by in one.asked
    )


def _row(one: Standing) -> tuple[str, ...]:
    return one.id, one.state.value, " and ".join(one.asks), _why(one), one.at


def _why(one: Standing) -> str:
    """Why a requirement stands as it does."""
    match one.state:
        case State.DECIDES:
            reason = f"as `{one.why[0]}`" if one.why else "always"
            return f"{reason}; over {_ids(one.over)}" if one.over else reason
        case State.BEATEN:
            return f"{_ids(one.by)} {'is' if len(one.by) == 1 else 'are'} over it"
        case State.IDLE:
            return f"a default, and {_ids(one.by)} decide{'s' if len(one.by) == 1 else ''}"
        case State.SILENT | State.ALWAYS:
            return "; ".join(one.why)
    assert_never(one.state)


def _changes(flips: Sequence[Flip]) -> Iterator[tuple[str, ...]]:
    """A row for each flip; values of one given that have no order and lead to the same stand in one."""
    for (name, distance, asks, by), group in groupby(flips, lambda one: (one.name, one.distance, one.asks, one.by)):
        shown = [one.shown for one in group]
        listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
        yield name, listed, distance, " and ".join(asks) or "nothing", _ids(by)


def _source(source: From) -> str:
    return "typical" if source is From.TYPICAL else ""


def _talk(talk: Trial) -> Iterator[tuple[str, ...]]:
    for each in talk.context:
        yield "context", f"{each.given} = {each.shown}"
    for turn in talk.turns:
        yield turn.role, turn.text
    for reply in talk.replies:
        said = delivered(reply) if reply.returns is not None or reply.state == WORKS else ""
        yield reply.tool, said if reply.state == WORKS else f"{reply.state}{f': {said}' if said else ''}"


def _table(title: str, rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    if not rows:
        return
    yield "", ""
    yield "bold", title
    count = max(len(row) for row in rows)
    widths = [max(len(visible(row[at])) if at < len(row) else 0 for row in rows) for at in range(count)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False) if width)
        yield "", f"  {'  '.join(cells).rstrip()}"


def _ids(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}" if ids else "nobody"


def as_json(one: Decided) -> str:
    """One JSON object."""
    data: Json = {
        "version": 1,
        "feature": one.feature,
        "input": {
            each.name: {"value": each.data, "shown": each.shown, "from": each.source.value} for each in one.inputs
        },
        "expected": [{"asks": what, "by": list(by)} for what, by in one.asked],
        "odds": list(one.odds),
        "requirements": [
            {
                "id": each.id,
                "title": each.title,
                "at": each.at,
                "state": each.state.name.lower(),
                "asks": list(each.asks),
                "by": list(each.by),
                "over": list(each.over),
                "why": list(each.why),
            }
            for each in one.standings
        ],
        "flips": [
            {
                "given": each.name,
                "value": each.data,
                "shown": each.shown,
                "distance": each.distance,
                "asks": list(each.asks),
                "by": list(each.by),
            }
            for each in one.flips
        ],
        "whole": one.whole,
        "conversation": None if one.talk is None else _as_data(one.talk),
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _as_data(talk: Trial) -> Json:
    return {
        "context": {each.given: each.shown for each in talk.context},
        "turns": [{"role": turn.role, "text": turn.text} for turn in talk.turns],
        "replies": [{"tool": one.tool, "state": one.state, "returns": one.returns} for one in talk.replies],
    }
