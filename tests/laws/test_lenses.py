"""The four laws of absorb over generated specs and generated edits: GetPut, PutGet, locality, nothing lost (Foster and others, 2007).

All of it in memory, so that there can be thousands of examples; `SPECC_LENSES=100000` tries so many, with another seed each time.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import pytest

from speclang.diagnostics.diagnostic import has_errors
from speclang.drift.states import State
from speclang.engine.absorption.absorb import Decided, decide
from speclang.engine.absorption.work import Compiler, Work
from speclang.engine.compiling import Opened
from speclang.engine.standing.differences import differences
from speclang.plan.artifact import Artifact, Part
from speclang.source.hashing import digest
from tests.strategies.opened import as_built, in_memory

EXAMPLES = int(os.environ.get("SPECC_LENSES", "2000"))
SEED = int.from_bytes(os.urandom(4)) if "SPECC_LENSES" in os.environ else 20_261_130
EACH = 20
"""Edits of one spec: it is compiled once for all of them."""

BATCHES = 20

NOUNS = ("refund", "parcel", "invoice", "voucher", "booking")
VERBS = ("approve", "decline", "check", "send", "cancel")
WORDS = (
    "never",
    "customer",
    "45",
    "7 days",
    'say "so"',
    "a {b} c",
    "back\\slash",
    "naïve",
    "日本",
    "must",
    "politely",
    "two",
    "%",
)


def spec(draw: Random) -> str:
    """Two features: a few rules that share out the values of a given, formats, prose, an outcome with words of its own, a phrase."""
    noun, verb, other = draw.choice(NOUNS), *draw.sample(VERBS, 2)
    high, bound, words = draw.randrange(40, 400), draw.randrange(3, 35), draw.choice((30, 60, 120, 1_200))
    law = f'refuse "advice about the {noun}" like "Is my {noun} legal?"; answer "our {noun}" like "Where is my {noun}?"'
    seen = f'must_not mentions "{noun} seen"; phrase "If they saw the {noun} and it is not older than {{age.limit}}, hush."'
    optional = [
        f'  PRO-1 prose "Voice" {{ text "Write as a helpful {noun} clerk would." }}',
        f'  FMT-2 format "Open" {{ must starts "Hello", forbidden "{draw.choice(WORDS[:2])} mind" }}',
        f'  LAW-1 boundary "No advice" {{ {law} }}',
        f'  REF-4 rule "Seen" {{ when seen and age <= {bound + 1} days; {seen} }}',
        f'  EX-1 example "A {noun}" {{ holdout; user "My {noun}!"; given age {bound} days; expect {verb} }}',
    ]
    chosen = [line for line in optional if draw.random() < 0.6]
    draw.shuffle(chosen)
    return f"""\
feature made "The {noun} desk" {{
  role "You are the {noun} desk of a shop."

  tool find(order: text) {{ about "Finds a {noun}."; returns {{ cost: money(USD) }} }}

  given age  days 0 .. {high} {{ name "the age of the {noun}"; from user }}
  given seen bool {{ name "the customer has seen the {noun}"; typical no; from user }}
  given cost money(USD) 0 .. 900 {{ name "the cost"; from find.cost }}

  outcome {verb}  "{verb} the {noun}"                    {{ mentions "{verb}d" }}
  outcome {other} "{other} it and name the {bound} days" {{ mentions "{other} it" }}
  exclusive {verb}, {other}

  ask "It is about my {noun}."

  REF-1 rule "In time"  {{ when age <= {bound} days; must {verb} }}
  REF-2 rule "Too late" {{ when age > {bound} days; must {other} }}   # the other side
  REF-3 rule "Dear"     {{ when cost > {draw.randrange(50, 800)} USD; must mentions "dear" }}
  FMT-1 format "Short"  {{ must words <= {words} }}
{chr(10).join(chosen)}
}}
feature other "Another desk" {{
  role "You are another desk."
  ask "Hello."
  OTH-1 format "Short" {{ must words <= {words} }}
}}
"""


@dataclass(frozen=True)
class Made:
    """A spec as it was built."""

    text: str
    opened: Opened
    compiler: Compiler

    def artifact(self, name: str) -> Artifact:
        return next(one for one in self.opened.compiled.artifacts if one.path == f"generated/made/{name}")


@lru_cache(maxsize=4)
def made(seed: int) -> Made:
    text = spec(Random(seed))  # noqa: S311 - examples, no secrets
    opened = in_memory({"specs/made.spec": text})
    assert not has_errors(opened.compiled.diagnostics), [one.title for one in opened.compiled.diagnostics]
    return Made(text, opened, Compiler())


def words_edited(text: str, draw: Random) -> str:
    """One word of a prompt replaced, taken out or added."""
    found = draw.choice(list(re.finditer(r"[^\s`]+", text)))
    new = {"replace": draw.choice(WORDS), "remove": "", "add": f"{found[0]} {draw.choice(WORDS)}"}[
        draw.choice(("replace", "remove", "add"))
    ]
    return text[: found.start()] + new + text[found.end() :]


def numbers_edited(text: str, draw: Random) -> str:
    """One number a little larger or smaller."""
    found = draw.choice(list(re.finditer(r"(?<![\w.-])\d[\d,]*", text)) or [None])
    if found is None:
        return text
    number = max(1, int(found[0].replace(",", "")) + draw.choice((-2, -1, 1, 3, 900)))
    return text[: found.start()] + f"{number:,}" + text[found.end() :]


def lines_edited(text: str, draw: Random) -> str:
    """One line taken out, doubled, moved, or added."""
    lines = text.splitlines(keepends=True)
    at, to = draw.randrange(len(lines)), draw.randrange(len(lines))
    match draw.choice(("remove", "double", "move", "add", "add")):
        case "remove":
            del lines[at]
        case "double":
            lines.insert(to, lines[at])
        case "move":
            lines.insert(to, lines.pop(at))
        case _:
            lines.insert(at, f"- {draw.choice(VERBS).capitalize()} the {draw.choice(NOUNS)} {draw.choice(WORDS)}.\n")
    return "".join(lines)


def case_added(text: str, draw: Random) -> str:
    """A case at the end, as somebody would write it."""
    age = draw.randrange(0, 40)
    name = draw.choice(("EX-7/mine", "MY-1/a", "case one"))
    asked = draw.choice(("expect: {}", "graders:\n    FMT-1/words: {}", "expect:\n    approve: [REF-1]"))
    said = draw.choice(("Hello?", 'He said \\"now\\".', "Übermorgen {x}"))
    return f'{text}- case: {name}\n  requirement: FMT-1\n  given:\n    age: {age} days\n  turns:\n  - user: "{said}"\n  {asked}\n'


EDITS = {
    "prompt.md": (words_edited, words_edited, numbers_edited, lines_edited),
    "cases.yaml": (numbers_edited, case_added),
}


def edits(one: Made, draw: Random) -> Iterator[Mapping[str, str]]:
    """What the files hold after one edit, or two."""
    for _ in range(EACH):
        files: dict[str, str] = {}
        for _ in range(draw.choice((1, 1, 1, 2))):
            name = draw.choice(("prompt.md", "prompt.md", "prompt.md", "cases.yaml"))
            path = f"generated/made/{name}"
            files[path] = draw.choice(EDITS[name])(files.get(path, one.artifact(name).text), draw)
        yield files


TALLY: Counter[str] = Counter()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_absorbing_obeys_the_laws(batch: int) -> None:
    for number in range(EXAMPLES // BATCHES // EACH):
        seed = SEED + batch * 1_000_003 + number
        one = made(seed)
        nothing_edited(one)
        for count, files in enumerate(edits(one, Random(seed))):  # noqa: S311 - as above
            TALLY[obeys(one, files, f"seed {seed}, edit {count}")] += 1


def nothing_edited(one: Made) -> None:
    """GetPut: what nobody edited changes no byte of a spec."""
    work = Work(one.opened, as_built(one.opened))
    decided = decide(work)
    assert decided.work is work
    assert decided.work.formatted(work) is work


def obeys(one: Made, files: Mapping[str, str], context: str) -> str:
    """Absorb edited `files`, and look at what came of it; says what that was."""
    before = Work(one.opened, as_built(one.opened, files), one.compiler)
    waiting = before.edits()
    decided = decide(before)
    if decided.refused:
        assert all(found.notes and found.fix for found in decided.refused), context
        return "refused"
    if not waiting:
        assert decided.work is before, context
        return "layout"
    put_get(decided, context)
    local(one, decided, context)
    return "taken"


def put_get(decided: Decided, context: str) -> None:
    """PutGet, and nothing lost: a build makes the edited text, and all of it; an added case is said by its example's."""
    now = decided.work
    assert not has_errors(now.opened.compiled.diagnostics), context
    for one in differences(now.opened, now.held):
        if one.file is not None and one.file.hash == digest(one.theirs):
            continue  # nobody edited it: it follows
        for found in one.findings:
            owner = found.part.owner if found.part is not None else ""
            follows = found.state is State.STALE and owner in decided.taken
            computed = found.part is not None and not found.path.endswith(".md")
            stated = (found.path, "", found.text) in decided.stated or owner in decided.cases
            same = found.cosmetic or found.state is State.CONVERGED
            assert same or follows or computed or stated, (context, found.state, found.text)


def local(one: Made, decided: Decided, context: str) -> None:
    """Locality: no clause, grader or meaning of a requirement that was not edited is otherwise; nor anything of the other feature."""
    was, now = one.opened.compiled, decided.work.opened.compiled
    taken = set(decided.taken)
    assert [other.text for other in was.artifacts if other.feature == "other" and not other.path.endswith(".json")] == [
        other.text for other in now.artifacts if other.feature == "other" and not other.path.endswith(".json")
    ], context
    meanings = {line.id: line.meaning for line in was.lock.requirements}
    changed = {line.id for line in now.lock.requirements if meanings.get(line.id) != line.meaning}
    assert changed | (meanings.keys() - {line.id for line in now.lock.requirements}) <= taken, (context, changed, taken)
    for kind in ("clause", "grader"):
        mine, theirs = parts(was.artifacts, kind), parts(now.artifacts, kind)
        others = {
            key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key) and key[1] not in taken
        }
        declared = any(not re.fullmatch(r"[A-Z]+-\d+", name) for name in taken)
        assert declared or not others or (kind == "grader" and shares_outcome(one, decided)), (
            context,
            kind,
            others,
            taken,
        )


def shares_outcome(one: Made, decided: Decided) -> bool:
    """Whether the declarations say something else: then whatever is graded by them is, too."""
    outcomes = [[feature.outcomes, feature.givens] for feature in one.opened.compiled.program.features]
    return outcomes != [[feature.outcomes, feature.givens] for feature in decided.work.opened.compiled.program.features]


def parts(artifacts: Sequence[Artifact], kind: str) -> dict[tuple[str, str], str]:
    found: list[Part] = [part for one in artifacts for part in one.parts if part.kind == kind]
    return {(part.id, part.owner): part.text.rstrip("\n") for part in found}


def test_many_edits_were_taken_and_many_refused() -> None:
    if sum(TALLY.values()) >= EXAMPLES:
        assert min(TALLY["taken"], TALLY["refused"]) > EXAMPLES // 8, TALLY
