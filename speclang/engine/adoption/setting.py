"""Where a passage of a prompt stands: below which heading, in which list, after which sentence.

In: the layout of an adopted prompt and the words of its requirements. Out: the setting of each. Invariant: a passage that stands
below a condition, or that says something of another thing than the answer, is not read.
"""

import re
from collections.abc import Iterator, Mapping

from ...source.records import dataclass
from .parts import VERBS
from .passages import BULLET, Sections
from .reading import ANSWER, plain

_HOLE = re.compile(r"\{\{[-+]? *clause\[[\"']([^\"']+)[\"']\][^}]*\}\}")
_CONDITION = re.compile(
    r"^for\b|\b(?:modes?|when|if|unless|while|during|before|after|examples?|scenarios?|cases?|until|once|"
    "optional|samples?|transcripts?|"
    r"for (?:an?|each|every|any|all|code|coding|files?|tools?))\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    "(?:when|while|whenever)(?: you(?: are|'re)?)? (?:answer|respond|reply|speak|writ|communicat|talk)(?:e|"
    "ing)?(?: (?:to|with))?"
    "(?: (?:the |your |a )?(?:users?|customers?|answers?|responses?|questions?|repl(?:y|ies)))?(?:,? "
    "(?:you (?:must|should)|always|please))?",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:never|not|don'?ts?|avoid|forbidden|prohibited|restrictions?|no)\b", re.IGNORECASE)
_WARNS = re.compile(
    r"\b(?:do not|don'?ts?|never|avoid|forbidden|prohibited|not to|must not|not allowed)\b", re.IGNORECASE
)
"""A heading below which a topic alone may be what is forbidden."""
_DENIED = re.compile(
    r"(?:you )?(?:(?:must|should) )?(?:never|not|do not|don't)(?: do the following| ever| do any of the following)?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:.{0,60}\b(?:rules?|guidelines?|instructions?|following|important|remember|style|format|formatting|"
    "tone|note|notes|always|"
    r"please|mind|requirements?|constraints?|principles?|behaviou?r|answering|responding|communicating|writing|language)|"
    r"you (?:must|should|will|shall|need to|have to|are to)|be sure to|make sure to|please)",
    re.IGNORECASE,
)
_OF_ANSWER = re.compile(
    rf"(?:{ANSWER})(?: (?:must|should|shall|has to|have to|will|need to|needs to)(?: not)?(?: always| never)?)",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    rf"\b(?:{ANSWER}|answering|responding|replying|speaking|answer|respond|reply|speak)\b", re.IGNORECASE
)
_NEUTRAL = re.compile(
    r"\b(?:style|tone|formats?|formatting|responses?|answers?|answering|responding|outputs?|communicat\w+|"
    "general|global|rules?|"
    "guidelines?|instructions?|length|voice|persona|personality|behaviou?r|constraints?|core|important|"
    "writing|messages?|how|"
    r"language|brevity|conciseness|restrictions?|limits|dos|don'?ts?|requirements?|principles?|speak\w*|"
    "write|reply|replies|chat|tasks?|objective|role|system prompt|overview|notes?|reminders?|guidance|"
    r"security|boundaries)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:commits?|titles?|quer(?:y|ies)|files?|code|images?|quot(?:es?|ations?|ing)|tools?|search\w*|"
    r"summar\w+|comments?|pull requests?|"
    "prs?|plans?|names?|drafts?|emails?|artifacts?|todos?|memor(?:y|ies)|captions?|descriptions?|citations?|"
    r"slides?|functions?)\b",
    re.IGNORECASE,
)
"""What else may be written, so that a number of words below such a heading is its own."""
_IT = re.compile(r"^((?:please )?(?:always )?(?:keep|limit|make)) (?:it|them|things|everything)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:You are|you're|Your name is|[Tt]he assistant is|I am|I'm) (?:called |named )?([A-Z][\w-]{1,30})\b"
)
_WHEN = re.compile(
    r"(?:if|when|whenever) (?:the |a )?(?:user|customer|person|human|client|caller|guest|member|visitor)s? (?!\w+ing\b)",
    re.IGNORECASE,
)
_DOES = re.compile(
    rf",\s*(?:then |you (?:must |should )?|politely |please |always |never )*(?:{VERBS})\b", re.IGNORECASE
)
"""A sentence that says itself what is done, so that the points below it say how."""
_STARTS = re.compile(r"(?:if|when|whenever|unless|otherwise|else)\b", re.IGNORECASE)
_TOOL = re.compile(
    r"\b(?:[Cc]all|[Ii]nvoke|[Uu]se|[Uu]sing) (?:the )?(?:`|<|\*\*)?([a-z]+(?:_[a-z]+)+)\b|`(\w+)`\W{0,4}(?:tool|"
    r"action|function)\b|\b(?:tool|action|function) `(\w+)`|\b(?:[Cc]all|[Ii]nvoke) (?:the )?`(\w+)`"
)
_FENCED = "json"
"""The name of a language, left of the fence that opens a block."""
_BEGINNING = 40
_NO_NAMES = frozenset({"A", "An", "The", "I", "In"})


@dataclass(frozen=True, slots=True)
class Setting:
    """`heading` is the heading or tag that a passage stands below, `lead` the sentence that opens its list.

    `before` is what stands before it in the same paragraph or list, `names` are those of the assistant,
    `tools` are words that the prompt calls a tool. `path` are all headings and tags around it and `leads` all sentences that open
    lists around it, the outermost first.
    """

    heading: str = ""
    lead: str = ""
    before: str = ""
    names: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()

    def is_conditional(self) -> bool:
        """Whether it stands below a condition or an example."""
        return bool(_CONDITION.search(_spaced(self.heading)) or _CONDITION.search(plain(self.lead)))

    def around(self, sentence: str) -> str | None:
        """`sentence` with what opens its list, if that is needed to read it; None where it can't be read by itself."""
        heading, lead = _spaced(self.heading), plain(self.lead).rstrip(": ")
        if _CONDITION.search(heading):
            return None
        denies = bool(_DENIES.search(plain(sentence)[:_BEGINNING]))
        if not lead or _ALWAYS.fullmatch(lead):
            return None if _WARNS.search(heading) and not denies else sentence
        if _WHEN.match(lead):
            if _DOES.search(lead):
                return None
            return f"{lead}: {plain(sentence)}" if not _STARTS.match(plain(sentence)) else None
        if _CONDITION.search(lead):
            return None
        if _DENIED.fullmatch(lead):
            return sentence if denies else f"Never {plain(sentence)}"
        if _DENIES.search(lead) and not denies:
            return None
        if _OF_ANSWER.fullmatch(lead):
            text = plain(sentence)
            return f"{lead} {text[:1].lower()}{text[1:]}"
        return sentence if _OPENS.match(lead) else None

    def named(self, text: str) -> str:
        """`text` with the answer in the place of "it", where the words before speak of the answer."""
        if not _IT.match(text) or not (_ANSWERS.search(self.before) or _ANSWERS.search(self.lead)):
            return text
        return _IT.sub(r"\1 your answer", text)

    def of_answers(self, text: str) -> bool:
        """Whether a passage that names nothing speaks of the answer."""
        heading = _spaced(self.heading)
        neutral = _NEUTRAL.search(heading) and not _OTHER.search(heading)
        return bool(not heading or neutral or _ANSWERS.search(text) or _ANSWERS.search(self.lead))


NOWHERE = Setting()


def settings(layout: str, words: Mapping[str, str]) -> Iterator[tuple[str, Setting]]:
    """The ID of each requirement that the layout places, with its setting; `words` are their texts."""
    found = (name for text in words.values() for name in _NAME.findall(text))
    names = tuple(dict.fromkeys(name for name in found if name not in _NO_NAMES))
    tools = tuple(
        dict.fromkeys(name for text in words.values() for pair in _TOOL.findall(text) for name in pair if name)
    )
    sections, lists, at = Sections(), _Lists(), 0
    for hole in _HOLE.finditer(layout):
        lines = layout[at : hole.start()].replace("\r\n", "\n").split("\n")
        begins = len(lines) > 1 or at == 0
        at = hole.end()
        for line in lines[:-1]:
            if sections.enter(line):
                lists.leave()
        if words.get(hole[1], "").strip().lower() == _FENCED:
            continue
        if begins:
            lists.enter(lines[-1])
        yield hole[1], Setting(sections.name, lists.lead, lists.last, names, tools, sections.path, lists.leads)
        lists.last = words.get(hole[1], "")


class _Lists:
    """The sentences that open the lists in which a passage stands."""

    __slots__ = ("_depth", "_leads", "last")

    def __init__(self) -> None:
        self.last = ""
        self._depth = -1
        self._leads: list[tuple[int, str]] = []

    @property
    def lead(self) -> str:
        """The sentence that opens the innermost list."""
        return self._leads[-1][1] if self._leads else ""

    @property
    def leads(self) -> tuple[str, ...]:
        """The sentences that open the lists around, the outermost first."""
        return tuple(lead for _, lead in self._leads)

    def leave(self) -> None:
        """A heading ends all lists."""
        self.last, self._depth = "", -1
        self._leads.clear()

    def enter(self, line: str) -> None:
        """A passage begins after `line`, which holds its bullet, or only its indent."""
        bullet = BULLET.match(f"{line}x")
        depth = len(bullet[1].expandtabs(4)) if bullet else -1
        opens = plain(self.last).endswith(":")
        if bullet is None:
            self._leads.clear()
        while self._leads and self._leads[-1][0] >= depth:
            self._leads.pop()
        if opens and (bullet is None or self._depth < depth):
            self._leads.append((self._depth if bullet else depth - 1, self.last))
        elif bullet is None:
            self.last = ""
        self._depth = depth


def _spaced(name: str) -> str:
    """A tag as words."""
    return name.replace("_", " ").replace("-", " ")
