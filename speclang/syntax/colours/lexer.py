"""The lexer for Pygments: specs in colour in documentation and terminals, wherever specc is installed.

In: text. Out: Pygments' tokens. Pygments finds it through an entry point; nothing of ours imports it.
Invariant: adds nothing to `looks`, so what it colours is what the compiler reads.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    _TokenType,
)

from .looks import looks

TOKENS: dict[str, _TokenType] = {
    "space": Text.Whitespace,
    "comment": Comment.Single,
    "text": String,
    "escape": String.Escape,
    "hole": String.Interpol,
    "pattern": String.Regex,
    "number": Number,
    "unit": Keyword.Type,
    "date": Number.Date,
    "id": Name.Label,
    "head": Keyword,
    "level": Keyword.Reserved,
    "constant": Keyword.Constant,
    "word": Operator.Word,
    "member": Name.Attribute,
    "name": Name,
    "operator": Operator,
    "bracket": Punctuation,
    "wrong": Error,
}
"""The token of Pygments for each look."""


_OURS = re.compile(
    r'^(?:feature|policy|type|tool|given|outcome|term)[ \t]+[A-Za-z_]\w*|^use[ \t]+"[^"\n]+\.spec"', re.MULTILINE
)


class FeatureLexer(Lexer):
    """Specs for Pygments; of two lexers that are equally sure of a file it takes the one whose name comes later: `RPMSpecLexer`."""

    name = "specc"
    aliases: ClassVar[list[str]] = ["specc", "spec"]
    filenames: ClassVar[list[str]] = ["*.spec"]
    mimetypes: ClassVar[list[str]] = ["text/x-specc"]

    @staticmethod
    def analyse_text(text: str) -> float:
        """How sure we are, from 0 to 1, that `text` is ours: other tools have `.spec` files, too."""
        return 0.9 if _OURS.search(text) else 0.0

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Each piece of `text`: where it starts, its token, its characters."""
        for look in looks(text):
            yield look.start, TOKENS[look.name], text[look.start : look.end]
