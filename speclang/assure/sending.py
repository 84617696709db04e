"""What is wished of a run, as far as it is about asking: the same for cases, variants, mutants and bisections."""

from ..source.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """`resume` lets every stored answer stand, `afresh` asks all again, `offline` sends nothing.

    No more than `max_cost` is spent and `max_tokens` used, where they are given. So many answers are waited for at a time as
    `concurrency` says, with 0 as the target states. `judge` says whether the judge of the settings is asked where no code can tell.
    """

    resume: bool = False
    afresh: bool = False
    offline: bool = False
    max_cost: float | None = None
    max_tokens: int | None = None
    concurrency: int = 0
    judge: bool = True
