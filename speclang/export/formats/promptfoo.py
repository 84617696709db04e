"""A configuration for promptfoo: a test for each case, an assertion for each requirement, whose `metric` is the requirement's ID.

promptfoo is JavaScript and starts Python anew for whatever it asks of it, so it is handed `suite.cjs`, which starts one `suite.py` for the
whole suite and hands everything on to it: the prompt, the answers, the verdicts.
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
GRADES = True

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
"""What is said of the feature `{name}` to promptfoo: the prompt, recorded answers, verdicts. `suite.cjs` starts it and asks."""

import concurrent.futures
import os
import re
import threading

{load}
def prompt(case):
    """The messages of a case; promptfoo renders them as templates, which therefore show what they are."""
    script = checks.script(case)
    messages = [{{"role": "system", "content": script.system}}, *said(script)]
    return [{{"role": one["role"], "content": shown(one["content"])}} for one in messages]


def shown(text):
    return re.sub(r"\\{{(?=[{{%#])|(?<=#)\\}}", lambda found: '{{{{ "%s" }}}}' % found[0], text)


def said(script):
    return [{{"role": one.role, "content": one.text}} for one in script.turns if one.role != "pause"]


def answer(case):
    """The first answer to the case that was recorded, or the one that your function gives now."""
    found = checks.answers(case)
    if not found:
        return {{"error": f"no answer to {{case}} is recorded"}}
    return {{"output": found[0].text, "metadata": {{"specc": found[0].record, "base": found[0].base}}}}


def requirement(case, wanted, output, metadata, response):
    """What the requirement that is wanted says of an answer."""
    told = metadata.get("specc") or record(case, output, response)
    (verdict,) = checks.CARRIED.grade(case, told, metadata.get("base"), only=wanted)
    if verdict.state not in ("pass", "fail"):
        return {{"pass": True, "score": 1, "reason": f"not told: {{verdict.reason}}"}}
    passed = verdict.state == "pass"
    return {{"pass": passed, "score": 1 if passed else 0, "reason": verdict.reason}}


def record(case, output, response):
    """What a model's answer is, as `specc score` reads it."""
    calls = output if isinstance(output, list) else output.get("tool_calls") if isinstance(output, dict) else None
    before = said(checks.script(case))
    text = output if isinstance(output, str) else "" if calls else checks.json.dumps(output, ensure_ascii=False)
    usage = response.get("tokenUsage") or {{}}
    measured = {{"tokens": usage.get("completion"), "input_tokens": usage.get("prompt"), "cost": response.get("cost")}}
    return {{
        "messages": [*before, {{"role": "assistant", "content": text, "tool_calls": calls or []}}],
        "measured": {{name: value for name, value in measured.items() if value is not None}},
    }}


def main():
    """Answer what is asked, a line of JSON each, until nobody asks any more."""
    lines, lock = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\\n"), threading.Lock()
    os.dup2(2, 1)  # whatever your function prints is no answer
    known = {{"prompt": prompt, "answer": answer, "requirement": requirement}}

    def told(line):
        asked = checks.json.loads(line)
        try:
            said = {{"value": known[asked["what"]](*asked["with"])}}
        except (Exception, SystemExit) as problem:
            said = {{"error": f"{{type(problem).__name__}}: {{problem}}"}}
        with lock:
            print(checks.json.dumps({{"id": asked["id"], **said}}), file=lines, flush=True)

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for line in sys.stdin.buffer:
            pool.submit(told, line)


if __name__ == "__main__":
    main()
'''

_CALLED = """\
// {mark}: change the spec and export again; what is edited here is not kept.
// What promptfoo calls for the feature `{name}`: the prompt, the provider of recorded answers, the assertion. What these say is said by
// `suite.py`, which is started once, by the Python that PROMPTFOO_PYTHON names.

const {{ spawn }} = require("node:child_process");
const path = require("node:path");
const readline = require("node:readline");

const waiting = new Map();
let asked = 0;
let python;

function started() {{
  if (python) return python;
  const program = process.env.PROMPTFOO_PYTHON || (process.platform === "win32" ? "python" : "python3");
  const child = spawn(program, [path.join(__dirname, "suite.py")], {{ stdio: ["pipe", "pipe", "pipe"] }});
  let told = "";
  const ended = (why) => {{
    if (python === child) python = undefined;
    for (const [id, one] of waiting) {{
      if (one.child !== child) continue;
      waiting.delete(id);
      one.reject(new Error(`suite.py ended (${{why}}); ${{told.trim()}}`));
    }}
  }};
  child.stderr.setEncoding("utf8").on("data", (text) => {{
    told = (told + text).slice(-2000);
  }});
  readline.createInterface({{ input: child.stdout }}).on("line", (line) => {{
    const {{ id, value, error }} = JSON.parse(line);
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    if (!waiting.size) held(child, "unref");
    if (error === undefined) one.resolve(value);
    else one.reject(new Error(error));
  }});
  child.stdin.on("error", () => {{}}); // that it ended is told below
  child.on("error", (problem) => ended(`${{program}}: ${{problem.message}}`));
  child.on("close", (code) => ended(`with ${{code}}`));
  python = child;
  return child;
}}

// While nothing is waited for, promptfoo may end, and suite.py with it.
function held(child, how) {{
  for (const one of [child, child.stdin, child.stdout, child.stderr]) one[how]();
}}

function ask(what, ...given) {{
  return new Promise((resolve, reject) => {{
    const child = started();
    const id = ++asked;
    waiting.set(id, {{ child, resolve, reject }});
    held(child, "ref");
    child.stdin.write(`${{JSON.stringify({{ id, what, with: given }})}}\\n`);
  }});
}}

module.exports = class {{
  id() {{
    return "answers";
  }}

  callApi(_, context) {{
    return ask("answer", context.vars.case);
  }}

  static prompt({{ vars }}) {{
    return ask("prompt", vars.case);
  }}

  static requirement(output, {{ vars, config, metadata, providerResponse }}) {{
    const {{ tokenUsage, cost }} = providerResponse ?? {{}};
    return ask("requirement", vars.case, config.requirement, output, metadata ?? {{}}, {{ tokenUsage, cost }});
  }}
}};
"""


def files(material: Material) -> Files:
    """The configuration, what it calls, and what stands beside them."""
    losses = (*losses_of(material, TOOL), *_own(material))
    suite = _SUITE.format(
        mark=MARK,
        name=material.name,
        load=LOAD.format(name=material.name),
    )
    called = _CALLED.format(mark=MARK.removeprefix("# "), name=material.name)
    config = "".join(_config(material))
    return Files(
        {
            "promptfooconfig.yaml": config,
            "suite.cjs": called,
            "suite.py": suite,
            **beside(material, TOOL, (), _HOW, losses),
        },
        losses,
    )


def _config(material: Material) -> Iterator[str]:
    yield f"{MARK}: change the spec and export again.\n"
    yield f"description: {quoted(material.name)}\n"
    yield "prompts:\n- id: file://suite.cjs:prompt\n  label: prompt\n"
    yield "providers:\n- id: file://suite.cjs\n  label: answers\n"
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
                f"  - type: javascript\n    value: file://suite.cjs:requirement\n    metric: {quoted(one)}\n{weight}"
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
