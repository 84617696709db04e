"""A configuration for promptfoo: a test for each case, an assertion for each requirement, whose `metric` is the requirement's ID.

Texts of a spec reach promptfoo in two places only: as messages that the prompt function returns, escaped for Nunjucks, and as
descriptions, in which no braces stand together. All else is IDs, so that nothing of a spec is taken for a template or a variable.
"""

from collections.abc import Iterator

from ...source.quoting import quoted
from ..beside import LOAD, beside, losses_of
from ..checks import MARK
from ..material import Files, Loss, Material, at_once

WRITES = "a configuration for promptfoo, whose assertions are named after requirements"
TOOL = "promptfoo"

_HOW = """\
```sh
pip install -r requirements.txt                           # if the file is there: what the checks need
export PROMPTFOO_PYTHON=python3                           # the Python to run them with, 3.11 or later
SPECC_ANSWERS=answers.jsonl promptfoo eval                # grades answers that were recorded, as `specc score` reads them
SPECC_SUBJECT=module:function promptfoo eval              # or asks a function of yours
promptfoo eval -r openai:gpt-4.1-mini --filter-metadata plain=yes     # or a model: the cases that need one answer and no tool
```

A provider of your own can tell of a whole conversation: put a record, as `specc score` reads it, under `specc` in the `metadata` of
its response.
"""

_SUITE = '''\
{mark}: change the spec and export again; what is edited here is not kept.
"""What promptfoo calls for the feature `{name}`: the prompt, the provider of recorded answers, the assertion."""

import re

{load}
def prompt(context):
    """The messages of a case; promptfoo renders them as templates, which therefore show what they are."""
    script = checks.script(context["vars"]["case"])
    messages = [{{"role": "system", "content": script.system}}, *said(script)]
    return [{{"role": one["role"], "content": shown(one["content"])}} for one in messages]


def shown(text):
    return re.sub(r"\\{{(?=[{{%#])|(?<=#)\\}}", lambda found: '{{{{ "%s" }}}}' % found[0], text)


def said(script):
    return [{{"role": one.role, "content": one.text}} for one in script.turns if one.role != "pause"]


def call_api(prompt, options, context):
    """A provider: the first answer to the case that was recorded, or the one that your function gives now."""
    case = context["vars"]["case"]
    found = checks.answers(case)
    if not found:
        return {{"error": f"no answer to {{case}} is recorded"}}
    return {{"output": found[0].text, "metadata": {{"specc": found[0].record, "base": found[0].base}}}}


def requirement(output, context):
    """An assertion: what the requirement of its configuration says."""
    case, wanted = context["vars"]["case"], context["config"]["requirement"]
    metadata = context.get("metadata") or {{}}
    answer = metadata.get("specc") or record(output, context)
    (verdict,) = checks.CARRIED.judge(case, answer, metadata.get("base"), only=wanted)
    if verdict.state not in ("pass", "fail"):
        return {{"pass": True, "score": 1, "reason": f"not told: {{verdict.reason}}"}}
    passed = verdict.state == "pass"
    return {{"pass": passed, "score": 1 if passed else 0, "reason": verdict.reason}}


def record(output, context):
    """What a model's answer is, as `specc score` reads it."""
    calls = output if isinstance(output, list) else output.get("tool_calls") if isinstance(output, dict) else None
    before = said(checks.script(context["vars"]["case"]))
    text = output if isinstance(output, str) else "" if calls else checks.json.dumps(output, ensure_ascii=False)
    response = context.get("providerResponse") or {{}}
    usage = response.get("tokenUsage") or {{}}
    measured = {{"tokens": usage.get("completion"), "input_tokens": usage.get("prompt"), "cost": response.get("cost")}}
    return {{
        "messages": [*before, {{"role": "assistant", "content": text, "tool_calls": calls or []}}],
        "measured": {{name: value for name, value in measured.items() if value is not None}},
    }}
'''


def files(material: Material) -> Files:
    """The configuration, what it calls, and what stands beside them."""
    losses = (*losses_of(material, TOOL), *_own(material))
    suite = _SUITE.format(
        mark=MARK,
        name=material.name,
        load=LOAD.format(name=material.name),
    )
    config = "".join(_config(material))
    return Files(
        {"promptfooconfig.yaml": config, "suite.py": suite, **beside(material, TOOL, (), _HOW, losses)}, losses
    )


def _config(material: Material) -> Iterator[str]:
    yield f"{MARK}: change the spec and export again.\n"
    yield f"description: {quoted(material.name)}\n"
    yield "prompts:\n- id: file://suite.py:prompt\n  label: prompt\n"
    yield "providers:\n- id: file://suite.py\n  label: answers\n"
    yield "tests:\n"
    for case in material.cases:
        plain = at_once(case) and not material.feature.tools
        yield f"- description: {quoted(_plain(f'{case.id}: {case.why}'))}\n"
        yield f"  vars:\n    case: {quoted(case.id)}\n"
        yield f"  metadata:\n    requirement: {quoted(case.requirement)}\n    plain: {quoted('yes' if plain else 'no')}\n"
        judged = [one for one in material.judged[case.id] if one in material.told]
        yield "  assert:\n" if judged else ""
        for one in judged:
            weight = "" if one in material.gates else "    weight: 0\n"
            yield (
                f"  - type: python\n    value: file://suite.py:requirement\n    metric: {quoted(one)}\n{weight}"
                f"    config:\n      requirement: {quoted(one)}\n"
            )


def _plain(text: str) -> str:
    """A description, in which promptfoo looks for variables of the environment."""
    return text.replace("{{", "{ {")


def _own(material: Material) -> Iterator[Loss]:
    several = [case.id for case in material.cases if not at_once(case)]
    if material.feature.tools or several:
        yield Loss(
            f"conversations of `{material.name}`",
            "promptfoo asks a model once: it simulates no tool and does not speak again after an answer",
            "use recorded answers or a function of yours; with `-r`, add `--filter-metadata plain=yes`",
        )
    for one in sorted(material.told - material.gates):
        yield Loss(
            f"`{one}`",
            "it gates nothing: its weight is 0, and promptfoo shows the assertion as passed",
            "read its metric, which has the true score",
            one,
        )
    yield Loss(
        f"what can't be told in `{material.name}`",
        "promptfoo knows no answer that is neither passed nor failed: such an assertion passes, and its reason starts with `not told`",
        "read `specc score` for these",
    )
