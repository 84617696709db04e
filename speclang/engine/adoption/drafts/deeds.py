"""What a sentence says is to be done, as an outcome.

In: words as `you must deny the request` or `an order can only be cancelled`. Out: a level and outcomes in the imperative, with the signs
by which code can see them. Invariant: nothing of the words is left out, and one that points at another sentence is no outcome.
"""

import re
from functools import cache
from typing import NamedTuple

from ....kit.english.persons import plain_form
from ..patterns import Need
from ..rows.forms import expanded
from ..setting import NOWHERE, Setting
from ..written import quoted
from .naming import name_of
from .verbs import VERB, base

_WHO = r"(?:you|(?:the |this )?(?:ai )?(?:assistant|agent|bot|chatbot|model))"
_SOFT = r"(?:(?:always|politely|kindly|gently|please|then|also|simply|just|immediately|instead|first) )*"
_MODALS: tuple[tuple[str, str, bool], ...] = (
    (
        (
            r"(?:must not|must never|cannot|can not|can't|may not|may never|shall not|are not allowed to|are not permitted to|are "
            r"forbidden to)"
        ),
        "must",
        True,
    ),
    (r"(?:should not|should never|shouldn't)", "should", True),
    (r"(?:must|shall|have to|has to|need to|needs to|are required to|is required to)", "must", False),
    (r"should", "should", False),
    (r"(?:may|can|are allowed to|are permitted to)", "may", False),
)
_PASSIVE: tuple[tuple[str, str, bool], ...] = (
    (r"(?:cannot|can not|can't|must not|must never|may never|should never|are not to|is not to)", "must", True),
    (r"(?:should not|shouldn't)", "should", True),
    (r"must", "must", False),
    (r"should", "should", False),
    (r"(?:can|may)", "may", False),
)
_POINTS = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|theirs|such|one|ones|so|following|above|below|here|same|either|another|"
    r"something|anything|accordingly|likewise|we|our|us|i|me|etc|other|else|otherwise|instead|then|first|again|next)\b",
    re.IGNORECASE,
)
_NESTED = re.compile(
    r"\b(?:if|when|whenever|unless|until|while|whether|because|since|but|except|before|after|once|only|rather|without|during|where|"
    r"wherever|however|even|regardless|should|must|may|can|cannot|not|never|no|nor|or)\b|[;:→=<>{}()\[\]]| [-–—] ",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(check|ask|see|verify|determine|know|confirm|find out)((?: [a-z]+){0,4}?) (?:if|whether)\b", re.IGNORECASE
)
"""A question, not a condition: `check if the service is restored`."""
_PLAIN = re.compile(
    r"\b(?:this (?:policy|prompt|conversation|chat|session)|these (?:instructions|rules|guidelines)|(?:any )?(?:other|another) "
    r"(?:user|customer|person|people|account|patient|employee|client)s?)\b",
    re.IGNORECASE,
)
_THEM = re.compile(
    r"(?P<before>^|\b(?:advise|ask|assist|connect|contact|direct|encourage|give|guide|help|inform|invite|let|notify|offer|"
    r"provide|redirect|refer|"
    r"refund|remind|send|show|tell|thank|transfer|warn) )(?:they|them)\b",
    re.IGNORECASE,
)
"""Where "they" are people: those who do it, and those to whom it is done."""
_OWN = re.compile(r"\b(?:user|customer|caller|client|member|guest|patient|person)\b.*\btheir\b", re.IGNORECASE)
"""Whose something is, where the words themselves say it: `have the user confirm their address`."""
_AND = re.compile(rf",? and (?:then |also )?(?={_SOFT}{VERB}\b)", re.IGNORECASE)
_TOOL = expanded("<CALL> <FIRST>")
_USES = re.compile(
    r"(?:make a tool call to|use|call|invoke|run) (?:the )?`?(?P<first>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)`?(?:\(\))?(?: tool| "
    r"function| action)? (?:to|for|with|and) .+",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:say|reply|respond|answer|return|output|write|send|state|tell the (?:user|customer))\b[^\"']{0,40}? "
    r"?(?P<mark>[\"'])(?P<text>[^\"']{2,120})(?P=mark)"
    r"[^\"']{0,30}",
    re.IGNORECASE,
)
_ALONE = frozenset(("apologize", "apologise", "compensate", "decline", "escalate", "refund", "refuse"))
"""Verbs that say enough without an object."""
_LONGEST = 160


class Outcome(NamedTuple):
    """An outcome with the tools that its signs name."""

    name: str
    declared: str
    tools: tuple[Need, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        """All that has to be declared for it."""
        return (*self.tools, Need(self.name, self.declared))


class Deed(NamedTuple):
    """`level` is one of a rule's; `only` says that the words stand with "only"."""

    level: str
    outcomes: tuple[Outcome, ...]
    only: bool = False
    about: str = ""

    @property
    def denied(self) -> bool:
        """Whether it says what is not done."""
        return self.level.endswith("_not")


def deed(words: str, person: str = "", setting: Setting = NOWHERE) -> Deed | None:
    """What `words` say is done; `person` is who "they" are, if that is sure, `setting` knows the names of the assistant and of tools."""
    text = re.sub(r"^(?:then|please|also),? ", "", words.strip(" ,.;!"), flags=re.IGNORECASE)
    if person:
        text = _THEM.sub(rf"\g<before>{person}", text)
        text = text if _OWN.search(text) else re.sub(r"\btheir\b", f"{person}'s", text, flags=re.IGNORECASE)
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    for name in setting.names:
        text = re.sub(rf"^{re.escape(name)}\b", "the assistant", text)
    for read in (_active, _passive, _of_user):
        found = read(text)
        if found is not None:
            level, only, acts, about = found
            outcomes = [_outcome(act, setting.tools, denied=level.endswith("_not") or only) for act in acts]
            made = tuple(one for one in outcomes if one is not None)
            return Deed(level, made, only, about) if made and len(made) == len(outcomes) else None
    return None


def _active(text: str) -> "tuple[str, bool, tuple[str, ...], str] | None":
    """`you must not approve the refund`, `never approve the refund`, `approve the refund`."""
    for modal, level, denied in _modals():
        found = modal.fullmatch(text)
        if found:
            return _acts(found["act"], level, denied=denied, only=bool(found["only"]))
    denial = re.fullmatch(rf"(?:do not|don't|never)(?: ever)? (?P<act>(?:[a-z]+ly )?{VERB}\b.*)", text, re.IGNORECASE)
    if denial:
        return _acts(denial["act"], "must", denied=True, only=False)
    does = re.fullmatch(rf"{_WHO} (?P<not>does not |doesn't |never )?{_SOFT}(?P<act>[a-z]+\b.*)", text, re.IGNORECASE)
    if does:
        verb, _, rest = does["act"].partition(" ")
        plainly = verb if (does["not"] or "").lower().startswith("does") else plain_form(verb.lower())
        act = f"{plainly} {rest}" if re.fullmatch(VERB, plainly, re.IGNORECASE) else ""
        return _acts(act, "must", denied=bool(does["not"]), only=False) if act else None
    plainly = re.fullmatch(rf"(?P<only>only )?{_SOFT}(?P<act>(?:[a-z]+ly )?{VERB}\b.*)", text, re.IGNORECASE)
    return _acts(plainly["act"], "must", denied=False, only=bool(plainly["only"])) if plainly else None


def _acts(act: str, level: str, *, denied: bool, only: bool) -> "tuple[str, bool, tuple[str, ...], str] | None":
    acts = tuple(_AND.split(act))
    if (denied or only) and len(acts) > 1:
        return None
    thing = re.fullmatch(r"(?:[a-z]+ly )?\w+ (?P<thing>(?:an?|the|any) [a-z]+(?: [a-z]+){0,2})", acts[0], re.IGNORECASE)
    about = thing["thing"] if thing and len(acts) == 1 else ""
    return (f"{level}_not" if denied else level), only, acts, about


def _passive(text: str) -> "tuple[str, bool, tuple[str, ...], str] | None":
    """`an order can be cancelled` is `cancel the order`."""
    for modal, level, denied in _passives():
        found = modal.fullmatch(text)
        if found is None:
            continue
        verb = base(found["act"])
        thing = re.sub(r"^(?:an?|any) ", "the ", found["thing"], flags=re.IGNORECASE)
        thing = thing[0].lower() + thing[1:] if thing[1:2] != thing[1:2].upper() or thing[1:2] == " " else thing
        if not verb or re.search(
            r"\b(?:all|each|every|both|some|most|only|no|if|when|you|is|are|was|were|has|have|will|there|which|that|who)\b",
            thing,
            re.IGNORECASE,
        ):
            return None
        return (f"{level}_not" if denied else level), bool(found["only"]), (f"{verb} {thing}{found['rest']}",), thing
    return None


def _of_user(text: str) -> "tuple[str, bool, tuple[str, ...], str] | None":
    """What the user does is what the model has or lets him do: `the user must provide a reason`, `the user cannot add a bag`."""
    for modal, level, denied in _users():
        found = modal.fullmatch(text)
        if found:
            who, act = found["who"].lower(), found["act"]
            verb = "let" if denied or level == "may" else "have"
            if re.search(r" (?:and|but) " if verb == "have" else r" (?:and|but|or) ", act):
                return None
            return (f"{level}_not" if denied else level), bool(found["only"]), (f"{verb} {who} {act}",), ""
    return None


@cache
def _users() -> "tuple[tuple[re.Pattern[str], str, bool], ...]":
    return tuple(
        (
            re.compile(
                rf"(?P<who>the (?:user|customer|caller|client|member|guest)) {modal} (?P<only>only )?(?P<act>[a-z]+\b.*)",
                re.IGNORECASE,
            ),
            level,
            denied,
        )
        for modal, level, denied in _MODALS
    )


def _outcome(act: str, tools: tuple[str, ...], *, denied: bool) -> Outcome | None:
    """An act as an outcome; None where it says more than one thing, or points elsewhere."""
    text = re.sub(rf"^{_SOFT}", "", act.strip(" ,.;!"), flags=re.IGNORECASE)
    said = _SAYS.fullmatch(text)
    if said:
        name = name_of(f"say {said['text']}")[:60].rstrip("_")
        text = f"{said['text'].strip(' .,!')}"
        return Outcome(name, f"outcome {name} {quoted('say so')} {{ mentions {quoted(text)} }}", ()) if name else None
    called = _TOOL.fullmatch(text) or (None if denied else _USES.fullmatch(text))
    tool = called["first"] if called else ""
    asked = _PLAIN.sub("", _INDIRECT.sub(r"\1\2", text))
    if _OWN.search(asked):
        asked = re.sub(r"\btheir\b", "", asked, flags=re.IGNORECASE)
    if text.startswith("have the "):
        asked = asked.replace(" or ", " ")
    if not tool and (_POINTS.search(asked) or _NESTED.search(asked)):
        return None
    name = name_of(text, act=True)
    short = not re.search(r" ", re.sub(r"^[a-z]+ly ", "", text))
    if not name or (short and not tool and name not in _ALONE):
        return None
    if tool:
        if "_" not in tool:
            return None
        return _use(tool)
    if name in tools and "_" in name:
        return _use(name)
    return Outcome(name, f"outcome {name} {quoted(text[0].lower() + text[1:])}", ())


def _use(tool: str) -> Outcome:
    """That a tool is called, be it named or said in its own words: `cancel the order` where there is `cancel_order`."""
    declared = f"outcome use_{tool} {quoted(f'call `{tool}`')} {{ calls {tool} }}"
    return Outcome(f"use_{tool}", declared, (Need(tool, f"tool {tool}() {{ silent }}"),))


@cache
def _modals() -> "tuple[tuple[re.Pattern[str], str, bool], ...]":
    return tuple(
        (
            re.compile(
                rf"{_WHO} {modal} (?P<only>only )?(?:ever )?{_SOFT}(?P<act>(?:[a-z]+ly )?{VERB}\b.*)", re.IGNORECASE
            ),
            level,
            denied,
        )
        for modal, level, denied in _MODALS
    )


@cache
def _passives() -> "tuple[tuple[re.Pattern[str], str, bool], ...]":
    return tuple(
        (
            re.compile(
                rf"(?P<thing>[a-z][\w' -]{{2,60}}?) {modal} (?P<only>only )?be (?P<act>[a-z]+)(?P<rest>(?: .*)?)",
                re.IGNORECASE,
            ),
            level,
            denied,
        )
        for modal, level, denied in _PASSIVE
    )
