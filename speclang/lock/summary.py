"""What a project amounts to, in a few lines: per feature the requirements, the share that is typed, the cases."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .lockfile import Feature

if TYPE_CHECKING:
    from datetime import date


def features(rows: Sequence[Feature]) -> tuple[str, ...]:
    """`refunds  7 requirements, 6 typed (86%), 41 cases`, one line for each feature."""
    width = max((len(one.name) for one in rows), default=0)
    return tuple(
        f"{one.name.ljust(width)}  {counted(one.requirements, 'requirement')}, {one.typed:,} typed{_share(one.typed, one.requirements)}, "
        f"{counted(one.cases, 'case')}"
        for one in rows
    )


def whole(rows: Sequence[Feature], accepted: int = 0, until: "date | None" = None) -> str:
    """`2 features, 12 requirements, 11 typed (91%), 80 cases`; and, if any, `1 finding accepted until 2027-01-31`."""
    requirements, typed = sum(one.requirements for one in rows), sum(one.typed for one in rows)
    return ", ".join(
        (
            counted(len(rows), "feature"),
            f"{counted(requirements, 'requirement')}, {typed:,} typed{_share(typed, requirements)}",
            counted(sum(one.cases for one in rows), "case"),
            *([f"{counted(accepted, 'finding')} accepted until {until.isoformat()}"] if until is not None else []),
        )
    )


def counted(number: int, noun: str) -> str:
    """`1 case`, `2 cases`, `1,200 cases`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _share(typed: int, every: int) -> str:
    return f" ({100 * typed // every}%)" if every else ""
