"""Words about words: what the heads and fields of the language mean, for hovers and completions, and Markdown that is safe.

In: a head, a field. Out: one sentence and an example. What kinds say of themselves is read from them.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ...bind.fields import COMMON, Kinds
from ...bind.readers import READERS
from ...kit import registry


class Word(NamedTuple):
    """What a word of the language means, and how it is written."""

    about: str
    example: str


TOP: Mapping[str, Word] = {
    "use": Word("Takes the shared declarations and policies of another file.", 'use "policies/brand.spec"'),
    "feature": Word("One AI feature: one prompt, one set of cases.", 'feature refunds "Refund assistant" {\n}'),
    "policy": Word("Requirements that several features include.", 'policy brand(name: text) "Our voice" {\n}'),
}
"""What stands at the top of a file only."""

DECLARATIONS: Mapping[str, Word] = {
    "type": Word("Names a type.", "type Tier = standard | gold"),
    "given": Word("A value that the outcome may depend on.", 'given age days 0 .. 365 { name "the age"; from user }'),
    "tool": Word("Something that the model may call.", 'tool lookup(id: text) { about "Looks it up." }'),
    "outcome": Word(
        "What the system is to do, so that a grader can see it.", 'outcome approve "approve it" { calls pay }'
    ),
    "exclusive": Word("Outcomes of which at most one may happen.", "exclusive approve, decline"),
    "ask": Word("What a user may say first; it opens cases.", 'ask "Where is my order {order_id}?"'),
    "term": Word("A word of the feature, defined for the prompt.", 'term "order" means "what was bought at once"'),
    "stress": Word(
        "What the cases are tried with beside the words of their author.",
        "stress everyday {\n  register casual, formal\n  typos    0% .. 20%\n}",
    ),
    "paraphrase": Word(
        "What says at a level of `stress` what another text says, where no rule can.",
        'paraphrase es "Where is it?" as "¿Dónde está?"',
    ),
}
"""What stands at the top of a file, in a feature or in a policy."""

MEMBERS: Mapping[str, Word] = {
    "include": Word("Makes a policy's requirements part of this block.", "include brand"),
    "drop": Word("Leaves out a requirement of an included policy, with a reason.", 'drop BRAND-3 { because "…" }'),
    "owner": Word("Who answers for it.", "owner payments"),
}
"""What stands in a feature or a policy."""

OF_FEATURE: Mapping[str, Word] = {
    "role": Word("Who the model is, in the words of the prompt.", 'role "You are the refund assistant."'),
    "total": Word("Some requirement must decide every input.", "total"),
    "variables": Word("How the prompt shows what only the caller knows.", "variables jinja"),
    "fallback": Word(
        "What is done where the model or a tool fails, and what holds even then.",
        'fallback outage { when model fails; tier "canned" say "We will write to you." }',
    ),
}
"""What stands in a feature only."""

FIELDS: Mapping[str, Mapping[str, Word]] = {
    "given": {
        "name": Word("What it is called in sentences; of a `bool`, a whole clause.", 'name "the order total"'),
        "negated": Word("The clause of a `bool`, denied.", 'negated "the customer has no receipt"'),
        "means": Word("What a value means, as a clause.", 'means cancel "the customer wants to cancel"'),
        "from": Word("Who knows it: `user`, `context`, or a result of a tool.", "from user"),
        "yes": Word("What the user says where it holds.", 'yes "I have it."'),
        "no": Word("What the user says where it does not.", 'no "I lost it."'),
        "say": Word("How the user says the value.", 'say "It is {age} old."'),
        "typical": Word("The value that a case takes if nothing asks for another.", "typical 12 days"),
    },
    "tool": {
        "about": Word("What it does, as the model reads it.", 'about "Looks up one order."'),
        "returns": Word("What it returns.", "returns { total: money(USD) }"),
        "fails": Word("How it can fail.", "fails timeout, not_found"),
        "limit": Word("Where the harness, or a layer that is named, cuts a result.", "limit 8 KiB, 2 KiB by gateway"),
        "needs": Word("How much of a result has to reach the model.", "needs 1 KiB"),
        "writes": Word("It changes something: a confirmation may be required.", "writes"),
        "silent": Word("It adds nothing to the prompt.", "silent"),
        "ensures": Word("What every result keeps to; `specc probe` looks.", "ensures sorted(orders, by: placed)"),
        "example": Word("A call, and what it gives.", 'example look(id: "A1") returns { total: 40 USD }'),
        "rate": Word("How often a condition holds on a class of calls.", 'rate spam <= 5% on "calls/ham.jsonl"'),
        "version": Word("The version of the tool that the spec speaks of.", 'version "4.2"'),
        "fresh": Word("For how long a recording is good.", "fresh 30 days"),
    },
    "outcome": {
        "calls": Word("A tool is called, with these arguments.", "calls issue_refund(amount: total)"),
        "avoids": Word("A tool is not called.", "avoids issue_refund"),
        "mentions": Word("The answer holds this text.", 'mentions "30 days"'),
        "omits": Word("The answer does not hold this text.", 'omits "error"'),
    },
    "term": {"avoid": Word("Words that are not to be used for it.", 'avoid "purchase"')},
    "stress": {
        "register": Word("How messages are put.", "register casual, formal"),
        "length": Word("How long messages are; a number is that of words.", "length fragment, essay, 100"),
        "language": Word("In which language; each text is a `paraphrase`.", "language es, hi"),
        "politeness": Word("How messages treat their reader.", "politeness rude, effusive"),
        "format": Word("In what form messages arrive.", "format code, pasted_table"),
        "typos": Word("Of how many words the letters are not in order.", "typos 0% .. 20%"),
        "least": Word("The share of answers at each level that has to meet all that gates.", "least 90%"),
        "seeds": Word("How many cases of each requirement are varied; 3 if it is left out.", "seeds 5"),
        "seed": Word("Another number makes other texts.", "seed 7"),
    },
    "paraphrase": {"draft": Word("Nobody has read it yet: it is not used.", "draft")},
    "drop": {"because": Word("Why it is left out.", 'because "Agreed with legal"')},
    "fallback": {
        "when": Word("Of which failures it takes care.", "when model fails timeout | server_error"),
        "tier": Word("What is done instead; tiers are tried in their order.", 'tier "backup" target backup after 2 s'),
        "must_hold": Word("What has to hold in every tier.", "must_hold all"),
        "drill": Word("How long a drill may be past.", "drill every 7 days"),
        "at_most": Word("How many answers may come from a tier.", "at_most 5%"),
    },
}
"""The fields of declarations."""

EVERY: Mapping[str, str] = {
    "when": "The condition under which it holds; without one, it always does.",
    "unless": "A condition under which it does not hold.",
    "over": "The requirements that it beats where both apply.",
    "replaces": "The requirements of included policies in whose place it stands.",
    "was": "The IDs that it had before.",
    "default": "It decides where nothing else does.",
    "phrase": "Its clause in the prompt, word for word; `{age.limit}` shows a bound of the condition.",
    "because": "Why it is required.",
    "owner": "Who answers for it.",
    "tags": "Words to find it by.",
    "since": "Since when it is so.",
    "holds": "How often it must hold: each of its cases is run so many times, and so many, or such a share, have to pass.",
    "known_to_fail": "It, or the case that is named, is known to fail: until that day a failure fails nothing.",
    "status": "`draft` is reported and never gates, `active` gates, `retired` only keeps the ID from being used again.",
}
"""The fields that every requirement has."""

LEVELS: Mapping[str, str] = {
    "must": "Has to hold; a failure blocks.",
    "must_not": "Must not hold; a failure blocks.",
    "should": "Should hold; reported against a threshold.",
    "should_not": "Should not hold; reported against a threshold.",
    "may": "Is allowed; said in the prompt and not graded.",
}
"""How binding each level is."""


def of_field(kind: str, field: str, kinds: Kinds) -> Word | None:
    """What a field of a requirement means."""
    shape = kinds.shape(kind)
    own = shape.fields.get(field) if shape is not None else None
    if own is not None:
        about = own.about or _described(kind, kinds.foreign).get(field, "")
        said = " ".join(one for one in (about, LEVELS.get(field, "")) if one)
        return Word(said, READERS[own.reader].example.format(field))
    if field in EVERY:
        return Word(EVERY[field], READERS[COMMON[field][0]].example.format(field))
    return None


@cache
def _described(kind: str, foreign: tuple[str, ...]) -> Mapping[str, str]:
    """What a kind says of its fields."""
    said = registry.describe(kind, foreign) or ""
    return {found[1]: found[2] for found in _FIELD.finditer(said)}


def meaning(head: str) -> Word | None:
    """What a head of the language means, outside of requirements."""
    for table in (TOP, DECLARATIONS, MEMBERS, OF_FEATURE):
        if head in table:
            return table[head]
    return None


_FIELD = re.compile(r"^- `(\w+)` \([^\n]*?\): ([^\n]+)$", re.MULTILINE)
_TICKS = re.compile("`+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def fenced(text: str, language: str = "spec") -> str:
    """`text` as a block of code, whatever it holds."""
    longest = max((len(one[0]) for one in _TICKS.finditer(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def plain(text: str) -> str:
    """`text` as Markdown that shows its very characters, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
