"""Rows about the words of the answer: how it begins and ends, what it says and what it never says.

In: what a form found. Out: the fields of a `format` or a `content`, as text of a spec.
"""

import re
from collections.abc import Callable

from .forms import Found
from .pattern import Pattern

_START = "(?:start|begin|open)(?: (?:off|out))?(?: (?:<ANSWER>|(?:a|an) (?:answer|response|reply|message)|sentences?))?"
_END = "(?:end|close|finish|conclude)(?: (?:<ANSWER>|(?:a|an) (?:answer|response|reply|message)))?"
_SAYS = re.compile(r"say|mention|utter|use the (?:word|phrase|term)", re.IGNORECASE)
_CODE = re.compile(r"`|[a-z][A-Z]|\(\)|\w_\w")
"""What code has and words do not, unless the verb is one of saying."""
TOOL_NAMES = "mention TOOLS"
"""Stands for the names of the tools that the prompt names."""
_SORRY = r"(?i)\b(?:sorry|apologi[sz]e|apologies|apology)\b"
_MACHINE = (
    r"(?i)\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b|\bi(?:'|’| a)m an? (?:ai|"
    r"(?:large )?language model)\b"
)


def _one(term: str) -> Callable[[Found], str]:
    """Several texts at one place of the answer can only be forbidden."""

    def fields(found: Found) -> str:
        texts = found.texts
        certain = found.reading.denied or (len(texts) == 1 and not found["such"] and not found["more"])
        return f"{found.level} {found.each(term)}" if texts and certain else ""

    return fields


def _mention(found: Found) -> str:
    if (
        not found.texts
        or (_CODE.search(found["texts"]) and not _SAYS.match(found.reading.rest))
        or (not found.reading.denied and found["more"])
    ):
        return ""
    if not found.reading.denied and " or " in found["texts"]:
        return f"{found.level} one_of {' | '.join(found.texts)}"
    return f"{found.level} {found.each('mention')}"


SAYINGS: tuple[Pattern, ...] = (
    Pattern(
        name="start",
        forms=(
            rf"{_START} with<WORDED> <TEXTS>",
            rf"{_START} (?:with|by saying|by using) (?:[a-z-]+ ){{0,4}}[a-z-]+<SUCH><TEXTS>\)?",
        ),
        kind="format",
        fields=_one("starts"),
        denied=None,
        good=(
            ('Start your reply with "Thank you".', 'must starts "Thank you"'),
            ("Never start with “Great”, “Okay”, or “Sure”.", 'must_not starts "Great", starts "Okay", starts "Sure"'),
            (
                'You are STRICTLY FORBIDDEN from starting your messages with "Great", "Sure".',
                'must_not starts "Great", starts "Sure"',
            ),
            (
                'Do not start with filler acknowledgements (e.g., "Sounds good", "Great").',
                'must_not starts "Sounds good", starts "Great"',
            ),
        ),
        bad=('Start with "Hello" or "Hi".', "Start with a greeting.", 'Start with a greeting (e.g., "Hi").'),
    ),
    Pattern(
        name="end",
        forms=(
            rf"{_END} with<WORDED> <TEXTS>",
            rf"{_END} (?:with|by saying|by asking) (?:[a-z-]+ ){{0,4}}[a-z-]+<SUCH><TEXTS>\)?",
        ),
        kind="format",
        fields=_one("ends"),
        denied=None,
        good=(
            ('End every answer with "Anything else?"', 'must ends "Anything else?"'),
            ('Don\'t end with "Let me know".', 'must_not ends "Let me know"'),
        ),
        bad=("End your response with a concrete next step.", 'End with "Bye" if the user is done.'),
    ),
    Pattern(
        name="words that are never said",
        forms=(
            "(?:say|use|mention|write|include|emit|use/emit|utter|add)<WORDED> <TEXTS>",
            r"(?:say|mention|name) (?:[a-z-]+ ){0,3}[a-z-]+<SUCH><TEXTS>\)?",
            "(?:say|use|mention|write|emit|use/emit) the (?:words?|phrases?|terms?) <SLASHED>",
            (
                "(?:say|use|mention|write|include|add) (?:any )?(?:(?:[a-z-]+ )?[a-z-]+ )?(?:phrases?|words?|expressions?|"
                r"language|fillers?|clich[eé]s|things|statements|meta-phrases|sentences|anything)<SUCH><TEXTS>\)?"
            ),
        ),
        kind="content",
        fields=_mention,
        denied=True,
        good=(
            ('Never say "guarantee" or "promise".', 'must_not mention "guarantee", mention "promise"'),
            ('You should not use the word "kindly".', 'should_not mention "kindly"'),
            ("Never use/emit the words approve/approval.", 'must_not mention "approve", mention "approval"'),
            (
                'NEVER use meta-phrases (e.g., "let me help you", "I can see that").',
                'must_not mention "let me help you", mention "I can see that"',
            ),
            ('Avoid using phrases like "as per".', 'should_not mention "as per"'),
            ('AVOID using the following phrases: "It is important to"', 'should_not mention "It is important to"'),
        ),
        bad=(
            'Never say "no" without a reason.',
            "Never mention competitors by name.",
            'Use "search" first.',
            'Never use ambiguous "id" references.',
        ),
    ),
    Pattern(
        name="phrases to avoid",
        forms=(
            (
                "avoid (?:the )?(?:following )?(?:(?:[a-z-]+ ){0,2}(?:words?|phrases?|expressions?|openers?|fillers?))(?:<SUCH>|"
                r":? )<TEXTS>\)?"
            ),
        ),
        kind="content",
        fields=lambda found: f"should_not {found.each('mention')}" if found.texts else "",
        denied=False,
        good=(
            ('Avoid phrases like "as per" and "kindly".', 'should_not mention "as per", mention "kindly"'),
            ('Avoid the word "delve".', 'should_not mention "delve"'),
        ),
        bad=('Avoid generic headings like "Answer".', "Avoid long phrases."),
    ),
    Pattern(
        name="words to say",
        forms=("(?:say|mention|include|add)<WORDED> <TEXTS>(?: in <ANSWER>)?",),
        kind="content",
        fields=_mention,
        denied=False,
        good=(
            ('Always mention "two years".', 'must mention "two years"'),
            ('You should mention "the app" or "the shop".', 'should one_of "the app" | "the shop"'),
            (
                'Always include the disclaimer "This is not financial advice." in your answer.',
                'must mention "This is not financial advice"',
            ),
        ),
        bad=("Always say the words thank you.", 'Use "search".', 'Mention "two years" when asked.'),
    ),
    Pattern(
        name="one question at a time",
        forms=(
            (
                "(?:only )?(?:ask|put) (?:only |at most |no more than |a maximum of |just )*(?:one|1|a single)(?: "
                "(?:follow-?up|clarifying|short))?"
                " questions?(?: (?:at a time|per (?:message|response|reply|turn|answer)|in (?:a|one) (?:message|response|"
                "reply)))"
            ),
            (
                "(?:only )?(?:one|a single) question (?:at a time|per (?:message|response|reply|turn|answer)|in (?:one|"
                "a) (?:message|reply))"
            ),
        ),
        kind="format",
        fields=lambda found: rf"{found.plain}_not matches /\?[^?]*[a-z][^?]*\?/",
        denied=False,
        good=(
            ("Ask one question at a time.", r"must_not matches /\?[^?]*[a-z][^?]*\?/"),
            ("Only ask one follow-up question per message.", r"must_not matches /\?[^?]*[a-z][^?]*\?/"),
        ),
        bad=("Ask one question.", "Do not ask one question at a time.", "Ask two questions at a time."),
    ),
    Pattern(
        name="not more than one question",
        forms=(
            (
                "ask (?:more than one|multiple|several)(?: (?:follow-?up|clarifying))? questions?(?: (?:at (?:a time|"
                "once)|per (?:message|response|reply|turn)|in (?:a|one) (?:message|response|reply)))?"
            ),
        ),
        kind="format",
        fields=lambda found: rf"{found.plain}_not matches /\?[^?]*[a-z][^?]*\?/",
        denied=True,
        good=(("Do not ask more than one question at a time.", r"must_not matches /\?[^?]*[a-z][^?]*\?/"),),
        bad=("Ask more than one question.", "Do not ask more than one question about prices."),
    ),
    Pattern(
        name="no names of tools",
        forms=(
            (
                "(?:refer to|mention|name|say|use|reference|disclose|reveal|expose|state|tell(?: the <USER>s?)?)(?: "
                "the| any| your| specific)* "
                "(?:tool names?|names? of (?:the |a |any |your )?(?:specific )?tools?|tools? by name)(?: to (?:the "
                "|a )?<USER>s?)?"
            ),
        ),
        kind="content",
        fields=lambda found: f"{found.level} {TOOL_NAMES}",
        denied=True,
        good=(),
        bad=("Use tool names.", "Never refer to tool names."),
        besides=("tools that the prompt does not name",),
    ),
    Pattern(
        name="no apology",
        forms=("apologi[sz]e", "(?:make|offer|include|use|say) (?:any )?(?:apologies|apology|an apology)"),
        kind="content",
        fields=lambda found: f'{found.level} match "an apology" /{_SORRY}/',
        denied=True,
        good=(("Never apologize.", f'must_not match "an apology" /{_SORRY}/'),),
        bad=("Do not apologize too much.", "Never apologize for the price.", "Apologize."),
    ),
    Pattern(
        name="not as a machine",
        forms=(
            (
                "(?:(?:refer to|describe|identify|introduce|present) yourself as|(?:say|mention|state|reveal|disclose) "
                "that you(?:'re| are)) "
                "an? (?:ai|artificial intelligence|(?:large )?language model|ai (?:assistant|language model|model)|llm)"
            ),
        ),
        kind="content",
        fields=lambda found: f'{found.level} match "that you are a language model" /{_MACHINE}/',
        denied=True,
        good=(
            (
                "Never refer to yourself as an AI.",
                f'must_not match "that you are a language model" /{_MACHINE}/',
            ),
        ),
        bad=("Refer to yourself as an AI.", "Never refer to yourself as a doctor."),
    ),
)
