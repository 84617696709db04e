"""The judge of a project made ready to travel with an exported suite, which asks it by the same protocol.

In: an opened project. Out: an `export.judge.Judge`: who is asked, how, what, and how far it is shown to agree with people.
Invariant: holds no key; a judge that can be asked at home only does not travel, and says why.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from ..engine.compiling import Opened
from ..export.judge import Judge
from ..grading.judging.question import Question
from ..run.asking import Unusable
from ..source.hashing import Json
from . import calibration
from .judging import NOBODY, Appointed, appointed, questions

_TRAVELS = {"openai_api": True, "http": False}
"""The kinds of targets that can be asked from anywhere, each with whether it speaks chat completions."""


def travelling(project: Opened) -> Judge:
    """The judge that the settings name. Raises `Unusable`."""
    by = appointed(project, asked=False)
    if by is None:
        raise Unusable(NOBODY)
    stated = by.aim.stated
    if stated.use not in _TRAVELS:
        kinds = " and ".join(f"`{one}`" for one in _TRAVELS)
        raise Unusable(
            f"the judge `{stated.name}` uses `{stated.use}`, which is asked on this machine only; {kinds} travel with a suite. "
            "Record the answers and run `specc score --judge`"
        )
    asked = questions(project)
    known = calibration.trusts(calibration.kept(project), by.key, asked)
    return Judge(
        name=by.name,
        key=stated.key,
        address=_address(by),
        panel={"key": by.key, "model": by.aim.target.model, "votes": by.stated.votes, "again": by.stated.again},
        concurrency=stated.concurrency,
        retries=stated.retries,
        questions=tuple(_question(one) for one in asked.values()),
        trusts={f"{one.feature}/{one.grader}": one.told for one in known},
    )


def _address(by: Appointed) -> Mapping[str, Json]:
    stated, target = by.aim.stated, by.aim.target
    at = stated.at
    if _TRAVELS[stated.use]:
        from ..run.targets.openai_api import OpenAiApi

        at = target.at if isinstance(target, OpenAiApi) else at
    if "@" in urlsplit(at).netloc:
        raise Unusable(f"the address of `{stated.name}` holds a password; name the variable that holds it with `key`")
    return {
        "name": stated.name,
        "model": target.model,
        "at": at,
        "chat": _TRAVELS[stated.use],
        "identity": target.identity,
        "remembers": target.remembers,
        "key": stated.key,
        "parameters": dict(stated.parameters),
        "timeout": float(stated.timeout),
    }


def _question(one: Question) -> Mapping[str, Json]:
    return {
        "feature": one.feature,
        "grader": one.grader,
        "requirement": one.requirement,
        "statement": one.statement,
        "rubric": one.rubric,
        "good": list(one.good),
        "bad": list(one.bad),
    }
