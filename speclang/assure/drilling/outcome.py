"""What is wished of drills, and what came of them.

Invariant: data only.
"""

from ...source.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`features` and `target` by name; none and "" for all and for the only one."""

    features: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One case of a drill: whether its requirement held, and why not."""

    case: str
    requirement: str
    passed: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One drill: the tier in which it `ended` ("" where that can't be told), the `sign` of it, and each reason why it fails."""

    feature: str
    drill: str
    fallback: str
    tier: str
    failure: str
    ended: str
    sign: str
    held: tuple[Held, ...]
    reasons: tuple[str, ...]
    said: str

    @property
    def passed(self) -> bool:
        """Whether it ended where it has to, with all that has to hold there."""
        return not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """What a run of drills came to, on `model`, as `target` is called there."""

    target: str
    model: str
    results: tuple[Result, ...]

    @property
    def passed(self) -> bool:
        """Whether every drill did."""
        return all(one.passed for one in self.results)
