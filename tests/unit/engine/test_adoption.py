"""A prompt that is there already becomes a spec that builds it, byte for byte, and nothing of the user's is touched."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from speclang.diagnostics.diagnostic import has_errors, is_smell
from speclang.drift.errors import COSMETIC, EDITED
from speclang.engine.adoption.adopt import Adopted, NotAdopted, adopt
from speclang.engine.adoption.passages import passages
from speclang.engine.build import build
from speclang.engine.check import check
from speclang.engine.starting.start import AlreadyThere, start
from speclang.source.text import SourceText
from speclang.syntax.format import format_source

ROOT = Path(__file__).parents[3]
SHARED = [folder / "shared" / "data" / "prompts" for folder in ROOT.parents]
PROMPTS = sorted(path for folder in SHARED if folder.is_dir() for path in folder.iterdir())

TEXTS = {
    "windows": b"# Rules\r\n\r\n- Be nice.\r\n- Never lie,\r\n  not even once.\r\nLast line. Two.\r\n",
    "mixed": b"Hello there.\r\nOne line\nthen the other\r\nthird\rfourth. The end\n\r\n- a b\r- c d\n",
    "mark": "\ufeffYou are kind. Do it.\n".encode(),
    "unended": b"You are kind.\n\n- Do it.\n- And this",
    "jinja": b"Hi {{ name }}. {% if x %}A b.{% endif %} {# c #}\n{% raw %}\n{{ x }}\n{% endraw %}\n  {%- set y = 1 -%}\n{ {{ {%",
    "handlebars": b"{{#if member}}\nGreet {{member.name}}.\n{{else}}\nGreet.\n{{/if}}\n{{{raw}}} {{> part}} {{! note }}\n",
    "formatted": b"Answer {question} in {words:d} words; write {{}} for braces.\n{",
    "tags": b'<role>\nYou are kind.\n</role>\n<rules level="a">\n- one\n</rules>\n<br/>\nInline <b>x</b>. Done.\n<open\n',
    "fences": b'Intro:\n```python\nx = {"a": 1}\n\n\nprint("""hi""")\n```\n~~~\nnever closed\n',
    "yaml": b'---\nname: x\nrules:\n  - a: 1\n    b: "two"\n  - c\ntext: |\n  Do it.\n  Now.\n---\n',
    "emoji": "👩‍👩‍👧 Be kind ❤️. Никогда не ври. 日本語です。次の文。 🇩🇪 flag\n".encode(),
    "right_to_left": "שלום עולם. מרחבא \u202bאבג\u202c def. مرحبا بالعالم!\n- \u200fאחד\n- שתיים \u2066x\u2069\n".encode(),
    "unseen": b"a\0b. \x01 c.\n\x1f\x7f word\n\xc2\xa0\xe2\x80\xa8 x \xee\x80\x80y\xef\xa3\xbf\n",
    "quotes": b'Say "yes", \'no\' or \\n; never """three""" or \\{ } #\n\tindented "\n  """\n  x\n  """\n',
    "table": b"| a | b |\n|---|---|\n| 1 | 2 |\nAfter it. More.\n",
    "spaces": b"  \n\n   Trailing.   \n \t x \n\n\n",
    "silent": b"...\n---\n# Title\n",
}


@pytest.fixture
def adopted(tmp_path: Path) -> Callable[[bytes], Adopted]:
    def run(text: bytes) -> Adopted:
        (tmp_path / "prompt.txt").write_bytes(text)
        return adopt(tmp_path / "project", tmp_path / "prompt.txt")

    return run


def prompt_of(made: Adopted) -> Path:
    return made.root / "generated" / made.feature / "prompt.md"


def spec_of(made: Adopted) -> Path:
    return made.root / made.written[0]


def assert_whole(made: Adopted, text: bytes) -> None:
    """The prompt is built as it was, the spec has its style, and nothing is found, now or when all is compiled again."""
    assert made.built.done
    assert all(map(is_smell, made.built.diagnostics))
    assert prompt_of(made).read_bytes() == text
    spec = spec_of(made).read_text(encoding="utf-8")
    assert format_source(SourceText("x.spec", spec)).value == spec
    report = check(made.root, afresh=True)
    assert all(map(is_smell, report.diagnostics)), [one.title for one in report.diagnostics]
    assert not build(made.root, discard=True).written


@pytest.mark.parametrize("name", TEXTS)
def test_a_prompt_of_any_form_is_built_as_it_was(name: str, adopted: Callable[[bytes], Adopted]) -> None:
    assert_whole(adopted(TEXTS[name]), TEXTS[name])


@pytest.mark.skipif(not PROMPTS, reason="the collection of prompts is not here")
@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_a_published_prompt_is_built_as_it_was(path: Path, tmp_path: Path) -> None:
    made = adopt(tmp_path, path)
    assert_whole(made, path.read_bytes())
    assert made.kept == 0


def test_every_sentence_and_point_is_a_requirement_below_its_heading(adopted: Callable[[bytes], Adopted]) -> None:
    text = b"You help. Be kind, e.g. say hello.\n\n## Tone of voice\n\n- Short.\n- Two\n  lines.\n\n<limits>\nNo jokes!\n</limits>\nBye.\n"
    made = adopted(text)
    assert spec_of(made).read_text(encoding="utf-8").splitlines()[2:] == [
        'feature prompt "Prompt" {',
        '  P-1 prose "You help."',
        '  P-2 prose "Be kind, e.g. say hello."',
        "",
        "  # Tone of voice",
        '  TONE-1 prose "Short."',
        '  TONE-2 prose """',
        "    Two",
        "      lines.",
        '  """',
        "",
        "  # limits",
        '  LIMITS-1 prose "No jokes!"',
        "",
        "  # Tone of voice",
        '  TONE-3 prose "Bye."',
        "}",
    ]


def test_a_sentence_does_not_end_among_words_that_are_quoted(adopted: Callable[[bytes], Adopted]) -> None:
    text = b"""Then send the message 'YOU ARE LEAVING US. PLEASE HOLD ON.' to the user. Say "Stop." Then go on. It's 'fine. Really."""
    made = adopted(text)
    assert [line.partition(" prose ")[2] for line in spec_of(made).read_text(encoding="utf-8").splitlines()[3:-1]] == [
        "\"Then send the message 'YOU ARE LEAVING US. PLEASE HOLD ON.' to the user.\"",
        '"Say \\"Stop.\\""',
        '"Then go on."',
        "\"It's 'fine.\"",
        '"Really."',
    ]


def test_a_hand_edit_is_told_with_the_requirement_it_changes(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"# Rules\r\n- Be kind.\r\n- Never lie.\r\n")
    prompt_of(made).write_bytes(b"# Rules\r\n- Be kind.\r\n- Never ever lie.\r\n")
    (found,) = [one for one in check(made.root).diagnostics if has_errors([one])]
    assert (found.code, found.requirement, found.primary.text) == (EDITED, "RULES-2", '"ever" was added (scope)')


def test_line_ends_that_a_checkout_has_changed_are_no_edit(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"# Rules\r\n- Be kind.\r\n- Never lie.\r\n")
    prompt_of(made).write_bytes(b"# Rules\n- Be kind.\n- Never lie.\n")
    report = check(made.root)
    assert report.in_sync
    assert [one.code for one in report.diagnostics] == [COSMETIC]
    prompt_of(made).write_bytes(b"# Rules\n- Be kind.\n- Never ever lie.\n")
    assert [one.requirement for one in check(made.root).diagnostics if one.code == EDITED] == ["RULES-2"]


def test_what_holds_the_sentences_together_is_guarded_too(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"# Rules\n- Be kind.\n")
    prompt_of(made).write_bytes(b"# Advice\n- Be kind.\n")
    assert not check(made.root).in_sync


def test_a_requirement_that_comes_later_stands_at_the_end(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"Be kind.\n")
    spec = spec_of(made)
    spec.write_text(
        spec.read_text(encoding="utf-8").replace("\n}\n", '\n  P-2 prose "Be brief."\n}\n'), encoding="utf-8"
    )
    assert all(map(is_smell, build(made.root).diagnostics))
    assert prompt_of(made).read_bytes() == b"Be kind.\n\nBe brief.\n"


def test_a_requirement_that_is_gone_is_told_with_its_place_in_the_layout(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"Be kind.\nBe brief.\n")
    spec = spec_of(made)
    spec.write_text(spec.read_text(encoding="utf-8").replace('  P-2 prose "Be brief."\n', ""), encoding="utf-8")
    (found,) = check(made.root).diagnostics
    assert (found.code.id, found.primary.span.unit.file) == ("E0961", "layouts/prompt.j2")
    assert "P-2" in found.title


def test_a_layout_for_a_feature_that_is_not_there_is_told(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"Be kind.\n")
    settings = made.root / "specc.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}promt = "markdown"\n', encoding="utf-8")
    (found,) = check(made.root).diagnostics
    assert (found.code.id, found.fix and found.fix.title) == ("E0902", "write `prompt`")


def test_a_change_of_the_layout_makes_the_prompt_stale(adopted: Callable[[bytes], Adopted]) -> None:
    made = adopted(b"# Rules\n- Be kind.\n")
    layout = made.root / made.written[1]
    layout.write_text(layout.read_text(encoding="utf-8").replace("# Rules", "# Advice"), encoding="utf-8")
    assert not check(made.root).in_sync
    assert build(made.root).done
    assert prompt_of(made).read_bytes() == b"# Advice\n- Be kind.\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "says nothing"),
        (b" \r\n\n", "says nothing"),
        (b"\xef\xbb\xbf\n", "says nothing"),
        (bytes(range(256)), "is not UTF-8: byte 128 is 80; save it as UTF-8"),
        ("Be kind.".encode("utf-16"), "is not UTF-8: byte 0 is ff; save it as UTF-8"),
        (b"x" * (2 * 1024 * 1024 + 1), "has 2,097,153 bytes; 2,097,152 is the most"),
    ],
    ids=["empty", "space", "mark", "binary", "utf-16", "huge"],
)
def test_what_is_no_prompt_is_refused_and_nothing_is_written(
    text: bytes, why: str, tmp_path: Path, adopted: Callable[[bytes], Adopted]
) -> None:
    with pytest.raises(NotAdopted) as refused:
        adopted(text)
    assert str(refused.value).endswith(f"prompt.txt` {why}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["prompt.txt"]


@pytest.mark.parametrize("name", ["two words", "1st", "ä", "a" * 101, "../up"])
def test_a_name_that_no_feature_can_have_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "prompt.txt").write_bytes(b"Be kind.")
    with pytest.raises(NotAdopted, match="can't be the name of a feature"):
        adopt(tmp_path, tmp_path / "prompt.txt", name)


def test_a_folder_is_no_prompt(tmp_path: Path) -> None:
    with pytest.raises(NotAdopted, match="not a file of text"):
        adopt(tmp_path, tmp_path)


@pytest.mark.parametrize(
    "there", ["specs/desk.spec", "layouts/desk.j2", "generated/desk/prompt.md", "generated/specc.lock"]
)
def test_a_file_that_is_there_is_never_replaced(there: str, tmp_path: Path) -> None:
    (tmp_path / "desk.txt").write_bytes(b"Be kind.")
    (tmp_path / there).parent.mkdir(parents=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        adopt(tmp_path, tmp_path / "desk.txt")
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert files == sorted(["desk.txt", there])


def test_a_project_takes_a_prompt_in_and_keeps_its_settings_to_the_byte(tmp_path: Path) -> None:
    start(tmp_path)
    settings = b'\xef\xbb\xbf# ours\r\nspecs = "specs"   # here\r\n\r\n[severity]\r\nE0502 = "note"'
    (tmp_path / "specc.toml").write_bytes(settings)
    build(tmp_path)
    first = (tmp_path / "generated/first/prompt.md").read_bytes()
    (tmp_path / "desk.md").write_bytes(b"Be kind.\r\n")
    made = adopt(tmp_path / "specs", tmp_path / "desk.md")
    assert_whole(made, b"Be kind.\r\n")
    assert (tmp_path / "generated/first/prompt.md").read_bytes() == first
    assert (tmp_path / "specc.toml").read_bytes() == settings + b'\r\n\r\n[layouts]\r\ndesk = "layouts/desk.j2"\r\n'
    (tmp_path / "other.md").write_bytes(b"Be fair.\n")
    assert_whole(adopt(tmp_path, tmp_path / "other.md"), b"Be fair.\n")
    assert not check(tmp_path).diagnostics


def test_a_project_that_is_not_in_order_takes_nothing_in(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "desk.md").write_bytes(b"Be kind.\n")
    prompt = tmp_path / "generated/first/prompt.md"
    prompt.write_text("mine", encoding="utf-8")
    with pytest.raises(NotAdopted, match="the project has errors"):
        adopt(tmp_path, tmp_path / "desk.md")
    assert prompt.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "specs/desk.spec").exists()


def test_a_feature_that_another_file_has_is_told(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "specs/first.spec").rename(tmp_path / "specs/other.spec")
    build(tmp_path)
    (tmp_path / "first.md").write_bytes(b"Be kind.\n")
    with pytest.raises(AlreadyThere):
        adopt(tmp_path, tmp_path / "first.md")


def test_settings_that_a_line_can_not_extend_are_left_alone(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "specc.toml").unlink()
    shared = 'tool.specc = { specs = "specs" }\n'
    (tmp_path / "pyproject.toml").write_text(shared, encoding="utf-8")
    build(tmp_path)
    (tmp_path / "desk.md").write_bytes(b"Be kind.\n")
    with pytest.raises(NotAdopted, match=r"give it a table `\[tool.specc.layouts\]`"):
        adopt(tmp_path, tmp_path / "desk.md")
    assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == shared


@pytest.mark.parametrize(
    "part",
    ["Be kind to everybody. ", "- a point\n", ".", "!)", "<a", "<a>\n", "{", "{% ",
     "```", "**", "# \n", " ", "\n", "\r", "|\n", "- - ", "e.g. ", "x\n  y\n"],
)  # fmt: skip
def test_the_work_grows_with_the_length_of_the_prompt(part: str) -> None:
    """What the patterns do inside is not seen here; that they never go back is what their `+` says."""

    def calls(times: int) -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        text = part * times
        sys.setprofile(counted)
        try:
            found = passages(text)
        finally:
            sys.setprofile(None)
        assert "".join(one.text for one in found) == text
        return count

    assert calls(2000) < 2.2 * calls(1000) + 100
