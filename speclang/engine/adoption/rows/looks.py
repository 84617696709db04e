"""Rows about what the answer looks like: Markdown, lists, emojis, headings, tags, dates.

In: what a form found. Out: the fields of a `format`, as text of a spec.
"""

import re

from .forms import Found
from .pattern import Pattern

_MARKDOWN = "(?:any )?(?:(?:markdown|rich text)(?: (?:formatting|syntax|markup|styling))?|text formatting)"
_USE = "(?:use|include|add|insert|put|write|output|contain|have|produce|emit|generate|create)"
_ANY = "(?:any |all |more |extra |unnecessary )?"


_THINGS = {
    r"(?:unicode )?emojis?(?: characters?)?": "no emojis",
    _MARKDOWN.removeprefix("(?:any )?"): "no markdown",
    r"(?:bullet points?|bullets|bulleted lists?|bullet lists?|bullet-point lists?)": "bullets = 0",
    r"(?:markdown |section )?(?:headers?|headings?)": "no headings",
    r"(?:markdown )?tables": "no tables",
    r"(?:urls|links|hyperlinks)": "no links",
    r"(?:markdown |fenced )?(?:code blocks?|code fences?)": "no code_blocks",
    r"commas": "no commas",
    r"em[- ]?dash(?:es)?": "matches /—/",
    r"exclamation (?:marks?|points?)": "matches /!/",
}
"""What an answer may be forbidden to have, and the term for it."""
_THING = f"(?:{'|'.join(_THINGS)})"
_SEVERAL = re.compile(r",? (?:and|or) (?:any )?|, (?:any )?|/", re.IGNORECASE)


def _things(found: Found) -> str:
    """A list of things that no answer has."""
    terms: dict[str, list[str]] = {}
    for thing in _SEVERAL.split(found["things"]):
        term = next((term for form, term in _THINGS.items() if re.fullmatch(form, thing.strip(), re.IGNORECASE)), "")
        level = found.level if term.startswith("matches") else found.plain
        terms.setdefault(level, []).append(term)
    if any("" in each for each in terms.values()):
        return ""
    return "; ".join(f"{level} {', '.join(dict.fromkeys(each))}" for level, each in terms.items())


LOOKS: tuple[Pattern, ...] = (
    Pattern(
        name="several things that are not used",
        forms=(f"{_USE} {_ANY}(?P<things>{_THING}(?:(?:, |,? or |,? and |/)(?:any )?{_THING})+)",),
        kind="format",
        fields=_things,
        denied=True,
        good=(
            ("Never use markdown, bullet points, or emojis.", "must no markdown, bullets = 0, no emojis"),
            ("Don't use emojis or em dashes.", "must no emojis; must_not matches /—/"),
        ),
        bad=("Use emojis and tables.", "Never use emojis or long words."),
        alone=True,
    ),
    Pattern(
        name="no Markdown",
        forms=(f"{_USE} (?:all )?{_MARKDOWN}", rf"format <ANSWER> (?:with|in|as|using) {_MARKDOWN}"),
        kind="format",
        fields=lambda found: f"{found.plain} no markdown",
        denied=True,
        good=(
            ("Do not use Markdown.", "must no markdown"),
            ("No markdown formatting.", "must no markdown"),
            ("You should not use any Markdown formatting in your responses.", "should no markdown"),
        ),
        bad=("Use Markdown.", "Do not use Markdown in titles.", "Do not create Markdown files."),
    ),
    Pattern(
        name="plain text",
        forms=(
            (
                "(?:<SAY>|use)(?: <ANSWER>)?(?: only)?(?: in| as| with)?(?: only)? plain(?:,? unformatted)? text(?: "
                "only| format)?"
            ),
            "be(?: in)?(?: only)? plain text(?: only)?",
        ),
        kind="format",
        fields=lambda found: f"{found.plain} no markdown",
        denied=False,
        good=(("Answer in plain text.", "must no markdown"), ("Use plain text only.", "must no markdown")),
        bad=("Do not answer in plain text.", "Mode switch line must be plain text.", "Answer in plain English."),
    ),
    Pattern(
        name="no commas",
        forms=(f"{_USE} {_ANY}commas",),
        kind="format",
        fields=lambda found: f"{found.plain} no commas",
        denied=True,
        good=(("Do not use any commas.", "must no commas"),),
        bad=("Use commas.", "Do not use commas in numbers."),
    ),
    Pattern(
        name="no emojis",
        forms=(f"{_USE} {_ANY}(?:unicode )?emojis?(?: characters?)?",),
        kind="format",
        fields=lambda found: f"{found.plain} no emojis",
        denied=True,
        good=(
            ("Never use emojis.", "must no emojis"),
            ("Avoid using emojis in your responses.", "should no emojis"),
            ("No emojis.", "must no emojis"),
        ),
        bad=(
            "Use emojis.",
            "NEVER use emojis as icons",
            "Only use emojis if it fits.",
            "Do not use emojis in code.",
        ),
    ),
    Pattern(
        name="no em dashes",
        forms=(f"{_USE} {_ANY}em[- ]?dash(?:es)?",),
        kind="format",
        fields=lambda found: f"{found.plain}_not matches /—/",
        denied=True,
        good=(("Never use em dashes.", "must_not matches /—/"),),
        bad=("Use em dashes.",),
    ),
    Pattern(
        name="no exclamation marks",
        forms=(f"{_USE} {_ANY}exclamation (?:marks?|points?)",),
        kind="format",
        fields=lambda found: f"{found.plain}_not matches /!/",
        denied=True,
        good=(("Do not use exclamation marks.", "must_not matches /!/"),),
        bad=("Use exclamation marks sparingly.",),
    ),
    Pattern(
        name="no bullets",
        forms=(
            f"{_USE} {_ANY}(?:bullet points?|bullets|bulleted lists?|bullet lists?|bullet-point lists?)",
            "<SAY> in (?:bullet points|bullets)",
        ),
        kind="format",
        fields=lambda found: f"{found.plain} bullets = 0",
        denied=True,
        good=(("Never use bullet points.", "must bullets = 0"), ("You should not use bullets.", "should bullets = 0")),
        bad=("Use bullet points.", "Do not use bullet points for short answers."),
    ),
    Pattern(
        name="no headings",
        forms=(rf"{_USE} {_ANY}(?:markdown |section )?(?:headers?|headings?)",),
        kind="format",
        fields=lambda found: f"{found.plain} no headings",
        denied=True,
        good=(("Do not use headings.", "must no headings"), ("Avoid adding headers.", "should no headings")),
        bad=("Use headings.", 'Don\'t add headings like "Update".', "Do not use headings in lists."),
    ),
    Pattern(
        name="no heading first",
        forms=(
            (
                "(?:start|begin|open)(?: <ANSWER>)? with (?:an? )?(?:markdown )?(?:headers?|headings?)(?: or title|"
                " of any kind)?"
            ),
        ),
        kind="format",
        fields=lambda found: f'{found.level} starts "#"',
        denied=True,
        good=(("NEVER start the answer with a header.", 'must_not starts "#"'),),
        bad=("Start with a heading.",),
        besides=("a heading without `#`",),
    ),
    Pattern(
        name="no tables",
        forms=(f"{_USE} {_ANY}(?:markdown )?tables",),
        kind="format",
        fields=lambda found: f"{found.plain} no tables",
        denied=True,
        good=(("Never use tables.", "must no tables"),),
        bad=("Use tables.", "Do not create tables without columns."),
        alone=True,
    ),
    Pattern(
        name="no links",
        forms=(f"{_USE} {_ANY}(?:urls|links|hyperlinks|web links)(?: or (?:urls|links|hyperlinks))?",),
        kind="format",
        fields=lambda found: f"{found.plain} no links",
        denied=True,
        good=(("Do not include any links in your answers.", "must no links"),),
        bad=("Use links.", "Never include links to competitors."),
        alone=True,
    ),
    Pattern(
        name="no code blocks",
        forms=(f"{_USE} {_ANY}(?:markdown |fenced )?(?:code blocks?|code fences?)",),
        kind="format",
        fields=lambda found: f"{found.plain} no code_blocks",
        denied=True,
        good=(("Do not use code blocks.", "must no code_blocks"),),
        bad=("Use code blocks for commands.", "Do not use code blocks for prose."),
    ),
    Pattern(
        name="no question last",
        forms=(
            "(?:end|close|finish|conclude)(?: <ANSWER>)? with (?:an? |any )?(?:follow-?up |open |clarifying )?questions?",
        ),
        kind="format",
        fields=lambda found: f'{found.level} ends "?"',
        denied=True,
        good=(("NEVER end your answer with a question.", 'must_not ends "?"'),),
        bad=("End with a question.",),
    ),
    Pattern(
        name="in quotation marks",
        forms=("(?:wrap|enclose|put) <ANSWER> (?:in|with|inside) (?:double )?quotation marks",),
        kind="format",
        fields=lambda found: f"{found.plain} quoted",
        denied=False,
        good=(("Wrap your answer in double quotation marks.", "must quoted"),),
        bad=("Wrap the title in quotation marks.", "Do not wrap your answer in quotation marks."),
    ),
    Pattern(
        name="in tags",
        forms=(
            (
                "(?:wrap|enclose|put|place|write|output|provide)(?: your)? (?:<ANSWER>|final answer|reasoning|thinking|"
                "thoughts|analysis) (?:in|with|inside|within|between)(?: the)? <TAG> tags?"
            ),
            (
                "(?:use|think (?:step by step )?in)(?: the)? <TAG> tags? (?:to think|before you answer|before answering|"
                "for your (?:reasoning|thinking)|to think before you answer)"
            ),
            "think step[- ]by[- ]step in(?: the)? <TAG> tags?",
        ),
        kind="format",
        fields=lambda found: f'{found.plain} contains "<{found["tag"]}>"',
        denied=False,
        good=(
            ("Wrap your final answer in <answer> tags.", 'must contains "<answer>"'),
            ("Use `<thinking>` tags to think before you answer.", 'must contains "<thinking>"'),
        ),
        bad=(
            "Put code in <code> tags.",
            "The query stands in <query> tags.",
            "Do not put your answer in <answer> tags.",
        ),
    ),
    Pattern(
        name="dates as in ISO 8601",
        forms=(
            (
                "(?:format|write|give|express|use|return|output|present)(?: all| any)? dates? (?:as|in|in the format)(?: "
                "the)?(?: format)? [`\"']?(?P<iso>yyyy-mm-dd|iso 8601)[`\"']?(?: format)?"
            ),
        ),
        kind="format",
        fields=lambda found: found.plain + r"_not matches /\b[0-9]{1,2}[.\/][0-9]{1,2}[.\/](?:[0-9]{2}|[0-9]{4})\b/",
        denied=False,
        good=(
            (
                "Write all dates as YYYY-MM-DD.",
                r"must_not matches /\b[0-9]{1,2}[.\/][0-9]{1,2}[.\/](?:[0-9]{2}|[0-9]{4})\b/",
            ),
        ),
        bad=("Write dates as the user does.", "Do not write dates as YYYY-MM-DD."),
        besides=("dates with the name of a month",),
    ),
)
