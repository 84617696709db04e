"""What a build changes for those who read its files: the lines of prompts, the cases and graders that came, went or changed.

In: what the lock said and says, and the texts of prompts before and after. Out: effects by feature.
Invariant: reads no file; a feature of which nothing that people read has changed has no effects.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from typing import NamedTuple

from ...lock.lockfile import Lock
from ...source.records import dataclass

_NUMBERS = re.compile(r"(\d+)")


class Prompt(NamedTuple):
    """A prompt of `feature` that was written: its path, what it held and what it holds."""

    feature: str
    path: str
    before: str
    after: str


class Parts(NamedTuple):
    """Parts of one kind, by ID: those that came, those that went, and those that say something else."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effects:
    """What has changed of one feature: its prompts as unified diffs, by path, its cases and its graders."""

    feature: str
    prompts: tuple[tuple[str, str], ...] = ()
    cases: Parts = Parts()
    graders: Parts = Parts()


def effects(before: Lock, after: Lock, prompts: Iterable[Prompt] = ()) -> tuple[Effects, ...]:
    """What it means that `after` takes the place of `before`, with the `prompts` that were written, in order of features."""
    was, now = _parts(before), _parts(after)
    diffs: dict[str, list[tuple[str, str]]] = {}
    for one in prompts:
        diff = difference(one.path, one.before, one.after)
        if diff:
            diffs.setdefault(one.feature, []).append((one.path, diff))
    changed = {feature for feature, _ in (*was, *now)} | diffs.keys()
    found = (
        Effects(
            feature,
            prompts=tuple(diffs.get(feature, ())),
            cases=_moves(was.get((feature, "case"), {}), now.get((feature, "case"), {})),
            graders=_moves(was.get((feature, "grader"), {}), now.get((feature, "grader"), {})),
        )
        for feature in sorted(changed)
    )
    return tuple(one for one in found if one != Effects(one.feature))


def _parts(lock: Lock) -> dict[tuple[str, str], dict[str, str]]:
    """The hash of every case and grader by its ID, by feature and kind."""
    owners = {one.path: one.feature for one in lock.files}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for part in lock.parts:
        if part.kind in ("case", "grader") and part.path in owners:
            found.setdefault((owners[part.path], part.kind), {})[part.id] = part.hash
    return found


def _moves(old: Mapping[str, str], new: Mapping[str, str]) -> Parts:
    if old == new:
        return Parts()
    return Parts(
        came=_ordered(id for id in new if id not in old),
        went=_ordered(id for id in old if id not in new),
        changed=_ordered(id for id, hash in new.items() if id in old and old[id] != hash),
    )


def _ordered(ids: Iterable[str]) -> tuple[str, ...]:
    """`ids` in the order in which people count: `late=9` before `late=10`."""
    return tuple(sorted(ids, key=_counted))


def _counted(id: str) -> list[tuple[int, str]]:
    return [(len(part), part) if part.isdigit() else (0, part) for part in _NUMBERS.split(id)]


def difference(path: str, before: str, after: str) -> str:
    """A unified diff of two texts of one file, without a line of context; "" where they are the same."""
    lines = unified_diff(before.splitlines(), after.splitlines(), path, path, lineterm="", n=0)
    return "\n".join(lines)
