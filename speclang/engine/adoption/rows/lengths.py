"""Rows about how long the answer is.

In: what a form found. Out: the fields of a `format`, as text of a spec.
"""

from .forms import Found
from .pattern import Pattern


def _bound(found: Found) -> str:
    bound = found.bound()
    return f"{found.plain} {bound}" if bound else ""


def _limit(found: Found) -> str:
    bound = found.bound("<=")
    return f"{found.plain} {bound}" if bound else ""


def _signed(found: Found) -> str:
    """A bound with a sign of its own, or a range: a number alone may mean anything."""
    return _bound(found) if found["op"] or found["after"] or found["low"] else ""


LENGTHS: tuple[Pattern, ...] = (
    Pattern(
        name="limit",
        forms=(
            (
                "(?:keep|limit|restrict|make|hold) <ANSWER>(?: lengths?)?"
                "(?: (?:very |extremely |as )?(?:concise|short|brief|succinct|tight))*[,:(]? ?(?:and )?"
                r"(?:to|within|at|with|in)? ?<BOUND>\)?"
            ),
            "(?:keep|limit) yourself to <BOUND>",
        ),
        kind="format",
        fields=_limit,
        denied=None,
        good=(
            ("Keep your answers below 80 words.", "must words < 80"),
            ("Limit each response to 3 sentences.", "must sentences <= 3"),
            ("Please keep the reply to two paragraphs or fewer", "must paragraphs <= 2"),
            ("You should keep your answers under 1,200 characters!", "should characters < 1200"),
            ("Keep responses short: 2-3 sentences.", "must sentences in 2 .. 3"),
            ("Keep your responses concise, under 4 lines.", "must lines < 4"),
        ),
        bad=(
            "Keep your answers below 80 words unless asked for more.",
            "Keep your answers short.",
            "Keep paragraphs below 80 words.",
            "Keep your answers below 80 words (not including code).",
        ),
    ),
    Pattern(
        name="length of what is written",
        forms=(
            (
                "(?:answer|respond|reply|write|use|speak)(?: briefly| concisely| shortly)?(?: <ANSWER>)?(?: briefly|"
                " concisely)?,?"
                r"(?: in| with| using| within)? ?\(?<BOUND>\)?"
            ),
        ),
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
            ("You MUST answer concisely with fewer than 4 lines of text.", "must lines < 4"),
            ("Respond with no more than 30 words.", "must words <= 30"),
        ),
        bad=(
            "Answer in 50 words.",
            "Use 5 words from the list.",
            "Answer in at most 60 words per point.",
            "Do not answer in 3 sentences.",
        ),
        alone=True,
    ),
    Pattern(
        name="length that is not exceeded",
        forms=("exceed <BOUND>", "go (?:over|beyond|above) <BOUND>"),
        kind="format",
        fields=_limit,
        denied=True,
        good=(
            ("Never exceed 280 characters.", "must characters <= 280"),
            ("Responses should not exceed 150 words.", "should words <= 150"),
        ),
        bad=("Exceed 280 characters.", "Design document must be concise, must not exceed 800 lines."),
        alone=True,
    ),
    Pattern(
        name="length of the answer",
        forms=("(?:be|have|contain|use|consist of|stay|remain)(?: kept| limited)?(?: to)? ?<BOUND>",),
        kind="format",
        fields=lambda found: _bound(found) if found.reading.of_answer else "",
        denied=None,
        good=(
            ("Your answer must be at most 80 words long.", "must words <= 80"),
            ("The output must contain exactly 2 paragraphs.", "must paragraphs = 2"),
            ("Your reply must not be longer than 3 sentences.", "must sentences <= 3"),
        ),
        bad=("The summary must be at most 80 words.", "Your answer must not be 80 words.", "Be at most 5 words late."),
    ),
    Pattern(
        name="length alone",
        forms=(
            "<BOUND>",
            (
                "be (?:very |really |extremely )?(?:concise|brief|short|succinct)(?: and (?:concise|brief|direct|"
                "to the point))?"
                r"[,:]?(?: (?:and )?(?:use|with|in))? ?\(?<BOUND>\)?"
            ),
        ),
        kind="format",
        fields=_signed,
        denied=False,
        good=(
            ("Maximum 3 sentences.", "must sentences <= 3"),
            ("Be concise: at most 80 words.", "must words <= 80"),
            ("Be really concise, use no more than 30 words.", "must words <= 30"),
            ("Length: 2-3 sentences", "must sentences in 2 .. 3"),
            ("No more than 3 sentences.", "must sentences <= 3"),
        ),
        bad=("3 sentences.", "Three bullet points", "Be concise.", "Max 160 characters with the keyword."),
        alone=True,
    ),
)
