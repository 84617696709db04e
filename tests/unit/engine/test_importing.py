"""Files of other tools become drafts that compile, and what they can't hold is told, value by value."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import has_errors
from speclang.diagnostics.draw import draw_all
from speclang.engine.build import build
from speclang.engine.importing.failing import NotImported
from speclang.engine.importing.importing import Imported, format_names, import_files
from speclang.engine.starting.start import AlreadyThere, start
from speclang.source.text import SourceText
from speclang.syntax.format import format_source
from tests.conftest import Expect

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "imports"
SHARED = next((one for folder in ROOT.parents if (one := folder / "shared" / "data").is_dir()), None)
Import = Callable[..., Imported]


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Import files, given by name and text, into the project `p`."""
    monkeypatch.chdir(tmp_path)

    def run(format: str, files: dict[str, str | bytes], name: str = "x", *, dry_run: bool = False) -> Imported:
        for path, text in files.items():
            Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_files(Path("p"), format, [Path(path) for path in files], name, dry_run=dry_run)

    return run


def fixture(format: str) -> dict[str, str | bytes]:
    held = sorted((FIXTURES / format).iterdir(), key=lambda one: one.name)
    return {one.name: one.read_bytes() for one in held if not one.name.startswith("expect")}


def sound(made: Imported) -> str:
    """The draft, which is formatted, and builds without an error."""
    assert not has_errors(made.diagnostics), made.diagnostics[0].title
    assert format_source(SourceText("x.spec", made.text)).value == made.text
    assert (made.root / made.spec).read_text(encoding="utf-8") == made.text
    built = build(made.root)
    assert built.done, [one.title for one in built.diagnostics]
    return made.text


@pytest.mark.parametrize("format", format_names())
def test_each_format_makes_this_draft_and_this_report(format: str, imported: Import, expect: Expect) -> None:
    made = imported(format, fixture(format))
    sound(made)
    report = draw_all(made.diagnostics, made.places, colour=False, width=120)
    figures = "\n".join((f"{made.carried} of {made.values} values", *made.figures))
    expect(FIXTURES / format / "expect.spec", made.text)
    expect(FIXTURES / format / "expect.txt", f"{report}{figures}\n")


def test_every_format_has_a_fixture() -> None:
    assert {one.name for one in FIXTURES.iterdir()} == set(format_names())


@pytest.mark.parametrize(
    ("format", "name", "text", "code"),
    [
        ("promptfoo", "a.yaml", "prompts: [one", "E1001"),
        ("promptfoo", "a.yaml", "", "E1001"),
        ("promptfoo", "a.yaml", "a: 1\n---\nb: 2\n", "E1001"),
        ("promptfoo", "a.yaml", "a: 1\na: 2\n", "E1001"),
        ("promptfoo", "a.yaml", "prompts: !!python/object/apply:os.system [ls]\n", "E1001"),
        ("promptfoo", "a.yaml", "prompts: *none\n", "E1001"),
        ("promptfoo", "a.yaml", "prompts: &a [*a]\n", "E1001"),
        ("promptfoo", "a.yaml", "? [a]\n: b\n", "E1001"),
        ("promptfoo", "a.yaml", "a: \x07\n", "E1001"),
        ("promptfoo", "a.yaml", "[" * 5000, "E1001"),
        ("promptfoo", "a.yaml", "tests: 3\nx: " + "[" * 80 + "]" * 80, "E1001"),
        ("promptfoo", "a.json", "[" * 5000, "E1001"),
        ("promptfoo", "a.json", '{"a": 1, "a": 2}', "E1001"),
        ("promptfoo", "a.json", '{"a": NaN}', "E1001"),
        ("promptfoo", "a.json", '{"a": "', "E1001"),
        ("promptfoo", "a.json", "{} {}", "E1001"),
        ("promptfoo", "a.yaml", "- a\n", "E1002"),
        ("promptfoo", "a.yaml", "just a text\n", "E1002"),
        ("github-prompt", "a.yml", "messages: none\n", "E1002"),
        ("prompty", "a.prompty", "no front matter", "E1001"),
        ("prompty", "a.prompty", "---\nmessages: []\n---\nsystem:\nx\n", "E1001"),
        ("prompty", "a.prompty", "---\nname: x\n---\n", "E1002"),
        ("promptpex", "tests.csv", "a, a\n1, 2\n", "E1001"),
        ("promptpex", "tests.csv", 'a, b\n1, "x\n', "E1001"),
        ("promptpex", "tests.csv", "a, b\n1, 2\n", "E1002"),
        ("openai-evals", "a.json", "{}", "E1002"),
        ("openai-evals", "a.jsonl", '{"item": {}} {"item": {}}', "E1001"),
        ("tau2", "a.json", "[]", "E1002"),
        ("tau2", "a.json", '{"tasks": 1}', "E1002"),
    ],
)
def test_a_file_that_is_something_else_is_told_and_nothing_is_written(
    format: str, name: str, text: str, code: str, imported: Import
) -> None:
    made = imported(format, {name: text})
    assert [one.code.id for one in made.diagnostics] == [code]
    assert draw_all(made.diagnostics, made.places, colour=False, width=100)
    assert not Path("p").exists()


def test_what_repeats_itself_by_name_is_counted_each_time(imported: Import) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines.extend(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9))
    made = imported("promptfoo", {"a.yaml": "\n".join([*lines, "prompts: [x]"])})
    assert [one.primary.text for one in made.diagnostics] == ["there are more than 200,000 values"]


def test_words_of_yaml_are_texts_where_yaml_1_2_says_so(imported: Import) -> None:
    made = imported(
        "github-prompt",
        {"a.yml": "messages: [{role: user, content: '{{x}}'}]\ntestData: [{x: no}, {x: 007}, {x: 12:30}]\n"},
    )
    text = sound(made)
    assert 'user    "no"' in text
    assert 'user    "007"' in text
    assert 'user    "12:30"' in text


def test_no_file_is_replaced_and_no_file_is_read_that_was_not_named(imported: Import) -> None:
    config = {"a.yaml": "prompts: ['file://../secret.txt']\ntests: [{vars: {q: hi}}]\n"}
    Path("secret.txt").write_text("SECRET", encoding="utf-8")
    made = imported("promptfoo", config)
    assert "SECRET" not in made.text
    before = (made.root / made.spec).read_bytes()
    with pytest.raises(AlreadyThere):
        imported("promptfoo", config)
    assert (made.root / made.spec).read_bytes() == before


def test_a_dry_run_writes_nothing(imported: Import) -> None:
    made = imported("prompty", fixture("prompty"), dry_run=True)
    assert made.text
    assert made.written == ()
    assert not Path("p").exists()


def test_an_import_joins_the_project_that_is_there(imported: Import) -> None:
    start(Path("p"))
    made = imported("prompty", fixture("prompty"), "desk")
    assert made.written == ("specs/desk.spec",)
    sound(made)
    assert (made.root / "specs" / "first.spec").exists()


@pytest.mark.parametrize("name", ["a-b", "1a", "a b", "../x", "x" * 65])
def test_a_name_that_no_feature_can_have_is_refused(name: str, imported: Import) -> None:
    with pytest.raises(NotImported):
        imported("prompty", fixture("prompty"), name)
    assert not Path("p").exists()


def test_bytes_that_are_not_utf8_and_files_that_are_too_large_are_refused(imported: Import) -> None:
    with pytest.raises(NotImported, match="not UTF-8 at byte 1"):
        imported("prompty", {"a.prompty": b"a\xff"})
    with pytest.raises(NotImported, match="16,777,216 is the most"):
        imported("prompty", {"a.prompty": b"a" * (16 * 1024 * 1024 + 1)})
    Path("b.prompty").write_text("x", encoding="utf-8")
    with pytest.raises(NotImported, match="named twice"):
        import_files(Path("p"), "prompty", [Path("b.prompty"), Path("b.prompty")])


def test_a_text_that_a_spec_cannot_hold_is_lost_and_told(imported: Import) -> None:
    config = {
        "prompts": ["Be kind. Say \u202eyes\u202c now."],
        "tests": [{"vars": {"q": "\u200b\u202ex"}}, {"vars": {"q": "plain"}}],
    }
    made = imported("promptfoo", {"a.json": json.dumps(config)})
    text = sound(made)
    assert "Be kind." in text
    assert "\u202e" not in text
    assert any("specc does not take it" in note for one in made.diagnostics for note in one.notes)


def test_a_template_is_never_rendered(imported: Import) -> None:
    prompt = "{{ ''.__class__ }} {% include '/etc/passwd' %} Say {{ x | upper }} to {{ who }}."
    made = imported(
        "promptfoo", {"a.json": json.dumps({"prompts": [prompt], "tests": [{"vars": {"who": "{{ who }}"}}]})}
    )
    text = sound(made)
    assert "\\{\\{ ''.__class__ \\}\\}" in text
    assert "to {who}." in text


def test_tests_of_promptfoo_may_stand_in_a_table_and_its_messages_in_a_file(imported: Import) -> None:
    config = "prompts: ['file://chat.json', 'file://code.py']\ntests: file://tests.csv\n"
    chat = '[{"role": "system", "content": "You know {{field}}."}, {"role": "user", "content": "{{q}}"}]'
    table = 'q,field,__expected,__expected2\n"What, now?",maps,icontains: Oslo,not-contains:I think\nWho?,maps,42,\n'
    made = imported("promptfoo", {"a.yaml": config, "chat.json": chat, "tests.csv": table})
    text = sound(made)
    assert 'prose "You know {field}."' in text
    assert 'user    "What, now?"' in text
    assert 'mentions "Oslo", omits "I think"' in text
    assert 'mentions "42"' in text
    assert [one.notes[0] for one in made.diagnostics if "prompts[1]" in one.title] == ["code is not part of a spec"]


def test_a_row_with_other_cells_than_the_first_is_lost_alone(imported: Import) -> None:
    tests = 'ruleid, testid, testinput, expectedoutput, reasoning\n1, 1, "a", "b", "c", "d"\n1, 2, "hello", "b", "c"\n'
    made = imported("promptpex", {"rules.txt": "Be kind.\n", "tests.csv": tests})
    assert 'user    "hello"' in sound(made)
    assert any("more or fewer cells" in one.notes[0] for one in made.diagnostics)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "The output must be a single paragraph that does not exceed 80 words in length.",
            "must    words <= 80, paragraphs = 1",
        ),
        ("The output should be a single rewritten sentence.", "should sentences = 1"),
        ("There must be at least three <p> tags in the output.", 'must keyword "<p>" >= 3'),
        ("The language used in the paragraph must be English.", "must language en"),
        ("The output must be valid JSON.", "must json"),
        ("The output must not be valid JSON.", "prose"),
        ("Use at most twelve words.", "prose"),
        ("Be kind.", "prose"),
    ],
)
def test_a_rule_that_a_check_can_decide_is_typed(rule: str, said: str, imported: Import) -> None:
    made = imported("promptpex", {"rules.txt": f"{rule}\n"})
    assert said in sound(made)


@pytest.mark.parametrize(
    ("criteria", "whole"),
    [
        ('"reward_basis": ["DB"]', 1),
        ('"reward_basis": ["DB", "NL_ASSERTION"], "nl_assertions": ["Is kind"]', 0),
        ('"reward_basis": ["ENV_ASSERTION"], "env_assertions": [{"a": 1}]', 0),
        ('"actions": [{"name": "look", "requestor": "user", "arguments": {}}]', 0),
        ('"actions": [{"name": "pay", "arguments": {"to": ["a"]}}]', 0),
        ('"actions": [{"name": "pay", "arguments": {"to": "a"}}]', 1),
    ],
)
def test_a_task_is_whole_only_if_all_that_grades_it_is_said(criteria: str, whole: int, imported: Import) -> None:
    tasks = f'[{{"id": "1", "user_scenario": {{"instructions": "Pay."}}, "evaluation_criteria": {{{criteria}}}}}]'
    tools = '[{"name": "pay", "kind": ["WRITE"], "params": [{"name": "to", "type": "str"}], "doc": "Pays."}]'
    made = imported("tau2", {"tasks.json": tasks, "tools.json": tools})
    sound(made)
    assert made.figures[0] == f"1 of 1 tasks are examples, {whole} with everything that they are graded by"


shared = pytest.mark.skipif(SHARED is None, reason="the folder of shared data is not here")


@shared
@pytest.mark.parametrize("name", ["simple-test", "json-output"])
def test_real_configurations_of_promptfoo_are_imported(name: str, imported: Import) -> None:
    assert SHARED is not None
    text = sound(imported("promptfoo", {f"{name}.yaml": (SHARED / "promptfoo" / f"{name}.yaml").read_bytes()}))
    assert ("must json" in text) == (name == "json-output")


@shared
@pytest.mark.parametrize(("name", "typed"), [("classify-input-text", "2 of 4"), ("elements", "5 of 8")])
def test_real_rules_and_tests_of_promptpex_are_imported(name: str, typed: str, imported: Import) -> None:
    assert SHARED is not None
    files: dict[str, str | bytes] = {
        one.name: one.read_bytes() for one in sorted((SHARED / "promptpex" / name).iterdir())
    }
    made = imported("promptpex", files)
    sound(made)
    assert made.figures[0].startswith(f"{typed} rules are typed")


@shared
def test_real_tasks_of_tau2_are_imported(imported: Import) -> None:
    assert SHARED is not None
    names = ("tasks.json", "tools_schema.json", "policy.md")
    made = imported("tau2", {name: (SHARED / "airline" / name).read_bytes() for name in names})
    sound(made)
    assert made.figures[0].startswith("50 of 50 tasks are examples")
