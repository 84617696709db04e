"""The prompt as plain text, with its variables as holes: byte for byte what `specc build` writes."""

from ..material import Files, Material

WRITES = "the prompt as one text"
TOOL = "plain text"
GRADES = False


def files(material: Material) -> Files:
    """One text."""
    return Files({"prompt.txt": material.text})
