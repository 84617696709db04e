"""What share of answers has to pass, as the settings say.

In: the table `gates` of the settings. Out: shares by level or requirement, with what can't be understood.
"""

from collections.abc import Mapping

from .targets import Faulty


def read(held: Mapping[str, object]) -> tuple[tuple[tuple[str, float], ...], tuple[Faulty, ...]]:
    """The shares of the table `held`, by level (`must`, `should`) or requirement, without what is wrong in it."""
    gates: list[tuple[str, float]] = []
    wrong: list[Faulty] = []
    for name, value in held.items():
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
            gates.append((name, float(value)))
        else:
            wrong.append(Faulty((name,), "a share, as 0.95"))
    return tuple(sorted(gates)), tuple(wrong)
