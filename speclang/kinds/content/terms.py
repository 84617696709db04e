"""The terms of a content requirement: what each asks for, and what is wrong about those that can't be read."""

from collections.abc import Iterable

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...kit.checks.saying import normal
from ...kit.making import slug_of
from ...kit.schema import Term
from ...model.requirement import Level, Requirement
from ...model.text import Slot, Text
from ...source.records import dataclass
from ...source.suggest import certain, nearest
from ...values import types

UNKNOWN_TERM = Code("content/unknown-term", "Unknown term of a content requirement")
BAD_TERM = Code("content/bad-term", "Term of a content requirement in the wrong shape")

SHAPES = {
    "mention": 'mention "…", "…"',
    "one_of": 'one_of "…" | "…"',
    "cite": 'cite "…"',
    "match": 'match "a ticket number such as TKT-1234" /TKT-[0-9]{4}/',
}
"""Each term, and how it is written."""

DENIED = (Level.MUST_NOT, Level.SHOULD_NOT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to say or not to say: `texts` as they stand in the prompt, `pattern` where that is what is looked for."""

    level: Level
    name: str
    texts: tuple[Text, ...]
    pattern: str
    term: Term

    @property
    def slug(self) -> str:
        """The last part of the grader's ID."""
        lead = {"mention": "mentions", "one_of": "one-of", "cite": "cites", "match": "matches"}[self.name]
        short = slug_of(" ".join(text.plain for text in self.texts))
        return f"never-{short}" if self.level in DENIED else f"{lead}-{short}"

    @property
    def open(self) -> bool:
        """Whether its words have holes, which only a case can fill."""
        return any(isinstance(piece, Slot) for text in self.texts for piece in text.pieces)


def read(
    requirement: Requirement, terms: Iterable[tuple[Level, Term]]
) -> tuple[tuple[Wanted, ...], tuple[Diagnostic, ...]]:
    """What `terms` ask for, and findings about those that can't be read."""
    asked: dict[str, Wanted] = {}
    found: list[Diagnostic] = []
    for level, term in terms:
        texts = tuple(value.text for value in term.values if value.text is not None)
        patterns = tuple(str(v.value) for v in term.values if v.text is None and isinstance(v.type, types.Text))
        if term.name not in SHAPES:
            found.append(_unknown(requirement, term))
            continue
        wrong = _misread(level, term, texts, patterns)
        if wrong:
            found.append(_bad(requirement, term, wrong))
            continue
        each = [(text,) for text in texts] if term.name in ("mention", "cite") else [texts]
        for some in each:
            one = Wanted(level, term.name, some, patterns[0] if patterns else "", term)
            asked.setdefault(one.slug, one)
    return tuple(asked.values()), tuple(found)


def _misread(level: Level, term: Term, texts: tuple[Text, ...], patterns: tuple[str, ...]) -> str:
    """What is wrong about a term, or ""."""
    if term.op or len(texts) + len(patterns) != len(term.values):
        return "takes texts in quotes"
    if level in DENIED and term.name in ("cite", "one_of"):
        return f"`{level.value}` can't be said of `{term.name}`; use `mention`"
    if any(not normal(text.plain) for text in texts):
        return "has no words to look for"
    if term.name != "match":
        return "a pattern belongs to `match`" if patterns else "" if texts else "takes texts in quotes"
    if len(texts) != 1 or len(patterns) != 1:
        return "takes the words for the prompt and one pattern"
    from ...kit.checks.regex import compiled

    program = compiled(patterns[0])
    return f"the pattern can't be read: {program}" if isinstance(program, str) else ""


def _unknown(requirement: Requirement, term: Term) -> Diagnostic:
    near = nearest(term.name, SHAPES)
    return Diagnostic(
        code=UNKNOWN_TERM,
        title=f"`content` has no term `{term.name}`",
        primary=Label(term.name_span, f"`{near}` has a similar name" if near else "not a term of `content`"),
        notes=() if near else ("terms are " + ", ".join(f"`{name}`" for name in SHAPES),),
        fix=Fix(f"write `{near}`", (Edit(term.name_span, near),), safe=certain(term.name, SHAPES)) if near else None,
        requirement=requirement.id,
    )


def _bad(requirement: Requirement, term: Term, wrong: str) -> Diagnostic:
    return Diagnostic(
        code=BAD_TERM,
        title=f"`{term.name}` can't be read",
        primary=Label(term.span, wrong),
        fix=Fix(f"write it as `{SHAPES[term.name]}`"),
        requirement=requirement.id,
    )
