"""Steps at which a tool or the harness did not do what the model could count on.

In: the steps of a conversation and the tools of a feature. Out: breaks, in the order of their steps.
Invariant: pure; what a tool is declared to return, and a harness to show, is no break, in whatever form it is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from ...grading.steps import Deed, Layer, Step, unwrapped
from ...kit.checks.evidence import quote
from ...model.feature import Feature
from ...model.tool import Tool
from ...plan.clipping import clipped
from ...plan.delivery import LATE
from ...source.hashing import Json, canonical
from ...source.records import dataclass
from ...values.errors import Problem
from ...values.literals import from_json
from ...values.types import Optional
from .differing import Differing, differing


class Fault(StrEnum):
    """What broke."""

    NULL = "returned null"
    EMPTY = "returned nothing"
    ERROR = "failed"
    LATE = "was late"
    WRONG_TYPE = "returned another type"
    CUT = "cut"
    ALTERED = "altered"
    LOST = "lost"
    RETRIED = "retried"
    ENDED = "ended early"
    IGNORED = "ignored a clause"
    INVENTED = "invented"
    WRONG_ARGUMENTS = "called with wrong arguments"
    NOT_CALLED = "stopped early"
    NOT_ASKED = "asked nothing"
    SILENT = "said nothing"


@dataclass(frozen=True, slots=True)
class Break:
    """The number of the `step` at which `layer` broke, what broke, the tool that it is about, and how in words."""

    step: int
    layer: Layer
    fault: Fault
    tool: str
    said: str


def breaks(steps: Sequence[Step], feature: Feature) -> tuple[Break, ...]:
    """What of `steps` tools and harness broke."""
    tools = {one.name: one for one in feature.tools}
    found = [one for step in steps for one in _of_tool(step, tools.get(step.tool))]
    found = list(_without_retried(found, steps))
    found.extend(_without_fetched(tuple(_of_harness(steps, tools)), steps))
    return tuple(sorted(found, key=lambda one: one.step))


def _of_tool(step: Step, tool: Tool | None) -> Iterator[Break]:
    """What is wrong with the result of a tool; of one that returns nothing by its declaration, only that it failed or was late."""
    if step.deed is not Deed.RETURNED:
        return
    fault = _failure(step) or (_result(step, tool) if tool is None or tool.returns is not None else None)
    if fault is not None:
        yield Break(step.number, Layer.TOOL, fault[0], step.tool, f"`{step.tool}` {fault[1]}")
    elif step.seconds is not None and step.seconds >= LATE:
        yield Break(step.number, Layer.TOOL, Fault.LATE, step.tool, f"`{step.tool}` took {step.seconds:g} s")


def _failure(step: Step) -> tuple[Fault, str] | None:
    """With what a tool failed: as its step says, or as a result that is an error does."""
    if step.error:
        return Fault.ERROR, f"failed with {quote(step.error)}"
    value = unwrapped(step.value)
    if isinstance(value, Mapping) and value.get("error") and len(value) <= 2:
        return Fault.ERROR, f"failed with {quote(_words(value['error']))}"
    return None


def _result(step: Step, tool: Tool | None) -> tuple[Fault, str] | None:
    value = unwrapped(step.value)
    if value is None:
        return Fault.NULL, "returned null"
    if (isinstance(value, str) and not value.strip()) or (isinstance(value, Mapping | list) and not value):
        return Fault.EMPTY, f"returned nothing: {quote(step.text)}"
    if tool is None or tool.returns is None:
        return None
    if not isinstance(value, Mapping):
        return Fault.WRONG_TYPE, f"returned {quote(step.text)}, and an object is declared"
    for name, type in tool.returns.fields:
        if name not in value and not isinstance(type, Optional):
            return Fault.WRONG_TYPE, f"returned no `{name}`: {quote(step.text)}"
        if value.get(name) is None and name in value and not isinstance(type, Optional):
            return Fault.NULL, f"returned null as `{name}`: {quote(step.text)}"
        if value.get(name) is not None and isinstance(wrong := from_json(value[name], type), Problem):
            return Fault.WRONG_TYPE, f"returned {quote(canonical(value[name]))} as `{name}`: {wrong.title}"
    return None


def _words(value: Json) -> str:
    return value if isinstance(value, str) else canonical(value)


def _without_retried(found: Sequence[Break], steps: Sequence[Step]) -> Iterator[Break]:
    """`found` without the failures after which the harness tried again: what counts is what came at last."""
    last = {step.call: step.number for step in steps if step.deed is Deed.RETURNED and step.call}
    calls = {step.number: step.call for step in steps}
    for one in found:
        if last.get(calls[one.step], one.step) == one.step:
            yield one


def _of_harness(steps: Sequence[Step], tools: Mapping[str, Tool]) -> Iterator[Break]:
    """What the harness did with what tools returned, and with the conversation."""
    returned: dict[str, Step] = {}
    shown: set[str] = set()
    for step in steps:
        match step.deed:
            case Deed.RETURNED:
                yield from _retried(step, returned.get(step.call), tools.get(step.tool))
                returned[step.call] = step
            case Deed.SHOWN:
                shown.add(step.call)
                if step.call in returned:
                    yield from _shown(returned[step.call], step)
            case Deed.ENDED:
                yield Break(step.number, Layer.HARNESS, Fault.ENDED, "", f"the conversation ended early: {step.error}")
            case Deed.SAID | Deed.CALLED:
                continue
    yield from _lost(steps, returned, shown)


def _without_fetched(found: Sequence[Break], steps: Sequence[Step]) -> Iterator[Break]:
    """`found` without cuts after which the model has fetched the rest: it has seen all there is."""
    shown = [one for one in steps if one.deed is Deed.SHOWN]
    for one in found:
        if one.fault is not Fault.CUT or not _fetched(next(step for step in shown if step.number == one.step), shown):
            yield one


def _fetched(first: Step, shown: Sequence[Step]) -> bool:
    """Whether what was shown of the result that `first` is a part of are parts that leave nothing out."""
    begun = clipped(first.text)
    if begun is None:
        return False
    parts = [
        part for one in shown if one.tool == first.tool and (part := clipped(one.text)) and part.hash == begun.hash
    ]
    reached: int | None = 0
    for part in sorted(parts, key=lambda one: one.start):
        if reached is None or part.start > reached:
            break
        reached = None if part.next is None else max(reached, part.next)
    return reached is None


def _retried(step: Step, before: Step | None, tool: Tool | None) -> Iterator[Break]:
    """That a tool which changes something was executed once more for one call."""
    if before is not None and step.call and tool is not None and tool.writes:
        said = f"the harness executed `{step.tool}`, which changes something, once more for one call"
        yield Break(step.number, Layer.HARNESS, Fault.RETRIED, step.tool, said)


def _shown(returned: Step, shown: Step) -> Iterator[Break]:
    """How what the model was shown differs in meaning from what the tool returned."""
    if returned.hash == shown.hash or (returned.error and not returned.text):
        return
    how, where = differing(returned.text, shown.text)
    sizes = f"{len(shown.text.encode()):,} of {len(returned.text.encode()):,} bytes"
    if how is Differing.CUT:
        said = f"the harness showed {sizes} of what `{shown.tool}` returned{where}"
        yield Break(shown.number, Layer.HARNESS, Fault.CUT, shown.tool, said)
    else:
        hashes = f"{returned.hash[:8]} became {shown.hash[:8]}"
        said = f"the harness altered what `{shown.tool}` returned ({hashes}){where}"
        yield Break(shown.number, Layer.HARNESS, Fault.ALTERED, shown.tool, said)


def _lost(steps: Sequence[Step], returned: Mapping[str, Step], shown: set[str]) -> Iterator[Break]:
    """Results of which the model was shown nothing, although it said something afterwards."""
    for call, step in returned.items():
        later = next(
            (one for one in steps if one.number > step.number and one.layer is Layer.MODEL and one.deed is Deed.SAID),
            None,
        )
        if call not in shown and later is not None and shown:
            said = f"the model was not shown what `{step.tool}` returned"
            yield Break(step.number, Layer.HARNESS, Fault.LOST, step.tool, said)
