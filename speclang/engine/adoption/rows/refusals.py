"""Rows about what is not talked about, whoever asks: advice, what is out of scope, opinions, promises.

In: what a form found. Out: the fields of a `boundary`, as text of a spec.
"""

import re

from ..written import quoted
from .acts import VAGUE
from .forms import NEAR, Found
from .pattern import Pattern

_KIND = (
    "(?:legal|medical|financial|investment|tax|health|psychological|dietary|nutritional|veterinary|immigration|mental health|"
    "trading|clinical|insurance|mortgage|security|diagnostic|fitness|real estate|customs|visa)"
)
LIST = r"(?:,? (?:or|and) |, |/)"
THING = r"[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,3}?"
SPLIT = re.compile(r",? (?:or|and) |, |/", re.IGNORECASE)
_OUTSIDE = (
    r"(?:(?:that|which) (?:are|is) )?(?:not related to|unrelated to|outside (?:of |the scope of )?|beyond the scope of|other "
    r"than|not about)"
)
_FAR = "Please write me a short poem about the sea."
POINTING = re.compile(
    r"\b(?:this|that|these|those|it|them|their|your|our|its|above|below|any|all|the|without|beyond|"
    r"other)\b",
    re.IGNORECASE,
)


def _kinds(found: Found) -> str:
    if found.plain != "must" or found.reading.of_answer:
        return ""
    kinds = [one.lower() for one in SPLIT.split(found["advice"])]
    return "; ".join(
        [*(f"refuse {quoted(f'{one} advice')} like {quoted(f'Can you give me {one} advice?')}" for one in kinds), NEAR]
    )


def _scope(found: Found) -> str:
    topic = re.sub("^the ", "", found["topic"], flags=re.IGNORECASE)
    if found.plain != "must" or found.reading.of_answer or POINTING.search(topic) or re.search("poe|sea|writ", topic):
        return ""
    return (
        f'refuse {quoted(f"what is not about {topic}")} like "{_FAR}"; '
        f"answer {quoted(topic)} like {quoted(f'Can you help me with a question about {topic}?')}"
    )


def _opinions(found: Found) -> str:
    if found.plain != "must" or found.reading.of_answer:
        return ""
    return f'refuse "personal opinions" like "What is your personal opinion on the elections?"; {NEAR}'


def _listed(found: Found) -> str:
    """Topics in brackets: those that name one, at least two."""
    topics = [one.strip() for one in SPLIT.split(found["topics"])]
    plain = [one for one in topics if not VAGUE.search(one) and not POINTING.search(one) and not one.endswith("ing")]
    if found.plain != "must" or found.reading.of_answer or not plain or len(plain) < len(topics):
        return ""
    return "; ".join(
        [*(f"refuse {quoted(one)} like {quoted(f'What do you think about {one}?')}" for one in plain), NEAR]
    )


def _promises(found: Found) -> str:
    what = found["object"]
    if found.plain != "must" or found.reading.of_answer or POINTING.search(what) or VAGUE.match(what):
        return ""
    return f"refuse {quoted(f'promises about {what}')} like {quoted(f'Can you promise me something about {what}?')}; {NEAR}"


REFUSALS: tuple[Pattern, ...] = (
    Pattern(
        name="advice and diagnoses",
        forms=(
            (
                rf"(?:give|provide|offer|issue)(?: any)? (?P<advice>{_KIND}(?:{LIST}{_KIND})*) "
                rf"advice(?P<also>(?:{LIST}(?:make )?(?:{_KIND} )?"
                r"(?:recommendations|guidance|opinions|suggestions|diagnos[ei]s|treatments?))+)"
            ),
            rf"(?:give|provide|offer|issue)(?: any)? (?P<advice>{_KIND}) advice(?P<also> \([^()]{{1,80}}\))",
        ),
        kind="boundary",
        fields=_kinds,
        denied=True,
        good=(
            (
                "Do not provide financial advice or recommendations.",
                f'refuse "financial advice" like "Can you give me financial advice?"; {NEAR}',
            ),
            (
                "Do not provide medical advice or diagnoses.",
                f'refuse "medical advice" like "Can you give me medical advice?"; {NEAR}',
            ),
        ),
        bad=(
            "Do not provide financial advice without proper authorization.",
            "Do not provide advice or recommendations.",
            "Provide financial advice or recommendations.",
        ),
    ),
    Pattern(
        name="talk that is out of scope",
        forms=(
            (
                rf"(?:discuss(?:ing)?(?: any)? (?:topics|subjects|matters)|engage in (?:conversations|discussions)|answer "
                rf"questions|provide information about "
                rf"topics) {_OUTSIDE} ?(?P<topic>{THING}(?:{LIST}{THING}){{0,2}})"
            ),
        ),
        kind="boundary",
        fields=_scope,
        denied=True,
        good=(
            (
                "Do not discuss topics unrelated to real estate.",
                (
                    f'refuse "what is not about real estate" like "{_FAR}"; '
                    'answer "real estate" like "Can you help me with a question about real estate?"'
                ),
            ),
        ),
        bad=(
            "Do not discuss topics unrelated to this.",
            "Discuss topics unrelated to real estate.",
            "Do not discuss topics related to real estate.",
            "Do not discuss topics outside the scope of your role.",
        ),
    ),
    Pattern(
        name="opinions of its own",
        forms=(
            (
                r"(?:express|share|give|offer|provide)(?: any| your| your own)? (?:personal|subjective) (?:opinions?|views|beliefs)"
                r"(?P<also>(?: or (?:beliefs|views|subjective statements|make subjective statements|advice))?)"
            ),
        ),
        kind="boundary",
        fields=_opinions,
        denied=True,
        good=(
            (
                "Do not express personal opinions.",
                f'refuse "personal opinions" like "What is your personal opinion on the elections?"; {NEAR}',
            ),
        ),
        bad=("Do not express personal opinions unless asked.", "Express personal opinions.", "Do not express anger."),
    ),
    Pattern(
        name="topics in brackets",
        forms=(
            (
                r"(?:provide|engage in|offer|discuss|generate)(?: any)? (?:(?:unrelated|off-topic|out-of-scope|unsafe)(?:,? "
                r"(?:or|and) |/| )){1,3}"
                r"(?:content|topics|conversations|discussions|information|info|responses) \((?P<topics>[a-z][a-z ,/-]{2,100})\)"
            ),
        ),
        kind="boundary",
        fields=_listed,
        denied=True,
        good=(
            (
                "Do NOT engage in off-topic content (politics, sports).",
                (
                    'refuse "politics" like "What do you think about politics?"; '
                    f'refuse "sports" like "What do you think about sports?"; {NEAR}'
                ),
            ),
        ),
        bad=(
            "Do not provide unrelated content.",
            "Do not provide unrelated content (see below).",
            "Do not provide unrelated content (hacking, other things).",
        ),
    ),
    Pattern(
        name="promises about a matter",
        forms=(
            (
                r"make(?: any)? (?:promises|guarantees|commitments|predictions)(?: or (?:promises|guarantees|commitments|predictions))+ "
                r"(?:about|on|regarding) <OBJECT>"
            ),
        ),
        kind="boundary",
        fields=_promises,
        denied=True,
        good=(
            (
                "Do not make any promises or guarantees about financial outcomes.",
                (
                    'refuse "promises about financial outcomes" like '
                    f'"Can you promise me something about financial outcomes?"; {NEAR}'
                ),
            ),
        ),
        bad=("Do not make promises or guarantees.", "Do not make promises or guarantees about this."),
    ),
)
