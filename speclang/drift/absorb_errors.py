"""The wording of E0716: edits that no spec would make."""

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..model.identity import is_id
from ..source.span import Span
from .states import State

NOT_TAKEN = Code("E0716", "Edit that can't be taken back into the spec")

_WHY = {
    State.CONFLICT: (
        "edited here",
        "the spec has changed since this was built; build would lose the edit, this would lose the change",
    ),
    State.MOVED: ("it stands here now", "clauses stand in the order of the spec; move the requirement there"),
    State.DUPLICATED: ("it stands here too", "a requirement has one clause"),
    State.ORPHAN: ("it was added here", "no requirement beside it can say it in this place"),
    State.DELETED: ("a clause is gone from this file", "nothing that can be left out of the spec leaves this out"),
}


def not_taken(
    what: str, owner: str, at: Span, state: State, kind: str, reason: str, *, helps: bool = False
) -> Diagnostic:
    """`specc absorb` found nothing to write into a spec that would make an edit; `reason` says what became of a try.

    `helps` says that the same change wherever the feature says the quantity would make it.
    """
    by_hand = "change the spec to say this, or put the text back with `specc build --discard`"
    wide = "run `specc absorb --everywhere`, which makes the same change wherever the feature says this quantity"
    label, why = _WHY.get(state, ("this was edited", "no other value or wording of the spec makes a build say this"))
    if kind in ("case", "grader"):
        label, why = "this is computed", "what a case holds comes from the rules, and is what they say"
    elif kind == "layout":
        label, why = "this is layout", "no requirement says it"
    return Diagnostic(
        code=NOT_TAKEN,
        title=f"{what[:1].upper()}{what[1:]} can't be taken back into the spec",
        primary=Label(at, label),
        notes=(reason or why,),
        fix=Fix(wide if helps else by_hand),
        requirement=owner if is_id(owner) else "",
    )
