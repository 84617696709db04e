"""A kind of somebody else's, installed as a package, goes all the way with one line of settings and no other edit."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACME = ROOT / "tests" / "fixtures" / "acme_kind"
SPEC = """\
feature desk "Help desk" {
  given receipt bool { name "the customer has the receipt"; from user; yes "I have it."; no "I lost it." }
  ask "May I return this?"

  CITE-1 citation "Name the policy" { when receipt; source "Returns policy" }
}
"""


@dataclass
class Shop:
    """A project that uses the kind, and the folder where the kind is installed."""

    folder: Path
    site: Path

    def specc(self, *arguments: str) -> tuple[int, str]:
        """Run a command; its exit code and all that it says."""
        ran = subprocess.run(
            [sys.executable, "-m", "speclang", *arguments],
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={"PYTHONPATH": os.pathsep.join([str(ROOT), str(self.site)]), "PATH": ""},
        )
        return ran.returncode, ran.stdout + ran.stderr

    def rewrite(self, old: str, new: str) -> None:
        """Change the code of the installed kind."""
        path = self.site / "acme_citation.py"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


def install(site: Path) -> None:
    """What an installer leaves behind: the module, and metadata beside it."""
    project = tomllib.loads((ACME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = site / f"acme_citation-{project['version']}.dist-info"
    info.mkdir(parents=True)
    shutil.copy(ACME / "acme_citation.py", site)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = project["entry-points"]["specc.kinds"]
    lines = [f"{name} = {module}" for name, module in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[specc.kinds]", *lines, ""]))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    folder, site = tmp_path / "project", tmp_path / "site"
    install(site)
    (folder / "specs").mkdir(parents=True)
    (folder / "specc.toml").write_text('kinds = ["citation"]\n')
    (folder / "specs" / "desk.spec").write_text(SPEC)
    return Shop(folder, site)


def test_it_is_built_checked_traced_and_explained(shop: Shop) -> None:
    code, said = shop.specc("build")
    assert (code, said.splitlines()) == (
        0,
        [
            *(
                f"wrote generated/{name}"
                for name in ("desk/cases.yaml", "desk/prompt.md", "desk/trace.json", "specc.lock")
            ),
            "desk  1 requirement, 1 typed (100%), 1 case",
        ],
    )
    prompt = (shop.folder / "generated/desk/prompt.md").read_text(encoding="utf-8")
    assert prompt == "## Rules\n\n- If the customer has the receipt, name your source: Returns policy.\n"
    cases = (shop.folder / "generated/desk/cases.yaml").read_text(encoding="utf-8")
    assert "check: cites\n  settings:\n    source: Returns policy\n" in cases
    for _ in range(3):
        code, said = shop.specc("check")
        assert (code, said.splitlines()[-1]) == (0, "in sync: 1 feature, 1 requirement, 1 typed (100%), 1 case")
    code, said = shop.specc("trace", "CITE-1")
    assert code == 0
    assert "CITE-1/cites-1" in said
    code, said = shop.specc("explain", "citation")
    assert (code, said.splitlines()[0]) == (0, "The kind `citation`: which document an answer has to name.")
    assert shop.specc("explain", "citation/no-source")[0] == 0
    assert "citation" in shop.specc("explain")[1].splitlines()[-1]
    assert "did you mean `citation`" in shop.specc("explain", "citatoin")[1]


def test_its_package_can_try_it_on_what_every_kind_promises(shop: Shop) -> None:
    def tried() -> str:
        script = "import speclang; print(*speclang.conformance('citation'), sep='\\n')"
        path = os.pathsep.join([str(ROOT), str(shop.site)])
        ran = subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, encoding="utf-8", check=True
        )
        return ran.stdout.strip()

    assert tried() == ""
    shop.rewrite('section = "rules"', 'section = "the rules"')
    assert "its name or its section is no plain word" in tried()


def test_its_own_findings_are_reported_with_its_codes(shop: Shop) -> None:
    (shop.folder / "specs/desk.spec").write_text(SPEC.replace('; source "Returns policy"', ""))
    code, said = shop.specc("build")
    assert code == 1
    assert "error[citation/no-source]: `CITE-1` cites nothing" in said


def test_an_edit_of_its_clause_is_traced_to_its_requirement(shop: Shop) -> None:
    assert shop.specc("build")[0] == 0
    prompt = shop.folder / "generated/desk/prompt.md"
    prompt.write_text(prompt.read_text(encoding="utf-8").replace("Returns policy", "Terms"), encoding="utf-8")
    code, said = shop.specc("check")
    assert code == 1
    assert "error[E0702]" in said
    assert "CITE-1" in said


def test_a_check_that_is_wrong_about_its_samples_is_named_before_any_model_is_called(shop: Shop) -> None:
    assert shop.specc("build")[0] == 0
    assert shop.specc("check")[0] == 0
    shop.rewrite("return Verdict(found,", "return Verdict(not found,")
    for command in ("check", "build"):
        code, said = shop.specc(command)
        assert code == 1, said
        assert "error[E0801]: A sample of the kind `citation` must pass, but its grader `cites-1` fails it" in said
        assert "--> acme_citation.py" in said
        assert "the sample shows: names it" in said
    shop.rewrite("return Verdict(not found,", "return Verdict(found,")
    assert shop.specc("check")[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("found = source", "found = answer.nothing and source", "the check `cites` stops with AttributeError"),
        ('checks = {"cites": cites}', "checks = {}", "nothing is called `cites`"),
        ('Sample(_SPEC, "cites-1", Answer(""), ', 'Sample(_SPEC, "cites-2", Answer(""), ', "there is no grader"),
        ('{ source "Returns policy" }\\n}', '{ sauce "x" }\\n}', "its spec does not compile: `citation` has no field"),
        ("X-1 citation", "X-2 citation", "its spec states no `X-1`"),
    ],
)
def test_a_sample_that_proves_nothing_is_named(shop: Shop, old: str, new: str, why: str) -> None:
    shop.rewrite(old, new)
    code, said = shop.specc("build")
    assert code == 1
    assert "error[E0802]: A sample of the kind `citation` can't be judged by `cites-" in said
    assert why in said


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('name = "citation"', 'name = "quotation"', "`acme_citation` holds no `Kind` with the name `citation`"),
        (
            "from collections.abc import Iterable,",
            "import nowhere\nfrom x import Iterable,",
            "No module named 'nowhere'",
        ),
        ("source: Texts = ()", "source: tuple[str, ...] = ()", "its field `source` can't be used: its type is none of"),
        ("source: Texts = ()", "when: Texts = ()", "its field `when` can't be used: every requirement has it already"),
        ("    def clause(", "    def other(", "abstract"),
    ],
)
def test_a_kind_that_can_t_be_loaded_is_reported_once_where_it_is_named(
    shop: Shop, old: str, new: str, why: str
) -> None:
    shop.rewrite(old, new)
    code, said = shop.specc("build")
    assert code == 1
    assert "error[E0803]: The kind `citation` can't be loaded\n --> specc.toml:1:1" in said
    assert why in said
    assert said.count("error[") == 1
    assert "Traceback" not in said


def test_a_kind_that_is_not_installed_is_reported_once(shop: Shop) -> None:
    shutil.rmtree(shop.site)
    code, said = shop.specc("check")
    assert code == 1
    assert "no installed package has an entry point `citation` in the group `specc.kinds`" in said
    assert said.count("error[") == 1


def test_a_kind_that_the_settings_do_not_name_is_not_found(shop: Shop) -> None:
    (shop.folder / "specc.toml").write_text("")
    code, said = shop.specc("check")
    assert code == 1
    assert "error[E0203]: No kind of requirement is named `citation`" in said


def test_it_is_run_and_its_answers_are_judged_by_its_own_check(shop: Shop) -> None:
    assert shop.specc("build")[0] == 0
    (shop.folder / "cites.py").write_text("def answer(request):\n    return 'See the Returns policy.'\n")
    settings = 'kinds = ["citation"]\n[targets.own]\nuse = "callable"\nat = "cites:answer"\n'
    (shop.folder / "specc.toml").write_text(settings)
    code, said = shop.specc("eval")
    assert code == 0, said
    assert "CITE-1" in said
    code, said = shop.specc("eval", "--target", "stub")
    assert code == 3, said
    code, said = shop.specc("check", "--evidence")
    assert (code, said.splitlines()[-1]) == (0, "evidence: 1 executed, 0 stale, 0 generated, 0 declared")
    shop.rewrite('    name = "citation"\n', '    name = "citation"\n    version = 2\n')
    last = shop.specc("check", "--evidence")[1].splitlines()[-1]
    assert last == "evidence: 0 executed, 1 stale, 0 generated, 0 declared"
