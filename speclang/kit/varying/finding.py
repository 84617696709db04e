"""Finds an axis by its name: the file `axes/<name>.py`.

In: a name as a spec writes it. Out: what its file says. An axis says at which `PLACE` it comes where several are tried at once, which
`LEVELS` it has by name, whether `NUMBERS` are levels too (`%`, `words`) and up to which `MOST`, whether its rules know English only,
whether it has to vary `EVERY` message of a conversation, how it varies one, and at
which point a text lies, in words, "" where that can't be told.
Invariant: the only file that imports axes, when they are first asked for.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from . import axes as folder
from .chance import Chance
from .message import Message


class Way(NamedTuple):
    """An axis as its file states it; `about` is the first sentence of the file."""

    name: str
    about: str
    place: int
    levels: Mapping[str, str]
    numbers: str
    most: int
    english: bool
    every: bool
    vary: Callable[[Message, str, Chance], Message | None]
    trait: Callable[[str], str]


@cache
def axes() -> tuple[str, ...]:
    """The names of all axes."""
    return tuple(sorted(one.name for one in iter_modules(folder.__path__)))


@cache
def axis(name: str) -> Way:
    """The axis of this name, which is one of `axes`."""
    module = import_module(f"{folder.__name__}.{name}")
    return Way(
        name=name,
        about=(module.__doc__ or "").partition("\n")[0],
        place=module.PLACE,
        levels=module.LEVELS,
        numbers=module.NUMBERS,
        most=module.MOST,
        english=module.ENGLISH,
        every=module.EVERY,
        vary=module.vary,
        trait=module.trait,
    )
