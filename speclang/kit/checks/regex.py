"""Checks by regular expression, in linear time on any answer.

Invariant: a pattern of the spec runs in no other engine than RE2, which has no look-around and no back-references.
"""

from typing import TYPE_CHECKING

from ..answer import Answer, Verdict
from .evidence import around, quote
from .judging import Unjudged, judged

if TYPE_CHECKING:
    import re2

_PROGRAM = 8 << 20


@judged
def matches(answer: Answer, *, pattern: str, whole: bool = False) -> Verdict:
    """`pattern` matches somewhere in the answer, or all of it without white space at both ends if `whole`."""
    program = compiled(pattern)
    if isinstance(program, str):
        raise Unjudged(f"the pattern {quote(pattern)} can't be read: {program}")
    # RE2 works on UTF-8, which has no place for the halves of surrogate pairs that a broken answer may hold.
    text = answer.text.encode("utf-8", "replace").decode("utf-8")
    text = text.strip() if whole else text
    found = program.fullmatch(text) if whole else program.search(text)
    if found is None:
        return Verdict(False, f"{quote(pattern)} does not match {quote(text.strip())}")
    return Verdict(True, f"{quote(pattern)} matches {around(text, found.start(), found.end())}")


def compiled(pattern: str) -> "re2._Regexp | str":
    """`pattern` ready to run, or why RE2 refuses it."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _PROGRAM
    try:
        return re2.compile(pattern, options)
    except re2.error as refused:
        reason = refused.args[0] if refused.args else ""
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    except UnicodeEncodeError:
        return "it holds half of a surrogate pair"
