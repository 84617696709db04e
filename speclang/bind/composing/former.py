"""Former IDs: what a requirement was called before, so that its history goes on.

In: the requirements of one feature or policy, and all IDs that it knows. Out: a finding for each former ID that is still in use.
Invariant: a former ID leads to one requirement; one that is in use leads to none.
"""

from collections.abc import Iterable, Mapping

from ...diagnostics.result import Collector
from ...model.requirement import Requirement
from ...source.records import replace
from ...source.span import Span
from ..errors import names as wrong
from .over import Known


def check_former(
    own: Iterable[Requirement], included: Iterable[Requirement], ids: Mapping[str, Known], found: Collector
) -> None:
    """Report former IDs of `own` that are in use, or that another requirement claims too."""
    claimed: dict[str, Span] = {ref.id: ref.span for one in included for ref in one.was}
    for requirement in own:
        for ref in requirement.was:
            known = ids.get(ref.id)
            if ref.id == requirement.id:
                told = wrong.former_id(ref.id, requirement.id, ref.span, ref.span, "")
            elif known is not None:
                told = wrong.former_id(ref.id, requirement.id, ref.span, known.span, "the ID is in use here")
            elif ref.id in claimed:
                told = wrong.former_id(ref.id, requirement.id, ref.span, claimed[ref.id], "it became this one")
            else:
                claimed[ref.id] = ref.span
                continue
            found.add(replace(told, requirement=requirement.id))
