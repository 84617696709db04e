"""Why a case is red, as lines for people and as data."""

import json
from collections.abc import Iterator

from ...grading.tally import Rate
from ...source.hashing import Json
from .causes import ASKED, Cause, Tries
from .explain import Explained

_DO = {
    Cause.CASE: "put it back with `specc build --discard`, or change the spec so that it says this",
    Cause.GRADER: "mend the kind whose grader it is; until then its verdicts mean nothing",
    Cause.CLAUSE: "take the edit into the spec with `specc absorb`, or put the text back with `specc build --discard`",
    Cause.REQUIREMENT: "make spec and files agree (`specc check`), then run the case again",
    Cause.RUN: "run the case again on the model that answered before, or take the new one's answers as the new beginning",
    Cause.NOISE: "run the case more often before anything is changed",
    Cause.MODEL: "say the requirement more plainly, or use a model that follows it",
}


def lines(said: Explained) -> Iterator[tuple[str, str]]:
    """What was asked and the answer, a line each, after `yes` or `no` (whether all is well there) or nothing."""
    yield "", f"{said.case}: {_headline(said)}"
    evidence = dict(said.evidence)
    for cause in said.asked:
        well, ill = ASKED[cause]
        if cause is said.cause:
            yield "no", ill
            for line in (*evidence.get(cause, ()), *_of_answers(said, cause)):
                yield "", f"  {line}"
            break
        yield "yes", well
    if said.cause is not None:
        yield "", f"  what to do: {_DO[said.cause]}"
    if said.cause is Cause.MODEL and said.now is not None and said.now.kept:
        yield (
            "",
            f"  `specc triage --case {said.case}` tells at which step, and whether a tool or the harness broke before",
        )
    for one in (said.now, said.before):
        if one is not None and one.refused:
            yield (
                "",
                f"  lines of {one.name} that could not be read: {one.refused:,}; `specc score {one.name}` tells why",
            )
    if said.cause is None and said.now is None:
        ask = f"`specc eval --case '{said.case}'` asks one, `--answers FILE` reads recorded answers"
        yield "", f"  what to do: no model has answered it yet as it stands; {ask}"


def _headline(said: Explained) -> str:
    if said.cause is not None:
        return ASKED[said.cause][1]
    if said.now is None:
        return "spec and files give no cause; what is left is the run"
    if not said.now.n:
        return "no answer to this case was recorded"
    return f"it is not red: {_rate(said.now)}"


def _of_answers(said: Explained, cause: Cause) -> Iterator[str]:
    now, before = said.now, said.before
    if now is None or cause not in (Cause.RUN, Cause.NOISE, Cause.MODEL):
        return
    if cause is Cause.RUN and before is not None:
        yield f"before: {', '.join(before.models) or 'a model that is not named'}; now: {', '.join(now.models) or 'one that is not named'}"
    if before is not None:
        yield f"before: {_rate(before)}"
    yield f"now: {_rate(now)}"
    yield from now.reasons[:3]


def _rate(tries: Tries) -> str:
    return Rate(tries.passed, tries.n).told if tries.n else "no answers"


def as_json(said: Explained) -> str:
    """One JSON object."""
    data: Json = {
        "version": 1,
        "case": said.case,
        "feature": said.feature,
        "requirement": said.requirement,
        "cause": said.cause.value if said.cause else None,
        "asked": [one.value for one in said.asked],
        "evidence": {cause.value: list(found) for cause, found in said.evidence},
        "now": _data(said.now),
        "before": _data(said.before),
        "do": _DO[said.cause] if said.cause else None,
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _data(tries: Tries | None) -> Json:
    if tries is None:
        return None
    low, high = Rate(tries.passed, tries.n).interval
    return {
        "passed": tries.passed,
        "n": tries.n,
        "interval": [low, high],
        "models": list(tries.models),
        "reasons": list(tries.reasons),
        "refused": tries.refused,
    }
