"""Words of which a prompt says that a thing is one of them: `The status of an order can be pending or delivered`.

In: the sentences of a prompt. Out: enumerations, and what a condition says in terms of one. Invariant: a condition is read so only
where it names the thing as the enumeration does, or one of its values by the thing's own word.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..reading import plain
from ..written import quoted
from .naming import name_of

_VALUE = r"(?:\"[\w' -]{1,30}\"|'[\w -]{1,30}'|[a-z][\w-]*(?: [a-z][\w-]*){0,2})"
_VALUES = rf"(?P<values>{_VALUE}(?:(?:, or |, and |, | or | and ){_VALUE}){{1,7}})"
_NOUN = r"(?P<noun>[a-z][a-z-]*(?: [a-z][a-z-]*){0,2}?)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:the |an? |each |every )?{_NOUN} (?:can|may|must) (?:only )?be(?: either| one of)?:? {_VALUES}",
        (
            rf"the (?P<kind>status|state|type|level|tier|class) of (?:an? |the |each |every )?{_NOUN} (?:is|can be|may be|must "
            rf"be)(?: either| one of)?:? {_VALUES}"
        ),
        rf"there are (?:two|three|four|five|six|seven|eight|[2-8]) (?:types? of )?{_NOUN}: {_VALUES}",
    )
)
_SPLIT = re.compile(r", or |, and |, | or | and ", re.IGNORECASE)
_KINDS = ("status", "state", "level", "tier", "class", "type", "membership", "plan")
_OF = re.compile(rf"(?:the )?(?P<kind>{'|'.join(_KINDS)}) of (?:an? |the )?(?P<noun>.+)", re.IGNORECASE)
_LEAST = 4
"""How many letters two words share that name the same thing: `member` and `membership level`."""


class Sort(NamedTuple):
    """A given with some values: `noun` is the thing in words, as `order status`."""

    noun: str
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the given."""
        return name_of(self.noun, act=True)

    @property
    def declared(self) -> str:
        """The given as a spec declares it."""
        values = " | ".join(member(one) for one in self.values)
        says = "".join(
            f"; say {member(one)} {quoted(f'The {self.noun} is {one}.')}" for one in self.values if member(one) != one
        )
        return f"given {self.name} {values} {{ name {quoted(f'the {self.noun}')}; from user{says} }}"

    def of(self, words: str) -> str | None:
        """The value that `words` name, as a spec writes it."""
        said = member(words.strip("\"'"))
        return said if said and said in {member(one) for one in self.values} else None


def member(words: str) -> str:
    """A value as a spec writes it: `on_time`."""
    return "_".join(re.findall(r"[a-z0-9]+", words.lower()))


def sorts(texts: Iterable[str]) -> tuple[Sort, ...]:
    """The enumerations that the sentences of a prompt state, each once; one that is stated in two ways is none."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for text in texts:
        for noun, values in _stated(plain(text).rstrip(" .!")):
            found.setdefault(noun, set()).add(values)
    return tuple(Sort(noun, next(iter(ways))) for noun, ways in found.items() if len(ways) == 1)


def _stated(sentence: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if len(sentence) > 300:
        return
    for form in _FORMS:
        said = form.fullmatch(sentence)
        if said is None:
            continue
        kind = said.groupdict().get("kind")
        noun = re.sub(
            r"(?<=status|.state|.level|..tier|.class) type$",
            "",
            canonical(f"{said['noun']} {kind}" if kind else said["noun"]),
        )
        values = tuple(dict.fromkeys(one.strip("\"' ").lower() for one in _SPLIT.split(said["values"])))
        names = [member(one) for one in values]
        if noun.endswith(_KINDS) and len(set(names)) == len(values) > 1 and all(one[:1].isalpha() for one in names):
            yield noun, values
        return


def canonical(noun: str) -> str:
    """`order status` for "the order's status", "status of the order" and "order statuses"."""
    words = re.sub(r"'s\b", "", noun.lower()).removeprefix("the ").strip()
    turned = _OF.fullmatch(words)
    if turned:
        words = f"{turned['noun']} {turned['kind']}"
    return re.sub(
        r"(?:(?<=status|classe)|(?<=ss))(?:es|s)$|(?<=level|state)s$|(?<=tier|type|plan)s$", "", words
    ).replace("classe", "class")


def in_terms(clause: str, known: Iterable[Sort]) -> tuple[str, Sort] | None:
    """What `clause` says as a comparison with an enumeration: `order_status is pending`."""
    sorts = tuple(known)
    for form, fits in ((_IS, _names), (_IS_A, _same), (_TAKES, None)):
        said = form.fullmatch(clause)
        if said is None:
            continue
        ways = [(sort, values) for sort in sorts if (values := _values(said["value"], sort))]
        if fits is not None:
            ways = [one for one in ways if fits(said["thing"], one[0].noun)] or [
                one for one in ways if _plainly(one[1])
            ]
        if len(ways) == 1:
            sort, values = ways[0]
            return f"{sort.name} {'in' if len(values) > 1 else 'is'} {' | '.join(values)}", sort
    return None


def _values(words: str, sort: Sort) -> tuple[str, ...]:
    """The values that `words` name: `silver/gold`, `(basic) economy`; none where one is not of the enumeration."""
    short = re.fullmatch(r"\((?P<more>[a-z]+)\) (?P<core>[a-z]+)", words, re.IGNORECASE)
    texts = [f"{short['more']} {short['core']}", short["core"]] if short else re.split("/| or ", words)
    values = [sort.of(one) for one in texts]
    return tuple(one for one in values if one) if all(values) else ()


_IS = re.compile(r"(?P<thing>[a-z][\w' -]{2,60}?) is (?P<value>[\"'\w/ -]{2,60})", re.IGNORECASE)
_IS_A = re.compile(
    r"[a-z][\w' -]{2,60}? is (?:an? )?(?P<value>[\w-]+(?:/[\w-]+)*(?: [\w-]+)?) (?P<thing>[a-z]{4,})", re.IGNORECASE
)
_TAKES = re.compile(
    r"[a-z][\w' -]{2,60}? (?:flies|uses|selects|chooses|picks|is (?:on|in)|pays (?:with|by)) (?:an? |the )?(?P<value>[()\w/ -]{2,60})",
    re.IGNORECASE,
)


def _names(subject: str, sort: str) -> bool:
    """Whether `subject` is what the enumeration is of, or the thing that has it: both the order and its status are pending."""
    noun = re.sub(r"^(?:an?|each|every|any) ", "", canonical(subject))
    return noun == sort or any(f"{noun} {kind}" == sort for kind in _KINDS)


def _plainly(values: tuple[str, ...]) -> bool:
    """Whether values of several words can be of nothing else: a flight that is `basic economy`."""
    return all("_" in one for one in values)


def _same(noun: str, sort: str) -> bool:
    """Whether `noun` names what the enumeration is of: a `member` has a `membership level`."""
    return any(word.startswith(noun.lower()) for word in sort.split() if len(noun) >= _LEAST)
