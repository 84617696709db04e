"""A row of the table of patterns.

In: nothing. Out: the type; the rows are in files by what they are about, and `patterns` puts them together.
"""

from collections.abc import Callable

from ....source.records import dataclass
from .forms import Found


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row: one of `forms` has to fit a whole sentence, `fields` makes the fields of a requirement of the kind `kind`.

    `denied` says whether the sentence has to be a denial (None: either). Where `fields` makes nothing, the sentence is left
    alone. `good` are sentences with what is made of them, `bad` ones that look alike and are left alone.
    `alone` says that the sentence may speak of anything that is written, not of the answer only, so that it depends on where it
    stands. `besides` is what the sentence says and no field checks.
    """

    name: str
    forms: tuple[str, ...]
    kind: str
    fields: Callable[[Found], str]
    denied: bool | None
    good: tuple[tuple[str, str], ...]
    bad: tuple[str, ...]
    alone: bool = False
    besides: tuple[str, ...] = ()
