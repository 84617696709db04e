"""Makes equal projects: the same requirements for specc, trlc and doorstop.

Every group of twenty requirements is one feature (specc), one package (trlc) or one document (doorstop): seventeen rules
on disjoint ranges of one input, one default, one format and one piece of prose.
"""

import argparse
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GROUP = 20
OUTCOMES = ("approve", "decline", "escalate")
SHAPES = ("many", "one-file", "one-feature")


@dataclass(frozen=True)
class Rule:
    """One requirement: `low` to `high` are days, both ends included; `after` is the rule that it beats, or ""."""

    id: str
    title: str
    low: int
    high: int
    outcome: str
    because: str
    after: str


@dataclass(frozen=True)
class Group:
    """The requirements of one feature."""

    name: str
    top: int
    rules: tuple[Rule, ...]
    default: str
    format: str
    prose: str
    words: int


def groups(count: int, size: int = GROUP) -> Iterator[Group]:
    """`count` requirements in groups of `size`."""
    for number in range(count // size):
        first = number * size
        ids = [f"R-{first + index:05}" for index in range(size)]
        rules = tuple(
            Rule(
                id=ids[index],
                title=f"Range {index} of area {number}",
                low=index * 10,
                high=index * 10 + 9,
                outcome=OUTCOMES[index % 3],
                because=f"Terms of service, section {number}.{index}",
                after=ids[index - 1] if index % 5 == 4 else "",
            )
            for index in range(size - 3)
        )
        yield Group(f"area{number:04}", size * 10, rules, ids[-3], ids[-2], ids[-1], 60 + number % 60)


def specc_feature(group: Group) -> str:
    """A feature with the requirements of `group`."""
    rules = "\n".join(specc_rule(rule) for rule in group.rules)
    return f"""\
feature {group.name} "Desk of {group.name}" {{
  role "You are the desk of {group.name}. You answer customers about their orders."

  given age days 0 .. {group.top} {{ name "the time since delivery"; from user; say "It arrived {{age}} ago." }}
  given receipt bool {{
    name "the customer has the receipt"
    from user
    yes  "I still have the receipt."
    no   "I threw the receipt away."
  }}

  outcome approve  "approve the request"        {{ mentions "approved" }}
  outcome decline  "decline and give the reason" {{ mentions "decline" }}
  outcome escalate "hand over to a colleague"   {{ mentions "colleague" }}
  exclusive approve, decline, escalate

  ask "I'd like to return what I bought."

{rules}
  {group.default} rule "Otherwise" {{ default; must escalate }}
  {group.format} format "Short answers" {{ must words <= {group.words} }}
  {group.prose} prose "Voice" {{ text "Write the way a helpful colleague of {group.name} speaks." }}
}}
"""


def specc_rule(rule: Rule) -> str:
    """One requirement in the language of specc."""
    over = f"    over    {rule.after}\n" if rule.after else ""
    return f"""\
  {rule.id} rule "{rule.title}" {{
    when    age >= {rule.low} days and age <= {rule.high} days and receipt
    must    {rule.outcome}
{over}    because "{rule.because}"
  }}
"""


def make_specc(folder: Path, count: int, shape: str) -> None:
    """A project for specc with `count` requirements in `folder`."""
    specs = empty(folder) / "specs"
    specs.mkdir()
    (folder / "specc.toml").write_text('specs = "specs"\ngenerated = "generated"\n', encoding="utf-8")
    made = groups(count, count if shape == "one-feature" else GROUP)
    if shape == "many":
        for group in made:
            (specs / f"{group.name}.spec").write_text(specc_feature(group), encoding="utf-8")
    else:
        (specs / "all.spec").write_text("\n".join(specc_feature(group) for group in made), encoding="utf-8")


TRLC_MODEL = """\
package House

enum Outcome { approve decline escalate }

type Given {
  label String
  low   Integer
  high  Integer
}
checks Given {
  low <= high, error "the range holds no value"
}

abstract type Requirement {
  title String
}
type Rule extends Requirement {
  measure Given
  at_least Integer
  at_most  Integer
  needs    Given
  outcome  Outcome
  after    optional Rule
  because  String
}
checks Rule {
  at_least <= at_most, error "the range holds no value"
  at_least >= measure.low, error "below the range of the given"
  at_most <= measure.high, error "above the range of the given"
}
type Fallback extends Requirement { outcome Outcome }
type Format extends Requirement { words Integer }
checks Format { words > 0, error "no room for an answer" }
type Prose extends Requirement { text String }
"""


def trlc_package(group: Group) -> str:
    """A package with the requirements of `group`."""
    return f"package {group.name}\nimport House\n\n" + trlc_body(group)


def trlc_body(group: Group) -> str:
    name = group.name
    rules = "\n".join(trlc_rule(rule, name) for rule in group.rules)
    return f"""\
section "Desk of {name}" {{
  House.Given age_{name} {{ label = "the time since delivery" low = 0 high = {group.top} }}
  House.Given receipt_{name} {{ label = "the customer has the receipt" low = 0 high = 1 }}

{rules}
  House.Fallback {trlc_id(group.default)} {{ title = "Otherwise" outcome = House.Outcome.escalate }}
  House.Format {trlc_id(group.format)} {{ title = "Short answers" words = {group.words} }}
  House.Prose {trlc_id(group.prose)} {{ title = "Voice" text = "Write the way a helpful colleague of {name} speaks." }}
}}
"""


def trlc_id(id: str) -> str:
    """TRLC's names hold no hyphen."""
    return id.replace("-", "_")


def trlc_rule(rule: Rule, name: str) -> str:
    """One requirement in the language of trlc."""
    after = f"    after    = {trlc_id(rule.after)}\n" if rule.after else ""
    return f"""\
  House.Rule {trlc_id(rule.id)} {{
    title    = "{rule.title}"
    measure  = age_{name}
    at_least = {rule.low}
    at_most  = {rule.high}
    needs    = receipt_{name}
    outcome  = House.Outcome.{rule.outcome}
{after}    because  = "{rule.because}"
  }}
"""


def make_trlc(folder: Path, count: int, shape: str) -> None:
    """A project for trlc with `count` requirements in `folder`."""
    empty(folder)
    (folder / "house.rsl").write_text(TRLC_MODEL, encoding="utf-8")
    made = list(groups(count, count if shape == "one-feature" else GROUP))
    if shape == "many":
        for group in made:
            (folder / f"{group.name}.trlc").write_text(trlc_package(group), encoding="utf-8")
    else:
        text = "package All\nimport House\n\n" + "\n".join(trlc_body(group) for group in made)
        (folder / "all.trlc").write_text(text, encoding="utf-8")


DOORSTOP_ITEM = """\
active: true
derived: false
header: ''
level: '{level}'
links: []
normative: true
ref: ''
reviewed: null
text: |
  {text}
"""


def make_doorstop(folder: Path, count: int) -> None:
    """A project for doorstop with `count` requirements in `folder`: one item, one file."""
    empty(folder)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)  # noqa: S607 - whichever git there is
    items = folder / "req"
    items.mkdir()
    (items / ".doorstop.yml").write_text("settings:\n  digits: 5\n  prefix: R\n  sep: '-'\n", encoding="utf-8")
    for group in groups(count):
        texts = {
            rule.id: f"{rule.title}: {rule.low} to {rule.high} days with receipt: {rule.outcome}. {rule.because}"
            for rule in group.rules
        }
        texts |= {
            group.default: "Otherwise: escalate",
            group.format: f"At most {group.words} words",
            group.prose: "Voice",
        }
        for position, (id, text) in enumerate(texts.items(), 1):
            level = f"{int(group.name[4:]) + 1}.{position}"
            (items / f"{id}.yml").write_text(DOORSTOP_ITEM.format(level=level, text=text), encoding="utf-8")


RUN_SPEC = """\
feature desk "Library desk" {
  role "You are the help desk of a library."
  given late days 0 .. 60 { name "the time since the due date"; from user }
  outcome renew "renew the loan" { mentions "renewed" }
  outcome decline "ask to return the book" { mentions "return" }
  exclusive renew, decline
  ask "Can I keep my book?"
  LOAN-1 rule "Renewal" { when late <= 7 days; must renew }
  LOAN-2 rule "No renewal" { when late > 7 days; must decline }
  FMT-1 format "Short" { must words <= 60 }
}
"""

RUN_CASES = 8
"""How many cases this spec has."""

RUN_ANSWER = "It is renewed; please return it in time."


INSPECT = """\
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import Score, accuracy, includes, scorer
from inspect_ai.solver import generate


@scorer(metrics=[accuracy()])
def words():
    async def score(state, target):
        return Score(value="C" if len(state.output.completion.split()) <= 60 else "I")

    return score


@task
def suite():
    samples = [Sample(input=f"{{late}}: Can I keep it?", target="mockllm") for late in range({count})]
    return Task(dataset=samples, solver=generate(), scorer=[includes(), words()])
"""
"""A task of Inspect for its own model without a model, which answers at once: the same two checks."""


def make_run(folder: Path, count: int) -> None:
    """A project whose cases are answered at once; a configuration of promptfoo and a task of Inspect with `count` like them."""
    empty(folder)
    (folder / "specs").mkdir()
    (folder / "specs" / "desk.spec").write_text(RUN_SPEC, encoding="utf-8")
    (folder / "echoes.py").write_text(f'def answer(request):\n    return "{RUN_ANSWER}"\n', encoding="utf-8")
    settings = '[targets.echo]\nuse = "callable"\nat = "echoes:answer"\n'
    (folder / "specc.toml").write_text(settings, encoding="utf-8")
    tests = [
        {
            "vars": {"late": str(number)},
            "assert": [
                {"type": "icontains", "value": "renewed"},
                {"type": "javascript", "value": "output.split(/\\s+/).length <= 60"},
            ],
        }
        for number in range(count)
    ]
    config = {"prompts": [f"{{{{late}}}}: {RUN_ANSWER}"], "providers": ["echo"], "tests": tests}
    (folder / "promptfoo.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "inspect_task.py").write_text(INSPECT.format(count=count), encoding="utf-8")


def empty(folder: Path) -> Path:
    """`folder`, there and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def main() -> None:
    """Make the projects that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--shape", choices=SHAPES, default="many")
    asked = parser.parse_args()
    make_specc(asked.folder / "specc", asked.count, asked.shape)
    make_trlc(asked.folder / "trlc", asked.count, asked.shape)
    make_doorstop(asked.folder / "doorstop", asked.count)


if __name__ == "__main__":
    main()
