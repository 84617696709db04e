"""A layout is named in a file of settings with one line more; every other byte stays."""

import tomllib

import pytest

from speclang.project.layouts import with_layout

LINE = 'desk = "layouts/desk.j2"'


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("", f"[layouts]\n{LINE}\n"),
        ('specs = "a"', f'specs = "a"\n\n[layouts]\n{LINE}\n'),
        ('specs = "a"\r\n', f'specs = "a"\r\n\r\n[layouts]\r\n{LINE}\r\n'),
        ("[layouts]", f"[layouts]\n{LINE}\n"),
        ("[ layouts ] # ours\na = 'x'\n[severity]\n", f"[ layouts ] # ours\n{LINE}\na = 'x'\n[severity]\n"),
        ("layouts = {}\n", f"layouts = {{ {LINE} }}\n"),
        ("layouts = { a = 'x' } # c\n", f"layouts = {{ {LINE}, a = 'x' }} # c\n"),
        ("layouts.a = 'x'\n[severity]\n", f"layouts.{LINE}\nlayouts.a = 'x'\n[severity]\n"),
        ('a = """\n[layouts]\n"""\n', f'a = """\n[layouts]\n"""\n\n[layouts]\n{LINE}\n'),
    ],
)
def test_a_line_is_added_where_the_table_is(text: str, changed: str) -> None:
    assert with_layout(text, (), "desk", "layouts/desk.j2") == changed


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "x"\n\n[tool.specc]\nspecs = "a"\n\n[tool.other]\nlayouts = 3\n',
        "[tool.specc.layouts]\na = 'x'\n",
        "[tool]\nspecc.layouts.a = 'x'\n[project]\n",
        "[tool.specc]\nlayouts = { a = 'x' }\n",
    ],
)
def test_the_table_of_a_shared_file_is_found(text: str) -> None:
    changed = with_layout(text, ("tool", "specc"), "desk", "layouts/desk.j2")
    assert changed is not None
    assert tomllib.loads(changed)["tool"]["specc"]["layouts"]["desk"] == "layouts/desk.j2"
    assert all(line in changed.splitlines() for line in text.splitlines() if "{" not in line)


@pytest.mark.parametrize("text", ["specs = ", "layouts = 3\n", "tool.specc = { }\n", "layouts = { desk = 'mine' }"])
def test_what_a_line_can_not_say_is_not_said(text: str) -> None:
    table = ("tool", "specc") if text.startswith("tool") else ()
    assert with_layout(text, table, "desk", "layouts/desk.j2") is None
