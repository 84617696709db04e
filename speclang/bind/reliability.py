"""The fields that say how often a requirement must hold, and that it is known to fail for now.

In: one field as written. Out: what it says, or why it can't be read.
Invariant: looks only at its own field; no day is compared with today's.
"""

import datetime
from decimal import Decimal

from ..model.reliability import MOST_TIMES, Holds, KnownFailure
from ..syntax import tree
from ..values import types
from .errors import shapes
from .expressions.literals import free_number
from .names import Site
from .parts import value_span

HOLDS = ("how many of how many, or which share of how many", "{} 5 of 5` or `{} 95% of 40")
KNOWN = ("a day and a reason in quotes", '{} until 2027-01-31 because "…"')


def holds(site: Site, item: tree.Item) -> tuple[Holds] | None:
    """`5 of 5`, or `95% of 40`."""
    match item.values:
        case (tree.Run(parts=(tree.Quantity(number=least, unit=tree.Name(text="of")), tree.Number() as times)),):
            return _held(site, item, least, times)
        case _:
            _refused(site, item, "holds", *HOLDS)
            return None


def _held(site: Site, item: tree.Item, least: tree.Number, times: tree.Number) -> tuple[Holds] | None:
    share = least.text.endswith("%")
    count, runs = _whole(site, least, percent=share), _whole(site, times)
    if count is None or runs is None:
        _refused(site, item, "holds", *HOLDS)
        return None
    if not 1 <= runs <= MOST_TIMES:
        site.add(shapes.out_of_reach("holds", times.text, f"a case is run 1 to {MOST_TIMES:,} times", site.span(times)))
        return None
    most, what = (100, "100%") if share else (int(runs), times.text)
    if not 0 < count <= most:
        why = f"{'a share is more than 0 and' if share else 'of'} {'at most 100%' if share else f'{what} runs, 1 to {what} can pass'}"
        site.add(shapes.out_of_reach("holds", least.text, why, site.span(least)))
        return None
    made = Holds(least=count, times=int(runs), share=share, least_span=site.span(least), times_span=site.span(times))
    return (made,)


def _whole(site: Site, node: tree.Number, *, percent: bool = False) -> Decimal | None:
    """A number without a unit: whole, or of percent as it is written; None for any other."""
    if percent:
        return Decimal(node.text.removesuffix("%").replace("_", ""))
    read = free_number(site, node)
    if read is None or not isinstance(read.type, types.Numeric) or not isinstance(read.value, Decimal):
        return None
    return read.value if read.type.step == 1 and not read.type.unit else None


def known(site: Site, item: tree.Item) -> tuple[KnownFailure] | None:
    """`until 2027-01-31 because "…"`, after the case that is meant, if it is one."""
    match item.values:
        case (
            tree.Run(
                parts=(
                    *case_of,
                    tree.Name(text="until"),
                    (tree.Id() | tree.Number()) as day,
                    tree.Name(text="because"),
                    tree.Text() as reason,
                )
            ),
        ) if len(case_of) <= 1:
            because, case = _plain(reason), _plain(case_of[0]) if case_of else ""
        case _:
            _refused(site, item, "known_to_fail", *KNOWN)
            return None
    if not because or case is None:
        _refused(site, item, "known_to_fail", *KNOWN)
        return None
    try:
        until = datetime.date.fromisoformat(day.text)
    except ValueError:
        site.add(shapes.not_a(day.text, "a date", "2027-01-31", site.span(day)))
        return None
    made = KnownFailure(
        case=case,
        until=until,
        because=because,
        span=site.span(item),
        until_span=site.span(day),
        because_span=site.span(reason),
    )
    return (made,)


def _plain(node: tree.Value) -> str | None:
    """A text without holes, on one line; None for anything else, and for one that says nothing."""
    if not isinstance(node, tree.Text):
        return None
    return " ".join(node.plain.split()) or None if all(isinstance(one, tree.Chunk) for one in node.pieces) else None


def _refused(site: Site, item: tree.Item, name: str, expected: str, example: str) -> None:
    site.add(shapes.wrong_shape(name, expected, example.replace("{}", name), value_span(site, item, None)))
