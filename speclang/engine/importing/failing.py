"""What ends an import before anything is written."""

from .document import Node


class NotThis(Exception):
    """A document is not of the format; `expected` is what was looked for at `node`."""

    def __init__(self, node: Node, expected: str) -> None:
        """Keep both."""
        super().__init__(expected)
        self.node = node
        self.expected = expected


class NotImported(Exception):
    """Nothing can be imported; the text says why, as a sentence without full stop."""
