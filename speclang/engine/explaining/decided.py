"""What the rules say of one input, as data: how each requirement stands, what is expected, and what is one change away."""

from enum import StrEnum

from ...diagnostics.diagnostic import Diagnostic
from ...lowering.trial import Trial
from ...source.hashing import Json
from ...source.records import dataclass, field
from ...source.span import Places


class State(StrEnum):
    """How a requirement stands on an input. `ALWAYS` is what asks for no outcome and is asked of the answer all the same."""

    DECIDES = "decides"
    BEATEN = "beaten"
    IDLE = "not needed"
    ALWAYS = "asked besides"
    SILENT = "does not apply"


class From(StrEnum):
    """Where a value of the input comes from."""

    GIVEN = "given"
    TYPICAL = "typical"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the input, as people read it and as data; of a given that is not known, why not."""

    name: str
    shown: str
    data: Json
    source: From


@dataclass(frozen=True, slots=True)
class Standing:
    """How one requirement stands: what it `asks`, which others decide it (`by`), which it beats here (`over`), and in words `why`."""

    id: str
    title: str
    at: str
    state: State
    asks: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flip:
    """With `shown` in place of the value of `name`, which is `distance` away, `asks` is expected, as `by` decide."""

    name: str
    shown: str
    data: Json
    distance: str
    asks: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is said of an input. Where it could not be read, `problems` say why; where the specs are wrong, `findings`.

    `asked` pairs what is expected with those who ask; `odds` are two requirements that exclude each other here. Where not `whole`,
    a nearer change than those in `flips` may lead to something else.
    """

    feature: str = ""
    inputs: tuple[Value, ...] = ()
    standings: tuple[Standing, ...] = ()
    asked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wordings: tuple[tuple[str, str], ...] = ()
    odds: tuple[str, ...] = ()
    flips: tuple[Flip, ...] = ()
    whole: bool = True
    talk: Trial | None = None
    problems: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    places: Places = field(repr=False)
