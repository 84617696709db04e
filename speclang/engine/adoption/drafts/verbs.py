"""Verbs with which a deed begins, and their participles.

In: a word. Out: whether it is such a verb, or the verb of which it is the participle. Invariant: a word that is not known is none.
"""

import re
from collections.abc import Iterator
from functools import cache

from ..parts import VERBS

_MORE = (
    "accept|acknowledge|acquire|adjust|analy[sz]e|approve|assist|assume|attempt|authenticate|book|cancel|change|charge|choose|clarify|"
    "collect|combine|compare|compensate|complete|compute|connect|consult|convert|create|deny|delete|deploy|disable|display|edit|enable|"
    "encourage|enter|escalate|evaluate|exchange|execute|extract|fetch|finish|fix|forward|generate|guess|guide|hand|handle|hide|identify|"
    "ignore|implement|insert|install|instruct|invite|invoke|invent|issue|leave|let|lift|load|locate|log|lower|make|mark|modify|move|notify|"
    "obtain|omit|open|order|outline|override|pause|pay|perform|pick|place|play|praise|proceed|process|propose|push|put|raise|read|reassure|"
    "recommend|record|reduce|refund|reject|remind|remove|repeat|replace|report|request|resend|reset|resolve|resume|retrieve|retry|return|"
    "reveal|review|revise|route|run|save|schedule|select|set|share|show|simplify|solve|split|submit|substitute|switch|terminate|test|"
    "transfer|translate|trigger|troubleshoot|turn|unlock|update|upgrade|use|verify|view|waive|warn|withhold"
)
VERB = rf"(?:{VERBS}|{_MORE})"
_IRREGULAR = {
    "given": "give", "taken": "take", "made": "make", "sent": "send", "shown": "show", "told": "tell", "paid": "pay", "written": "write",
    "read": "read", "kept": "keep", "left": "leave", "put": "put", "run": "run", "set": "set", "hidden": "hide", "said": "say",
    "cancelled": "cancel", "canceled": "cancel", "transferred": "transfer", "submitted": "submit", "omitted": "omit",
    "analyzed": "analyze",
}  # fmt: skip


def base(participle: str) -> str:
    """`cancel` for `cancelled`; "" where the verb is not known."""
    return _participles().get(participle.lower(), "")


@cache
def _participles() -> dict[str, str]:
    return {**dict(_made()), **_IRREGULAR}


def _made() -> Iterator[tuple[str, str]]:
    for verb in f"{VERBS}|{_MORE}".split("|"):
        if not verb.isalpha():
            continue
        if verb.endswith("e"):
            yield f"{verb}d", verb
        elif re.search(r"[^aeiou]y$", verb):
            yield f"{verb[:-1]}ied", verb
        else:
            yield f"{verb}ed", verb
