"""Features and policies: whose members join whom, which IDs there are, and who beats whom.

In: the units of one feature or policy, what is visible in its file, and the policies that it includes. Out: a `Home`.
An included policy's declarations and requirements join as they are: a policy is bound once, in its own scope, and can refer
only to what it and its file declare.
Invariant: an ID names one requirement of a feature, wherever it is written.
"""

from collections.abc import Callable, Mapping, Sequence

from ..diagnostics.result import Collector, Result
from ..model.requirement import Ref, Requirement
from ..source import span as spans
from ..source.records import dataclass, replace
from ..source.span import Span
from ..source.suggest import nearest
from ..syntax import tree
from .declarations import HEADS, declare
from .errors import composition as wrong
from .errors import names as wrong_name
from .fields import Kinds
from .names import NAMED, Names, Scope, declared_name, key_name, mark
from .requirements import is_retired

Key = tuple[str, str]
"""The file and the key of the unit that opens a feature or policy."""

Read = Callable[[tree.Unit, Scope, Kinds], Result[Requirement | None]]
"""`bind_requirement`, or the same with a memory."""

UNNAMED = {"feature": 'feature refunds "Refund assistant" {', "policy": 'policy brand "Our voice" {'}
"""How a block opens, for messages."""

_FEATURE = (*HEADS, "include", "owner", "role", "total")
_POLICY = (*HEADS, "include", "owner")


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
class Known:
    """An ID: where it is used, by what, and whether its requirement is retired or broken."""

    id: str
    span: Span
    home: str
    retired: bool
    broken: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A feature or policy, bound: its scope, its requirements with those of the policies it includes, all its IDs.

    `open` is true where some member could not be read, so that an unknown ID may be that one's.
    """

    block: Block
    scope: Scope
    requirements: tuple[Requirement, ...]
    ids: Mapping[str, Known]
    open: bool


def members_of(head: str) -> tuple[str, ...]:
    """What may stand in a block that starts with `head`, beside requirements."""
    return _FEATURE if head == "feature" else _POLICY


def bind_home(
    block: Block,
    visible: Scope,
    included: Sequence[tuple[Home, Span]],
    kinds: Kinds,
    read: Read,
    elsewhere: Callable[[str], "Known | None"],
    found: Collector,
) -> Home:
    """Bind the members of `block`; `included` are its policies, `elsewhere` finds an ID of another feature."""
    names = Names(block.name)
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
    scope = names.scope("\n".join(kinds.names))
    own: list[Requirement] = []
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
        if _claimed(ids, known, found) and value is not None:
            own.append(value)
    resolved = _resolved(own, ids, elsewhere, found, is_open=is_open)
    everything = (*requirements.values(), *resolved)
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
    taken = {unit.item.id.text for unit in block.members if unit.item is not None and unit.item.id is not None}
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


def _resolved(
    own: Sequence[Requirement],
    ids: Mapping[str, Known],
    elsewhere: Callable[[str], Known | None],
    found: Collector,
    *,
    is_open: bool,
) -> list[Requirement]:
    """`own` with the sound references in `over` only, and no circle among them."""
    kept: dict[str, list[Ref]] = {}
    for requirement in own:
        if requirement.over:
            refs = [
                ref for ref in requirement.over if _is_sound(ref, requirement, ids, elsewhere, found, is_open=is_open)
            ]
            kept[requirement.id] = list(dict.fromkeys(refs))
    _break_circles(kept, found)
    return [
        replace(requirement, over=tuple(kept[requirement.id]))
        if requirement.over and tuple(kept[requirement.id]) != requirement.over
        else requirement
        for requirement in own
    ]


def _is_sound(
    ref: Ref,
    by: Requirement,
    ids: Mapping[str, Known],
    elsewhere: Callable[[str], Known | None],
    found: Collector,
    *,
    is_open: bool,
) -> bool:
    known = ids.get(ref.id)
    if ref.id == by.id:
        found.add(replace(wrong.over_itself(ref.id, ref.span), requirement=by.id))
    elif known is None:
        other = elsewhere(ref.id)
        if other is not None and not is_open:
            found.add(replace(wrong_name.over_elsewhere(ref.id, ref.span, other.span, other.home), requirement=by.id))
        elif not is_open:
            unknown = wrong_name.unknown_name("requirement", ref.id, ref.span, tuple(ids))
            found.add(replace(unknown, requirement=by.id))
    elif known.retired:
        found.add(replace(wrong.over_retired(ref.id, ref.span, known.span), requirement=by.id))
    elif not known.broken:
        return True
    return False


def _break_circles(over: dict[str, list[Ref]], found: Collector) -> None:
    """Report each circle of `over` once and drop the reference that closes it."""
    done: set[str] = set()
    for root in over:
        if root in done:
            continue
        path, at = [root], {root: 0}
        while path:
            name = path[-1]
            refs = over.get(name, [])
            step = at[name]
            if step >= len(refs):
                path.pop()
                done.add(name)
                del at[name]
                continue
            at[name] = step + 1
            target = refs[step].id
            if target in at:
                circle = path[path.index(target) :]
                places = [over[one][at[one] - 1].span for one in circle]
                start = circle.index(min(circle))
                circle, places = circle[start:] + circle[:start], places[start:] + places[:start]
                found.add(replace(wrong.over_cycle(circle, places[0], places[1:]), requirement=circle[0]))
                del refs[step]
                at[name] = step
            elif target not in done:
                path.append(target)
                at[target] = 0
