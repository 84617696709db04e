"""Recordings that are too old to be trusted, or that were taken from another version of the tool.

In: what tools declare, the baseline, and the day. Out: findings.
"""

import datetime
from collections.abc import Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...model.tool import Tool
from ...run.calling import errors
from .baseline import Line


def out_of_date(tool: Tool, baseline: Sequence[Line], path: str, day: datetime.date) -> Iterator[Diagnostic]:
    """A finding for each recording of `tool` that is past its age on `day`; `path` is where the baseline lies."""
    promises = tool.promises
    if promises is None:
        return
    for one in promises.examples:
        if one.recorded is not None and promises.fresh is not None and (day - one.recorded).days > promises.fresh:
            yield errors.aged(f"example {one.text}", one.recorded, promises.fresh, (day - one.recorded).days, one.span)
    lines = [line for line in baseline if line.tool == tool.name]
    days = sorted(found for line in lines if (found := _day(line.day)) is not None)
    if days and promises.fresh is not None and (day - days[0]).days > promises.fresh:
        age = (day - days[0]).days
        yield errors.aged(f"{path} on {tool.name}", days[0], promises.fresh, age, tool.span, blessed=True)
    others = sorted({line.version for line in lines if line.version and line.version != promises.version})
    if promises.version and others:
        yield errors.other_version(f"{path} on {tool.name}", others[0], promises.version, tool.span, blessed=True)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
