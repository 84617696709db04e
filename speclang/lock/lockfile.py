"""`specc.lock`: what was built from what, one sorted line for each entry, so that merges stay small.

In: entries. Out: text, and back. A word that holds white space, a quote or nothing is written in double quotes.
Invariant: `read(write(lock)) == lock`; reading never raises, and names the line of everything it does not know.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, TypeVar

FORMAT = 1
HEADER = f"# specc.lock {FORMAT}: what was built from what. `specc build` writes it; commit it, do not edit it.\n"

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')
_COUNT = re.compile(r"[0-9]{1,12}")
_PLAIN = re.compile(r'[^\s"\\]+')
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class Input(NamedTuple):
    """A file of the spec, and the hash of its text."""

    path: str
    hash: str


class Feature(NamedTuple):
    """A feature: how many requirements it has, how many of them are typed, how many cases were made, and findings."""

    name: str
    requirements: int
    typed: int
    cases: int
    findings: int


class Source(NamedTuple):
    """A feature is made of this file (and others)."""

    feature: str
    path: str


class File(NamedTuple):
    """A generated file: the hash of its text, the compiler that wrote it, the digest of all that it was made from."""

    path: str
    feature: str
    hash: str
    version: str
    inputs: str


class Requirement(NamedTuple):
    """A requirement and the hash of its meaning."""

    feature: str
    id: str
    meaning: str


class Policy(NamedTuple):
    """A policy that a feature includes, and the hash of what it says there."""

    feature: str
    name: str
    meaning: str


class Former(NamedTuple):
    """A requirement and an ID that it had before."""

    feature: str
    id: str
    was: str


class Part(NamedTuple):
    """A part of a generated file: a clause, grader, case or piece of layout, and the hash of its text."""

    path: str
    kind: str
    id: str
    owner: str
    hash: str


Entry = Input | Feature | Source | File | Requirement | Policy | Former | Part
E = TypeVar("E", Input, Feature, Source, File, Requirement, Policy, Former, Part)


class Lock(NamedTuple):
    """Everything that the lock says; each list sorted, without duplicates.

    `unread` are lines of requirements and parts, the most by far, that nobody needed to look into.
    """

    version: str
    config: str
    inputs: tuple[Input, ...] = ()
    features: tuple[Feature, ...] = ()
    sources: tuple[Source, ...] = ()
    files: tuple[File, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    parts: tuple[Part, ...] = ()
    policies: tuple[Policy, ...] = ()
    former: tuple[Former, ...] = ()
    unread: tuple[str, ...] = ()


def built(lock: Lock) -> Lock:
    """What `lock` says of what was built, whatever the text was that it was built from."""
    return lock._replace(inputs=(), files=tuple(one._replace(inputs="") for one in lock.files))


class Problem(NamedTuple):
    """A line of a lock that says nothing: its number, from 1, and what is wrong with it."""

    line: int
    text: str


def write(lock: Lock) -> str:
    """The text of `lock`."""
    lines = [f"specc {quoted(lock.version)}", f"config {quoted(lock.config)}"]
    for name, entries in _groups(lock):
        said = dict.fromkeys([_line(name, entry) for entry in entries])
        if name in _MANY:
            said.update(dict.fromkeys([line for line in lock.unread if line.startswith(f"{name} ")]))
        lines.extend(sorted(said))
    return HEADER + "".join(f"{line}\n" for line in lines)


def read(text: str, *, whole: bool = True) -> "tuple[Lock, tuple[Problem, ...]]":
    """The lock that `text` says, without the lines that say nothing, and those lines. Line ends of either kind will do.

    If not `whole`, the lines of requirements and parts are left `unread`.
    """
    found: dict[str, list[Entry]] = {name: [] for name in _SHAPES}
    single = {"specc": "", "config": ""}
    problems: list[Problem] = []
    unread: list[str] = []
    lines = (text.replace("\r\n", "\n") if "\r" in text else text).split("\n")
    if not lines[0].startswith(f"# specc.lock {FORMAT}:"):
        problems.append(Problem(1, "the first line is not that of a lock of this format"))
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if not whole and line.startswith(_MANY_LINES):
            unread.append(line)
            continue
        words = line.split(" ") if '"' not in line else words_of(line)
        if len(words) == 6 and words[0] == "part":  # nearly all lines are of parts
            found["part"].append(Part._make(words[1:]))
        elif words and words[0] in single and len(words) == 2:
            single[words[0]] = words[1]
        elif entry := _entry(words):
            found[words[0]].append(entry)
        else:
            problems.append(Problem(number, complaint(line)))
    lists = {_FIELDS[name]: tuple(one for one, _ in groupby(sorted(entries))) for name, entries in found.items()}
    return Lock(single["specc"], single["config"], unread=tuple(unread), **lists), tuple(problems)  # type: ignore[arg-type]


def looked_into(lock: Lock, features: Iterable[str], paths: Iterable[str]) -> Lock:
    """`lock` with the requirements of `features` and the parts of `paths` read, of what it left unread."""
    lines = sorted(lock.unread)
    beginnings = [*(f"requirement {quoted(one)} " for one in features), *(f"part {quoted(one)} " for one in paths)]
    wanted: list[str] = [HEADER.rstrip("\n")]
    others: list[str] = []
    done = 0
    for beginning in sorted(beginnings):
        start = at = bisect_left(lines, beginning)
        while at < len(lines) and lines[at].startswith(beginning):
            at += 1
        wanted += lines[start:at]
        others += lines[done:start]
        done = at
    found, _ = read("\n".join(wanted))
    return lock._replace(requirements=found.requirements, parts=found.parts, unread=(*others, *lines[done:]))


_SHAPES: dict[str, type[Entry]] = {
    "input": Input,
    "feature": Feature,
    "source": Source,
    "file": File,
    "requirement": Requirement,
    "policy": Policy,
    "former": Former,
    "part": Part,
}
_MANY = ("requirement", "part")
_MANY_LINES = tuple(f"{name} " for name in _MANY)
_FIELDS = {**{name: f"{name}s" for name in _SHAPES}, "policy": "policies", "former": "former"}


def _groups(lock: Lock) -> Iterator[tuple[str, Iterable[Entry]]]:
    for name, field in _FIELDS.items():
        yield name, getattr(lock, field)


def _line(name: str, entry: Entry) -> str:
    words = (name, *map(str, entry))
    line = " ".join(words)
    # Of all that separates words, the blank alone is printable.
    if (
        line.isprintable()
        and line.count(" ") == len(entry)
        and "" not in words
        and '"' not in line
        and "\\" not in line
    ):
        return line
    return " ".join((name, *map(quoted, words[1:])))


def _entry(words: list[str]) -> Entry | None:
    shape = _SHAPES.get(words[0]) if words else None
    if shape is None or len(words) != len(shape._fields) + 1:
        return None
    if shape is Feature:
        if not all(_COUNT.fullmatch(word) for word in words[2:]):
            return None
        return Feature(words[1], *(int(word) for word in words[2:]))
    return shape(*words[1:])  # type: ignore[arg-type]


def words_of(line: str) -> list[str]:
    """The words of a line, some of which may be in quotes; none where it is not made of words."""
    words: list[str] = []
    at = 0
    while at < len(line):
        found = _WORD.match(line, at)
        if found is None:
            return []
        words.append(found[2] if found[1] is None else _unquoted(found[1]))
        at = found.end()
        if at < len(line):
            if line[at] != " ":
                return []
            at += 1
    return words


def quoted(word: str) -> str:
    """`word` as it stands in a line: in quotes where it would not be one word."""
    if _PLAIN.fullmatch(word):
        return word
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in word) + '"'


def _unquoted(text: str) -> str:
    back = {escape[1]: letter for letter, escape in _ESCAPES.items()}
    return re.sub(r"\\(.)", lambda found: back.get(found[1], found[1]), text)


def complaint(line: str) -> str:
    """What is wrong with a line that says nothing."""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return "a conflict of a merge was left in it"
    return "a line that specc does not write"
