"""Texts in which some characters open a template: how each engine is made to show them as they are.

Invariant: what an engine makes of a text that was escaped for it is that text.
"""

import re

from .material import Prompt, Variable

_JINJA = re.compile(r"\{(?=[{%#])|(?<=#)\}")
_BRACES = re.compile(r"[{}]+")


def jinja(prompt: Prompt) -> str:
    """`prompt` for Jinja2, and for Nunjucks: each brace that would open something is shown by an expression.

    So is one that would close a comment, which Nunjucks refuses where none is open.
    """
    return "".join(f"{{{{ {one.name} }}}}" if isinstance(one, Variable) else as_jinja(one) for one in prompt)


def as_jinja(text: str) -> str:
    """`text` as a template that shows it. A brace at its end is escaped, too: what follows could open something with it."""
    shown = _JINJA.sub(lambda found: f'{{{{ "{found[0]}" }}}}', text)
    return f'{shown[:-1]}{{{{ "{{" }}}}' if shown.endswith("{") else shown


def handlebars(prompt: Prompt) -> str:
    """`prompt` for Handlebars. The engine has no escape for all braces, so runs of them are shown by a block around a text."""
    parts: list[str] = []
    for at, one in enumerate(prompt):
        if isinstance(one, Variable):
            parts.append(f"{{{{{one.name}}}}}")
        else:
            parts.append(_as_handlebars(one, after=at > 0, before=at + 1 < len(prompt)))
    return "".join(parts)


def _as_handlebars(text: str, *, after: bool, before: bool) -> str:
    """`text` between a hole, if it stands `after` one, and another, if it stands `before` one."""
    pieces: list[str] = []
    done = 0
    for found in _BRACES.finditer(text):
        touches = (after and not found.start()) or (before and found.end() == len(text))
        if len(found[0]) > 1 or touches:
            shown = f'{{{{#with "{found[0]}"}}}}{{{{this}}}}{{{{/with}}}}'
            pieces += [_before_hole(text[done : found.start()]), shown]
            done = found.end()
    rest = text[done:]
    return "".join(pieces) + (_before_hole(rest) if before else rest)


def _before_hole(text: str) -> str:
    """`text` before a hole: of backslashes at its end the engine takes one away."""
    return f"{text}\\" if text.endswith("\\") else text
