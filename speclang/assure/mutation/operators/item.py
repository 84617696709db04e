"""`item`: one of several items of a field is dropped: an effect, a term, a text, a topic, a tool."""

from collections.abc import Iterator

from ....kit.kind import Kind
from ....kit.schema import RequirementFields
from ....model.requirement import Requirement
from ..change import Change, named, names, with_fields

SUMMARY = "one of several items is dropped"


def changes(requirement: Requirement, _kind: Kind[RequirementFields]) -> Iterator[Change]:
    """Each item of every field that holds several."""
    for name in names(requirement):
        held = getattr(requirement.fields, name)
        if not isinstance(held, tuple) or len(held) < 2:
            continue
        for number, item in enumerate(held):
            made = with_fields(requirement, {name: held[:number] + held[number + 1 :]})
            if made is not None:
                yield Change(made, f"without {named(item)} in `{name}`")
