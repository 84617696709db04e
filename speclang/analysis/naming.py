"""Which variables the conditions of norms name, and which of them have other values than they had.

In: norms, and the variables of two versions. Out: conditions, and the names of variables.
Invariant: a range that grew or shrank makes no variable another one; a dimension, a member that is gone or another sort of type does.
"""

from collections.abc import Iterable, Iterator, Sequence

from ..logic.norm import Norm
from ..logic.variables import Variable
from ..values.evaluate import variables as named
from ..values.expression import Expr
from ..values.types import Date, Enum, Numeric, Optional, Type


def conditions(norms: Iterable[Norm]) -> Iterator[Expr]:
    """All conditions of norms, those under which they do not apply, too."""
    for norm in norms:
        if norm.when is not None:
            yield norm.when
        yield from norm.unless


def incomparable(before: Sequence[Variable], after: Sequence[Variable]) -> frozenset[str]:
    """The variables of both versions that had values which they can't have today, other than for a range."""
    today = {one.name: one.type for one in after}
    return frozenset(one.name for one in before if one.name in today and not _holds(today[one.name], one.type))


def names_any(norms: Iterable[Norm], names: frozenset[str]) -> bool:
    """Whether a condition names one of `names`."""
    return any(name in names for one in conditions(norms) for name in named(one))


def _holds(type: Type, old: Type) -> bool:
    """Whether values of `old` are values of `type`, but for the ends of a range."""
    if isinstance(type, Optional):
        return _holds(type.of, old.of if isinstance(old, Optional) else old)
    if isinstance(type, Numeric) and isinstance(old, Numeric):
        return type.dimension == old.dimension
    if isinstance(type, Enum) and isinstance(old, Enum):
        return all(one in type.members for one in old.members)
    if isinstance(type, Date) and isinstance(old, Date):
        return True
    return type == old
