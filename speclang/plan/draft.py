"""A case before what is expected of it is known: an input, what is said in it, and what it is for.

Invariant: a draft depends on its requirement, on the declarations and on the rules, never on another draft.
"""

from decimal import Decimal
from typing import TypeAlias

from ..model.text import Text
from ..source.hashing import Json
from ..source.records import dataclass
from ..source.span import Span
from ..values.types import Datum
from .case import Cut
from .obligation import Obligation

Planted: TypeAlias = tuple[str, tuple[str, ...], str]
"""A tool, a field of what it returns, and the text that stands there."""


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation written by hand: `turns` pair a role with what it says, `returns` a tool with fields of its result.

    `expects` are the outcomes that whoever wrote it expects; `tries` the IDs of requirements whose graders judge it too. What is
    `shown` in the prompt is checked against the rules and is no case.
    """

    turns: tuple[tuple[str, Text], ...]
    returns: tuple[tuple[str, tuple[tuple[str, Json], ...]], ...]
    expects: tuple[str, ...]
    tries: tuple[str, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """`values` is the whole input (states of tools only where they do not work); `focus` names what the case is about.

    `opening` is what the user says first, in place of one of the feature's `ask`s: it asks for nothing that the rules decide,
    so such a case is judged by `graders` and the feature's `always` graders alone. `further` is what the user says in turns
    after the first. `graders` are own graders, by ID, that judge the case even where the requirement decides nothing.
    `script` is the conversation where it is written by hand. `cuts` are tools whose result is cut, with the place of what
    decides; where a state says that one is cut, that is after the cut.
    `planted` are texts that tools return in place of their usual ones, by tool and field of the result. `pauses` are the seconds of
    silence before each of `further`, none where there are no more of them. `base` is the ID of the requirement's case with whose answer
    this one's is compared.
    """

    obligation: Obligation
    values: tuple[tuple[str, Datum], ...]
    focus: tuple[str, ...]
    why: str
    opening: Text | None = None
    further: tuple[Text, ...] = ()
    graders: tuple[str, ...] = ()
    script: Script | None = None
    cuts: tuple[tuple[str, Cut], ...] = ()
    planted: tuple[Planted, ...] = ()
    pauses: tuple[Decimal, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """An obligation that no input meets, and why: a part of a condition that never decides, a rule that is always beaten.

    `at` is the place that speaks of it; `sure` is False where the search for an input gave up.
    """

    obligation: Obligation
    reason: str
    at: Span
    sure: bool = False
