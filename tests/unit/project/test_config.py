"""Settings are found, read, and told where they are wrong; what is wrong never takes effect."""

from decimal import Decimal
from pathlib import Path

import pytest

from speclang.project import config
from speclang.project.config import Config
from speclang.project.keys import keys, place


def settings(folder: Path, text: str, name: str = "specc.toml") -> tuple[Config, list[tuple[str, str, str]]]:
    """The settings, and each finding's code, title and the text that it stands under."""
    (folder / name).write_text(text, encoding="utf-8")
    found = config.find(folder)
    source = found.value.source.text
    told = []
    for one in found.diagnostics:
        span = one.primary.span
        assert span.unit.file == name
        told.append((one.code.id, one.title, source[span.start : span.end]))
    return found.value.config, told


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == (Config(), [])


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
        specs = "./rules/"
        generated = "built/prompts"
        layout = "layouts/ours.j2"
        layouts = { desk = "./layouts/desk.j2", b = "markdown" }
        targets = { small = { layout = "plain" }, claude = { layout = "./layouts/ours.j2" } }
        tokenizer = "o200k_base"
        budget = 2000
        kinds = ["b", "a", "a"]
        severity = { E0502 = "error", "rule/nothing-asked" = "note" }
    """
    read, told = settings(tmp_path, text)
    assert told == []
    assert read == Config(
        specs="rules",
        generated="built/prompts",
        layout="layouts/ours.j2",
        layouts=(("b", "markdown"), ("desk", "layouts/desk.j2")),
        targets=(("claude", "layouts/ours.j2"), ("small", "plain")),
        tokenizer="o200k_base",
        budget=2000,
        kinds=("a", "b"),
        severities=(("E0502", "error"), ("rule/nothing-asked", "note")),
    )


def test_a_byte_order_mark_is_no_setting(tmp_path: Path) -> None:
    (tmp_path / "specc.toml").write_bytes(b'\xef\xbb\xbfspecs = "rules"\r\n')
    found = config.find(tmp_path)
    assert found.diagnostics == ()
    assert found.value.config.specs == "rules"


@pytest.mark.parametrize(
    ("text", "code", "title", "under"),
    [
        ('spec = "x"', "E0902", "There is no setting `spec`", "spec"),
        ("# specs, as they say\nspecs = 3", "E0903", "`specs` has the wrong form", "specs"),
        ("layouts = 3", "E0903", "`layouts` has the wrong form", "layouts"),
        ("[layouts]\ndesk = 3", "E0903", "`desk` has the wrong form", "desk"),
        ('[layouts]\ndesk = "../x.j2"', "E0904", "`../x.j2` leads out of the project", "desk"),
        ('specs = ""', "E0903", "`specs` has the wrong form", "specs"),
        ("kinds = [1]", "E0903", "`kinds` has the wrong form", "kinds"),
        ('severity = "error"', "E0903", "`severity` has the wrong form", "severity"),
        ('[severity]\nE0502 = "fatal"', "E0903", "`E0502` has the wrong form", "E0502"),
        ('severity = { E0502 = "fatal" }', "E0903", "`E0502` has the wrong form", "E0502"),
        ('severity = { E0101 = "note" }', "E0903", "The severity of `E0101` can't be set", "E0101"),
        ('severity = { E0702 = "note" }', "E0903", "The severity of `E0702` can't be set", "E0702"),
        ('severity = { E0905 = "error" }', "E0903", "The severity of `E0905` can't be set", "E0905"),
        ('severity.E5002 = "note"', "E0902", "No finding has the code `E5002`", "E5002"),
        ('layout = "../ours.j2"', "E0904", "`../ours.j2` leads out of the project", "layout"),
        ('specs = "/etc"', "E0904", "`/etc` leads out of the project", "specs"),
        ('specs = "a/../specs"', "E0904", "`a/../specs` leads out of the project", "specs"),
        ('generated = "a\\\\b"', "E0904", "`a\\b` leads out of the project", "generated"),
        ('generated = ".specc/x"', "E0904", "`.specc/x` leads out of the project", "generated"),
        ('generated = "specs"', "E0908", "`specs` and `generated` are both `specs`", "generated"),
        ('specs = "generated"', "E0908", "`specs` and `generated` are both `generated`", "specs"),
        ('generated = "SPECS"', "E0908", "The specs in `specs` would lie among the generated files in `SPECS`", "generated"),
        ('generated = "."', "E0908", "The specs in `specs` would lie among the generated files in `.`", "generated"),
        ('specs = "generated/a"', "E0908", "The specs in `generated/a` would lie among the generated files in `generated`", "specs"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_reported_at_its_key_and_takes_its_default(
    tmp_path: Path, text: str, code: str, title: str, under: str
) -> None:
    assert settings(tmp_path, text) == (Config(), [(code, title, under)])


def test_specs_beside_generated_files_in_one_folder_are_fine(tmp_path: Path) -> None:
    read, told = settings(tmp_path, 'specs = "."\ngenerated = "out"')
    assert told == []
    assert (read.specs, read.generated) == (".", "out")


@pytest.mark.parametrize(
    ("text", "under", "said"),
    [
        ("specs = specs", "specs", "invalid value"),
        ("specs = [", "", "invalid value"),
        ('a = "x"\na = "y"\n', "\n", "cannot overwrite a value"),
        ("=", "=", "invalid statement"),
    ],
)
def test_a_file_that_is_not_toml_is_reported_where_the_reader_stops(
    tmp_path: Path, text: str, under: str, said: str
) -> None:
    (tmp_path / "specc.toml").write_text(text)
    (problem,) = config.find(tmp_path).diagnostics
    assert problem.code.id == "E0901"
    assert problem.primary.text == said
    assert under.startswith(text[problem.primary.span.start : problem.primary.span.end])


def test_settings_that_are_not_utf_8_are_reported_with_the_byte(tmp_path: Path) -> None:
    (tmp_path / "specc.toml").write_bytes(b'specs = "a"\n# caf\xe9\n')
    (problem,) = config.find(tmp_path).diagnostics
    assert (problem.title, problem.primary.text) == ("`specc.toml` is not UTF-8 at byte 17", "line 2 holds the byte e9")


def test_a_toml_file_of_brackets_only_is_refused_not_crashed_on(tmp_path: Path) -> None:
    _, told = settings(tmp_path, "a = " + "[" * 100_000)
    assert [code for code, _, _ in told] == ["E0901"]


def test_the_root_is_the_nearest_folder_upwards_with_settings(tmp_path: Path) -> None:
    (tmp_path / "specc.toml").write_text("")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert config.find(inner).value.root == tmp_path.resolve()
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "specc"\n# [tool.specc]\n')
    assert config.find(inner).value.root == tmp_path.resolve()
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.specc.severity]\nE0502 = "error"\n')
    assert config.find(inner).value.root == (tmp_path / "a").resolve()


def test_where_there_is_no_project_the_way_to_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(config.NoProject, match="specc init"):
        config.find(tmp_path)
    with pytest.raises(NotADirectoryError, match="no such folder"):
        config.find(tmp_path / "nowhere")


def test_settings_in_pyproject_are_found_under_their_table(tmp_path: Path) -> None:
    text = "[project]\nspecs = 3\n\n[tool.specc]\nspecs = 4\n"
    read, told = settings(tmp_path, text, "pyproject.toml")
    assert told == [("E0903", "`specs` has the wrong form", "specs")]
    assert read.file == "pyproject.toml"
    assert place(text, ("tool", "specc", "specs")) == (text.rindex("specs"), text.rindex("specs") + 5)


def test_a_section_that_is_no_table_is_reported(tmp_path: Path) -> None:
    _, told = settings(tmp_path, "[tool]\nspecc = 3\n", "pyproject.toml")
    assert told == [("E0903", "`specc` has the wrong form", "specc")]


def test_keys_in_texts_lists_and_comments_are_no_keys() -> None:
    text = '''a = """
b = 1
"""
c = [
  "d = 2", # e = 3
]
[f."g h"]  # i = 4
j.k = { l = 5 }
'''
    assert [key.path for key in keys(text)] == [("a",), ("c",), ("f", "g h"), ("f", "g h", "j", "k")]


def test_the_page_of_the_settings_names_each_of_them_and_its_example_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "settings.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    read, told = settings(tmp_path, example)
    assert told == []
    assert read.budget == 4000
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [name for name in Config._fields if name not in ("file", "asked")]  # `targets` says both
    assert listed == [name if name != "severities" else "severity" for name in named]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[targets]\nsmall = "plain"', "E0903"),
        ('[targets.small]\nlayouts = "plain"', "E0902"),
        ('[targets."a/b"]\nlayout = "plain"', "E0903"),
        ("[targets.small]", "E0903"),
        ('[targets.small]\nuse = "stub"\nkey = "sk-4711"', "E0903"),
        ('[targets.small]\nuse = "stub"\ntimeout = 0', "E0903"),
        ('[targets.small]\nuse = "stub"\nprice = { input = 1 }', "E0903"),
        ('[targets.small]\nuse = "stub"\nparameters = { when = 2025-01-01 }', "E0903"),
        ("[gates]\nmust = 95", "E0903"),
        ("judge = 'strong'", "E0903"),
        ("[judge]\nvotes = 3", "E0903"),
        ("[judge]\ntarget = 'strong'\nvotes = 4", "E0903"),
        ("[judge]\ntarget = 'strong'\nvotes = true", "E0903"),
        ("[judge]\ntarget = 'strong'\nagain = -1", "E0903"),
        ("[judge]\ntarget = 'strong'\nkappa = 60", "E0903"),
        ("[judge]\ntarget = 'strong'\nvote = 3", "E0902"),
        ('store = "postgresql://u:p@host/db"', "E0903"),
    ],
)
def test_what_can_not_be_said_of_a_run_is_refused(tmp_path: Path, text: str, code: str) -> None:
    read, told = settings(tmp_path, text)
    assert read.targets == ()
    assert read.gates == ()
    assert read.store == ""
    assert read.judge is None or read.judge.votes == 3
    assert [code for code, _, _ in told] == [code]


def test_a_target_may_have_a_prompt_of_its_own_or_be_asked_or_both(tmp_path: Path) -> None:
    text = """\
[targets.plain]
layout = "plain"
[targets.both]
layout = "xml"
use = "openai_api"
model = "m"
key = "THE_KEY"
price = { input = 0.15, output = "0.6" }
timeout = 1.5
[targets.asked]
use = "callable"
at = "app:answer"
"""
    read, told = settings(tmp_path, text)
    assert told == []
    assert read.targets == (("both", "xml"), ("plain", "plain"))
    assert [(one.name, one.use, one.own_prompt) for one in read.asked] == [
        ("asked", "callable", False),
        ("both", "openai_api", True),
    ]
    assert read.asked[1].price == (Decimal("0.15"), Decimal("0.6"), "USD")
    assert read.digest == settings(tmp_path, text.replace("1.5", "2"))[0].digest
