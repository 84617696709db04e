"""The prompt as the JSON that chat APIs take: a list of messages, and the tools beside it.

The variables stay holes, written as the feature writes them; whoever sends the messages fills them.
"""

from ...source.hashing import Json
from ..literals import json_text
from ..material import Files, Material, functions

WRITES = "the prompt as JSON for chat APIs: `messages` and `tools`"
TOOL = "chat JSON"
GRADES = False


def files(material: Material) -> Files:
    """One file."""
    body: dict[str, Json] = {"messages": [{"role": "system", "content": material.text}]}
    if material.feature.tools:
        body["tools"] = functions(material)
    return Files({"chat.json": json_text(body, indent=2) + "\n"})
