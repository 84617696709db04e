"""What one spec tells at once, while somebody types: faults of syntax, names and types, before anything is compiled.

In: the text of a file, and those of the files that it uses. Out: its tree and the findings in it.
Invariant: says of a file what a compilation of everything says of it up to `bind`, except for what only other files' features
can tell. What is remembered of a block counts as long as its text, and all that it can see, are as they were.
"""

from collections.abc import Callable, Mapping, Sequence

from ...bind import bind
from ...bind.composing.files import use_graph
from ...bind.errors.names import UNKNOWN_NAME
from ...diagnostics.diagnostic import Diagnostic, ordered
from ...project.config import Config
from ...source.records import dataclass, field, replace
from ...source.span import Places, Unit
from ...source.text import SourceText
from ...syntax import tree
from ...syntax.edit import places as places_of
from ..judging.findings import founded, weighed
from ..judging.ledger import Ledger
from .memory import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """The tree of a file and the findings in it, in order."""

    file: tree.File = field(repr=False)
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found in a file: `blocks` are the texts of its features and, under "", of all else; `others` what it used."""

    blocks: Mapping[str, tuple[tuple[str, str], ...]]
    others: tuple[tree.File, ...]
    bound: tuple[Diagnostic, ...]


class Reader:
    """Reads the specs of one project, each again only where it has changed."""

    def __init__(
        self,
        memory: Memory,
        config: Config,
        ledger: Ledger,
        source: Callable[[str], SourceText | None],
        names: Callable[[], Sequence[str]],
    ) -> None:
        """`source` gives the text of a spec, `names` all there are."""
        self._memory = memory
        self._config = config
        self._ledger = ledger
        self._source = source
        self._names = names
        self._known: dict[str, _Known] = {}
        self._seen: dict[str, tuple[tree.File, bool, tree.File]] = {}

    def quick(self, name: str) -> Quick | None:
        """What the spec `name` tells; None if it can't be read."""
        source = self._source(name)
        if source is None:
            return None
        parsed = self._memory.parse(source)
        file = parsed.value
        others = self._others(file)
        bound = self._bound(file, others)
        where = places_of((file, *others))
        found = weighed((*parsed.diagnostics, *founded(bound, parsed.diagnostics)), self._config)
        return Quick(file=file, diagnostics=ordered(self._ledger.weigh(found, where).told, where), places=where)

    def _others(self, file: tree.File) -> tuple[tree.File, ...]:
        """What `file` can see of the other files, if it uses any."""
        if not any(unit.item is not None and unit.item.head.text == "use" for unit in file.units if not unit.parent):
            return ()
        files = [file, *(self._memory.parse(one).value for one in map(self._source, self._names()) if one is not None)]
        by_name = {one.source.name: one for one in reversed(files)}
        uses = {one.source.name: used for one, used in use_graph(tuple(by_name.values())).value.order}
        needed: dict[str, None] = {}
        waiting = list(uses.get(file.source.name, ()))
        while waiting:
            one = waiting.pop()
            if one not in needed and one != file.source.name:
                needed[one] = None
                waiting.extend(uses.get(one, ()))
        known = [by_name[name] for name in sorted(by_name) if name != file.source.name]
        return tuple(self._shared(one, used=one.source.name in needed) for one in known)

    def _shared(self, file: tree.File, *, used: bool) -> tree.File:
        """What others can see of a file: all but its features; of one that is not used, that it is there."""
        known = self._seen.get(file.source.name)
        if known is None or known[0] is not file or known[1] is not used:
            units = tuple(unit for unit in file.units if used and not _block(unit))
            known = self._seen[file.source.name] = file, used, replace(file, units=units)
        return known[2]

    def _bound(self, file: tree.File, others: tuple[tree.File, ...]) -> tuple[Diagnostic, ...]:
        """The findings of `bind` in the file; where only some features have changed, these are bound."""
        name = file.source.name
        blocks = _blocks(file)
        known = self._known.get(name)
        bound: tuple[Diagnostic, ...] | None = None
        if known is not None and known.others == others and [*known.blocks] == [*blocks]:
            changed = {key for key, texts in blocks.items() if known.blocks[key] != texts}
            bound = known.bound if not changed else None if "" in changed else self._in_part(file, others, changed)
        if bound is None:
            bound = self._of((file, *others), name)
        self._known[name] = _Known(blocks, others, bound)
        return bound

    def _in_part(
        self, file: tree.File, others: tuple[tree.File, ...], changed: set[str]
    ) -> tuple[Diagnostic, ...] | None:
        """The findings where only the features of the blocks `changed` have; None if another feature may have a part in them."""
        if any(unit.item is not None and unit.item.id is not None and not unit.parent for unit in file.units):
            return None  # a brace too many: what follows a feature is taken for a part of it
        home = {unit.name: _block(unit) for unit in file.units}
        part = replace(file, units=tuple(unit for unit in file.units if home[unit.name] in {"", *changed}))
        fresh = [
            one for one in self._of((part, *others), file.source.name) if home.get(one.primary.span.unit) in changed
        ]
        texts = {unit.name: unit.text for unit in part.units}
        if any(one.code == UNKNOWN_NAME and "-" in _words(one, texts) for one in fresh):
            return None  # a requirement that another feature may have
        still = {name for name, block in home.items() if block not in changed}
        kept = [one for one in self._known[file.source.name].bound if one.primary.span.unit in still]
        return (*kept, *fresh)

    def _of(self, files: Sequence[tree.File], name: str) -> tuple[Diagnostic, ...]:
        found = bind(files, self._config.kinds, self._memory.read).diagnostics
        return tuple(one for one in found if one.primary.span.unit.file == name)


def _block(unit: tree.Unit) -> str:
    """The key of the feature in which a unit stands; "" for what all of the file can see."""
    key = unit.parent or unit.name.key
    return key if key.startswith("feature ") and "#" not in key else ""


def _blocks(file: tree.File) -> Mapping[str, tuple[tuple[str, str], ...]]:
    blocks: dict[str, list[tuple[str, str]]] = {"": []}
    for unit in file.units:
        blocks.setdefault(_block(unit), []).append((unit.name.key, unit.text))
    return {key: tuple(texts) for key, texts in blocks.items()}


def _words(one: Diagnostic, texts: Mapping[Unit, str]) -> str:
    unit, start, end = one.primary.span
    return texts[unit][start:end]
