"""What a user types as an input: `age=31d, total=501USD, lookup_order=timeout`, or the same as a JSON object.

In: texts, and the givens and tools of a feature. Out: a value for each given that is named and a state for each tool, and in words what
could not be read. Values are written as in a spec; beside that a quantity needs no space, may be counted in the given's own unit
without saying so, as in the ID of a case, and may name its unit by its usual letter.
Invariant: total; whatever the text, each part of it becomes a value of its type or a problem.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model.feature import Feature
from ...source.hashing import Json
from ...source.records import dataclass
from ...source.suggest import nearest
from ...values.errors import Problem
from ...values.literals import MISSING, from_json, number, read
from ...values.types import Datum, Numeric, Optional, Type
from ...values.units import find

_NAMED = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_-]*)(\s+fails)?\s*=")
_AMOUNT = re.compile(r"([+-]?[\d_.,]+)\s*([^\d\s]*)", re.ASCII)
_LETTERS = {
    "d": "days",
    "w": "weeks",
    "hr": "hours",
    "hrs": "hours",
    "mins": "minutes",
    "sec": "seconds",
    "secs": "seconds",
}
"""Short names of units that a spec spells out. A single `m` is not one of them: it may be minutes, months or metres."""

_MOST = 100_000
"""The most characters that an input may have."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: `values` by given, and by state of a tool; `problems` say what could not be read, and what to write."""

    values: tuple[tuple[str, Datum], ...]
    problems: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What has a value."""
        return tuple(name for name, _ in self.values)


def read_input(texts: Sequence[str], feature: Feature) -> Typed:
    """The values that `texts` give to givens and tools of `feature`; of a name that is given twice the second is a problem."""
    places = _places(feature)
    values: dict[str, Datum] = {}
    problems: list[str] = []
    for name, said in (pair for text in texts for pair in _pairs(text)):
        if not name:
            instead = '{"name": value}' if str(said).startswith("{") else "name=value"
            problems.append(f"`{_brief(str(said))}` names no given; write it as `{instead}`")
            continue
        place = places.get(name)
        if place is None:
            near = nearest(name, places)
            listed = f"; did you mean `{near}`" if near else f"; `{feature.name}` knows {_listed(places)}"
            problems.append(f"nothing is called `{_brief(name)}`{listed}")
            continue
        key, type = place
        value = _value(said, type, state=key != name)
        bare = said.rpartition(",")[2].strip() if isinstance(said, str) else ""
        if isinstance(value, Problem) and bare in places:
            problems.append(f"`{bare}` has no value; write it as `{bare}=value`")
        elif isinstance(value, Problem):
            problems.append(f"{name}: {'; '.join(filter(None, (value.title, value.fix)))}")
        elif key in values:
            problems.append(f"`{name}` is given twice")
        else:
            values[key] = value
    return Typed(tuple(values.items()), tuple(problems))


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """The names that have a value in `texts`, as they are typed."""
    return frozenset(name for text in texts for name, _ in _pairs(text))


def known_to(feature: Feature) -> frozenset[str]:
    """The names to which an input of `feature` can give a value."""
    return frozenset(_places(feature))


def _places(feature: Feature) -> Mapping[str, tuple[str, Type]]:
    """What can be named: givens, and tools by their states; a given goes before a tool of its name."""
    givens = {one.name: (one.name, one.type) for one in feature.givens}
    tools = {one.name: (one.state, one.states) for one in feature.tools if one.name not in givens}
    return {**givens, **tools}


def _pairs(text: str) -> Iterator[tuple[str, Json]]:
    """Each name with its value: text as it was typed, or what JSON holds; a part without a name has the name ""."""
    if len(text) > _MOST:
        yield "", text
        return
    if text.lstrip().startswith("{"):
        try:
            data: Json = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            yield "", text
            return
        yield from data.items() if isinstance(data, dict) else [("", text)]
        return
    for part in _parts(text):
        found = _NAMED.match(part)
        if found is None:
            yield "", part.strip()
        else:
            yield found[1], part[found.end() :].strip()


def _parts(text: str) -> Iterator[str]:
    """`text` cut at each comma after which a name and `=` come: a comma may also stand inside of a value."""
    start, depth, quoted = 0, 0, False
    for at, one in enumerate(text):
        if one == '"' and (at == 0 or text[at - 1] != "\\"):
            quoted = not quoted
        elif quoted:
            continue
        elif one in "[{":
            depth += 1
        elif one in "]}":
            depth = max(depth - 1, 0)
        elif one == "," and not depth and _NAMED.match(text, at + 1):
            yield text[start:at]
            start = at + 1
    if text[start:].strip():
        yield text[start:]


def _value(said: Json, type: Type, *, state: bool) -> "Datum | Problem":
    if state and said == "fails":
        return Problem("a tool fails in one of several ways", "write which, as `lookup=timeout`")
    if said is None or isinstance(said, bool):
        said = {True: "yes", False: "no", None: MISSING}[said]
    if not isinstance(said, str):
        return from_json(said, type)
    return read(_spelled(said, type.of if isinstance(type, Optional) else type), type)


def _spelled(text: str, type: Type) -> str:
    """An amount as a spec writes it: with its unit, spelled out."""
    found = _AMOUNT.fullmatch(text.strip()) if isinstance(type, Numeric) and type.unit else None
    if found is None or not isinstance(type, Numeric) or number(found[1]) is None:
        return text
    digits, name = found[1], found[2]
    if not name:
        return f"{digits} {type.unit}"
    for unit in (name, _LETTERS.get(name.lower(), ""), name.upper(), name.lower()):
        if unit and find(unit) is not None:
            return f"{digits} {unit}"
    return text


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "no givens"


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
