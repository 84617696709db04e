"""What the trials of a run come to, mutant by mutant.

In: mutants, and what was said of each answer. Out: a `Result` for each. Invariant: a case shows something of a mutant only where it passes
with the prompt as it is; what the requirements of other cases say counts nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...grading.tally import Rate
from ...plan.case import Case
from ...run.statistics import Stratum
from ...run.store.mutations import AS_IT_IS
from ...source.records import dataclass, replace
from .asking import Asking
from .making import operator
from .mutant import Mutant
from .outcome import Reading, Result, Tried
from .trials import Heard, Key
from .verdict import Call, Fate, call, notices

Hearings = Mapping[Key, Sequence[Heard]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is known of a run: what was heard, whether the target answers the same each time, whether the run came to its end, and the
    requirements of each feature that anybody can grade, code or a judge.
    """

    heard: Hearings
    steady: bool
    whole: bool
    speaking: Mapping[str, frozenset[str]]


def results(mutants: Sequence[Mutant], askings: Sequence[Asking], settled: Settled) -> tuple[Result, ...]:
    """What came of each of `mutants`, in their order."""
    found = [_result(number, one, settled) for number, one in enumerate(mutants, 1)]
    refusing = {(one.feature, one.requirement) for one in found if one.fate is Fate.KILLED}
    refusing |= {
        (one.feature, one.requirement)
        for one in found
        if any(tried.before.passed < tried.before.n for tried in one.tried)
    }
    return tuple(_read(one, asking, refusing) for one, asking in zip(found, askings, strict=True))


def blind(mutant: Mutant, speaking: frozenset[str]) -> str:
    """Why no case can show anything of a mutant; "" where one may."""
    if not mutant.cases:
        return "no case tries it"
    if not any(speaking & _about(one, mutant) for one in mutant.cases):
        return "no grader speaks for it that can be asked"
    return ""


def failing(parts: Sequence[tuple[str, Case]], heard: Hearings) -> tuple[tuple[str, str], ...]:
    """The cases of which no answer passes with the prompt as it is."""
    return tuple(
        (feature, case.id)
        for feature, case in parts
        for said in (_said(heard.get((AS_IT_IS, feature, case.id), ()), frozenset(case.covers)),)
        if said and not any(said)
    )


def _about(case: Case, mutant: Mutant) -> frozenset[str]:
    """The requirements whose graders a case of a mutant is judged by: those that it is for."""
    return frozenset((mutant.requirement, *case.covers))


def _result(number: int, mutant: Mutant, settled: Settled) -> Result:
    why = blind(mutant, settled.speaking[mutant.feature])
    tried = () if why else tuple(_tried(number, mutant, settled.heard))
    there = {(key[1], key[2]) for key in settled.heard if key[0] == number}
    if why:
        found = Call(Fate.UNTRIED)
    elif not settled.whole and not {(mutant.feature, one.id) for one in mutant.cases} <= there:
        found = Call(Fate.NOT_RUN)
    else:
        found = call({one.case: _stratum(one) for one in tried}, steady=settled.steady)
    if found.blind:
        why = "no case of it passes with the prompt as it is"
    return Result(
        feature=mutant.feature,
        requirement=mutant.requirement,
        operator=mutant.operator,
        name=mutant.name,
        what=mutant.what,
        before=mutant.before,
        after=mutant.after,
        fate=found.fate,
        chance=found.chance,
        times=found.times,
        why=why,
        tried=tried,
    )


def _tried(number: int, mutant: Mutant, heard: Hearings) -> Iterator[Tried]:
    """Each case of a mutant of which something was said, both times."""
    for case in mutant.cases:
        about = _about(case, mutant)
        usual, then = (heard.get((one, mutant.feature, case.id), ()) for one in (AS_IT_IS, number))
        before, after = (_rate(_said(one, about)) for one in (usual, then))
        if not before.n and not after.n:
            continue
        stratum = (before.passed, before.n, after.passed, after.n)
        noticed = _noticed(usual, then, about) if notices(stratum) else {}
        reason = next(iter(noticed.values()), "")
        yield Tried(case=case.id, before=before, after=after, noticed=tuple(noticed), reason=reason)


def _noticed(usual: Sequence[Heard], then: Sequence[Heard], about: frozenset[str]) -> dict[str, str]:
    """The requirements that say no to an answer with the mutant, and said yes to one with the prompt as it is, each with a reason."""
    found: dict[str, str] = {}
    for one in then:
        for id, reason in one.reasons.items():
            if id in about and any(other.states.get(id) == "pass" for other in usual):
                found.setdefault(id, reason)
    return found


def _said(heard: Sequence[Heard], about: frozenset[str]) -> list[bool]:
    """Whether each answer passes, by the requirements `about`; those of which they say nothing are left out."""
    told = [[state for id, state in one.states.items() if id in about] for one in heard]
    return ["fail" not in states for states in told if states]


def _rate(said: Sequence[bool]) -> Rate:
    return Rate(sum(said), len(said))


def _stratum(one: Tried) -> Stratum:
    return one.before.passed, one.before.n, one.after.passed, one.after.n


def _read(one: Result, asking: Asking, refusing: set[tuple[str, str]]) -> Result:
    """`one` with what it means that it is alive."""
    if one.fate is not Fate.SURVIVED:
        return one
    same = getattr(operator(one.operator), "ASKS_THE_SAME", False)
    if not same and not asking.differs:
        reading = Reading.UNNOTICED
    elif (one.feature, one.requirement) in refusing:
        reading = Reading.ANYWAY
    else:
        reading = Reading.OPEN
    return replace(one, reading=reading)
