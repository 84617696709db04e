"""The wording of `format/…`."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...kit.schema import Term
from ...source.span import Span
from ...source.suggest import certain, nearest
from .constraint import Misread

UNKNOWN_TERM = Code("format/unknown-term", "Unknown term of a format requirement")
BAD_TERM = Code("format/bad-term", "Term of a format requirement in the wrong shape")
IMPOSSIBLE = Code("format/impossible", "Terms that no answer can meet")
NO_NEGATIVE = Code("format/no-negative", "Term that can't be denied")
NO_TERM = Code("format/no-term", "Format requirement that asks for nothing")

CODES = (UNKNOWN_TERM, BAD_TERM, IMPOSSIBLE, NO_NEGATIVE, NO_TERM)


_STEM = 4


def unknown_term(requirement: str, term: Term, known: Sequence[str], everyday: Sequence[str]) -> Diagnostic:
    """No instruction is called as the term is: the nearest name, those with a word like it, or the everyday ones."""
    near = nearest(term.name, known)
    stems = {word[:_STEM] for word in term.name.lower().split("_") if len(word) >= _STEM}
    alike = [name for name in known if stems & {word[:_STEM] for word in name.split("_")}]
    if alike:
        note = f"terms with a word like it are {_listed(alike)}"
    else:
        note = f"everyday terms are {_listed(everyday)}; {len(known) - len(everyday)} more say what benchmarks ask for"
    return Diagnostic(
        code=UNKNOWN_TERM,
        title=f"`format` has no term `{term.name}`",
        primary=Label(term.name_span, f"`{near}` has a similar name" if near else "not a term of `format`"),
        notes=() if near else (note,),
        fix=Fix(f"write `{near}`", (Edit(term.name_span, near),), safe=certain(term.name, known)) if near else None,
        requirement=requirement,
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def bad_term(requirement: str, term: Term, wrong: Misread, spelling: str) -> Diagnostic:
    """The term's operator or values are not what its instruction takes."""
    return Diagnostic(
        code=BAD_TERM,
        title=f"`{term.name}` can't be read",
        primary=Label(wrong.span, wrong.reason),
        fix=Fix(f"write it as `{spelling}`"),
        requirement=requirement,
    )


def no_negative(requirement: str, term: Term, level: str) -> Diagnostic:
    """The term stands under a level that denies, and its denial says nothing that could be checked."""
    return Diagnostic(
        code=NO_NEGATIVE,
        title=f"`{level}` can't deny `{term.name}`",
        primary=Label(term.span, "has no opposite that an answer could be checked for"),
        fix=Fix(f"say what is wanted instead, under `{level.removesuffix('_not')}`"),
        requirement=requirement,
    )


def impossible_bounds(requirement: str, of: str, low: tuple[int, Span], high: tuple[int, Span]) -> Diagnostic:
    """One term asks for more than another allows."""
    same = low[1] == high[1]
    return Diagnostic(
        code=IMPOSSIBLE,
        title=f"No answer can have `{of}` of at least {low[0]:,} and at most {high[0]:,}",
        primary=Label(high[1], f"at least {low[0]:,} and at most {high[0]:,}" if same else f"at most {high[0]:,}"),
        labels=() if same else (Label(low[1], f"at least {low[0]:,}"),),
        fix=Fix("raise the upper bound or lower the lower one"),
        requirement=requirement,
    )


def impossible_facts(requirement: str, property: str, one: tuple[str, Span], other: tuple[str, Span]) -> Diagnostic:
    """Two terms fix the same property of the answer differently."""
    return Diagnostic(
        code=IMPOSSIBLE,
        title=f"No answer can meet both terms about its {property}",
        primary=Label(other[1], f"asks for `{other[0]}`"),
        labels=(Label(one[1], f"asks for `{one[0]}`"),),
        fix=Fix("keep one of the two, or give each its own requirement with `when`"),
        requirement=requirement,
    )


def no_term(requirement: str, span: Span) -> Diagnostic:
    """The requirement has no term at all."""
    return Diagnostic(
        code=NO_TERM,
        title=f"`{requirement}` asks for nothing",
        primary=Label(span, "has no term under any level"),
        fix=Fix("write what the answer must look like, as `must words <= 120`"),
        requirement=requirement,
    )
