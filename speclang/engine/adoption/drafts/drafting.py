"""Drafts of rules: what a sentence in free words says, with names and types that somebody has to look at.

In: a sentence and where it stands. Out: the fields of a `rule` with `status draft`, what they need declared, and what they leave open.
Invariant: every condition that the sentence stands below is in the rule, or there is none; the same words make the same given and
the same outcome wherever they stand, so that the analysis finds where two sentences meet.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..patterns import Typed, typed
from ..reading import plain, read
from ..setting import Setting
from .above import Above, Condition, above
from .conditions import Meaning, meaning
from .deeds import Deed, deed
from .sentences import Said, said
from .sorts import Sort, sorts

_PERSON = re.compile(r"\b(?:the |a |an )?(user|customer|caller|client|member|guest|patient|person)s?\b", re.IGNORECASE)
_BINDS = re.compile(r"always\b|(?:you|the \w+) (?:must|shall|have to|has to)\b", re.IGNORECASE)
"""How a sentence begins that holds always: a bare imperative may be a step."""
_BLOCK = re.compile(r"```|~~~|\A\s*\||<[a-z_]+>", re.IGNORECASE)
_NEITHER = "has no condition that stands in its own words"
_NO_DEED = "says what holds, not what is to be done, or points at another sentence for it"
_NO_CONDITION = "has a condition that its own words do not say"
_BELOW = "stands below what is no condition by its own words"


class Words(NamedTuple):
    """What a prompt says as a whole: its enumerations, and the names of what its sentences decide under a condition."""

    sorts: tuple[Sort, ...] = ()
    decided: frozenset[str] = frozenset()


ALONE = Words()
"""What is known of a sentence that stands for itself."""


def vocabulary(stated: Iterable[tuple[str, Setting]]) -> Words:
    """What the prompt says as a whole; `stated` are the words of its requirements, and where they stand."""
    held = tuple(stated)
    known = Words(sorts(text for text, _ in held))
    made = [drafted(text, setting, known) for text, setting in held]
    names = (
        need for one in made if isinstance(one, Typed) for need in one.needs if need.declared.startswith("outcome ")
    )
    return known._replace(decided=frozenset(need.name for need in names))


def drafted(sentence: str, setting: Setting, known: Words = ALONE) -> Typed | str:
    """The rule that says what `sentence` says, or why there is none, in words that follow its ID.

    What always holds becomes a rule only where another sentence decides about the same.
    """
    text = plain(sentence)
    around = above(setting, known.sorts)
    if around is None and deed(text, "", setting) is None and not any(said(text)):
        return _NEITHER
    if around is None:
        return f"{_BELOW}: `{' '.join(plain(setting.lead or setting.heading).split())[:60]}`"
    if _BLOCK.search(sentence):
        return _NEITHER
    why = _NEITHER
    for one in said(text):
        made = _rule(one, around, known.sorts, setting)
        if isinstance(made, Typed):
            return made
        why = made
    wished = _wished(text, setting) if why is _NEITHER else None
    if wished is not None:
        return wished
    if why is _NEITHER and (around.conditions or known.decided):
        act = deed(text, around.person, setting)
        alone = _typed(act.level, act, around, None, ()) if act is not None and not act.only else None
        if alone is not None and act is not None and _matters(alone, act, around, known, text):
            return alone
    return why


def _wished(text: str, setting: Setting) -> Typed | None:
    """What should or should not be, in the form of what must or must not be: as a draft it is reported and gates nothing."""
    reading = read(text, setting.names)
    if reading.level != "should" or reading.of_answer:
        return None
    made = next(typed(f"{'Never ' if reading.denied else 'You must '}{reading.rest}", setting), None)
    return None if made is None else made._replace(fields=f"{made.fields}; status draft", draft=True)


def _matters(alone: Typed, act: Deed, around: Above, known: Words, text: str) -> bool:
    """Whether a deed without a condition of its own has one above, or binds always and is what another sentence decides about."""
    if around.conditions:
        return alone.fields.startswith("when ")
    if not act.denied and not _BINDS.match(text):
        return False
    return all(one.name in known.decided for one in act.outcomes)


def _rule(one: Said, around: Above, known: Sequence[Sort], setting: Setting) -> Typed | str:
    """The rule of a sentence in two."""
    person = _PERSON.search(one.condition)
    act = deed(one.deed, f"the {person[1].lower()}" if person else "", setting)
    if act is None:
        return _NO_DEED
    condition = meaning(one.condition, known, act.about if one.back else "")
    only = one.only or act.only
    stated = condition is not None and (not one.sort or " is " in condition.text)
    if condition is None or not stated or (only and (act.denied or one.word != "when")):
        return _NO_CONDITION
    if not only:
        return _typed(act.level, act, around, (one.word, condition), one.rest)
    level = "should_not" if act.level == "should" else "must_not"
    return _typed(level, act, around, ("unless", condition), one.rest)


def _typed(level: str, act: Deed, around: Above, own: tuple[str, Meaning] | None, rest: tuple[str, ...]) -> Typed:
    """The fields: `unless not a` is `when a`."""
    verbs = {one.name.partition("_")[0] for one in act.outcomes}
    when = [one for one in around.conditions if one.wish not in verbs or not one.wish]
    unless: Meaning | None = None
    if own and own[0] == "unless":
        affirmed = own[1].text.removeprefix("not ")
        if affirmed != own[1].text and affirmed.isidentifier():
            when.append(Condition(affirmed, own[1].needs))
        else:
            unless = own[1]
    elif own:
        when.append(Condition(own[1].text, own[1].needs))
    texts = dict.fromkeys(f"({one.text})" if " or " in one.text and len(when) > 1 else one.text for one in when)
    fields = (
        f"when {' and '.join(texts)}" if texts else "",
        f"unless {unless.text}" if unless else "",
        f"{level} {', '.join(one.name for one in act.outcomes)}",
        "status draft",
    )
    needs = (
        *(need for one in (*when, *((unless,) if unless else ())) for need in one.needs),
        *(need for one in act.outcomes for need in one.needs),
    )
    return Typed(
        "rule",
        "; ".join(one for one in fields if one),
        rest,
        tuple(dict.fromkeys(needs)),
        draft=True,
        holes=own[1].holes if own else (),
    )
