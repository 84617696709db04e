"""Values of other tools as types and literals of a spec."""

from collections.abc import Sequence

from ...model.identity import is_name
from .document import Node
from .draft import words


def type_of(nodes: Sequence[Node]) -> str:
    """The type that values have which tasks use."""
    if nodes and all(one.is_list for one in nodes):
        return f"list({type_of([part for one in nodes for part in one.each()])})"
    if nodes and all(one.is_map and one.items for one in nodes):
        keys = dict.fromkeys(key for one in nodes for key, _ in one.items if is_name(key))
        fields = [(key, [part for one in nodes if (part := one.get(key)) is not None]) for key in keys]
        kinds = [(key, type_of(parts), len(parts) == len(nodes)) for key, parts in fields]
        said = [f"{key}: {kind if whole else f'optional({kind})'}" for key, kind, whole in kinds]
        return f"{{ {', '.join(said)} }}"
    kinds_of = {type(one.value) for one in nodes}
    if kinds_of == {bool}:
        return "bool"
    if kinds_of and kinds_of <= {int, float}:
        return "int" if kinds_of == {int} else "decimal"
    return "text"


def literal_of(node: Node, type: str) -> str:
    """A value as an argument of a call; "" where a spec has no way to write it."""
    value = node.value
    if type == "bool" and isinstance(value, bool):
        return "yes" if value else "no"
    if type == "text" and isinstance(value, str):
        return words(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if (type == "int" and whole) or (type == "decimal" and (whole or isinstance(value, float))):
        return node.text if node.text.lstrip("-").replace(".", "", 1).isdigit() else ""
    return ""
