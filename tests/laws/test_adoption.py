"""Any text is adopted and built as it was; and the beginning of a layout is written as its engine would write it."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from speclang.diagnostics.diagnostic import is_smell
from speclang.emit.prompt import prompt_parts
from speclang.engine.adoption.adopt import NotAdopted, adopt
from speclang.engine.adoption.passages import passages
from speclang.engine.check import check
from speclang.source.text import SourceText
from speclang.syntax.format import format_source
from tests.strategies.plans import plan

MARKUP = (
    """. ! : - * # ``` ~~~ ** <a> </a> <b/> {{ }} {% %} {# #} { } " \\ | || e.g. 1. a) --- Never Answer {x} 好。 é"""
)
SPACE = (" ", "  ", "\n", "\r\n", "\r", "\n\n", "\t", "\u2028", "\x85", "\xa0")
UNSEEN = ("\ufeff", "\u200f", "\ue000", "\uf8ff", "\x00")
BITS = st.sampled_from([*MARKUP.split(), *SPACE, *UNSEEN, '"""'])
PROMPTS = st.one_of(
    st.lists(st.one_of(BITS, st.text("ab ", max_size=4)), max_size=30).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


@settings(max_examples=150)
@given(PROMPTS)
@example("\ufeff\ufeffx")
@example("{")
@example("# A \u200dB\nBe kind.")
@example("x\r\n\ry\n")
def test_any_text_is_adopted_and_built_as_it_was(text: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "prompt.txt").write_bytes(text.encode())
        try:
            adopted = adopt(folder, folder / "prompt.txt")
        except NotAdopted:
            assert not text.removeprefix("\ufeff").strip()
            return
        assert (folder / "generated/prompt/prompt.md").read_bytes() == text.encode()
        report = check(folder, afresh=True)
        assert all(map(is_smell, report.diagnostics)), [one.title for one in report.diagnostics]
        spec = (folder / adopted.written[0]).read_text(encoding="utf-8")
        assert format_source(SourceText("x.spec", spec)).value == spec


@settings(max_examples=1000)
@given(PROMPTS)
def test_passages_are_the_text(text: str) -> None:
    found = passages(text)
    assert "".join(one.text for one in found) == text
    assert all(one.text for one in found)


PIECES = st.sampled_from(
    [
        '{{ clause["feature refunds"] }}', '{{ clause["REF-1"] }}', '{{ clause["REF-1"] | replace("\\n", "\\r\\n") }}',
        '{{ clause["NO-1"] }}', '{{ "{" }}', '{{ "\\r" }}', '{{ "\\u00a0" }}', "{", "}", "{{", "{%", "{# c #}", "\n", "\r\n", "  ",
        "text", "{% if true %}", "{% endif %}", "{%- if true -%}", "{% raw %}", "{% endraw %}",
        "{% for one in rest %}{{ one.text }}{% endfor %}",
        "{{ clause }}", "{{ rest }}", "{{ feature.name }}",
    ]
)  # fmt: skip


@settings(max_examples=600)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_beginning_of_a_layout_is_written_as_its_engine_would(layout: str) -> None:
    at_once = prompt_parts(plan(), SourceText("layouts/ours.j2", layout))
    by_engine = prompt_parts(plan(), SourceText("layouts/ours.j2", f'{{{{ "" }}}}\n{layout}'))
    shown, engine = ("".join(part.text for part in one.value) for one in (at_once, by_engine))
    assert engine == (f"\n{shown}" if engine else shown)
    assert [one.code for one in at_once.diagnostics] == [one.code for one in by_engine.diagnostics]
