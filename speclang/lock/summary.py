"""What a project amounts to, in a few lines: per feature the requirements, the share that is typed, the cases."""

from collections.abc import Sequence

from .lockfile import Feature


def features(rows: Sequence[Feature]) -> tuple[str, ...]:
    """`refunds  7 requirements, 6 typed (86%), 41 cases`, one line for each feature."""
    width = max((len(one.name) for one in rows), default=0)
    return tuple(
        f"{one.name.ljust(width)}  {counted(one.requirements, 'requirement')}, {one.typed:,} typed{_share(one.typed, one.requirements)}, "
        f"{counted(one.cases, 'case')}"
        for one in rows
    )


def whole(rows: Sequence[Feature]) -> str:
    """`2 features, 12 requirements, 11 typed (91%), 80 cases`."""
    requirements, typed = sum(one.requirements for one in rows), sum(one.typed for one in rows)
    return ", ".join(
        (
            counted(len(rows), "feature"),
            f"{counted(requirements, 'requirement')}, {typed:,} typed{_share(typed, requirements)}",
            counted(sum(one.cases for one in rows), "case"),
        )
    )


def counted(number: int, noun: str) -> str:
    """`1 case`, `2 cases`, `1,200 cases`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _share(typed: int, every: int) -> str:
    return f" ({100 * typed // every}%)" if every else ""
