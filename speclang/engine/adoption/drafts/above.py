"""What a passage stands below, as conditions: `If the line is suspended:`, `Cancel flight`.

In: the headings and the sentences that open lists around a passage. Out: the conditions that they are, or nothing where one of them may
be a condition and can't be said.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..patterns import Need
from ..reading import plain
from ..setting import Setting
from ..written import quoted
from .conditions import meaning
from .naming import name_of
from .sorts import Sort

_STATES = re.compile(r"(?:if|when|whenever|once)\b ?", re.IGNORECASE)
_THEN = re.compile(r",? (?:then|do this|do the following|you (?:should|must))$", re.IGNORECASE)
_STEP = re.compile(
    r"\b(?:step|phase|stage|path|part|option|scenario|case|example|mode|sample|transcript|level|workflow|process|flow|procedure|script|"
    r"playbook|troubleshooting)s?\b|^[0-9]+[.)]|->|→",
    re.IGNORECASE,
)
"""What holds below it holds at that point of a course only."""
_CONDITIONAL = re.compile(
    r"\b(?:if|when|whenever|unless|while|during|before|after|until|once|for (?:an?|each|every)|not|never|don't|avoid)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?P<verb>add|book|buy|cancel|change|close|create|exchange|modify|open|order|place|remove|renew|request|reschedule|"
    r"return|schedule|track|update|"
    r"upgrade)(?: (?!(?:and|or|with|for|in|by|to|from|rules?|policy|policies)\b)[a-z]+){1,3}",
    re.IGNORECASE,
)
"""A heading that is what a user may want: `Cancel flight`."""
_NEUTRAL = re.compile(
    r"(?:always|(?:you )?(?:must|should)|(?:.{0,40} )?(?:rules?|guidelines?|policy|policies|constraints?|requirements?|"
    r"instructions?)|important|note|"
    r"(?:please )?(?:follow|remember|keep in mind)(?: .{0,40})?|the following(?: rules)?(?: apply)?)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"[a-z][\w'-]*(?:(?: and|,|/| &)? [a-z][\w'-]*){0,3}", re.IGNORECASE)
"""What names a thing, and no condition."""
_PERSON = re.compile(r"\b(?:the |a |an )?(user|customer|caller|client|member|guest|patient|person)s?\b", re.IGNORECASE)


class Condition(NamedTuple):
    """A condition that stands above; `wish` is the verb of a heading that is one."""

    text: str
    needs: tuple[Need, ...]
    wish: str = ""


class Above(NamedTuple):
    """All conditions that stand above, and who "they" are below them ("" where nobody is named)."""

    conditions: tuple[Condition, ...]
    person: str


def above(setting: Setting, known: Sequence[Sort]) -> Above | None:
    """The conditions that a passage stands below; None where one of them can't be said."""
    found: list[Condition] = []
    person = ""
    for at, words in enumerate((*setting.path, *setting.leads)):
        text = plain(words).strip(" :").replace("_", " ")
        states, named, leads = _STATES.match(text), _PERSON.search(text), at >= len(setting.path)
        wish = _WISH.fullmatch(text) if "_" not in words else None
        if states:
            condition = meaning(_THEN.sub("", text[states.end() :]).strip(), known)
            if condition is None:
                return None
            found.append(Condition(condition.text, condition.needs))
            person = f"the {named[1].lower()}" if named else person
        elif _STEP.search(text) or _CONDITIONAL.search(text):
            return None
        elif wish and (not leads or any(one.wish for one in found)):
            found.append(_wanted(text.lower(), wish["verb"].lower()))
            person = "the user"
        elif leads and (wish or not (_NEUTRAL.fullmatch(text) or _TOPIC.fullmatch(text))):
            return None
    return Above(tuple(found), person)


def _wanted(wish: str, verb: str) -> Condition:
    """That a user wants what a heading names."""
    name = f"user_wants_to_{name_of(wish, act=True)}"
    fields = f'name {quoted(f"the user wants to {wish}")}; from user; typical no; yes {quoted(f"I would like to {wish}.")}; no ""'
    return Condition(name, (Need(name, f"given {name} bool {{ {fields} }}"),), verb)
