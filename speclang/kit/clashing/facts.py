"""What a grader asks of the text of an answer, as facts that can be compared.

In: a grader's check and settings. Out: facts that every answer has that it accepts; none for a check of which nothing is known here.
Invariant: a fact follows from the check's definition, letter for letter; what a judge, a library or a pattern decides gives none.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from ...plan.grader import Grader
from ...source.hashing import Json, canonical
from ...source.records import dataclass

Settings: TypeAlias = Mapping[str, Json]


class Fold(StrEnum):
    """How a text is found: letter for letter, in small letters, in either case, with any white space, or as words of plain form."""

    EXACT = "exact"
    LOWER = "lower"
    EITHER = "either"
    SPACED = "spaced"
    SAID = "said"


class Side(StrEnum):
    """Where a text stands in an answer."""

    START = "start"
    END = "end"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Counted:
    """There are `at_least` and at most `at_most` (None: any number) of what `of` names and `settings` tell apart.

    `texts` are those of which each is counted, as letters and keywords.
    """

    of: str
    settings: str
    at_least: int
    at_most: int | None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holds:
    """`text` is there."""

    text: str
    fold: Fold
    side: Side = Side.ANYWHERE


@dataclass(frozen=True, slots=True)
class HoldsOne:
    """One of `options` is there."""

    options: tuple[Holds, ...]


@dataclass(frozen=True, slots=True)
class Lacks:
    """`text` is not there; `whole` words only where that is said, in either case."""

    text: str
    fold: Fold
    whole: bool = False
    side: Side = Side.ANYWHERE


@dataclass(frozen=True, slots=True)
class Cased:
    """There is a letter, and none but small ones, or none but capital ones."""

    upper: bool


@dataclass(frozen=True, slots=True)
class Opens:
    """The first character that is no white space is one of `first`, and the last one of `last` ("" for any); `what` says why."""

    what: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of the answer, where one can be told, is `code`."""

    code: str


Fact: TypeAlias = Counted | Holds | HoldsOne | Lacks | Cased | Opens | Spoken


@dataclass(frozen=True, slots=True)
class Clash:
    """`why` in a sentence; `way` is the only way around, or ""."""

    why: str
    way: str = ""


_COUNTS = frozenset(
    {
        "words",
        "sentences",
        "paragraphs",
        "characters",
        "bullets",
        "sections",
        "placeholders",
        "highlights",
        "letter",
        "keyword",
        "commas",
        "capital_words",
        "unique_words",
        "conjunctions",
        "pronouns",
        "numbers",
        "spaced_words",
        "lines",
        "emojis",
        "headings",
        "tables",
        "links",
        "code_blocks",
    }
)
FENCE = "`"
"""What may stand around JSON."""


def facts(grader: Grader) -> tuple[Fact, ...]:
    """What every answer has that `grader` accepts. A grader that is turned round, or reads loosely, says less."""
    settings = {one.name: one.value for one in grader.settings}
    if settings.get("loose"):
        return ()
    negated = bool(settings.get("negated"))
    if grader.check in _COUNTS and not negated:
        return (*_counted(grader.check, settings), *_read(grader.check, settings))
    found = _read(grader.check, settings)
    return tuple(_denied(found)) if negated else found


def _counted(check: str, settings: Settings) -> Iterator[Fact]:
    at_least, at_most = settings.get("at_least", 0), settings.get("at_most")
    if isinstance(at_least, int) and (at_most is None or isinstance(at_most, int)):
        rest = {name: value for name, value in settings.items() if name not in ("at_least", "at_most")}
        letter = settings.get("letter")
        texts = (letter,) if isinstance(letter, str) else _texts(settings)
        yield Counted(check, canonical(rest) if rest else "", at_least, at_most, texts)


def _read(check: str, settings: Settings) -> tuple[Fact, ...]:
    reader = _READERS.get(check)
    return tuple(reader(settings)) if reader else ()


def _denied(found: tuple[Fact, ...]) -> Iterator[Fact]:
    """The opposite of one fact; of several nobody knows which fails."""
    match found:
        case (Holds(text, fold, side),):
            yield Lacks(text, fold, fold is Fold.SAID, side)
        case (HoldsOne(options),):
            yield from (Lacks(one.text, one.fold, one.fold is Fold.SAID, one.side) for one in options)
        case _:
            return


def _texts(settings: Settings) -> tuple[str, ...]:
    held = settings.get("texts", ())
    listed = held if isinstance(held, list | tuple) else ()
    one = settings.get("text")
    found = [*([one] if isinstance(one, str) else []), *(text for text in listed if isinstance(text, str))]
    return tuple(text for text in found if text.strip())


def _at(side: Side, fold: Fold) -> Callable[[Settings], Iterator[Fact]]:
    def read(settings: Settings) -> Iterator[Fact]:
        yield from (Holds(text.strip(), fold, side) for text in _texts(settings))

    return read


def _keyword(settings: Settings) -> Iterator[Fact]:
    at_least = settings.get("at_least", 0)
    if isinstance(at_least, int) and at_least > 0:
        yield from (Holds(text.strip(), Fold.EITHER) for text in _texts(settings))


def _contains(settings: Settings) -> Iterator[Fact]:
    fold = Fold.LOWER if settings.get("fold") else Fold.EXACT
    held = tuple(Holds(text, fold) for text in _texts(settings))
    if settings.get("some"):
        yield HoldsOne(held)
    else:
        yield from held


def _one_of(settings: Settings) -> Iterator[Fact]:
    yield HoldsOne(tuple(Holds(text, Fold.EXACT) for text in _texts(settings)))


def _mentions(settings: Settings) -> Iterator[Fact]:
    yield from (Holds(" ".join(text.split()), Fold.SPACED) for text in _texts(settings))


def _omits(settings: Settings) -> Iterator[Fact]:
    yield from (Lacks(" ".join(text.split()), Fold.SPACED) for text in _texts(settings))


def _says(settings: Settings) -> Iterator[Fact]:
    yield from (Holds(text, Fold.SAID) for text in _texts(settings))


def _says_one(settings: Settings) -> Iterator[Fact]:
    yield HoldsOne(tuple(Holds(text, Fold.SAID) for text in _texts(settings)))


def _says_none(settings: Settings) -> Iterator[Fact]:
    yield from (Lacks(text, Fold.SAID, whole=True) for text in _texts(settings))


def _forbidden(settings: Settings) -> Iterator[Fact]:
    yield from (Lacks(text, Fold.EITHER, whole=True) for text in _texts(settings))


def _lowercase(settings: Settings) -> Iterator[Fact]:
    yield Cased(upper=False)
    if settings.get("english"):
        yield Spoken("en")


def _uppercase(settings: Settings) -> Iterator[Fact]:
    yield Cased(upper=True)
    if settings.get("english"):
        yield Spoken("en")


def _json(settings: Settings) -> Iterator[Fact]:
    """JSON may stand in a fence; a bare text, too, is JSON where no shape is asked for."""
    schema = settings.get("schema")
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if kind == "object":
        yield Opens("a JSON object", f"{{{FENCE}", f"}}{FENCE}")
    elif kind == "array":
        yield Opens("a JSON list", f"[{FENCE}", f"]{FENCE}")
    else:
        yield Opens("JSON", '{["-0123456789tfnNI' + FENCE, '}]"0123456789elyN' + FENCE)


def _quoted(_: Settings) -> Iterator[Fact]:
    yield Opens("in double quotation marks", '"', '"')


def _xml(_: Settings) -> Iterator[Fact]:
    yield Opens("an XML document", "<\ufeff", ">")


def _language(settings: Settings) -> Iterator[Fact]:
    code = settings.get("code")
    if isinstance(code, str):
        yield Spoken(code)


_READERS: Mapping[str, Callable[[Settings], Iterator[Fact]]] = MappingProxyType(
    {
        "starts": _at(Side.START, Fold.EXACT),
        "repeats": _at(Side.START, Fold.LOWER),
        "ends": _at(Side.END, Fold.LOWER),
        "keyword": _keyword,
        "contains": _contains,
        "one_of": _one_of,
        "mentions": _mentions,
        "omits": _omits,
        "says": _says,
        "says_one": _says_one,
        "says_none": _says_none,
        "forbidden": _forbidden,
        "lowercase": _lowercase,
        "uppercase": _uppercase,
        "is_json": _json,
        "quoted": _quoted,
        "xml": _xml,
        "language": _language,
    }
)
"""The checks of which something is known besides what they count."""
