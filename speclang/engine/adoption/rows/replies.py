"""Rows about what is done where a condition holds: a tool is called, a question is asked, words are said, somebody is sent elsewhere.

In: what a form found. Out: the fields of a requirement, as text of a spec. Without a condition these would hold for every answer.
"""

import re

from ..written import quoted
from .forms import Found
from .pattern import Pattern

_ASKS = (
    r"\?|(?i)\b(?:please|kindly) (?:tell|let|share|provide|specify|give|clarify|confirm|send|describe|"
    r"choose|name)\b|\blet me know\b"
)
_QUESTION = f'must match "a question" /{_ASKS}/'
_SORRY = r"(?i)\b(?:sorry|apologi[sz]e|apologies|apology)\b"


def _said(found: Found) -> str:
    return f"{found.plain} {found.each('mention')}" if len(found.texts) == 1 else ""


def _place(found: Found) -> str:
    return f"{found.plain} mention {quoted(re.sub(r'^https?://', '', found['place'].rstrip('.,;')))}"


REPLIES: tuple[Pattern, ...] = (
    Pattern(
        name="a tool is called",
        forms=("<CALL> <FIRST>", "(?:make|issue|emit) an? <FIRST> call"),
        kind="tool_use",
        fields=lambda found: f"call {found['first']}" if found.plain == "must" else "",
        denied=False,
        good=(
            ("Call `look_up`.", "call look_up"),
            ("You MUST call `GetLiveContext`.", "call GetLiveContext"),
            ("use <ask_followup_question>", "call ask_followup_question"),
        ),
        bad=("Call the tool.", "Call look_up twice.", "Use caution."),
    ),
    Pattern(
        name="a question is asked",
        forms=(
            (
                "(?:politely )?(?:ask|request|seek)(?: (?:the )?<USER>s?| them)?(?: for)?(?: (?:a|an|one|some|any|"
                "more|further|additional|brief|short|specific|"
                "focused|targeted|clarifying|follow-?up|scoping|[0-9](?:[-–][0-9])?|one or two))*"
                "(?: (?:questions?|clarifications?|details|information|context))?"
                "(?: (?:for clarification|to clarify|first|instead|before (?:proceeding|answering|acting|continuing)|"
                "instead of guessing|rather than guessing|for (?:it|them|that)))*"
            ),
        ),
        kind="content",
        fields=lambda found: f'{found.plain} match "a question" /{_ASKS}/',
        denied=False,
        good=(
            ("Ask questions.", _QUESTION),
            ("Ask the user for clarification.", _QUESTION),
            ("You should ask one or two clarifying questions first.", f'should match "a question" /{_ASKS}/'),
        ),
        bad=("Do not ask questions.", "Ask the tool.", "Ask for permission to delete it."),
    ),
    Pattern(
        name="words are answered",
        forms=(
            (
                "(?:politely )?(?:say|answer|respond|reply|write|output|return|state|tell (?:them|the <USER>))(?: "
                "only| exactly| with| by saying)*<WORDED> <TEXTS>"
            ),
        ),
        kind="content",
        fields=_said,
        denied=False,
        good=(('Respond with "I can\'t help with that."', 'must mention "I can\'t help with that"'),),
        bad=('Never respond with "no".', "Say so."),
    ),
    Pattern(
        name="somebody is sent elsewhere",
        forms=(
            (
                "(?:simply |politely |kindly |please )?(?:direct|point|refer|redirect|send)(?: them| the <USER>s?|"
                r" <USER>s?)? to [`'\"(\[<]*(?P<place>https?://[^\s`'\"\])>]+|"
                r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[`'\")\]>]*(?: for (?:more |further )?(?:details|information|help|assistance))?"
            ),
        ),
        kind="content",
        fields=_place,
        denied=False,
        good=(("Direct them to https://example.com/help.", 'must mention "example.com/help"'),),
        bad=("Direct them to the website.", "Never send users to https://example.com."),
    ),
    Pattern(
        name="an apology",
        forms=("(?:briefly |sincerely )?apologi[sz]e(?: once| first| briefly| sincerely)?",),
        kind="content",
        fields=lambda found: f'{found.plain} match "an apology" /{_SORRY}/',
        denied=False,
        good=(("Apologise once.", f'must match "an apology" /{_SORRY}/'),),
        bad=("Apologise for the price.",),
    ),
)
