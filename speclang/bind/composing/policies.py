"""Features and policies: whose members join whom, which IDs there are, and who beats whom.

In: the units of one feature or policy, what is visible in its file, and the policies that it includes. Out: a `Home`.
An included policy's declarations and requirements join as they are: a policy is bound once, in its own scope, and can refer
only to what it and its file declare.
Invariant: an ID names one requirement of a feature, wherever it is written.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from ...diagnostics.result import Collector, Result
from ...model.requirement import Requirement
from ...source import span as spans
from ...source.records import dataclass, field, replace
from ...source.span import Span
from ...source.suggest import nearest
from ...syntax import tree
from ..declarations import HEADS, declare
from ..errors import names as wrong_name
from ..fields import Kinds
from ..names import NAMED, Argument, Names, Scope, declared_name, key_name, mark
from ..requirements import is_retired
from .changes import changes, left
from .former import check_former
from .over import Known, check_written, resolved

Key = tuple[str, str]
"""The file and the key of the unit that opens a feature or policy."""

Read = Callable[[tree.Unit, Scope, Kinds], Result[Requirement | None]]
"""`bind_requirement`, or the same with a memory."""

BindHome = Callable[
    [
        "Block",
        Scope,
        "Sequence[tuple[Home, Span]]",
        Mapping[str, Argument],
        Kinds,
        Read,
        "Callable[[str], Known | None]",
        Collector,
    ],
    "Home",
]
"""`bind_home`, or the same with a memory."""

UNNAMED = {"feature": 'feature refunds "Refund assistant" {', "policy": 'policy brand "Our voice" {'}
"""How a block opens, for messages."""

_FEATURE = (*HEADS, "include", "drop", "owner", "role", "total", "variables", "fallback")
_POLICY = (*HEADS, "include", "drop", "owner")


@dataclass(frozen=True, slots=True)
class Block:
    """A feature or policy as written: the unit that opens it, its name, and its members in order."""

    opener: tree.Unit
    head: str
    name: str
    name_span: Span
    members: tuple[tree.Unit, ...]

    @property
    def key(self) -> Key:
        """What tells it apart in the project."""
        return self.opener.name.file, self.opener.name.key


@dataclass(frozen=True, slots=True)
class Pinned:
    """A policy as a feature has it: its name, its arguments as text, where it is included, and its binding."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    span: Span
    home: "Home" = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Home:
    """A feature or policy, bound: its scope, its requirements with those of the policies it includes, all its IDs.

    `open` is true where some member could not be read, so that an unknown ID may be that one's. `policies` are those that
    it includes, directly or not.
    """

    block: Block
    scope: Scope
    requirements: tuple[Requirement, ...]
    ids: Mapping[str, Known]
    open: bool
    policies: dict[Key, Pinned] = field(default_factory=dict[Key, Pinned])


def members_of(head: str) -> tuple[str, ...]:
    """What may stand in a block that starts with `head`, beside requirements."""
    return _FEATURE if head == "feature" else _POLICY


def bind_home(
    block: Block,
    visible: Scope,
    included: Sequence[tuple[Home, Span]],
    arguments: Mapping[str, Argument],
    kinds: Kinds,
    read: Read,
    elsewhere: Callable[[str], "Known | None"],
    found: Collector,
) -> Home:
    """Bind the members of `block`; `included` are its policies, `elsewhere` finds an ID of another feature.

    `arguments` are the values of its parameters, where it is a policy that has some.
    """
    names = Names(block.name, arguments=arguments)
    names.join(visible, None, found)
    ids: dict[str, Known] = {}
    requirements: dict[spans.Unit, Requirement] = {}
    is_open = not visible.open.isdisjoint(("policy", "use"))
    for home, at in included:
        names.join(home.scope, at, found)
        _join_ids(ids, home.ids, found)
        for requirement in home.requirements:
            if ids[requirement.id].span.unit == requirement.span.unit:
                requirements.setdefault(requirement.span.unit, requirement)
        is_open = is_open or home.open
    _misplaced(block, names, kinds, found)
    declare(names, [unit for unit in block.members if _declares(unit)], found)
    for name, argument in arguments.items():
        if name in names.givens and name not in visible.givens:
            found.add(wrong_name.name_taken("given", name, names.givens[name].span, argument.declared))
    scope = names.scope("\n".join(kinds.names))
    own: list[Requirement] = []
    broken: list[tree.Unit] = []
    for unit in block.members:
        if unit.item is None:
            head = key_name(unit.name.key)[0]
            if "-" in head:
                ids.setdefault(head, Known(head, Span(unit.name, 0, len(head)), block.name, retired=False, broken=True))
            is_open = is_open or head not in members_of(block.head)
            continue
        if unit.item.id is None:
            continue
        value = found.take(read(unit, scope, kinds))
        span = unit.span(unit.item.id)
        known = Known(unit.item.id.text, span, block.name, retired=is_retired(unit.item), broken=value is None)
        if value is None and not known.retired:
            broken.append(unit)
        if _claimed(ids, known, found) and value is not None:
            own.append(value)
    joined = tuple(requirements.values())
    changed = changes(block.members, own, joined, scope, found, is_open=is_open)
    ids.update((id, replace(ids[id], changed=change)) for id, change in changed.items())
    check_former(own, joined, ids, found)
    check_written(broken, ids, elsewhere, found, is_open=is_open)
    everything = (*left(joined, changed), *resolved(own, ids, elsewhere, found, is_open=is_open))
    return Home(block, scope, everything, ids, is_open)


def _declares(unit: tree.Unit) -> bool:
    if unit.item is None:
        return key_name(unit.name.key)[0] in HEADS
    return unit.item.id is None and unit.item.head.text in HEADS


def _misplaced(block: Block, names: Names, kinds: Kinds, found: Collector) -> None:
    """Report members that are no declarations, no fields of the block and no requirements."""
    allowed = members_of(block.head)
    for unit in block.members:
        item = unit.item
        if item is None or item.id is not None or item.head.text in allowed:
            continue
        head, span = item.head.text, unit.span(item.head)
        if head in _FEATURE:
            found.add(wrong_name.out_of_place(f"`{head}`", "in a policy", "into the features that include it", span))
        elif head in ("use", "feature", "policy"):
            found.add(wrong_name.out_of_place(f"`{head}`", f"in a {block.head}", "to the top of the file", span))
        elif head in kinds.names:
            found.add(wrong_name.no_id(head, span, suggested_id(block, head)))
        else:
            near = nearest(head, (*allowed, *kinds.names))
            found.add(wrong_name.unknown_statement(head, span, near, allowed, f"a {block.head}"))
            guessed(names, near, unit, item)


def guessed(names: Names, near: str | None, unit: tree.Unit, item: tree.Item) -> None:
    """Keep the name of a declaration whose head is misspelled."""
    if near not in NAMED:
        return
    name = declared_name(item)
    if name is None:
        names.open.add(near)
        return
    names.keep(near, name.text, unit.span(name), mark(unit))


def suggested_id(block: Block, kind: str) -> str:
    """The first free ID for a requirement of `kind` in `block`."""
    return free_id(
        kind, {one.item.id.text for one in block.members if one.item is not None and one.item.id is not None}
    )


def free_id(kind: str, taken: Collection[str]) -> str:
    """The first ID for a requirement of `kind` that is not among `taken`."""
    stem = kind.partition("_")[0].upper()
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _join_ids(ids: dict[str, Known], added: Mapping[str, Known], found: Collector) -> None:
    for known in added.values():
        first = ids.get(known.id)
        if first is None or first.span.unit != known.span.unit:
            _claimed(ids, known, found)


def _claimed(ids: dict[str, Known], known: Known, found: Collector) -> bool:
    """Whether `known` is the only one of its ID so far; reported if not."""
    first = ids.setdefault(known.id, known)
    if first is known:
        return True
    if first.retired and not known.retired:
        found.add(wrong_name.id_retired(known.id, known.span, first.span))
    elif known.retired and not first.retired:
        found.add(wrong_name.id_retired(known.id, first.span, known.span))
    else:
        found.add(wrong_name.id_taken(known.id, known.span, first.span))
    return False
