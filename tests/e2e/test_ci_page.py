"""The files that `docs/ci.md` shows are what the services take, and the commands in them run."""

import json
import re
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import yaml

from speclang.engine.starting.surroundings import SURROUNDINGS
from tests.strategies.git import PROJECT, ROOT, Work, environment

FENCE = re.compile(r"(?m)^```yaml\n# (\S+)\n(.*?)^```$", re.DOTALL)
SCHEMAS = {".github": "github-workflows", ".gitlab-ci.yml": "gitlab-ci"}
SHOWN = [(found[1], found[2]) for found in FENCE.finditer((ROOT / "docs/ci.md").read_text(encoding="utf-8"))]
WRITTEN = [(one.path, one.text) for one in SURROUNDINGS.values() if one.path.endswith((".yml", ".yaml"))]


def commands(held: object) -> Iterator[str]:
    """Every command line of ours, wherever a service looks for one."""
    match held:
        case dict():
            for key, value in held.items():
                if key in ("run", "entry") and isinstance(value, str):
                    yield value
                elif key == "script":
                    yield from value
                else:
                    yield from commands(value)
        case list():
            for one in held:
                yield from commands(one)
        case _:
            return


@pytest.mark.parametrize(("name", "text"), [*SHOWN, *WRITTEN])
def test_a_file_is_of_the_published_form(name: str, text: str, tmp_path: Path) -> None:
    held = yaml.safe_load(text)
    if name == ".pre-commit-config.yaml":
        from pre_commit.clientlib import load_config

        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        load_config(path)
        offered = {one["id"] for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
        assert {one["id"] for repo in held["repos"] for one in repo["hooks"]} <= offered
        return
    folder = resources.files("check_jsonschema").joinpath("builtin_schemas/vendor")
    kind = next(one for start, one in SCHEMAS.items() if name.startswith(start))
    schema = json.loads(folder.joinpath(f"{kind}.json").read_text("utf-8"))
    held = {"on" if key is True else key: value for key, value in held.items()}  # YAML 1.1 reads `on` as a truth
    problems = list(jsonschema.validators.validator_for(schema)(schema).iter_errors(held))
    assert [(list(one.path), one.message) for one in problems] == []


def test_init_writes_each_of_the_files_that_it_offers(tmp_path: Path) -> None:
    work = Work(tmp_path / "work").init()
    asked = [word for one in SURROUNDINGS for word in ("--with", one)]
    assert work.specc("init", *asked).returncode == 0
    written = {one: (work.top / one.path).read_text(encoding="utf-8") for one in SURROUNDINGS.values()}
    assert all(text == one.text for one, text in written.items())
    json.loads(written[SURROUNDINGS["vscode"]])
    assert work.specc("init", *asked).returncode == 2


def test_the_hook_that_init_writes_stops_a_commit(tmp_path: Path) -> None:
    work = Work(tmp_path / "work").init()
    assert work.specc("init", "--with", "hook").returncode == 0
    work.git("config", "core.hooksPath", "hooks")
    work.git("add", "--all")
    work.git("commit", "--quiet", "--message", "first")
    prompt = work.top / "generated/first/prompt.md"
    prompt.write_text(prompt.read_text(encoding="utf-8").replace("60", "50"), encoding="utf-8")
    work.git("add", "--all")
    with pytest.raises(AssertionError, match="E0702"):
        work.git("commit", "--quiet", "--message", "second")


@pytest.mark.parametrize("folder", [".", "services/desk"])
def test_every_command_runs_and_finds_what_is_wrong(tmp_path: Path, folder: str) -> None:
    work = Work(tmp_path / "work").init()
    work.write({f"{folder}/{name}": text for name, text in PROJECT.items()})
    assert work.specc("build", folder=folder).returncode == 0
    work.commit()
    work.git("update-ref", "refs/remotes/origin/main", "HEAD")
    typed = [one for _, text in SHOWN for one in commands(yaml.safe_load(text)) if one.startswith("specc ")]
    assert len(typed) >= 4

    def codes() -> list[int]:
        return [
            subprocess.run(
                ["/bin/sh", "-c", one], cwd=work.top / folder, env=environment(), capture_output=True, check=False
            ).returncode
            for one in typed
        ]

    assert set(codes()) == {0}
    prompt = work.top / folder / "generated/desk/prompt.md"
    prompt.write_text(prompt.read_text(encoding="utf-8").replace("7 days", "8 days"), encoding="utf-8")
    work.git("add", "--all")
    assert set(codes()) == {1}


def test_places_count_from_the_top_of_the_repository(tmp_path: Path) -> None:
    work = Work(tmp_path / "work").init()
    work.write({f"a b/desk/{name}": text for name, text in PROJECT.items()})
    ran = work.specc("check", "--format", "github", folder="a b/desk")
    assert ran.stdout.startswith("::error file=a b/desk/generated/")
    for place in (("--project", "a b/desk"), ("--project", "a b/desk/specs")):
        log = json.loads(work.specc("check", "--format", "sarif", *place).stdout)
        places = [
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]
        ]
        assert places
        assert all(one.startswith("a%20b/desk/generated/") for one in places)
