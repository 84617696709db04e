"""Rows about the shape and the language of the answer: JSON, one of few texts, the language of the user.

In: what a form found. Out: the fields of a `format`, as text of a spec.
"""

from ..written import quoted
from .forms import Found
from .pattern import Pattern

_JSON = (
    "(?: only| strictly| an?| one| the| single| valid| raw| strict| proper| well-formed| in| as| with| using)* json"
    "(?: object| format| document| response| output)*(?: only| and nothing else| with no (?:other|additional|extra) text)?"
)


def _options(found: Found) -> str:
    return f"{found.plain} options {' | '.join(found.texts)}" if len(found.texts) > 1 else ""


SHAPES: tuple[Pattern, ...] = (
    Pattern(
        name="JSON",
        forms=(
            f"<SAY>(?: only)?(?: <ANSWER>)?{_JSON}",
            f"be(?: formatted| returned| provided| always)*{_JSON}",
            f"(?:ensure|make sure)(?: that)? <ANSWER> (?:is|are)(?: always| formatted| returned)*{_JSON}",
            f"format <ANSWER>{_JSON}",
        ),
        kind="format",
        fields=lambda found: f"{found.level} json",
        denied=None,
        good=(
            ("Respond only with valid JSON.", "must json"),
            ("Always answer in JSON format.", "must json"),
            ("Your output must be a single JSON object.", "must json"),
            ("Do not answer in JSON.", "must_not json"),
            ("Ensure the response is always in valid JSON format.", "must json"),
            ("IMPORTANT: Respond ONLY with a JSON object.", "must json"),
        ),
        bad=("Respond with JSON or plain text.", "Read the JSON file.", "Return JSON strings for dates."),
        alone=True,
    ),
    Pattern(
        name="JSON with keys",
        forms=(
            (
                f"<SAY>(?: only)?(?: <ANSWER>)?{_JSON} (?:with|containing|that (?:has|contains))(?: only)?(?: the)?(?: "
                "following)? (?:keys?|fields?|properties)?:? ?<TEXTS>"
            ),
        ),
        kind="format",
        fields=lambda found: (
            f"{found.plain} json, contains {', '.join(quoted(f'{chr(34)}{one}{chr(34)}') for one in found.words)}"
            if found.words
            else ""
        ),
        denied=False,
        good=(
            (
                'Respond with a JSON object with the keys "id" and "name".',
                r'must json, contains "\"id\"", "\"name\""',
            ),
        ),
        bad=("Respond with JSON with the keys id and name.", 'Respond with text with the keys "id".'),
        alone=True,
    ),
    Pattern(
        name="nothing but JSON",
        forms=(
            (
                "(?:output|write|return|include|add) (?:anything|any text|text|anything else) (?:other than|but|besides|"
                "outside|outside of) (?:the |an? )?(?:valid )?json(?: object| structure)?"
            ),
        ),
        kind="format",
        fields=lambda found: f"{found.plain} json",
        denied=True,
        good=(("Do not output anything other than valid JSON.", "must json"),),
        bad=("Do not output JSON outside the block.",),
    ),
    Pattern(
        name="one of few answers",
        forms=(
            "(?:<SAY>)(?: <ANSWER>)?(?: with)?(?: only| just| either| exactly)* <OPTIONS>(?: only| and nothing else)?",
            "<SAY> with(?: only| exactly)? one of(?: the following| these)?(?: words| options| labels| values)?:? <OPTIONS>",
        ),
        kind="format",
        fields=_options,
        denied=False,
        good=(
            ('Answer only "yes" or "no".', 'must options "yes" | "no"'),
            ('Respond with exactly one of: "spam", "ham"', 'must options "spam" | "ham"'),
        ),
        bad=('Answer with "yes".', "Answer yes or no questions briefly."),
    ),
    Pattern(
        name="language",
        forms=(
            (
                "(?:answer|respond|reply|write|speak|communicate)(?: only)?(?: <ANSWER>)?(?: only)? in <LANGUAGE>(?: "
                "only| exclusively)?"
            ),
            "use <LANGUAGE>(?: only)?(?: for <ANSWER>)",
            "<SAY> only <LANGUAGE>",
        ),
        kind="format",
        fields=lambda found: f"{found.plain} language {found.language()}",
        denied=False,
        good=(
            ("Always answer in English.", "must language en"),
            ("You should reply in French only.", "should language fr"),
        ),
        bad=(
            "Do not answer in English.",
            "Answer in English unless the user writes German.",
            "Answer in English prose.",
        ),
    ),
    Pattern(
        name="the answer is in a language",
        forms=("be (?:written )?in <LANGUAGE>",),
        kind="format",
        fields=lambda found: f"{found.plain} language {found.language()}" if found.reading.of_answer else "",
        denied=False,
        good=(("All responses must be in German.", "must language de"),),
        bad=("The title must be in German.",),
    ),
    Pattern(
        name="language of the user",
        forms=(
            (
                "(?:answer|respond|reply|write|speak|communicate)(?: <ANSWER>)?(?: with| to)?(?: the)?(?: <USER>)? in "
                "(?:the )?(?:<USER>'s|their|person's)(?: own| preferred| native)? language"
            ),
            (
                "(?:answer|respond|reply|write|speak|communicate)(?: <ANSWER>)?(?: to| with)?(?: the <USER>)? in "
                "the language of the (?:<USER>|<QUERY>)"
            ),
            (
                "(?:(?:answer|respond|reply|write|speak|communicate)(?: <ANSWER>)?(?: to| with)?(?: the <USER>)? "
                "in|use|match) "
                "the same language (?:as|that|in which|which)? ?(?:the )?(?:<USER>|their|they|them|<QUERY>|person)"
                "(?:'s)?(?: <QUERY>)?(?: is| are)?(?: uses?| used| using| writes?| wrote| writing| speaks?| speaking|"
                " asked| asks)?(?: in)?"
            ),
            "match the <USER>'s language",
            "be (?:written )?in the same language as the (?:<USER>(?:'s)?(?: <QUERY>)?|<QUERY>)",
        ),
        kind="format",
        fields=lambda found: f"{found.plain} language of user",
        denied=False,
        good=(
            ("Respond in the same language as the user.", "must language of user"),
            ("You should reply in the customer's language.", "should language of user"),
            ("Always reply in the same language as the user's message.", "must language of user"),
            ("Answer in the language of the question.", "must language of user"),
            ("Your answer must be written in the same language as the query.", "must language of user"),
            ("Always respond in the same language the user is using.", "must language of user"),
        ),
        bad=("Respond in the same language as the document.", "Never respond in the user's language."),
    ),
)
