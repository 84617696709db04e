"""Values that a model stated or handed to a tool, and that nothing had told it by then.

In: the steps of a conversation, and what the prompt states. Out: each invented value with the step at which it first stands.
A value is a number, date, time, ID, address or quotation, read as the kind `ground` reads them: one that is written otherwise is the same.
A number that two others give, which were told, is `derived`: a fare times the travellers is reckoned and not invented.
Invariant: pure; what the model was shown counts, not what a tool returned; of the arguments of a call, names and truth values are none.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ...grading.steps import Deed, Layer, Step
from ...kit.answer import Answer, Said, ToolCall
from ...kit.checks.claims import NUMBER, QUOTE, Claim, claims, spelt
from ...kit.checks.figures import Sources, leaves
from ...kit.checks.judging import Unjudged
from ...source.hashing import Json
from ...source.records import dataclass

_MOST = 1_000
"""How many numbers are tried with each other."""

_DEEPEST = 64


class Invented(NamedTuple):
    """A value as it is `written`, the step, and the path of the argument that it is in, or "" where it was said.

    `derived` says that it is a number that two others may have been reckoned to.
    """

    step: int
    written: str
    kind: str
    path: str
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known besides the conversation: texts of the prompt, the values of its variables, the units of results by path."""

    prompt: Sequence[str]
    context: Sequence[str]
    units: "dict[str, str]"


def invented(steps: Sequence[Step], known: Known) -> tuple[Invented, ...]:
    """The values in what the model said and called for which there was no source at that step."""
    found: list[Invented] = []
    told: list[Said | ToolCall] = []
    sources = Sources(Answer(""), known.prompt, known.context, known.units, None)
    for step in steps:
        if step.layer is not Layer.MODEL:
            heard = _tells(step)
            if heard is not None:
                told.append(heard)
                try:
                    sources.hear(heard)
                except Unjudged:
                    return tuple(found)
            continue
        said = [(path, claim) for path, claim in _stated(step) if sources.refutes(claim)]
        numbers = _numbers(told, known) if said else frozenset()
        found.extend(
            Invented(step.number, claim.written, claim.kind, path, _derived(claim, numbers)) for path, claim in said
        )
    return tuple(found)


def _numbers(told: Sequence[Said | ToolCall], known: Known) -> frozenset[Decimal]:
    """The numbers that were told, and how many members a list has, the first of them if there are very many."""
    texts = [*known.prompt, *known.context]
    found: dict[Decimal, None] = {}
    for one in told:
        if isinstance(one, Said):
            texts.append(one.text)
        else:
            texts.extend(text for _, text in leaves(one.result, one.tool))
            found.update(dict.fromkeys(map(Decimal, _lengths(one.result, 0))))
    for text in texts:
        for claim in (*claims(text), *spelt(text)):
            if claim.kind == NUMBER and len(found) < _MOST:
                found[Decimal(claim.digits or claim.value)] = None
    return frozenset(found)


def _lengths(value: Json, depth: int) -> Iterator[int]:
    if depth > _DEEPEST or isinstance(value, str):
        return
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _lengths(one, depth + 1)
    elif isinstance(value, Sequence):
        yield len(value)
        for one in value:
            yield from _lengths(one, depth + 1)


def _derived(claim: Claim, numbers: frozenset[Decimal]) -> bool:
    """Whether a number is the sum, the difference or the product of two, or a share of one in percent of another."""
    if claim.kind != NUMBER:
        return False
    wanted = Decimal(claim.digits or claim.value)
    for one in numbers:
        if wanted - one in numbers or wanted + one in numbers:
            return True
        if one and any(wanted * scale / one in numbers for scale in (1, 100)):
            return True
    return False


def _tells(step: Step) -> Said | ToolCall | None:
    """What `step` tells the model, if anything."""
    if step.deed is Deed.SAID:
        return Said("user" if step.layer is Layer.USER else "system", step.text)
    return ToolCall(step.tool, {}, step.value) if step.deed is Deed.SHOWN else None


def _stated(step: Step) -> Iterator[tuple[str, Claim]]:
    """The values that `step` states, each with the path of its argument."""
    if step.deed is Deed.SAID:
        yield from (("", claim) for claim in claims(step.text))
    elif step.deed is Deed.CALLED:
        value: Json = step.value
        for path, text in leaves(value, step.tool):
            yield from ((path, claim) for claim in claims(text) if claim.kind != QUOTE)
