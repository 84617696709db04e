"""The wording of what can be wrong with a value that somebody wrote; a pass makes a diagnostic of it."""

from collections.abc import Sequence

from ..source.records import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no value of a type, as a diagnostic's title, and what to write instead ("" if nothing fits)."""

    title: str
    fix: str = ""


def _write(example: str) -> str:
    return f"write `{example}`" if example else ""


def not_a_number(text: str, example: str) -> Problem:
    """The text has no number where one must be."""
    return Problem(f"`{text}` is not a number", _write(example))


def bad_number(text: str, example: str) -> Problem:
    """A number with separators in the wrong places, or a decimal comma."""
    return Problem(f"`{text}` can't be read as a number", _write(example))


def long_number(text: str, digits: int) -> Problem:
    """A number with more digits than any spec needs."""
    return Problem(f"`{text[:12]}…` has more than {digits} digits", "write a shorter number")


def no_unit(text: str, example: str) -> Problem:
    """A bare number where a quantity must be."""
    return Problem(f"`{text}` has no unit", _write(example))


def unit_not_wanted(text: str, example: str) -> Problem:
    """A unit where a bare number must be."""
    return Problem(f"`{text}` has a unit where a plain number is wanted", _write(example))


def unknown_unit(unit: str, near: str | None, example: str) -> Problem:
    """A unit that does not exist."""
    return Problem(f"unknown unit `{unit}`", f"write `{near}`" if near else _write(example))


def calendar_unit(unit: str) -> Problem:
    """Months and years."""
    one = unit.removesuffix("s")
    return Problem(f"a {one} has no fixed length", "write the number of days, as `30 days`")


def other_dimension(text: str, wanted: str, example: str) -> Problem:
    """A quantity of another dimension than the type's."""
    return Problem(f"`{text}` is not {wanted}", _write(example))


def out_of_range(text: str, low: str, high: str) -> Problem:
    """Beyond the bounds of the type; one of the bounds may be ""."""
    if low and high:
        return Problem(f"`{text}` is not within `{low}` to `{high}`", f"write a value from `{low}` to `{high}`")
    if low:
        return Problem(f"`{text}` is less than `{low}`", f"write `{low}` or more")
    return Problem(f"`{text}` is more than `{high}`", f"write `{high}` or less")


def off_step(text: str, step: str) -> Problem:
    """Finer than the type allows."""
    return Problem(f"`{text}` is finer than `{step}`", f"write a multiple of `{step}`")


def not_a_member(text: str, members: Sequence[str], near: str | None) -> Problem:
    """No member of the enum."""
    if near:
        return Problem(f"`{text}` is not one of its values", f"write `{near}`")
    shown = ", ".join(f"`{member}`" for member in members)
    return Problem(f"`{text}` is not one of its values", f"write one of {shown}")


def not_yes_or_no(text: str) -> Problem:
    """Neither yes nor no."""
    return Problem(f"`{text}` is neither yes nor no", "write `yes` or `no`")


def not_a_date(text: str) -> Problem:
    """No date of the calendar in ISO 8601."""
    return Problem(f"`{text}` is not a date", "write it as `2025-01-31`")


def no_match(text: str, pattern: str, example: str) -> Problem:
    """A text that does not match the pattern of its type."""
    return Problem(f"`{text}` does not match `/{pattern}/`", _write(example))


def not_a_list(text: str) -> Problem:
    """Not written as a list."""
    return Problem(f"`{text}` is not a list", "write it as `[first, second]`")


def not_a_record(text: str, fields: Sequence[str]) -> Problem:
    """Not a record with these fields in this order."""
    shown = ", ".join(f"{name}: …" for name in fields)
    return Problem(f"`{text}` is not a record of these fields", "write it as `{ " + shown + " }`")


def too_deep(text: str) -> Problem:
    """Lists in lists beyond any use."""
    return Problem(f"`{text[:12]}…` is nested too deeply", "write fewer lists inside lists")


def wrong_json(shown: str, wanted: str) -> Problem:
    """A JSON value of another kind than the type's."""
    return Problem(f"`{shown}` is not {wanted}")
