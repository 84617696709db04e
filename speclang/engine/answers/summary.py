"""What the verdicts on many answers come to, as data."""

from ...grading.tally import Rate, Standing
from ...source.records import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """What all verdicts come to. `answers` were graded, `refused` lines were not; `told` are those of which code can tell.

    `strict` is the rate of answers that meet all that gates; `loose` the same by the loose readings, if these were asked for. `judged` is
    the rate of those answers, of the ones on which a judge has told something, that meet all that gates by code and by judge.
    `ungraded` are requirements of the features that answered for which no grader speaks, code or judge.
    """

    answers: int
    refused: int
    strict: Rate
    loose: Rate | None
    standings: tuple[Standing, ...]
    ungraded: tuple[str, ...] = ()
    judged: Rate = Rate(0, 0)
