"""What stands beside every suite: how to run it, what `checks.py` needs, and what no tool can be told.

In: a feature's material and how the tool is run. Out: the files `README.md`, `requirements.txt` and `checks.py`, and losses.
"""

from collections.abc import Iterator, Sequence

from .checks import MARK
from .judge import Judge
from .literals import seen
from .material import Loss, Material

CHECKS = "checks.py"

LOAD = '''\
import importlib.util
import sys
from pathlib import Path


def _loaded(name):
    """The file `checks.py` beside this one, under a name that no other suite has."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).resolve().with_name("checks.py"))
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


checks = _loaded("specc_checks_{name}")
'''
"""How a tool's own file loads the checks; `{name}` is the feature's."""


def beside(material: Material, tool: str, packages: Sequence[str], how: str, losses: Sequence[Loss]) -> dict[str, str]:
    """The files that stand beside the tool's own; `how` says in Markdown how the suite is run."""
    needed = "".join(f"{one}\n" for one in (*packages, *material.libraries))
    texts = {CHECKS: material.checks, "README.md": _readme(material, tool, how, losses)}
    if needed:
        texts["requirements.txt"] = f"{MARK}\n{needed}"
    return texts


def losses_of(material: Material, tool: str) -> Iterator[Loss]:
    """What no exported suite can say."""
    judges: dict[str, list[str]] = {}
    for grader, requirement in material.unjudged:
        judges.setdefault(requirement, []).append(grader)
    for requirement, graders in judges.items():
        yield Loss(
            f"`{requirement}`",
            f"no code can tell {_named(graders)}; {tool} shows no verdict on it",
            "export with `--judge`, or record the answers and run `specc score --judge`, or have somebody read them by the rubric in "
            "`cases.yaml`",
            requirement,
        )
    yield from _reliable(material, tool)
    for grader, requirement in material.left:
        yield Loss(
            f"`{grader}`",
            "its check belongs to a kind of another package, whose code is not copied",
            "grade recorded answers with `specc score`, where that package is installed",
            requirement,
        )


def _reliable(material: Material, tool: str) -> Iterator[Loss]:
    """How often requirements must hold, and what is known to fail: no suite knows either."""
    for one in material.feature.requirements:
        if one.holds is not None and one.id in material.told:
            yield Loss(
                f"`{one.id}`",
                f"it must hold {one.holds.shown}; {tool} judges each answer by itself, and shows each that fails",
                f"run each of its cases {one.holds.times} times, and have `specc score` judge the recorded answers",
                one.id,
            )
        for mark in one.known:
            what = f"the case `{mark.case}` of `{one.id}`" if mark.case else f"`{one.id}`"
            yield Loss(
                what,
                f"it is known to fail until {mark.until.isoformat()}; {tool} has no failure that fails nothing until a day",
                "leave it out there until then, or have `specc score` judge the recorded answers",
                one.id,
            )


def _readme(material: Material, tool: str, how: str, losses: Sequence[Loss]) -> str:
    lost = "".join(f"- {seen(one.what)}: {seen(one.why)}; {seen(one.fix)}.\n" for one in losses)
    return (
        f"<!-- {MARK.removeprefix('# ')}: change the spec and export again. -->\n\n"
        f"# `{material.name}` in {tool}\n\n"
        f"{how.strip()}\n\n"
        "`checks.py` holds the code that `specc score` runs and the cases; it needs no specc.\n\n"
        f"{_judged(material.judge) if material.judge is not None else ''}"
        f"## Not the same here\n\n{lost or 'Nothing: every verdict of `specc score` is given here, too.'}"
    ).rstrip("\n") + "\n"


def _judged(judge: Judge) -> str:
    """Who tells what no code can, what that takes, and how far it is to be believed."""
    key = f"Its key is taken from the environment, from `{judge.key}`. " if judge.key else ""
    rows = "".join(f"- `{seen(grader)}`: {seen(told)}\n" for grader, told in judge.trusts.items())
    return (
        "## What is judged\n\n"
        f"What no code can tell is asked of {seen(judge.name)}, as `specc score --judge` asks it: by the rubric, with a quote from the "
        "answer, the anchors on changing sides, and no more votes than settle it. "
        f"{key}What it replies is kept in `judged.jsonl` beside this file, or in the file that `SPECC_JUDGED` names, and is not asked "
        "again: with that file, no key is needed. Where it can't be asked, there is no verdict.\n\n"
        f"How far it was shown to agree with people when this was written (`specc judge calibrate`):\n\n{rows}\n"
    )


def _named(names: Sequence[str], most: int = 3) -> str:
    shown = ", ".join(f"`{one}`" for one in names[:most])
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown
