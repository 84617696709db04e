"""A task for Inspect AI: a sample for each case, a scorer for each requirement, the simulated tools as tools.

Inspect holds the conversation itself: with a model of its own it speaks every turn and answers every call as the case says.
"""

from ..beside import LOAD, beside, losses_of
from ..checks import MARK
from ..material import Files, Loss, Material

WRITES = "a task for Inspect AI with simulated tools, a scorer for each requirement"
TOOL = "Inspect AI"
GRADES = True

_HOW = """\
```sh
pip install -r requirements.txt
inspect eval task.py --model openai/gpt-4.1-mini     # asks a model; the tools are simulated as each case says
SPECC_ANSWERS=answers.jsonl inspect eval task.py     # scores answers that were recorded, as `specc score` reads them
SPECC_SUBJECT=module:function inspect eval task.py   # or asks a function of yours
```

The first scorer tells, by requirement, how the cases do that were made for it (`grouped(accuracy(), "requirement")`); each further
one is named after a requirement and speaks on every case. Where no code can tell, a sample is unscored.
"""

_TASK = '''\
{mark}: change the spec and export again; what is edited here is not kept.
"""The cases of the feature `{name}` as a task of Inspect AI."""

import os

{load}
from anyio.to_thread import run_sync
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageAssistant, ChatMessageSystem, ChatMessageUser, ModelOutput
from inspect_ai.scorer import CORRECT, INCORRECT, Score, accuracy, grouped, scorer
from inspect_ai.solver import solver
from inspect_ai.tool import ToolDef, ToolParams

RECORDED = "SPECC_ANSWERS" in os.environ or "SPECC_SUBJECT" in os.environ


@task(name="{name}")
def suite():
    answers = max((len(checks.answers(case)) for case in checks.CASES), default=1) if RECORDED else 1
    scorers = [primary(), *(spoken(one) for one in dict.fromkeys(id for case in checks.CASES.values() for id in case["judged"]))]
    return Task(
        dataset=MemoryDataset([sample(case) for case in checks.CASES], name="{name}"),
        solver=answered() if RECORDED else conversation(),
        scorer=scorers,
        epochs=max(answers, 1),
    )


def sample(case):
    one = checks.CASES[case]
    metadata = {{"requirement": one["requirement"], "covers": one["covers"], "why": one["why"]}}
    return Sample(id=case, input=[message(said["role"], said["content"]) for said in one["turns"]], metadata=metadata)


def message(role, text):
    if role == "pause":
        return ChatMessageSystem(content=f"({{text}} pass in which nobody says anything.)")
    return {{"user": ChatMessageUser, "assistant": ChatMessageAssistant}}[role](content=text)


@solver
def conversation():
    """Speaks every turn of the user, and lets the model answer after each."""

    async def solve(state, generate):
        script = checks.script(str(state.sample_id))
        state.tools = [simulated(one["function"], script.results) for one in script.tools]
        state.messages = [ChatMessageSystem(content=script.system)]
        for at, turn in enumerate(script.turns):
            state.messages.append(message(turn.role, turn.text))
            following = script.turns[at + 1].role if at + 1 < len(script.turns) else ""
            if turn.role == "user" and following != "assistant":
                state = await generate(state, tool_calls="loop")
        return state

    return solve


@solver
def answered():
    """Takes an answer that is there, one in each epoch."""

    async def solve(state, generate):
        found = checks.answers(str(state.sample_id))
        if state.epoch <= len(found):
            one = found[state.epoch - 1]
            state.output = ModelOutput.from_content(model=one.model or "recorded", content=one.text)
            state.messages.append(state.output.message)
            state.store.set("verdicts", told(await run_sync(lambda: one.verdicts)))
        else:
            state.store.set("verdicts", {{}})
        return state

    return solve


def simulated(function, results):
    text, _ = results[function["name"]]

    async def call(**arguments):
        return text

    described = {{name: {{"description": name, **one}} for name, one in function["parameters"]["properties"].items()}}
    parameters = ToolParams.model_validate({{**function["parameters"], "properties": described}})
    about = function["description"] or function["name"]
    return ToolDef(call, name=function["name"], description=about, parameters=parameters, max_output=0).as_tool()


def told(verdicts):
    return {{one.requirement: [str(one.state), one.reason] for one in verdicts}}


async def verdicts(state):
    """What the requirements say, by ID: a state and a reason."""
    held = state.store.get("verdicts")
    if held is None:
        case, answer = str(state.sample_id), record(state)
        held = told(await run_sync(lambda: checks.CARRIED.grade(case, answer)))
        state.store.set("verdicts", held)
    return held


def record(state):
    """The conversation as `specc score` reads it."""
    messages = []
    for one in state.messages:
        said = {{"role": one.role, "content": one.text}}
        if one.role == "assistant" and one.tool_calls:
            said["tool_calls"] = [{{"id": call.id, "name": call.function, "arguments": call.arguments}} for call in one.tool_calls]
        if one.role == "tool":
            said["tool_call_id"] = one.tool_call_id
        messages.append(said)
    usage = state.output.usage
    measured = {{}} if usage is None else {{"tokens": usage.output_tokens, "input_tokens": usage.input_tokens}}
    if state.output.time:
        measured["latency"] = state.output.time
    return {{"messages": messages, "measured": measured}}


async def score(state, requirement):
    said, reason = (await verdicts(state)).get(requirement, ["", "it does not speak on this answer"])
    if said not in ("pass", "fail"):
        return Score.unscored(explanation=reason)
    value, judge = CORRECT if said == "pass" else INCORRECT, checks.trust(requirement)
    return Score(value=value, answer=state.output.completion, explanation=reason, metadata={{"judge": judge}} if judge else None)


@scorer(metrics=[grouped(accuracy(), "requirement")])
def primary():
    """The requirement that the case was made for."""

    async def scored(state, target):
        return await score(state, state.metadata["requirement"])

    return scored


def spoken(requirement):
    """A scorer that is named after its requirement."""

    @scorer(metrics=[accuracy()], name=requirement)
    def of_requirement():
        async def scored(state, target):
            return await score(state, requirement)

        return scored

    return of_requirement()
'''


def files(material: Material) -> Files:
    """The task, and what stands beside it."""
    losses = (*losses_of(material, TOOL), *_own(material))
    task = _TASK.format(
        mark=MARK,
        name=material.name,
        load=LOAD.format(name=material.name),
    )
    return Files({"task.py": task, **beside(material, TOOL, ("inspect-ai>=0.3.245",), _HOW, losses)}, losses)


def _own(material: Material) -> list[Loss]:
    based = [case.id for case in material.cases if case.base]
    late = [case.id for case in material.cases if any(one.state == "late" for one in case.replies)]
    found: list[Loss] = []
    if based:
        found.append(
            Loss(
                f"what compares two cases of `{material.name}`",
                f"a model that Inspect asks answers each case alone, so {len(based):,} of them have nothing to be compared with",
                "record the answers, and score these: recorded ones are compared",
            )
        )
    if late:
        found.append(
            Loss(
                f"tools that answer late in `{material.name}`",
                f"a simulated tool answers at once, in {len(late):,} cases; `specc eval` counts the time",
                "run them with `specc eval`",
            )
        )
    return found
