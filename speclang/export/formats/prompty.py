"""The prompt for Prompty 2: inputs in the front matter, the prompt as the message of the system in Jinja2."""

import re
from collections.abc import Iterator

from ..literals import seen
from ..material import Files, Loss, Material, Prompt, variables
from ..templates import jinja

WRITES = "the prompt for Prompty 2"
TOOL = "Prompty"
GRADES = False

_ROLE = re.compile(
    r"^\s*#?\s*(?:assistant|developer|system|tool|user)(?:\[[^\]]*\])?\s*:\s*$", re.IGNORECASE | re.MULTILINE
)
_TEMPLATE = """\
template:
  format:
    kind: jinja2
  parser:
    kind: prompty
"""
_OTHER_ENDS = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def files(material: Material) -> Files:
    """One file. Prompty finds the roles after it has filled the template, so no escape hides a line that reads as one."""
    inputs = "".join(f"  - name: {name}\n    kind: string\n" for name in variables(material.prompt))
    head = f"---\nname: {material.name}\ninputs:{f'{chr(10)}{inputs}' if inputs else f' []{chr(10)}'}{_TEMPLATE}---\n"
    text = f"{head}system:\n{jinja(material.prompt)}"
    return Files({f"{material.name}.prompty": text}, tuple(_losses(material.prompt)))


def _losses(prompt: Prompt) -> Iterator[Loss]:
    text = "".join(one if isinstance(one, str) else "x" for one in prompt)
    role = _ROLE.search(text)
    if role:
        yield Loss(
            f"the line `{seen(role[0].strip())}` of the prompt",
            "Prompty takes it for the start of another message, and has no way to write it otherwise",
            "word that line differently in the spec",
        )
    ends = _OTHER_ENDS.search(text)
    if ends:
        yield Loss(
            f"the character U+{ord(ends[0]):04X} of the prompt",
            "Prompty takes it for the end of a line, and writes a plain one",
            "end the line plainly in the spec",
        )
    if text != f"{text.strip(chr(10))}\n":
        yield Loss(
            "the line ends at the start or the end of the prompt",
            "Prompty takes them away",
            "nothing, unless your model minds",
        )
