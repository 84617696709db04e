"""Finds a kind of target by the name of its file.

In: how a project states a target. Out: the target, ready to be asked.
Invariant: only the file that is named is imported.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.feature import Feature
from ..project.asked.targets import Target as Stated
from ..source.records import dataclass
from ..source.suggest import nearest
from .asking import Target, Unusable

if TYPE_CHECKING:
    from .obedience.obeying import Known


@dataclass(frozen=True, slots=True)
class Acquainted:
    """A feature, and what there is to know of it."""

    feature: Feature
    known: "Known"


@dataclass(frozen=True, slots=True)
class Context:
    """What a target is made from: how the project states it, the project's root, and the key, where it names one.

    `known` tells all of the project's features, to a target that is no model but knows what is asked of one.
    """

    stated: Stated
    root: Path
    key: str | None = None
    known: "Callable[[], tuple[Acquainted, ...]]" = tuple


def names() -> tuple[str, ...]:
    """The kinds of targets that there are, sorted."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "targets").glob("[a-z]*.py")))


def made(context: Context) -> Target:
    """The target that `context` states, ready to be asked. Raises `Unusable`."""
    use, at = context.stated.use, context.stated.at
    if "://" in at and "@" in at.partition("://")[2].partition("/")[0]:
        raise Unusable(
            f"the address of `{context.stated.name}` holds a password; name the variable that holds it with `key`"
        )
    if use not in names():
        near = nearest(use, names()) or next((name for name in names() if use and name.startswith(use)), "")
        hint = f"; did you mean `{near}`" if near else f"; there are {', '.join(f'`{one}`' for one in names())}"
        raise Unusable(f"the target `{context.stated.name}` uses `{use}`, and there is no such kind of target{hint}")
    found: Target = import_module(f".targets.{use}", __package__).made(context)
    return found
