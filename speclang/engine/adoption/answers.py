"""Rows about the answer: how long it is, in what form and language, how it begins and ends, which words it has.

In: what a form found. Out: the fields of a `format` or a `content`, as text of a spec.
"""

from .forms import Found
from .pattern import Pattern


def _bound(found: Found) -> str:
    bound = found.bound()
    return f"{found.plain} {bound}" if bound else ""


def _limit(found: Found) -> str:
    bound = found.bound("<=")
    return f"{found.plain} {bound}" if bound else ""


def _of_answer(found: Found) -> str:
    return _bound(found) if found.reading.of_answer else ""


def _start(found: Found) -> str:
    return f"{found.level} {found.each('starts')}" if found.reading.denied or len(found.texts) == 1 else ""


def _end(found: Found) -> str:
    return f"{found.level} {found.each('ends')}" if found.reading.denied or len(found.texts) == 1 else ""


def _mention(found: Found) -> str:
    if not found.reading.denied and " or " in found["texts"]:
        return f"{found.level} one_of {' | '.join(found.texts)}"
    return f"{found.level} {found.each('mention')}"


ANSWERS: tuple[Pattern, ...] = (
    Pattern(
        name="limit",
        forms=(
            "(?:keep|limit|restrict) <ANSWER>(?: length)?(?: concise| short| brief)?,?(?: and)?(?: to| within)? ?<BOUND>",
            "exceed <BOUND>",
        ),
        kind="format",
        fields=_limit,
        denied=None,
        good=(
            ("Keep your answers below 80 words.", "must words < 80"),
            ("Limit each response to 3 sentences.", "must sentences <= 3"),
            ("Please keep the reply to two paragraphs or fewer", "must paragraphs <= 2"),
            ("You should keep your answers under 1,200 characters!", "should characters < 1200"),
            ("Never exceed 280 characters.", "must characters <= 280"),
            ("Responses should not exceed 150 words.", "should words <= 150"),
        ),
        bad=(
            "Keep your answers below 80 words unless asked for more.",
            "Keep your answers short.",
            "Keep paragraphs below 80 words.",
        ),
    ),
    Pattern(
        name="length of what is written",
        forms=("(?:answer|respond|reply|write|use)(?: <ANSWER>)?(?: in| with| using| within)? ?<BOUND>",),
        kind="format",
        fields=_bound,
        denied=None,
        good=(
            ("Answer in at most 60 words.", "must words <= 60"),
            ("Respond with exactly three bullet points.", "must bullets = 3"),
            ("Reply in one or two sentences.", "must sentences in 1 .. 2"),
            ("Use 50 to 80 words.", "must words in 50 .. 80"),
            ("Do not use more than 5 sentences.", "must sentences <= 5"),
            ("Try to answer in a maximum of 2 paragraphs.", "should paragraphs <= 2"),
        ),
        bad=(
            "Answer in 50 words.",
            "Use 5 words from the list.",
            "Answer in at most 60 words per point.",
            "Do not answer in 3 sentences.",
        ),
    ),
    Pattern(
        name="length of the answer",
        forms=("(?:be|have|contain|use|consist of|stay) ?<BOUND>",),
        kind="format",
        fields=_of_answer,
        denied=None,
        good=(
            ("Your answer must be at most 80 words long.", "must words <= 80"),
            ("The output must contain exactly 2 paragraphs.", "must paragraphs = 2"),
            ("Your reply must not be longer than 3 sentences.", "must sentences <= 3"),
        ),
        bad=("The summary must be at most 80 words.", "Your answer must not be 80 words.", "Be at most 5 words late."),
    ),
    Pattern(
        name="JSON",
        forms=(
            (
                "<SAY>(?: only| strictly)?(?: <ANSWER>)?(?: only)?(?: with| in| as| using)?(?: only)?(?: an?| one)?"
                "(?: single| valid| raw| strict)* json(?: object| format| document)*(?: only| and nothing else)?"
            ),
            "be (?:in |an? |only )?(?:single |valid |raw |strict )*json(?: object| format| document)*(?: only| and nothing else)?",
        ),
        kind="format",
        fields=lambda found: f"{found.level} json",
        denied=None,
        good=(
            ("Respond only with valid JSON.", "must json"),
            ("Always answer in JSON format.", "must json"),
            ("Your output must be a single JSON object.", "must json"),
            ("Do not answer in JSON.", "must_not json"),
        ),
        bad=("Respond with JSON or plain text.", "Read the JSON file.", "Return JSON with the keys id and name."),
    ),
    Pattern(
        name="language",
        forms=("(?:answer|respond|reply|write|speak)(?: only)?(?: <ANSWER>)?(?: only)? in <LANGUAGE>(?: only)?",),
        kind="format",
        fields=lambda found: f"{found.plain} language {found.language()}",
        denied=False,
        good=(
            ("Always answer in English.", "must language en"),
            ("You should reply in French only.", "should language fr"),
        ),
        bad=("Do not answer in English.", "Answer in English unless the user writes German.", "Answer in plain text."),
    ),
    Pattern(
        name="language of the user",
        forms=(
            "(?:answer|respond|reply|write|speak) in (?:the <USER>'s(?: own)? language|the language of the <USER>)",
            (
                "(?:answer|respond|reply|write|speak) in the same language (?:as|that) the <USER>"
                "(?:'s (?:message|question)| uses| used| writes in| wrote in)?"
            ),
        ),
        kind="format",
        fields=lambda found: f"{found.plain} language of user",
        denied=False,
        good=(
            ("Respond in the same language as the user.", "must language of user"),
            ("You should reply in the customer's language.", "should language of user"),
        ),
        bad=("Respond in the same language as the document.", "Never respond in the user's language."),
    ),
    Pattern(
        name="start",
        forms=("(?:start|begin|open)(?: <ANSWER>)? with(?: the (?:words?|phrases?))? <TEXTS>",),
        kind="format",
        fields=_start,
        denied=None,
        good=(
            ('Start your reply with "Thank you".', 'must starts "Thank you"'),
            ("Never start with “Great”, “Okay”, or “Sure”.", 'must_not starts "Great", starts "Okay", starts "Sure"'),
        ),
        bad=('Start with "Hello" or "Hi".', "Start with a greeting.", 'Start with "Hello" and then ask for the name.'),
    ),
    Pattern(
        name="end",
        forms=(
            "(?:end|close|finish|conclude)(?: <ANSWER>)? with(?: the (?:words?|phrases?|question|sentence))? <TEXTS>",
        ),
        kind="format",
        fields=_end,
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
            "(?:say|use|mention|write|include|emit|use/emit)(?: the (?:exact )?(?:words?|phrases?|terms?))? <TEXTS>",
            "(?:say|use|mention|write|emit|use/emit) the (?:words?|phrases?|terms?) <SLASHED>",
        ),
        kind="content",
        fields=_mention,
        denied=True,
        good=(
            ('Never say "guarantee" or "promise".', 'must_not mention "guarantee", mention "promise"'),
            ('You should not use the word "kindly".', 'should_not mention "kindly"'),
            ("Never use/emit the words approve/approval.", 'must_not mention "approve", mention "approval"'),
        ),
        bad=('Never say "no" without a reason.', "Never mention competitors by name.", 'Use "search" first.'),
    ),
    Pattern(
        name="words to say",
        forms=("(?:say|mention|include)(?: the (?:exact )?(?:words?|phrases?|terms?))? <TEXTS>",),
        kind="content",
        fields=_mention,
        denied=False,
        good=(
            ('Always mention "two years".', 'must mention "two years"'),
            ('You should mention "the app" or "the shop".', 'should one_of "the app" | "the shop"'),
        ),
        bad=("Always say the words thank you.", 'Use "search".', 'Mention "two years" when asked.'),
    ),
    Pattern(
        name="no commas",
        forms=("use (?:any )?commas",),
        kind="format",
        fields=lambda found: f"{found.plain} no commas",
        denied=True,
        good=(("Do not use any commas.", "must no commas"),),
        bad=("Use commas.", "Do not use commas in numbers."),
    ),
    Pattern(
        name="no bullets",
        forms=("(?:use|write|include) (?:any )?(?:bullet points|bullets|bulleted lists|bullet lists)",),
        kind="format",
        fields=lambda found: f"{found.plain} bullets = 0",
        denied=True,
        good=(("Never use bullet points.", "must bullets = 0"), ("You should not use bullets.", "should bullets = 0")),
        bad=("Use bullet points.", "Do not use bullet points for short answers."),
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
)
