"""Rows about when something holds: what the user asks for, says or feels, or leaves open.

In: a sentence with one condition. Out: the condition as a given, with what a user says who brings it about, and the sentence without it.
Invariant: a condition is one about the user's message, which a case can bring about and a reader can tell from it.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ....source.records import dataclass
from ..reading import Reading
from ..written import quoted
from .forms import NEAR, expanded

_FIRST = re.compile(
    r"(?:also,? )?(?:if|when|whenever) (?P<when>[^,:→]{3,160}(?:\([^)]{0,160}\))?)\s*[,:→]\s*(?:then )?(?P<deed>\S.*)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?P<deed>[^,→]{3,200}?),? (?P<word>if|when|whenever|unless|except when|except if) (?P<when>[^,:;→]{3,160})",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"(?:you (?:must |should )?)?only (?P<deed>[^,→]{3,120}?) (?:if|when) (?P<when>[^,:;→]{3,160})", re.IGNORECASE
)
_LED = re.compile(r"(?:if|when|whenever) (?P<when>[^:→]{3,160}): (?P<deed>\S.*)", re.IGNORECASE)
_ARROW = re.compile(r"(?P<when>[^→]{3,160}?) ?(?:→|->|=>) ?(?P<deed>\S.*)")
_EXAMPLES = re.compile(
    r"\s*\((?:e[.]g[.],?|for example,?|such as|like)[:,]? (?P<said>\"[^\"]{2,120}\")[^)]*\)", re.IGNORECASE
)
_WORDS = re.compile(r"[a-z0-9]+")
_ARTICLES = frozenset(
    "a an the any is are has have user users customer customers that you it explicitly specifically directly".split()
)
_JOINTS = frozenset("about and at by for from in of on or to with".split())
_LONGEST = 6
"""How many words of a condition its name has."""


_CROSS = "(?:angry|upset|frustrated|rude|hostile|abusive|annoyed)"
_WHO = "(?:the |a )?(?:<USER>s?|someone|somebody|anyone)"


class Condition(NamedTuple):
    """`name` and `means` are the given's, `says` is how a user brings it about."""

    name: str
    means: str
    says: str

    @property
    def asks(self) -> str:
        """What is asked for: `cancel an order` of a user who asks to cancel an order."""
        found = re.search(r"\b(?:about|for|to) (.+)", self.means)
        return found[1] if found else self.means

    @property
    def declared(self) -> str:
        """The given as a spec declares it. Of a user who does not bring it about nothing is heard."""
        return f'given {self.name} bool {{ name {quoted(self.means)}; from user; typical no; yes {quoted(self.says)}; no "" }}'


class Conditional(NamedTuple):
    """A sentence in two: `word` is `when` or `unless`, `deed` is what holds then or otherwise.

    Without a condition it is the user's wish for what is denied.
    """

    word: str
    condition: Condition | None
    deed: str


@dataclass(frozen=True, slots=True)
class _Row:
    """`form` has to fit the condition; `said` makes what a user says, "" where nobody can tell.

    `name` and `means` are made of the words if none is given.
    """

    form: str
    said: Callable[["re.Match[str]"], str]
    name: str = ""
    means: str = ""
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


def _asked(found: "re.Match[str]") -> str:
    """What a user says who asks for something, or to do it; "" where the words point at something else."""
    what = found["what"].strip()
    if re.search(
        r"\b(?:you|your|they|their|them|it|its|this|that|these|those|something|anything|more|otherwise|one|ones|so|times|another)\b",
        what,
        re.IGNORECASE,
    ):
        return ""
    kind, _, rest = what.partition(" ")
    match kind.lower():
        case "for":
            return f"I would like {rest}, please."
        case "about":
            return f"What can you tell me about {rest}?"
        case _:
            return f"Please {rest}."


ROWS: tuple[_Row, ...] = (
    _Row(
        form=(
            "(?:(?:the |a |any )?(?:<USER>'s )?(?:requests?|questions?|quer(?:y|ies)|tasks?|messages?|inputs?|"
            "instructions?|intent|prompt|anything|something|"
            "requirements?|what the <USER> wants|what is asked)(?: or [a-z]+)? (?:is|are|seems?|remains?) (?:too "
            "|very |still )?(?:ambiguous|unclear|vague|underspecified|"
            "not clear|incomplete)(?: or (?:ambiguous|unclear|vague|underspecified|incomplete|lacks? (?:detail|"
            "details|information)))?"
            r"|clarification is (?:needed|required)|you (?:need|require) (?:more information|clarification|more details)"
            "|you(?: are|'re) (?:unsure|uncertain|not sure)(?: (?:about )?what the <USER> (?:wants|means|needs|"
            "is asking(?: for)?))?"
            r"|(?:any )?ambiguity(?: or [a-z /-]{1,60})?)"
        ),
        said=lambda _: "Please take care of it.",
        name="request_is_unclear",
        means="the request is unclear",
        good=("the request is ambiguous", "anything is unclear", "clarification is needed"),
        bad=("the file is unclear", "the requirements are met"),
    ),
    _Row(
        form=(
            "(?:the |a |any |an )?(?:[a-z-]+ ){0,3}(?:name|number|e-?mail|e-?mail address|address|date|details?|"
            "information|id|location|size|quantity|budget)s? "
            r"(?:is|are|was|were) (?:missing|unclear|incomplete|not (?:provided|given|specified|clear|known|stated|included))"
        ),
        said=lambda _: "Please take care of it.",
        good=("the account number is missing", "required information is not provided"),
        bad=("the file is missing",),
    ),
    _Row(
        form=rf"{_WHO} (?:is |gets |seems |becomes |appears )(?:very |really )?{_CROSS}(?: or {_CROSS})?",
        said=lambda _: "This is outrageous! Nothing works and I am really angry!",
        name="user_is_angry",
        means="the user is angry",
        good=("the user is angry", "a customer seems upset or rude"),
        bad=("the tool is angry",),
    ),
    _Row(
        form=rf"{_WHO} (?:greets? you|says? (?:hello|hi)|opens? with a greeting)",
        said=lambda _: "Hello!",
        name="user_greets",
        means="the user greets you",
        good=("the user greets you",),
        bad=("you greet the user",),
    ),
    _Row(
        form=(
            rf"{_WHO} (?:just )?(?:says?|writes?|types?|sends?|repl(?:y|ies) with|responds? with)(?: something like)? "
            r"(?P<text>\"[^\"]{1,80}\")(?:(?:, or |, | or )\"[^\"]{1,80}\")*"
        ),
        said=lambda found: found["text"].strip('"'),
        good=('the user says "go ahead"',),
        bad=("the user says no",),
    ),
    _Row(
        form=(
            "(?:(?:the |a )?(?:<USER>|someone|somebody|anyone|<USER>s) (?:has |have )?(?:explicitly |specifically "
            "|directly )?(?:asks?|asked|inquires?|requests?|requested|wants?)"
            "|(?:you are |you're )?(?:explicitly |specifically |directly )?asked)(?: you)? (?P<what>(?:for|about|"
            r"to) [a-z][\w' -]{1,60})"
        ),
        said=_asked,
        good=("the user asks for a person", "asked about prices", "a user asks to cancel an order"),
        bad=("the user asks for it", "the user asks what this is", "the tool asks for a name"),
    ),
)
_MORE = re.compile(
    (
        r"\b(?:detail\w*|long\w*|steps?|background|everything|list\w*|compar\w*|code|language\w*|writ\w+|speak\w*|"
        r"answer\w*|repl\w+|respon\w+|more|further|elaborat\w*|explain\w*|explanation|verbose|depth|full)\b"
    ),
    re.IGNORECASE,
)
"""What cases tempt with to break a limit, so that it can't be the exception as well."""
_INSISTS = (
    "(?:(?:the |a )?<USER>s? (?:has |have )?(?:explicitly |specifically |directly )*(?:asks?|asked|requests?|"
    "requested|wants?|instructs?|says?|directs?|tells?)"
    r"(?: you)?(?: (?:for |to use |to do )?(?:it|them|so|this|that|emojis|otherwise))?(?: to)?"
    "|(?:explicitly |specifically |directly )*(?:asked|requested|instructed|told)(?: (?:for|to(?: do "
    "so)?|by the <USER>|to by the <USER>))?)"
)
"""A user who wants the very thing that is not done otherwise."""


def conditionals(text: str) -> Iterator[Conditional]:
    """Ways to read `text` as something that holds under one condition."""
    text = text.rstrip(" .!;")
    example = _EXAMPLES.search(text)
    core = text[: example.start()] + text[example.end() :] if example else text
    said = example["said"].strip('"') if example else ""
    only = _ONLY.fullmatch(core)
    if only:
        yield from _insisted(only["when"], f"Never {only['deed']}")
    for form in (_FIRST, _LED, _ARROW):
        found = form.fullmatch(core)
        known = condition(found["when"], said) if found else None
        if found and known:
            yield Conditional("when", known, found["deed"])
    last = _LAST.fullmatch(core)
    if last and last["word"].lower().startswith(("unless", "except")):
        yield from _insisted(last["when"], last["deed"])
        known = None if _MORE.search(last["when"]) else condition(last["when"], said)
        if known:
            yield Conditional("unless", known, last["deed"])
    elif last:
        known = condition(last["when"], said)
        if known:
            yield Conditional("when", known, last["deed"])


def _insisted(when: str, deed: str) -> Iterator[Conditional]:
    """What is not done, unless a user wants it."""
    if expanded(_INSISTS).fullmatch(when):
        yield Conditional("unless", None, deed)


def refusal(condition: Condition) -> str:
    """The fields of a boundary for what a user asks for."""
    return f"refuse {quoted(condition.asks)} like {quoted(condition.says)}; {NEAR}"


_USER = expanded("(?:the |a )?<USER>s? ")


def wanted(reading: Reading) -> Condition | None:
    """What is denied, as something that a user may want nevertheless."""
    if not reading.denied or reading.of_answer:
        return None
    name = "_".join(_WORDS.findall(reading.rest.lower())[:_LONGEST])
    return Condition(f"user_wants_to_{name}", f"the user asks you to {reading.rest}", f"Please {reading.rest}.")


def condition(when: str, said: str = "") -> Condition | None:
    """The condition as a given; `said` is an example of the prompt, if it has one."""
    when = when.strip()
    for row in ROWS:
        found = expanded(row.form).fullmatch(when)
        says = (said or row.said(found)) if found else ""
        if says:
            return Condition(row.name or _named(_means(when)), row.means or _means(when), says)
    if said and _USER.match(when):
        return Condition(_named(_means(when)), _means(when), said)
    return None


def _named(words: str) -> str:
    """The first words that tell something, as a name."""
    kept = [word for word in _WORDS.findall(words.lower()) if word not in _ARTICLES]
    first = kept[:_LONGEST]
    while len(first) > 1 and first[-1] in _JOINTS:
        first.pop()
    return "_".join(("user", *first))


def _means(when: str) -> str:
    """The condition as a clause: `asked about prices` is what the user asks about."""
    text = re.sub(
        r"^(?:you are |you're )?(?:explicitly |specifically |directly )?asked\b",
        "the user asks",
        when,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        r"^(?:a |the )?(user|customer|person|human|client|caller|guest|member|visitor)s?\b",
        r"the \1",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(r"^the (\w+) (ask|request|want|say|write)\b", r"the \1 \2s", text)
