"""The prompt for dotprompt (Genkit): inputs in the front matter, the prompt as the message of the system in Handlebars."""

import re
from collections.abc import Iterator

from ..material import Files, Loss, Material, variables
from ..templates import handlebars

WRITES = "the prompt for dotprompt, the format of Genkit"
TOOL = "dotprompt"
GRADES = False

_MARKER = re.compile(r"<<<dotprompt:(?:role:[a-z]+|history|media:url|section)")


def files(material: Material) -> Files:
    """One file."""
    rows = "".join(f"    {name}: string\n" for name in variables(material.prompt))
    head = f"---\ninput:\n  schema:\n{rows}---\n" if rows else "---\ninput: {}\n---\n"
    text = f'{head}{{{{role "system"}}}}{handlebars(material.prompt)}'
    return Files({f"{material.name}.prompt": text}, tuple(_losses(material)))


def _losses(material: Material) -> Iterator[Loss]:
    found = _MARKER.search(material.text)
    if found:
        yield Loss(
            f"`{found[0]}` in the prompt",
            "dotprompt takes it for a mark of its own, whoever writes it",
            "word it differently in the spec",
        )
