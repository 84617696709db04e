"""Stress beyond the happy path, walked by the list of what it has to do; by number, one test each."""

import json
import re
from importlib import resources
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from speclang.assure.mutation.verdict import Fate
from speclang.assure.stress import stress
from speclang.assure.stressing.outcome import Tried, Wish
from tests.fixtures.commands import Say

SCHEMA = json.loads(resources.files("speclang.report.schemas").joinpath("stress.schema.json").read_text("utf-8"))

BLOCK = """
  stress everyday {
    register   casual, formal
    politeness rude, effusive
    length     fragment, 50, 100, 200
    typos      0% .. 20%
    format     code, list
  }
}
"""

DESK = """
import re

def answer(request):
    said = request["messages"][-1]["content"]
    late = re.search("([0-9]+) day", said)
    if len(said.split()) > LIMIT or late is None:
        return "I do not know."
    return "It is renewed." if int(late[1]) <= 7 else "Please return it."
"""


def under_stress(project: Path, block: str = BLOCK) -> None:
    spec = project / "specs/first.spec"
    text = spec.read_text(encoding="utf-8").rstrip()
    assert text.endswith("}")
    spec.write_text(text[:-1] + block.lstrip("\n"), encoding="utf-8")


def answered_by(project: Path, name: str, limit: int) -> None:
    """Have the project ask a function that gives up beyond `limit` words, in a module of its own."""
    (project / f"{name}.py").write_text(DESK.replace("LIMIT", str(limit)), encoding="utf-8")
    (project / "specc.toml").write_text(f'[targets.desk]\nuse = "callable"\nat = "{name}:answer"\n', encoding="utf-8")


def tried(folder: Path, **wish: Any) -> Tried:
    found = stress(folder, Wish(**wish))
    assert isinstance(found, Tried)
    return found


def made(project: Path) -> dict[str, Any]:
    held = yaml.safe_load((project / "generated/first/stress.yaml").read_text("utf-8"))
    assert isinstance(held, dict)
    return held


def test_1_the_same_seed_gives_the_same_variants_and_another_gives_others(project: Path, specc: Say) -> None:
    under_stress(project)
    specc("build")
    path = project / "generated/first/stress.yaml"
    first = path.read_bytes()
    path.unlink()
    assert specc("build")[0] == 0
    assert path.read_bytes() == first
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("typos      0%", "seed 2; typos 0%"), "utf-8")
    specc("build")
    assert path.read_bytes() != first
    assert specc("check")[0] == 0


def test_2_each_variant_names_its_seed_its_axes_and_their_levels(project: Path, specc: Say) -> None:
    under_stress(project)
    specc("build")
    cases = {
        one["case"] for one in yaml.safe_load((project / "generated/first/cases.yaml").read_text("utf-8"))["cases"]
    }
    held = made(project)
    axes = held["stresses"][0]["axes"]
    for one in held["variants"]:
        assert one["seed"] in cases
        assert all(level in axes[axis] for axis, level in one["at"].items())
        named = "+".join(f"{axis}={level}" for axis, level in one["at"].items())
        assert one["variant"] == f"{one['seed']}/everyday/{named}"
    lock = (project / "generated/specc.lock").read_text("utf-8")
    assert all(one["variant"] in lock for one in held["variants"])


def test_3_every_pair_of_levels_is_covered_by_far_fewer_than_the_product(project: Path, specc: Say) -> None:
    under_stress(project)
    specc("build")
    held = made(project)
    axes = held["stresses"][0]["axes"]
    for requirement in ("LOAN-1", "LOAN-2"):
        several = [one["at"] for one in held["variants"] if one["requirement"] == requirement and len(one["at"]) > 1]
        covered = {pair for at in several for pair in combinations(sorted(at.items()), 2)}
        wanted = {
            tuple(sorted(((one, level), (other, further))))
            for one, other in combinations(axes, 2)
            for level, further in product(axes[one], axes[other])
        }
        assert wanted <= covered
        whole = 1
        for levels in axes.values():
            whole *= len(levels) + 1
        assert len(several) * 20 < whole


def test_4_a_target_that_fails_beyond_so_many_words_breaks_at_exactly_that_level(project: Path, specc: Say) -> None:
    under_stress(project)
    answered_by(project, "desk_of_100", 100)
    specc("build")
    found = tried(project, steady=True)
    cliffs = {(one.requirement, one.axis): one.broken.level for one in found.curves if one.broken is not None}
    assert cliffs == {("LOAN-1", "length"): "200", ("LOAN-2", "length"): "200"}
    curve = next(one for one in found.curves if (one.requirement, one.axis) == ("LOAN-1", "length"))
    assert [(one.level, one.rate.share) for one in curve.points] == [("fragment", 1), ("50", 1), ("100", 1), ("200", 0)]
    assert curve.must
    broken = curve.points[-1].fallen[0]
    assert len(broken.text.split()) == 200
    code, out, _ = specc("stress", "--steady", "--offline", "--resume")
    assert code == 0
    assert "LOAN-1 (must) breaks at length=200" in out
    assert f"first {broken.variant}" in out


def test_4_without_steady_a_fall_that_chance_may_explain_says_how_often_to_run(project: Path, specc: Say) -> None:
    under_stress(project, BLOCK.replace("length ", "seeds 2; length "))
    answered_by(project, "desk_by_chance", 100)
    specc("build")
    curve = next(one for one in tried(project).curves if (one.requirement, one.axis) == ("LOAN-1", "length"))
    assert curve.broken is None
    assert curve.cliff is not None
    assert (curve.cliff.level, curve.cliff.fate) == ("200", Fate.UNDECIDED)
    assert curve.cliff.times > 1
    assert f"may be chance, `--repeat {curve.cliff.times}` may tell" in specc("stress")[1]


def test_6_a_stress_adds_nothing_to_the_prompt_nor_to_the_cases(project: Path, specc: Say) -> None:
    before = {one.name: one.read_bytes() for one in (project / "generated/first").iterdir()}
    assert "stress.yaml" not in before
    under_stress(project)
    specc("build")
    assert (project / "generated/first/prompt.md").read_bytes() == before["prompt.md"]
    assert (project / "generated/first/cases.yaml").read_bytes() == before["cases.yaml"]


def test_7_what_an_answer_hangs_on_stands_in_every_variant(project: Path, specc: Say) -> None:
    under_stress(project)
    specc("build")
    held = yaml.safe_load((project / "generated/first/cases.yaml").read_text("utf-8"))
    days = {one["case"]: re.findall(r"[0-9]+ days?", one["turns"][0]["user"]) for one in held["cases"]}
    for one in made(project)["variants"]:
        assert re.findall(r"[0-9]+ days?", one["turns"][0]["user"]) == days[one["seed"]]


def test_a_level_gates_by_its_interval_and_says_how_many_more_would_tell(project: Path, specc: Say) -> None:
    under_stress(project, "\n  stress long { length 100, 200; least 60% }\n}\n")
    answered_by(project, "desk_that_gates", 100)
    specc("build")
    code, out, _ = specc("stress", "--steady")
    assert code == 1
    assert re.search(r"100 +100% \(n = 8, 68% to 100%\) +enough", out)
    assert re.search(r"200 +12% \(n = 8, 2% to 47%\) +too few", out)
    document = json.loads(specc("stress", "--steady", "--format", "json")[1])
    Draft202012Validator(SCHEMA).validate(document)
    assert [one["call"] for one in document["levels"]] == ["holds", "fails"]
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace("least 60%", "least 90%"), "utf-8")
    specc("build")
    assert "undecided, 27 more answers would tell" in specc("stress", "--steady")[1]


def test_two_runs_are_held_beside_each_other_level_by_level(project: Path, specc: Say) -> None:
    under_stress(project, "\n  stress long { length 100, 200 }\n}\n")
    answered_by(project, "desk_before", 1000)
    specc("build")
    assert specc("stress", "--steady")[0] == 0
    answered_by(project, "desk_after", 100)
    code, out, _ = specc("stress", "--steady", "--against", "1")
    assert code == 1
    assert re.search(
        r"long: length=200 +8 +100% \(n = 8, 68% to 100%\) +12% \(n = 8, 2% to 47%\) +7 +0 +\S+ +worse", out
    )
    assert re.search(r"long: length=100 .* same", out)
    assert specc("stress", "--against", "47")[0] == 2


def test_what_was_asked_by_eval_is_not_asked_again_and_a_variant_is_asked_once(project: Path, specc: Say) -> None:
    under_stress(project, "\n  stress typing { typos 10% }\n}\n")
    answered_by(project, "desk_once", 100)
    specc("build")
    specc("eval")
    assert "8 asked, 8 from the store" in specc("stress", "--resume")[1]
    assert "0 asked, 16 from the store" in specc("stress", "--resume")[1]


def test_the_stub_is_labelled_and_stands_for_no_model(project: Path, specc: Say) -> None:
    under_stress(project)
    specc("build")
    code, out, _ = specc("stress", "--target", "stub")
    assert code == 3
    assert "by the obedient stub, which is no model" in out
    code, out, err = specc("stress", "--target", "stub", "--format", "markdown")
    assert (code, "stub" in err) == (3, True)
    assert "### specc stress: 0 curves break" in out


def test_a_level_without_a_text_is_told_by_build_and_by_every_run(project: Path, specc: Say) -> None:
    under_stress(project, "\n  stress abroad { language es; typos 10% }\n}\n")
    code, out, _ = specc("build")
    assert code == 0
    assert "warning[E0556]" in out
    assert made(project)["stresses"][0]["lacks"][0]["level"] == "es"
    assert "not tried: abroad at language=es on 8 seeds, 3 texts are missing" in specc("stress", "--target", "stub")[1]


def test_a_paraphrase_is_used_once_it_is_no_draft(project: Path, specc: Say) -> None:
    spoken = """
  stress abroad { language es }
  paraphrase es "Can I keep my book a little longer?" as "¿Puedo quedarme el libro un poco más?"
  paraphrase es "It was due {late} ago." as "Venció hace {late}." { draft }
}
"""
    under_stress(project, spoken)
    specc("build")
    assert made(project)["variants"] == []
    spec = project / "specs/first.spec"
    spec.write_text(spec.read_text("utf-8").replace(" { draft }", ""), "utf-8")
    specc("build")
    said = {one["variant"]: one["turns"][0]["user"] for one in made(project)["variants"]}
    assert said["LOAN-1/nominal/abroad/language=es"] == "¿Puedo quedarme el libro un poco más? Venció hace 6 days."


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("stress s { register casul }", "E0305"),
        ("stress s { register casual; register formal }", "E0311"),
        ("stress s { register casual, casual }", "E0202"),
        ("stress s { tone casual }", "E0207"),
        ("stress s { typos 80% }", "E0309"),
        ("stress s { typos 20% .. 5% }", "E0309"),
        ("stress s { register 5% }", "E0309"),
        ("stress s { register }", "E0309"),
        ("stress s { }", "E0309"),
        ("stress { register casual }", "E0309"),
        ("stress s { register casual; least 0% }", "E0309"),
        ("stress s { register casual; seeds 0 }", "E0309"),
        ("stress s { register casual }\n  stress s { typos 5% }", "E0202"),
        ('paraphrase martian "Hello" as "Zork"', "E0305"),
        ('paraphrase es "Hello"', "E0309"),
    ],
)
def test_what_can_not_be_read_is_a_finding(project: Path, specc: Say, block: str, code: str) -> None:
    under_stress(project, f"\n  {block}\n}}\n")
    exit_code, out, err = specc("build")
    assert exit_code == 1
    assert f"[{code}]" in out + err


def test_variants_are_traced_to_their_requirement_their_seed_and_their_stress_and_back(
    project: Path, specc: Say
) -> None:
    under_stress(project, "\n  stress typing { typos 10%; seeds 1 }\n}\n")
    specc("build")
    id, seed, file = "LOAN-1/nominal/typing/typos=10%", "LOAN-1/nominal", "generated/first/stress.yaml"
    lines = (project / file).read_text("utf-8").splitlines()
    head = lines.index(f'- variant: "{id}"') + 1
    assert f"  variant\n    {file}:{head}  {id}" in specc("trace", "LOAN-1")[1]
    length = next(number for number, line in enumerate(lines[head:]) if line.startswith("- ")) + 1
    for line in range(head, head + length):
        first = specc("trace", f"{file}:{line}")[1].splitlines()[0]
        assert first.startswith(f"LOAN-1  variant {id}  specs/first.spec:")
    assert specc("trace", id)[1].startswith(f"{id}  at {file}:{head}\n")
    graph = json.loads(specc("trace", "--format", "json")[1])
    (node,) = [one for one in graph["nodes"] if one["id"] == f"variant:first/{id}"]
    assert (node["text"], node["place"]) == ("typos 10%", f"{file}:{head}")
    uses = {one["target"] for one in graph["edges"] if one["source"] == node["id"]}
    assert uses == {f"case:first/{seed}", "stress:first/typing"}
    assert file in specc("trace", "--impact", "stress typing")[1]


def test_a_feature_without_a_stress_says_how_to_write_one(project: Path, specc: Say) -> None:
    code, _, err = specc("stress", "--target", "stub")
    assert (code, "write `stress everyday {" in err) == (2, True)
    assert project.exists()
