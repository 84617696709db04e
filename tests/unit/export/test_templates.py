"""Prompts in template languages: a text that looks like a template is shown as it is."""

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from speclang.export.material import Variable
from speclang.export.templates import handlebars, jinja

TEXTS = st.text(alphabet="{}%# \\\n\"'ax$", max_size=12)
PROMPTS = st.lists(st.one_of(TEXTS.filter(bool), st.just(Variable("tier"))), max_size=5).map(tuple)


@given(PROMPTS)
def test_jinja_shows_every_prompt_as_it_is(prompt: tuple[str | Variable, ...]) -> None:
    wanted = "".join(one if isinstance(one, str) else "{{ gold }}" for one in prompt)
    engine = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - a prompt is no page
    assert engine.from_string(jinja(prompt)).render(tier="{{ gold }}") == wanted


@given(PROMPTS)
def test_handlebars_is_given_no_brace_that_touches_another(prompt: tuple[str | Variable, ...]) -> None:
    import re

    ours = re.sub(r'\{\{#with "[{}]+"\}\}\{\{this\}\}\{\{/with\}\}|\{\{tier\}\}', "", handlebars(prompt))
    assert "{{" not in re.sub(r"\{\{#with|\{\{tier", "", ours)
