"""Specs as people write them, and what people do to the files that are built of them: both shrink to something small.

A spec is one format and whatever else was drawn; an edit is a place and a deed, so that the smallest is about the first word.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

PROMPT, CASES = "generated/made/prompt.md", "generated/made/cases.yaml"

NOUNS = ("refund", "parcel", "invoice", "voucher", "booking")
VERBS = ("approve", "decline", "check", "send", "cancel")
WORDS = (
    "never",
    "customer",
    "45",
    "7 days",
    'say "so"',
    "a {b} c",
    "back\\slash",
    "naïve",
    "日本",
    "must",
    "politely",
    "two",
    "%",
)

PLACES = st.integers(0, 4_000)
"""Which word, number or line: taken modulo how many there are."""


@dataclass(frozen=True)
class Desk:
    """What is drawn of a spec: its words and numbers, and which members it has, in their order."""

    noun: str
    verbs: tuple[str, str]
    bound: int
    words: int
    members: tuple[str, ...]

    def __repr__(self) -> str:
        """The spec, as somebody who looks for a fault has to see it."""
        return f"Desk of\n{self.text}"

    @property
    def text(self) -> str:
        """The whole file: the drawn feature, one that nobody edits, and a policy where it is included."""
        policy = [] if "policy" not in self.members else [self._policy()]
        lines = [line for name in self.members for line in self._member(name)]
        head = [line for name in NEEDS if name in self.members for line in self._declared(name)]
        return "\n".join(
            [
                *policy,
                f'feature made "The {self.noun} desk" {{',
                f'  role "You are the {self.noun} desk of a shop."',
                *head,
                f'  ask "It is about my {self.noun}."',
                f'  FMT-1 format "Short"  {{ must words <= {self.words} }}',
                *lines,
                "}",
                'feature other "Another desk" {',
                '  role "You are another desk."',
                '  ask "Hello."',
                f'  OTH-1 format "Short" {{ must words <= {self.words} }}',
                "}\n",
            ]
        )

    def _policy(self) -> str:
        return f"""\
policy house(name: text, hours: int) "House rules" {{
  HSE-1 prose "Voice" {{ text "Speak as a colleague at {{name}} does, within {{hours}} hours." }}
  HSE-2 format "Calm" {{ must forbidden "{self.noun}!" }}
}}"""

    def _declared(self, name: str) -> list[str]:
        verb, other = self.verbs
        match name:
            case "decided":
                return [
                    f'  given age  days 0 .. {self.bound + 40} {{ name "the age of the {self.noun}"; from user }}',
                    f'  outcome {verb}  "{verb} the {self.noun}" {{ mentions "{verb}d" }}',
                    f'  outcome {other} "{other} it and name the {self.bound} days" {{ mentions "{other} it" }}',
                    f"  exclusive {verb}, {other}",
                ]
            case "seen":
                return [
                    f'  given seen bool {{ name "the customer has seen the {self.noun}"; typical no; from user }}',
                ]
            case "dear":
                return [
                    f'  tool find(order: text) {{ about "Finds a {self.noun}."; returns {{ cost: money(USD) }} }}',
                    '  given cost money(USD) 0 .. 2_000 { name "the cost"; from find.cost }',
                ]
            case "policy":
                return ['  include house(name: "Acme", hours: 24)']
            case _:
                return []

    def _member(self, name: str) -> list[str]:
        noun, (verb, other), bound = self.noun, self.verbs, self.bound
        match name:
            case "decided":
                return [
                    f'  REF-1 rule "In time"  {{ when age <= {bound} days; must {verb} }}',
                    f'  REF-2 rule "Too late" {{ when age > {bound} days; must {other} }}   # the other side',
                ]
            case "dear":
                return [f'  REF-3 rule "Dear"     {{ when cost > {self.words * 5} USD; must mentions "dear" }}']
            case "seen":
                hush = f'phrase "If they saw the {noun} and it is not older than {{age.limit}}, hush."'
                return [
                    f'  REF-4 rule "Seen" {{ when seen and age <= {bound + 1} days; must_not mentions "{noun} seen"; {hush} }}'
                ]
            case "prose":
                return [f'  PRO-1 prose "Voice" {{ text "Write as a helpful {noun} clerk would." }}']
            case "format":
                return ['  FMT-2 format "Open" { must starts "Hello", forbidden "never mind" }']
            case "content":
                return [f'  CON-1 content "Named" {{ must mention "{noun}"; must_not mention "{noun}ing" }}']
            case "boundary":
                law = f'refuse "advice about the {noun}" like "Is my {noun} legal?"; answer "our {noun}" like "Where is my {noun}?"'
                return [f'  LAW-1 boundary "No advice" {{ {law} }}']
            case "example":
                return [
                    f'  EX-1 example "A {noun}" {{ holdout; user "My {noun}!"; given age {bound} days; expect {verb} }}'
                ]
            case _:
                return []


NEEDS: Mapping[str, tuple[str, ...]] = {
    "decided": (),
    "seen": ("decided",),
    "dear": (),
    "policy": (),
    "prose": (),
    "format": (),
    "content": (),
    "boundary": (),
    "example": ("decided",),
}
"""The members that a spec may have, with those that they need."""


def _complete(names: Sequence[str]) -> tuple[str, ...]:
    """`names` with what they need before them, each once."""
    whole = [one for name in names for one in (*NEEDS[name], name)]
    return tuple(dict.fromkeys(whole))


def desks() -> st.SearchStrategy[Desk]:
    """Specs: the smallest has one format; most have a handful of requirements of several kinds."""
    return st.builds(
        Desk,
        noun=st.sampled_from(NOUNS),
        verbs=st.permutations(VERBS).map(lambda some: (some[0], some[1])),
        bound=st.integers(3, 34),
        words=st.sampled_from((30, 60, 120, 180)),
        members=st.lists(st.sampled_from(sorted(NEEDS)), unique=True, max_size=7).map(_complete),
    )


@dataclass(frozen=True)
class Hand:
    """One thing that somebody does to a file: `deed` at the place numbered `at`, with another place or number `by`, and a `word`."""

    file: str
    deed: str
    at: int
    by: int = 0
    word: str = ""

    def __call__(self, text: str) -> str:
        """`text` after it."""
        match self.deed:
            case "replace word" | "remove word" | "add word":
                return self._word(text)
            case "change number":
                return self._number(text)
            case "add case":
                return self._case(text)
            case _:
                return self._line(text)

    def _word(self, text: str) -> str:
        every = list(re.finditer(r"[^\s`]+", text))
        found = every[self.at % len(every)]
        new = {"replace word": self.word, "remove word": ""}.get(self.deed, f"{found[0]} {self.word}")
        return text[: found.start()] + new + text[found.end() :]

    def _number(self, text: str) -> str:
        every = list(re.finditer(r"(?<![\w.-])\d[\d,]*", text))
        if not every:
            return text
        found = every[self.at % len(every)]
        number = max(1, int(found[0].replace(",", "")) + self.by)
        return text[: found.start()] + f"{number:,}" + text[found.end() :]

    def _line(self, text: str) -> str:
        lines = text.splitlines(keepends=True)
        at, to = self.at % len(lines), self.by % len(lines)
        match self.deed:
            case "remove line":
                del lines[at]
            case "double line":
                lines.insert(to, lines[at])
            case "move line":
                lines.insert(to, lines.pop(at))
            case _:
                lines.insert(at, f"- Check the voucher {self.word}.\n")
        return "".join(lines)

    def _case(self, text: str) -> str:
        """A case at the end, as somebody would write it."""
        name = ("EX-7/mine", "MY-1/a", "case one")[self.by % 3]
        asked = ("expect: {}", "graders:\n    FMT-1/words: {}", "expect:\n    approve: [REF-1]")[self.by % 3]
        given = f"  given:\n    age: {self.at % 40} days\n" if "given:" in text else ""
        return f'{text}- case: {name}\n  requirement: FMT-1\n{given}  turns:\n  - user: "{_SAID[self.at % 3]}"\n  {asked}\n'


_SAID = ("Hello?", 'He said \\"now\\".', "Übermorgen {x}")


def _hands(file: str, deeds: Sequence[str]) -> st.SearchStrategy[Hand]:
    return st.builds(
        Hand,
        st.just(file),
        st.sampled_from(deeds),
        PLACES,
        st.sampled_from((1, 3, -1, -2, 900)),
        st.sampled_from(WORDS),
    )


_WORDS_OF_PROMPT = _hands(PROMPT, ("replace word", "remove word", "add word"))
_NUMBERS_OF_PROMPT = _hands(PROMPT, ("change number",))
_LINES_OF_PROMPT = st.builds(
    Hand,
    st.just(PROMPT),
    st.sampled_from(("add line", "remove line", "double line", "move line")),
    PLACES,
    PLACES,
    st.sampled_from(WORDS),
)
_OF_CASES = st.one_of(_hands(CASES, ("change number",)), _hands(CASES, ("add case",)))

HANDS = st.one_of(_WORDS_OF_PROMPT, _NUMBERS_OF_PROMPT, _LINES_OF_PROMPT, _WORDS_OF_PROMPT, _OF_CASES)
"""One edit: mostly of a prompt, as people make them."""

EDITS = st.one_of(st.tuples(HANDS), st.tuples(HANDS), st.tuples(HANDS), st.tuples(HANDS, HANDS))
"""What somebody does before they look: one edit, now and then two."""


def edited(files: Mapping[str, str], hands: Sequence[Hand]) -> dict[str, str]:
    """The files of `files` that are touched, after all of `hands`."""
    made: dict[str, str] = {}
    for one in hands:
        made[one.file] = one(made.get(one.file, files[one.file]))
    return made
