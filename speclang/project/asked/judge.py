"""Who judges what no code can tell, as the settings say.

In: the table `judge` of the settings. Out: a `Judge`, with what can't be understood.
"""

from collections.abc import Mapping
from typing import NamedTuple

from .targets import Faulty


class Judge(NamedTuple):
    """`target` is asked for `votes`, and `again` so many times where a reply is no vote; "" where nobody is.

    `kappa` is how far it has to agree with people for what it says to pass a gate; None where nobody asks.
    """

    target: str = ""
    votes: int = 3
    again: int = 2
    kappa: float | None = None


EXPECTED = {
    "target": 'the name of one of the `targets`, as "strong"',
    "votes": "an odd number up to 15, as 3,",
    "again": "a number up to 10, as 2,",
    "kappa": "a number above 0 and up to 1, as 0.6,",
}


def read(held: Mapping[str, object]) -> tuple[Judge, tuple[Faulty, ...]]:
    """The judge of the table `held`, without what is wrong in it."""
    judge = Judge()
    wrong: list[Faulty] = []
    for key, value in held.items():
        match key, value:
            case "target", str() if value:
                judge = judge._replace(target=value)
            case "votes", int() if not isinstance(value, bool) and 1 <= value <= 15 and value % 2:
                judge = judge._replace(votes=value)
            case "again", int() if not isinstance(value, bool) and 0 <= value <= 10:
                judge = judge._replace(again=value)
            case "kappa", int() | float() if not isinstance(value, bool) and 0 < value <= 1:
                judge = judge._replace(kappa=float(value))
            case _:
                wrong.append(Faulty((key,), EXPECTED.get(key, "")))
    if not judge.target and "target" not in held:
        wrong.append(Faulty((), 'a table that names a target, as { target = "strong", votes = 3 }'))
    return judge, tuple(wrong)
