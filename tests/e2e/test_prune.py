"""`specc cases prune`: near copies change neither what is killed nor what is covered, and can go; nothing is written unasked."""

import json
from pathlib import Path

from speclang.assure.mutate import mutate
from speclang.assure.mutation.outcome import Mutated, Wish
from tests.e2e.test_mutate import reads
from tests.fixtures.commands import Say

COPIES = 200


def asked(number: int, words: str) -> str:
    return (
        f'  EX-{number} example "Late" {{\n    holdout\n    user "{words}"\n'
        "    given late 20 days\n    expect decline\n  }\n"
    )


def with_examples(project: Path, *examples: str) -> None:
    spec = project / "specs/first.spec"
    text = spec.read_text("utf-8")
    end = text.rindex("}")
    spec.write_text(text[:end] + "".join(examples) + text[end:], encoding="utf-8")


def killed(project: Path) -> dict[str, str]:
    found = mutate(project, Wish(steady=True, operators=("delete", "bound"), names=("LOAN-2",)))
    assert isinstance(found, Mutated)
    return {one.name: one.fate.value for one in found.results}


def covered(specc: Say) -> tuple[int, int]:
    summary = json.loads(specc("trace", "--uncovered", "--json")[1])["summary"]
    return summary["requirements"] - summary["uncovered"], summary["uncovered"]


def test_two_hundred_near_copies_change_nothing_and_are_told_as_redundant(project: Path, specc: Say) -> None:
    reads(project, "reader_of_copies")
    with_examples(project, asked(1000, "Can I keep book number 1000 longer, it is 20 days late?"))
    assert specc("build")[0] == 0
    before, cover = killed(project), covered(specc)
    assert set(before.values()) == {"killed", "survived"}
    with_examples(
        project,
        *(
            asked(1000 + at, f"Can I keep book number {1000 + at} longer, it is 20 days late?")
            for at in range(1, COPIES + 1)
        ),
        asked(3000, "Somebody spilled tea over what I borrowed, 20 days ago it was due; what now?"),
    )
    assert specc("build")[0] == 0
    code, out, _ = specc("cases", "prune")
    assert code == 0
    assert "near copies that were in no run of mutants, and stay" in out
    assert f"{10 + COPIES} of {10 + COPIES} cases keep every obligation" in out
    assert killed(project) == before
    assert covered(specc)[1] == cover[1], "nothing that lacks something is new"
    code, out, _ = specc("cases", "prune", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert len(found["redundant"]) == COPIES
    assert {one["like"] for one in found["redundant"]} == {"EX-1000/holdout"}
    assert "EX-3000/holdout" not in {one["case"] for one in found["redundant"]}
    spec = project / "specs/first.spec"
    text = spec.read_bytes()
    out = specc("cases", "prune")[1]
    assert f"10 of {10 + COPIES} cases keep every obligation and all of" in out
    assert "nothing is written; `--write` does that" in out
    assert spec.read_bytes() == text
    assert specc("cases", "prune", "--write")[0] == 0
    assert spec.read_text("utf-8").count("status retired") == COPIES
    assert specc("build")[0] == 0
    assert killed(project) == before, "what is left kills all that was killed"
    assert "redundant" not in specc("cases", "prune")[1]


def test_what_a_case_kills_alone_keeps_it(project: Path, specc: Say) -> None:
    (project / "picky_of_copies.py").write_text(
        "def answer(request):\n"
        "    prompt, said = (request['messages'][at]['content'] for at in (0, -1))\n"
        "    if '7 days, ask' in prompt or '14' in said:\n"
        "        return 'Please return it, it is not renewed.'\n"
        "    return 'Please wait.' if '15' in said and '14 days, ask' in prompt else 'Please return it, or it is renewed.'\n",
        encoding="utf-8",
    )
    (project / "specc.toml").write_text(
        '[targets.picky]\nuse = "callable"\nat = "picky_of_copies:answer"\n', encoding="utf-8"
    )
    with_examples(
        project,
        asked(1, "Can I keep book number 14 longer, it is 20 days late?"),
        asked(2, "Can I keep book number 15 longer, it is 20 days late?"),
    )
    assert specc("build")[0] == 0
    assert specc("mutate", "--steady", "LOAN-2", "--operators", "bound")[0] == 0
    out = specc("cases", "prune")[1]
    assert "redundant: EX-1/holdout repeats EX-2/holdout in other words" in out
    assert "redundant: EX-2" not in out


def test_without_runs_of_mutants_nothing_is_proposed(project: Path, specc: Say) -> None:
    reads(project, "reader_of_nothing")
    assert specc("cases", "prune")[0] == 2
    specc("eval")
    code, out, err = specc("cases", "prune")
    assert (code, out) == (2, "")
    assert "no run of mutants tells what the cases of today notice; `specc mutate` runs them" in err
    assert "there is no feature `frist`; did you mean `first`" in specc("cases", "prune", "frist")[2]
