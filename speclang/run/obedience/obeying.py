"""What somebody would answer who follows exactly the clauses that stand in a prompt.

In: a feature as it was planned, the prompt as it was sent, a conversation. Out: the calls and the text of an answer that meets the
graders of the requirements whose clauses stand there, and breaks those of the others, as far as an answer can be found that does.
Invariant: the same prompt and conversation, the same answer; nothing is asked of anybody.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ...grading.messages import spoken
from ...grading.record import Record
from ...grading.suite import State
from ...grading.verdicts import Examiner
from ...kit.answer import Answer, Said, ToolCall
from ...plan.case import Case
from ...plan.grader import Grader
from ...plan.plan import FeaturePlan
from ...source.hashing import Json
from ...source.records import dataclass, field, replace
from ...values.pattern import samples
from ..asking import Message
from .instances import instances
from .reading import Asked, Reading, Readings, read

_CORES = (
    "Here is what I found for you.",
    "Yes, that works.",
    "I am sorry, but I can't help with that.",
    "Which one do you mean?",
    "I am sorry, but I can't help with that. Here is what I can do for the other part of it.",
    "I do not know.",
)
"""What an answer may come down to, when nothing more is asked of it."""

_ASK = "Shall I go ahead?"
"""What is said where the user has more to say."""

_PLAIN = re.compile(r"\(\?i\)|\\b")
"""What of a pattern says nothing of the characters that match."""

_ASKED = 1000
"""How much what is asked for counts against what no longer is."""

_PADDING = "and so on it goes with one more word after another "


@dataclass(frozen=True, slots=True)
class Known:
    """One feature: its plan, what grades it, the clause of each requirement, and texts that its kinds take for good.

    `readings` tell what is asked for where another clause stands in a requirement's place.
    """

    plan: FeaturePlan
    examiner: Examiner
    clauses: Mapping[str, str]
    samples: tuple[str, ...]
    readings: Readings = field(default_factory=dict[str, Sequence[Reading]])

    def obeyed(self, prompt: str) -> frozenset[str]:
        """The requirements whose clauses stand in `prompt`, and those that say nothing to a model."""
        flat = _flat(prompt)
        ids = {grader.requirement for grader in self.plan.graders}
        return frozenset(id for id in ids if _flat(self.clauses.get(id, "")) in flat)


@dataclass(frozen=True, slots=True)
class Aim:
    """One grader with its parameters in this case, and whether it is to pass.

    `weight` says how much it counts. `met` tells whether an answer meets it, where it is none of the graders that will judge.
    """

    check: str
    settings: Mapping[str, Json]
    passes: bool
    weight: int = 1
    met: Callable[[Answer], bool] | None = None


def answered(
    known: Known, case: Case, messages: Sequence[Message], clauses: Callable[[str], str]
) -> tuple[Message, ...]:
    """What comes next in the conversation `messages`; `clauses` fills the variables of a clause as the prompt has them filled."""
    prompt = str(messages[0].get("content"))
    filled = replace(known, clauses={id: clauses(text) for id, text in known.clauses.items()})
    talk = messages[1:]
    turns = [turn for turn in case.turns if turn.role == "user"]
    if sum(one.get("role") == "user" for one in talk) < len(turns):
        return ({"role": "assistant", "content": _ASK},)
    aims = list(_wanted(filled, case, prompt, clauses))
    last = max(number for number, one in enumerate(talk) if one.get("role") == "user")
    calls = [] if any(one.get("role") == "tool" for one in talk[last:]) else _calls(aims)
    if calls:
        listed: Json = [
            {"id": f"call_{number}", "type": "function", "function": {"name": tool, "arguments": json.dumps(given)}}
            for number, (tool, given) in enumerate(calls, 1)
        ]
        return ({"role": "assistant", "content": None, "tool_calls": listed},)
    return ({"role": "assistant", "content": _best(filled, case, talk, aims)},)


def _wanted(known: Known, case: Case, prompt: str, clauses: Callable[[str], str]) -> Iterator[Aim]:
    """What the clauses in `prompt` ask for in `case`."""
    obeyed = known.obeyed(prompt)
    missing = [id for id in known.readings if id in known.clauses and id not in obeyed]
    reading = read(_flat(prompt), missing, known.readings, clauses) if missing else None
    if reading is None:
        return _aims(known, case, obeyed)
    return _aims_otherwise(known, case, reading.asks(case), obeyed | set(missing))


def _aims_otherwise(known: Known, case: Case, asked: Sequence[Asked], obeyed: frozenset[str]) -> Iterator[Aim]:
    """What a clause in another's place asks for, above all; then, as far as that leaves it free, that what is no longer asked for fails."""
    said = [
        (one.check, settings, passes)
        for one, settings, passes in asked
        if one.deterministic and one.requirement in obeyed
    ]
    still = [(check, settings) for check, settings, _ in said]
    usual = list(_aims(known, case, frozenset()))
    for one in usual:
        kept = (one.check, one.settings) in still
        yield replace(one, passes=one.passes is not kept, weight=_ASKED if kept else 1)
    known_before = [(one.check, one.settings) for one in usual]
    for check, settings, passes in said:
        if (check, settings) not in known_before:
            yield Aim(check, settings, settings.get("negated") is not True, _ASKED, passes)


def _aims(known: Known, case: Case, obeyed: frozenset[str]) -> Iterator[Aim]:
    uses = {use.grader: dict(use.settings) for use in case.uses}
    for grader in known.plan.graders:
        if grader.deterministic and (grader.always or grader.id in uses):
            settings = _settings(grader) | uses.get(grader.id, {})
            wanted = (grader.requirement in obeyed) is not (settings.get("negated") is True)
            yield Aim(grader.check, settings, wanted)


def _settings(grader: Grader) -> dict[str, Json]:
    return {one.name: one.value for one in grader.settings}


def _calls(aims: Sequence[Aim]) -> list[tuple[str, Mapping[str, Json]]]:
    """The calls that the aims ask for: first those that have to come before others."""
    found: list[tuple[str, Mapping[str, Json]]] = []
    avoided = {aim.settings.get("tool") for aim in aims if aim.check == "not_called" and aim.passes}
    for tool, arguments in (one for aim in aims for one in _called(aim)):
        given = arguments if isinstance(arguments, Mapping) else {}
        if not isinstance(tool, str) or tool in avoided:
            continue
        if not any(one == tool and dict(given).items() <= dict(held).items() for one, held in found):
            found.append((tool, given))
    for aim in aims:
        first, then = aim.settings.get("first"), aim.settings.get("then")
        if (
            aim.check == "called_before"
            and aim.passes
            and isinstance(first, str)
            and then in {tool for tool, _ in found}
        ):
            found = [(first, {}), *((tool, given) for tool, given in found if tool != first)]
    return found


def _called(aim: Aim) -> Iterator[tuple[Json, Json]]:
    """The tools that one aim asks for, with their arguments."""
    settings = aim.settings
    match aim.check, aim.passes:
        case "called", True:
            yield settings.get("tool"), settings.get("arguments")
        case "not_called", False:
            yield settings.get("tool"), None
        case "grounded", True:
            yield from ((one, None) for one in _listed(settings.get("tools")))
        case "called_all", True:
            calls = (one for one in _listed(settings.get("calls")) if isinstance(one, Mapping))
            yield from ((one.get("tool"), one.get("arguments")) for one in calls)
        case _:
            return


def _listed(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _best(known: Known, case: Case, talk: Sequence[Message], aims: Sequence[Aim]) -> str:
    """The text that meets most of `aims`."""
    steps = spoken(talk).steps
    best, most, all_of = "", -1, sum(aim.weight for aim in aims)
    asked = [aim for aim in aims if aim.weight == _ASKED]
    # What breaks one thing may stand in the way of another that is asked for: so it is tried without it, too.
    for text in dict.fromkeys((*_texts(known, steps, aims), *(_texts(known, steps, asked) if asked else ()))):
        met = _met(known, case, Answer(text, (*steps, Said("assistant", text))), aims)
        if met > most:
            best, most = text, met
        if most == all_of:
            break
    return best


def _met(known: Known, case: Case, answer: Answer, aims: Sequence[Aim]) -> int:
    """How much of `aims` the answer meets, by the very graders that will judge it."""
    graded = known.examiner.grade(Record(0, known.plan.feature, case.id, "", 1, answer, bare=False))
    said = [one for requirement in graded.requirements for one in requirement.graders if one.state is not State.JUDGE]
    negated = [aim.settings.get("negated") is True for aim in aims]
    beside = sum(aim.weight for aim in aims if aim.met is not None and aim.met(answer))
    by_grader = {one.grader: one.state for one in said}
    ids = [grader.id for grader in known.plan.graders if grader.deterministic]
    states = [by_grader[id] for id in ids if id in by_grader]
    wanted = [aim.passes is not turned for aim, turned in zip(aims, negated, strict=True)]
    return beside + sum(
        aim.weight * (state is State.NOT_APPLICABLE or (state is State.PASS) is one)
        for aim, state, one in zip(aims, states, wanted, strict=False)
    )


def _texts(known: Known, steps: Sequence[Said | ToolCall], aims: Sequence[Aim]) -> Iterator[str]:
    """Texts that may do, the likeliest first."""
    before, after, within = _frame(aims)
    cores = (*_CORES, *known.samples)
    for core in (*_forms(steps, aims), *cores):
        yield " ".join(filter(None, (before, core, *within, after)))
        yield " ".join(filter(None, (before, *within, after)))
        yield core
    for core in cores:
        yield " ".join(filter(None, (before, core, after)))


def _frame(aims: Sequence[Aim]) -> tuple[str, str, list[str]]:
    """What an answer begins and ends with, and what stands in it."""
    before, after = "", ""
    within: list[str] = []
    for aim in aims:
        settings = aim.settings
        text, texts = settings.get("text"), settings.get("texts")
        listed = [one for one in texts if isinstance(one, str)] if isinstance(texts, Sequence) and texts else []
        match aim.check, aim.passes:
            case "starts", True if isinstance(text, str):
                before = text
            case "ends", True if isinstance(text, str):
                after = text
            case ("mentions" | "equals" | "only", True) | ("omits", False) if isinstance(text, str):
                within.append(f"{text}." if text[-1:].isalnum() else text)
            case ("says" | "says_one" | "one_of" | "admits", True) | ("forbidden" | "says_none", False) if listed:
                within.append(f"{listed[0]}.")
            case "contains", True:
                within.extend(listed)
            case "tells", True if isinstance(settings.get("value"), str):
                within.append(f"It is {settings['value']}.")
            case "asks", True:
                within.append(f"Could you tell me the {listed[0]}?" if listed else _CORES[3])
            case "matches", True if isinstance(settings.get("pattern"), str):
                within.extend(samples(_PLAIN.sub("", str(settings["pattern"])), 1))
            case "words", passes:
                within.extend(_padding(settings, passes=passes))
            case _:
                pass  # no words of its own are known for it: the samples may do
    return before, after, within


def _padding(settings: Mapping[str, Json], *, passes: bool) -> list[str]:
    """Words that are lacking where there have to be more, or too many where there may be no more."""
    low, high = settings.get("at_least"), settings.get("at_most")
    if passes and isinstance(low, int) and low > 1:
        return [f"{' '.join((_PADDING * low).split()[:low])}."]
    if not passes and isinstance(high, int):
        return [f"{' '.join((_PADDING * high).split()[: high + 5])}."]
    return []


def _forms(steps: Sequence[Said | ToolCall], aims: Sequence[Aim]) -> Iterator[str]:
    """Answers that are data, where data is wanted, filled with what the tools returned."""
    known: dict[str, Json] = {}
    for step in steps:
        if isinstance(step, ToolCall) and isinstance(step.result, Mapping):
            known.update(step.result)
    for aim in aims:
        if aim.check == "is_json" and aim.passes:
            yield from (json.dumps(one, ensure_ascii=False) for one in instances(aim.settings.get("schema"), known))


def _flat(text: str) -> str:
    return " ".join(text.split())
