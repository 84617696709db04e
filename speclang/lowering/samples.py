"""Values that stand in a conversation where nothing asks for one: of a tool's parameters, and in what it returns.

In: a type, and the name beside it. Out: a value. Invariant: the same type and name, the same value.
"""

from ..model.tool import Parameter
from ..values.domain import sample, smallest
from ..values.types import Datum, Text, Type

_SAMPLES = (("email", "alex@example.com"), ("name", "Alex Smith"), ("reason", "a request of the customer"))
_ID = "1001"


def argument(parameter: Parameter) -> Datum:
    """The value that a parameter has in every case: the same where it is said and where it is returned."""
    return _known(parameter.name) or _ID if plain(parameter.type) else sample(parameter.type)


def named(name: str) -> str:
    """The text of the field `name` of a result: its own name where that tells of no sample."""
    return _known(name) or (_ID if "id" in name else name)


def typical(type: Type) -> Datum:
    """A value of `type`, where there is one."""
    value = sample(type)
    return smallest(type) if value is None else value


def plain(type: Type) -> bool:
    """Whether `type` is a text of any form, of which a sample says nothing."""
    return isinstance(type, Text) and not type.pattern


def _known(name: str) -> str:
    return next((text for word, text in _SAMPLES if word in name), "")
