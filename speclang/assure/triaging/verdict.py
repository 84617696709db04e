"""The verdict on a conversation: for each requirement that it fails which layer broke first, and at which joint.

In: the steps, what of them broke, what was invented, and the graders that said no. Out: `Finding`s, and the one that came first.
A break of a tool or the harness counts for a requirement where it hangs on that tool: its condition reads the tool's state or a value that
the tool tells, or its grader looks at what tools told. All else that fails is between the prompt and the model, or the model and a tool.
Invariant: pure; no requirement is blamed on a step after the one at which the model failed it.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from ...grading.steps import Deed, Layer, Step
from ...grading.suite import GraderVerdict
from ...kit.checks.evidence import quote
from ...model.feature import Feature
from ...model.given import FromTool
from ...model.requirement import Requirement
from ...source.hashing import Json
from ...source.records import dataclass
from ...values.evaluate import variables
from .breaks import Break, Fault
from .inventing import Invented


class Joint(StrEnum):
    """Between whom it broke."""

    TOOL_MODEL = "tool-to-model"
    HARNESS = "harness"
    MODEL_TOOL = "model-to-tool"
    PROMPT_MODEL = "prompt-to-model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Why one requirement fails: `first` broke, `then` is what the model made of it, None where it broke first, or made nothing of it.

    Unless it `fails`, no grader has said no: something is not as it should be all the same.
    `reason` is what the grader says. `invented` are values for which the model had no source; `unhandled` says that no requirement tells
    what to do where the tool does what it did. `requirement` and `clause` are "" where no requirement speaks.
    """

    joint: Joint
    first: Break
    then: Break | None
    requirement: str = ""
    clause: str = ""
    reason: str = ""
    invented: tuple[str, ...] = ()
    unhandled: str = ""
    fails: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A grader that said no, with the settings with which it was asked."""

    verdict: GraderVerdict
    settings: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation as it is triaged: its steps, what broke in it, what was invented, and who `decides` by the case."""

    steps: Sequence[Step]
    broken: Sequence[Break]
    invented: Sequence[Invented]
    decides: frozenset[str] = frozenset()


_SOURCED = ("grounded", "tells", "admits", "no_absence")
"""Checks that look at what tools told, whatever the condition of their requirement."""

_CALLS = ("called", "called_all", "not_called", "called_once", "called_before", "confirmed")
_ASKS = ("asks", "few_questions")

_STATES = {Fault.NULL: "null", Fault.EMPTY: "nothing", Fault.LATE: "late", Fault.WRONG_TYPE: "wrong_type"}


def finding(failed: Sequence[Failed], one: Requirement, feature: Feature, talk: Conversation, clause: str) -> Finding:
    """Why the requirement `one` of `feature` fails, of which the graders `failed` said no."""
    then, chosen = min(
        ((_of_model(each, talk), each) for each in failed), key=lambda pair: (pair[0].step, pair[1].verdict.grader)
    )
    first = next(
        (each for each in talk.broken if each.step < then.step and _hangs(one, feature, each, chosen, talk)), None
    )
    values = tuple(dict.fromkeys(each.written for each in talk.invented if each.step == then.step and not each.derived))
    if first is None:
        joint = Joint.MODEL_TOOL if _in_call(then, talk.steps) else Joint.PROMPT_MODEL
        return Finding(
            joint=joint,
            first=then,
            then=None,
            requirement=one.id,
            clause=clause,
            reason=chosen.verdict.reason,
            invented=values if then.fault in (Fault.INVENTED, Fault.WRONG_ARGUMENTS) else (),
        )
    return Finding(
        joint=Joint.TOOL_MODEL if first.layer is Layer.TOOL else Joint.HARNESS,
        first=first,
        then=then,
        requirement=one.id,
        clause=clause,
        reason=chosen.verdict.reason,
        invented=values,
        unhandled=unhandled(first, feature),
    )


def alone(broken: Sequence[Break], feature: Feature) -> Iterator[Finding]:
    """What the harness did that nobody asked it to, whether or not a requirement fails of it."""
    limits = {one.name: one.limit for one in feature.tools}
    for one in broken:
        undeclared = one.fault is Fault.CUT and limits.get(one.tool) is None
        if one.fault in (Fault.ALTERED, Fault.LOST, Fault.RETRIED) or undeclared:
            told = f"no `limit` of `{one.tool}` says that results are cut" if undeclared else ""
            yield Finding(joint=Joint.HARNESS, first=one, then=None, unhandled=told, fails=False)


def earliest(findings: Sequence[Finding]) -> Finding:
    """The one whose layer broke first, among those of which a requirement fails, if any does; of several at one step the first."""
    return min(findings, key=lambda one: (not one.fails, one.first.step))


def unhandled(one: Break, feature: Feature) -> str:
    """That neither a requirement nor a fallback says what to do where a tool does this, or ""."""
    state = _STATES.get(one.fault)
    tool = next((each for each in feature.tools if each.name == one.tool), None)
    if tool is None or one.layer is not Layer.TOOL:
        return ""
    if any(tool.state in reads(each) for each in feature.requirements):
        return ""
    if any(failure.of == tool.name for each in feature.fallbacks for failure in each.failures):
        return ""
    what = f"returns {state}" if state in ("null", "nothing") else f"is {state}" if state == "late" else "fails"
    return f"no requirement says what to do when `{one.tool}` {what}"


def _of_model(failed: Failed, talk: Conversation) -> Break:
    """The step at which the model failed a grader, and how."""
    verdict, tool = failed.verdict, _tool(failed.settings)
    calls = [one for one in talk.steps if one.deed is Deed.CALLED]
    mine = [one for one in calls if one.tool == tool]
    said = [one for one in talk.steps if one.layer is Layer.MODEL and one.deed is Deed.SAID]
    last = _last(talk.steps)
    if verdict.check in ("called", "called_all"):
        if mine:
            fault = (
                Fault.INVENTED
                if any(each.step == mine[-1].number and not each.derived for each in talk.invented)
                else Fault.WRONG_ARGUMENTS
            )
            return Break(mine[-1].number, Layer.MODEL, fault, tool, f"called `{tool}` with {mine[-1].text}")
        if not tool and calls:
            return Break(calls[-1].number, Layer.MODEL, Fault.WRONG_ARGUMENTS, "", f"called `{calls[-1].tool}`")
        return Break(last, Layer.MODEL, Fault.NOT_CALLED, tool, f"never called `{tool}`")
    if verdict.check in _CALLS and mine:
        return Break(mine[0].number, Layer.MODEL, Fault.IGNORED, tool, f"called `{tool}` with {mine[0].text}")
    if not said or not any(one.text.strip() for one in said):
        return Break(last, Layer.MODEL, Fault.SILENT, "", "said nothing")
    if verdict.check in _ASKS:
        return Break(said[0].number, Layer.MODEL, Fault.NOT_ASKED, "", f"said {quote(said[0].text)}")
    wrong = [one for one in talk.invented if not one.path and one.step == said[-1].number]
    sourced = verdict.check in _SOURCED or any(one.layer is not Layer.MODEL for one in talk.broken)
    fault = Fault.INVENTED if wrong and sourced else Fault.IGNORED
    return Break(said[-1].number, Layer.MODEL, fault, "", f"said {quote(said[-1].text)}")


def _hangs(one: Requirement, feature: Feature, broken: Break, failed: Failed, talk: Conversation) -> bool:
    """Whether what broke bears on the requirement `one`."""
    if broken.fault is Fault.ENDED:
        return True
    if failed.verdict.check in _SOURCED:
        wanted = failed.settings.get("tools")
        return not isinstance(wanted, list) or broken.tool in wanted
    read = reads(one)
    tool = next((each for each in feature.tools if each.name == broken.tool), None)
    told = [
        each.name for each in feature.givens if isinstance(each.source, FromTool) and each.source.tool == broken.tool
    ]
    if (tool is not None and tool.state in read) or any(name in read for name in told):
        return True
    # A default decides since nothing else does: it hangs on all that the others read.
    others = frozenset(name for each in feature.requirements for name in reads(each))
    mine = {*told, *((tool.state,) if tool is not None else ())}
    return one.default and one.id in talk.decides and bool(mine & others)


def reads(one: Requirement) -> frozenset[str]:
    """The names that the conditions of a requirement read."""
    conditions = (*((one.when,) if one.when is not None else ()), *one.unless)
    return frozenset(name for each in conditions for name in variables(each))


def _tool(settings: Mapping[str, Json]) -> str:
    """The tool that a grader looks at."""
    found = settings.get("tool") or settings.get("then")
    return found if isinstance(found, str) else ""


def _in_call(one: Break, steps: Sequence[Step]) -> bool:
    """Whether the model failed in what it asked of a tool, be it that it asked nothing."""
    called = any(each.number == one.step and each.deed is Deed.CALLED for each in steps)
    return called or one.fault is Fault.NOT_CALLED


def _last(steps: Sequence[Step]) -> int:
    """The last step of the model, or where it never came to one, the end."""
    return next((one.number for one in reversed(steps) if one.layer is Layer.MODEL), len(steps) + 1)
