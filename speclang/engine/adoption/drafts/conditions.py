"""What a condition says, in terms of givens.

In: the words after "if". Out: a condition of a spec with the givens that it needs, or None where a reader would have to know more than
the words. Invariant: a denial is read as one (`has no receipt` is `not user_has_receipt`), so what contradicts each other does so here.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....kit.english.persons import plain_form
from ..patterns import Need
from ..rows.conditions import condition
from ..written import quoted
from .amounts import compared
from .naming import name_of
from .sorts import Sort, in_terms

_ACTS = (
    "accepts|agrees|allows|appears|applies|approves|asks|attempts|becomes|belongs|buys|cancels|claims|comes|complains|confirms|"
    "contains|continues|contradicts|declines|demands|denies|describes|disagrees|exceeds|exists|expresses|fails|falls|finds|flies|gets|"
    "gives|goes|happens|holds|includes|indicates|insists|involves|keeps|knows|lacks|lies|lives|looks|makes|matches|meets|mentions|"
    "misses|needs|offers|orders|owns|pays|persists|points|prefers|proposes|provides|reaches|receives|refers|refuses|rejects|relates|"
    "remains|reports|represents|requests|requires|responds|returns|reveals|says|seeks|seems|sends|shares|shows|signals|sounds|speaks|"
    "specifies|states|stays|suggests|supplies|takes|tells|threatens|touches|tries|turns|types|upgrades|uses|violates|visits|wants|"
    "wishes|works|writes"
)
_AUX = r"is|are|was|were|has|have|had|can|cannot|could|will|would|does|do|did|(?:is|are|was|were|has|have|had|ca|wo|does|do|did|could)n't"
_CLAUSE = re.compile(
    rf"(?P<subject>[a-z][\w'/ -]*?) (?P<verb>{_AUX}|{_ACTS}|(?<=users )(?:ask|want|request|need|say|provide|have))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|there|such|one|ones|so|otherwise|following|above|below|here|same|he|she|you|your|"
    r"we|our|us|i|my|me|either|neither|else|other|others|another|rest|latter|former|then|again|next|previous|first|now|yet|still|"
    r"who|whom|whose|what|how|why|something|anything|things?|etc)\b",
    re.IGNORECASE,
)
"""Words with which a clause points at something outside of it, so that the same words elsewhere may say something else."""
_PLAIN = re.compile(
    r"\b(?:this (?:policy|prompt|conversation|chat|session)|these (?:instructions|rules|guidelines)|"
    r"your (?:actions|capabilities|scope|tools|available tools|knowledge|knowledge base|instructions|role|expertise|domain|policy)|"
    r"(?:any )?(?:other|another) (?:user|customer|person|people|account|patient|employee|client)s?)\b",
    re.IGNORECASE,
)
"""What looks like pointing elsewhere, and is the same thing in the whole prompt."""
_NESTED = re.compile(
    r"\b(?:if|when|whenever|unless|until|because|but|except|instead|although|though|should|must|might|shall|not)\b|[,;:()\[\]{}→=]",
    re.IGNORECASE,
)
"""What makes a clause two."""
_DENIED = re.compile(
    r"(?P<before>.* (?:is|are|was|were|has|have|had|can|could|will|would))(?:n't| not|not) (?P<after>.+)", re.IGNORECASE
)
_DOES_NOT = re.compile(r"(?P<before>.+?) (?P<aux>does|do|did)(?:n't| not) (?P<verb>[a-z]+)(?P<after>.*)", re.IGNORECASE)
_HAS_NO = re.compile(
    r"(?P<before>.+? (?:has|have|there is|there are)|there is|there are) no (?P<after>.+)", re.IGNORECASE
)
_JOINT = re.compile(r",? (and|or) ", re.IGNORECASE)
_CONTRACTED = {"can't": "can not", "cannot": "can not", "won't": "will not"}
_AT_LARGE = re.compile(
    r"\b(?:all|any|each|every|both|some|most|no|none|nothing|everything|nobody|everybody|everyone|someone)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:user|customer|caller|client|member|guest|patient|person)s?\b", re.IGNORECASE)
_LONGEST = 160


class Meaning(NamedTuple):
    """A condition as a spec writes it, the givens that it names, and its numbers, each with the hole that can stand for it."""

    text: str
    needs: tuple[Need, ...]
    holes: tuple[tuple[str, str], ...] = ()


def meaning(words: str, sorts: Sequence[Sort] = (), about: str = "") -> Meaning | None:
    """What `words` say; `about` is what "it" stands for."""
    text = words.strip(" ,.;:!")
    if len(text) > _LONGEST or not text.isascii():
        return None
    for short, long in _CONTRACTED.items():
        text = re.sub(rf"\b{re.escape(short)}(?!\w)", long, text, flags=re.IGNORECASE)
    text = _about(text, about)
    known = condition(text)
    if known is not None:
        return Meaning(known.name, (Need(known.name, known.declared),))
    pieces = _pieces(text)
    if pieces is None:
        return None
    joint, clauses = pieces
    parts = [_atom(one, sorts) for one in clauses]
    found = [one for one in parts if one is not None]
    if len(found) < len(parts):
        return None
    return Meaning(
        f" {joint} ".join(one.text for one in found),
        tuple(need for one in found for need in one.needs),
        tuple(hole for one in found for hole in one.holes),
    )


def _about(text: str, thing: str) -> str:
    """`text` with the thing that it starts to speak of as "it": `its status` is `the order's status`."""
    if not thing:
        return text
    text = re.sub(r"^its (?=\w)", f"{thing}'s ", text, flags=re.IGNORECASE)
    text = re.sub(r"^it (?=\w)", f"{thing} ", text, flags=re.IGNORECASE)
    return re.sub(r"(?<= for) (?:one|it)$", f" {thing}", text, flags=re.IGNORECASE)


def _pieces(text: str) -> tuple[str, tuple[str, ...]] | None:
    """`text` cut at "and" or "or" into clauses, each with its subject; None where both stand in it."""
    cut = _JOINT.split(text)
    clauses, joints = [cut[0]], set[str]()
    for at in range(1, len(cut), 2):
        whole = _whole(cut[at + 1], clauses[0])
        if whole:
            clauses.append(whole)
            joints.add(cut[at].lower())
        elif not _CLAUSE.fullmatch(clauses[-1]) or _CLAUSE.fullmatch(cut[at + 1]):
            return None
        else:
            clauses[-1] = f"{clauses[-1]} {cut[at]} {cut[at + 1]}"
    if len(joints) > 1:
        return None
    return (next(iter(joints)) if joints else "and"), tuple(clauses)


def _whole(piece: str, first: str) -> str:
    """`piece` as a clause of its own, with the subject of the `first` if it has none; "" where it is no clause."""
    begins = re.match(rf"(?:{_AUX}|{_ACTS})\b", piece, re.IGNORECASE)
    clause = _CLAUSE.fullmatch(first)
    if begins and clause:
        return f"{clause['subject']} {piece}"
    return (
        piece
        if re.match(r"(?:the|an?|any|all|each|every|no|their) ", piece, re.IGNORECASE) and _CLAUSE.fullmatch(piece)
        else ""
    )


def _atom(clause: str, sorts: Sequence[Sort]) -> Meaning | None:
    """One clause as a condition."""
    found = _CLAUSE.fullmatch(clause)
    if found is None or _points(found):
        return None
    sides = list(_sides(clause))
    if len(sides) != 1:
        return None
    affirmed, denied = sides[0]
    enumerated = in_terms(affirmed, sorts)
    if enumerated is not None:
        text, sort = enumerated
        return Meaning(f"not ({text})" if denied else text, (Need(sort.name, sort.declared),))
    number = compared(affirmed)
    if number is not None:
        return Meaning(f"not ({number.text})" if denied else number.text, number.needs, (number.hole,))
    if _NESTED.search(affirmed.replace("'", "").replace('"', "")):
        return None
    deny = "not " if denied else ""
    name = name_of(affirmed)
    if not name or (denied and _AT_LARGE.search(affirmed)):
        return None
    own = f"; negated {quoted(_lowered(clause))}" if denied and " no " in clause else ""
    usual = '; typical no; no ""' if not denied else "" if _PERSON.search(found["subject"]) else '; yes ""'
    declared = f"given {name} bool {{ name {quoted(_lowered(affirmed))}{own}; from user{usual} }}"
    return Meaning(f"{deny}{name}", (Need(name, declared),))


def _points(found: "re.Match[str]") -> bool:
    """Whether a clause speaks of something that its own words do not name."""
    theirs = bool(_PERSON.search(found["subject"]))
    rest = _PLAIN.sub("", found["rest"])
    rest = re.sub(r"\btheir\b", "", rest, flags=re.IGNORECASE) if theirs else rest
    subject = (
        ""
        if re.fullmatch("there", found["subject"], re.IGNORECASE) and found["verb"].lower() in ("is", "are")
        else found["subject"]
    )
    return bool(
        _POINTS.search(subject)
        or _POINTS.search(rest)
        or re.search(r"\btheir\b", f"{found['subject']}{rest}", re.IGNORECASE)
    )


def _sides(clause: str) -> Iterator[tuple[str, bool]]:
    """`clause` as it is affirmed, and whether it denies that."""
    text = re.sub(r"(?<=\w)n't\b", " not", clause)
    if does := _DOES_NOT.fullmatch(text):
        verb = does["verb"] if does["aux"].lower() == "do" else _third(does["verb"])
        if verb and does["aux"].lower() != "did":
            yield f"{does['before']} {verb}{does['after']}", True
        return
    if (denied := _DENIED.fullmatch(text)) or (denied := _HAS_NO.fullmatch(text)):
        if not re.search(r"\b(?:not|no)\b", f"{denied['before']} {denied['after']}", re.IGNORECASE):
            yield f"{denied['before']} {denied['after']}", True
        return
    if not re.search(r"\b(?:not|no|none|nothing|neither|nor|never)\b", text, re.IGNORECASE):
        yield text, False


def _third(verb: str) -> str:
    """`reports` for `report`; "" where that is not sure."""
    if verb.lower() in ("have", "do"):
        return {"have": "has", "do": "does"}[verb.lower()]
    made = (
        f"{verb[:-1]}ies"
        if re.search(r"[^aeiou]y$", verb)
        else f"{verb}es"
        if verb.endswith(("ch", "sh", "ss", "x", "o"))
        else f"{verb}s"
    )
    return made if plain_form(made) == verb else ""


def _lowered(clause: str) -> str:
    """`clause` as it stands inside of a sentence, about one of whom it speaks of."""
    text = clause[0].lower() + clause[1:] if clause[1:2].islower() or clause[1:2] == " " else clause
    return re.sub(r"^(?:an?) (?=user|customer|caller|client|member|guest|person)", "the ", text)
