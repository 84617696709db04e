"""The judge that travels with a suite, as data: who it is, how it is asked, and what.

Invariant: holds no key, only the name of the variable of the environment that does.
"""

from collections.abc import Mapping

from ..source.hashing import Json
from ..source.records import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """`address` and `panel` are what `run.remote.away.Address` and `run.judging.bench.Panel` are made from, `questions` what is asked.

    `trusts` says, by feature and grader (`desk/STY-1/tone`), how far it is shown to agree with people. `name` is what reports call it,
    `key` the variable that holds its key, "" where it wants none.
    """

    name: str
    key: str
    address: Mapping[str, Json]
    panel: Mapping[str, Json]
    concurrency: int
    retries: int
    questions: tuple[Mapping[str, Json], ...]
    trusts: Mapping[str, str]

    def about(self, feature: str) -> "Judge":
        """The same for one feature, with `trusts` by grader."""
        asked = tuple(one for one in self.questions if one["feature"] == feature)
        graders = [str(one["grader"]) for one in asked]
        return replace(self, questions=asked, trusts={one: self.trusts[f"{feature}/{one}"] for one in graders})
