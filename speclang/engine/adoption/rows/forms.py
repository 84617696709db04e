"""Forms of sentences: patterns with words for what many of them share, and what was found by one.

In: a form as `keep <ANSWER> <BOUND>` and a sentence. Out: what stands in its places, in the words of a spec.
Invariant: a form fits a whole sentence; a bound whose sense is not plain is none.
"""

import re
from functools import cache

from ....source.records import dataclass
from ..reading import ANSWERS, Reading
from ..written import quoted

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:[0-9][0-9,]{{0,8}}|{'|'.join(_NUMBERS)})"
_OPS = {
    "<=": (
        "at most|no more than|not more than|up to|a maximum of|maximum of|a max of|max of|maximum|max[.]?|no longer than|"
        "not longer than|at the most|within|≤|<="
    ),
    ">=": "at least|no fewer than|no less than|not less than|a minimum of|minimum of|minimum|≥|>=",
    "<": "fewer than|less than|under|below|shorter than",
    ">": "more than|longer than|over",
    "=": "exactly|precisely",
}
_DENIED = {">": "<=", "<": ">="}
_UNITS = ("words", "sentences", "paragraphs", "characters", "bullets", "lines")
_TOPS = ("max", "maximum", "at most", "at the most", "tops")
_RUNNING = ("words", "characters")
"""Units of which nobody means an exact number: `answer in 50 words`."""

_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl",
    "polish": "pl", "russian": "ru", "swedish": "sv", "danish": "da", "finnish": "fi", "japanese": "ja", "korean": "ko",
    "turkish": "tr", "greek": "el", "czech": "cs", "arabic": "ar", "hebrew": "he", "hindi": "hi",
}  # fmt: skip
_TEXT = r"""(?:"[^"]{1,80}"|`[^`]{1,80}`|(?<!\w)'[^']{1,80}'(?!\w))"""
_TURNS = (
    "unless except if when while without until before after unasked you your yourself this these that those it its them "
    "their they the here above below with to or and for about as by in on at from"
).split()
"""Words with which a topic ends, for what follows may be a condition, or points at something that only a reader finds."""
_REACHES = (
    "unless except if when while without until before after it its they their them you yourself only otherwise these this"
).split()
"""Words with which the object of a promise points elsewhere, or has a condition."""
_WORD_OF_OBJECT = rf"(?!(?:{'|'.join(_REACHES)})\b)[a-z0-9][\w'/-]*"
_WORDS_OF_TOPIC = rf"(?!(?:{'|'.join(_TURNS)})\b)[a-z][\w'-]*"
_TOPIC = rf"{_WORDS_OF_TOPIC}(?: {_WORDS_OF_TOPIC}){{0,3}}"


def _tool(place: str) -> str:
    """The name of a tool: one in two words, or one that is marked as a name."""
    return (
        rf"(?:the )?(?:`|<|\*\*)?(?P<{place}>[a-z][a-z0-9]*(?:_[a-z0-9]+)+|(?<=[`<])[a-zA-Z]\w*(?=[`>])|(?-i:[A-Z][a-z]+(?:[A-Z][a-z]+)+))"
        r"(?:\(\))?(?:`|>|\*\*)?(?: tool| function| action)?"
    )


NEAR = 'answer "what you can help with" like "What can you help me with?"'
"""A near miss that every prompt allows."""
_SHARED = {
    "ANSWER": rf"(?:(?:your|the|each|every|all|any|final) )*{ANSWERS}",
    "BOUND": (
        f"(?P<op>{'|'.join(_OPS.values())})? ?(?:(?:between )?(?P<low>{_NUMBER}) ?(?:-|–|to|and|or) ?)?(?P<number>{_NUMBER}) "
        r"(?:(?:very )?(?:short|concise|brief|simple|complete|full),? )*"
        r"(?P<unit>words?|sentences?|paragraphs?|characters?|bullets?(?: points?)?|lines?)(?: of text)?"
        "(?: (?P<after>or less|or fewer|or more|maximum|max|at most|at the most|tops))?(?: long| in length|"
        " in total| total)?"
        rf"(?: per (?:{ANSWERS}))?"
    ),
    "LANGUAGE": rf"(?P<language>{'|'.join(_LANGUAGES)})",
    "USER": "(?:user|customer|person|human|client|caller|guest|member|visitor)",
    "TEXTS": (
        rf"(?P<texts>{_TEXT}(?:(?:, or |, and |, | or | and |/| / |; ){_TEXT})*)"
        r"(?P<more>,? (?:etc|and so on|(?:or|and) (?:any )?(?:similar|other|the like|anything (?:similar|like that))"
        "(?: (?:words|phrases|phrasings?|expressions|openers|wording|variants?|statements|filler|fillers|"
        "language|terms)){0,2})[.]?)?"
    ),
    "WORDED": (
        "(?: (?:with|the|any|exact|following|specific|words?|phrases?|terms?|expressions?|sentences?|text|"
        "string|line|message|disclaimer|question))*:?"
    ),
    "SUCH": r"(?P<such>,? ?\(?(?:e[.]g[.],?|i[.]e[.],?|for example,?|such as|like|including)):? ",
    "SLASHED": r"(?P<slashed>[a-z][a-z'-]*(?:/[a-z][a-z'-]*)*)",
    "TOPICS": rf"(?P<topic>{_TOPIC}(?:(?:, or |, and |, | or | and ){_TOPIC})*)",
    "OBJECT": rf"(?P<object>(?!(?:anything|something|so)\b){_WORD_OF_OBJECT}(?: {_WORD_OF_OBJECT}){{0,13}})",
    "OR": "(?:, or |, and |, | or | and |/)",
    "OPTIONS": rf"(?P<texts>{_TEXT}(?:(?:, or |, | or | / |/){_TEXT})+)",
    "QUERY": "(?:(?:user|customer)(?:'s)? )?(?:query|question|message|input|request|prompt)",
    "TAG": r"`?<(?P<tag>[a-z][a-z0-9_-]{0,40})>`?",
    "SAY": "(?:answer|respond|reply|write|return|output|produce|speak|communicate)",
    "CALL": "(?:(?:you )?(?:call|use|run|invoke)|calling|using|running|invoking)",
    "SESSION": (
        "(?: (?:in|per|during) (?:a|an|one|each|the|any)(?: single)? (?:conversation|session|chat|interaction|"
        "dialogue))?"
    ),
    "CONSENT": "(?:explicit )?(?:confirmation|consent|permission|approval)",
    "DATA": (
        "(?:(?:retrieved |user-uploaded |user-provided |user-supplied |provided |attached |linked |fetched "
        "|user |uploaded |external |untrusted |third-party |order |product )*(?:documents?|files?|"
        "tool (?:results?|outputs?|responses?)|function results|search results|web ?(?:pages?|content|sites?)|"
        "e-?mails?|data|content|text|"
        "notes|reviews|messages from others|attachments|images|websites|pages|tickets|comments))"
    ),
    "FACT": (
        "(?:facts?|numbers?|figures|information|knowledge|procedures|details|data|prices|dates|ids|quotes|quotations|references|links|sources|"
        "citations|urls|answers?|statistics|names|policies|features|things)"
    ),
    "INVENT": "(?:invent|make up|fabricate|hallucinate)",
    "FIRST": _tool("first"),
    "SECOND": _tool("second"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a form found in a sentence. A place that the form does not have is ""."""

    reading: Reading
    places: "dict[str, str | None]"

    @property
    def level(self) -> str:
        """`must`, `must_not`, `should` or `should_not`."""
        return f"{self.reading.level}_not" if self.reading.denied else self.reading.level

    @property
    def plain(self) -> str:
        """`must` or `should`, for what is said without a denial: `must no commas`."""
        return self.reading.level

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of a list, as they are."""
        return tuple(one[1:-1] for one in re.findall(_TEXT, self["texts"]))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of a list, as a spec writes them."""
        slashed = self["slashed"]
        found = (
            slashed.split("/") if slashed else [one[1:-1].rstrip(",.… ") for one in re.findall(_TEXT, self["texts"])]
        )
        return tuple(quoted(one) for one in found) if all(re.search(r"\w", one) for one in found) else ()

    def __getitem__(self, place: str) -> str:
        """What stands in a place."""
        return self.places.get(place) or ""

    def each(self, term: str) -> str:
        """`term` for each of the texts."""
        return ", ".join(f"{term} {one}" for one in self.texts)

    def language(self) -> str:
        """The code of the language."""
        return _LANGUAGES[self["language"].lower()]

    def bound(self, bare: str = "") -> str:
        """A term with its bound, as `words <= 80`; `bare` is the sign where the sentence has none. "" where it is not plain."""
        said, after = self["op"].lower(), self["after"].lower()
        op = next((sign for sign, words in _OPS.items() if said in words.split("|")), "") if said else ""
        op = op or ({"": "", "or more": ">="}.get(after, "<="))
        unit = next(one for one in _UNITS if self["unit"].lower().startswith(one[:-1]))
        number = _number(self["number"])
        if self["low"] and after in _TOPS:
            return "" if self.reading.denied else f"{unit} <= {number}"
        if self["low"]:
            return "" if op or self.reading.denied else f"{unit} in {_number(self['low'])} .. {number}"
        if self.reading.denied:
            op = _DENIED.get(op, "") if op else bare
        elif not op:
            op = bare or ("" if unit in _RUNNING else "=")
        return f"{unit} {op} {number}" if op else ""


def fits(form: str, reading: Reading) -> Found | None:
    """What `form` finds in the rest of a sentence, which it has to fit as a whole."""
    found = expanded(form).fullmatch(reading.rest)
    return None if found is None else Found(reading, found.groupdict())


@cache
def expanded(form: str) -> "re.Pattern[str]":
    """`form` with what its names in angle brackets stand for."""
    return re.compile(re.sub(r"<([A-Z]+)>", lambda name: _SHARED[name[1]], form), re.IGNORECASE | re.ASCII)


def _number(word: str) -> int:
    return _NUMBERS.index(word.lower()) if word.lower() in _NUMBERS else int(word.replace(",", ""))
