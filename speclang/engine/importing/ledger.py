"""The account of an import: what became of every value of the documents.

In: what an importer says that it took, changed or could not say. Out: the losses, with their places.
Invariant: nothing vanishes silently; a value that nobody spoke for is lost, and says so.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...source.records import dataclass
from .document import Node


@dataclass(frozen=True, slots=True)
class Loss:
    """What could not be carried over as it was: where it stood, why, and what to do.

    `changed` if something of it is in the spec, in the part named `now`.
    """

    node: Node
    why: str
    fix: str
    changed: bool = False
    now: str = ""


NOTHING_SAYS = "a spec has no word for it"


class Ledger:
    """What was taken, and what not."""

    __slots__ = ("_lost", "_taken", "_terse")

    def __init__(self, reasons: Mapping[str, tuple[str, str]]) -> None:
        """`reasons` tells, by the last key of a path, why a value that nobody speaks for is lost, and what to do."""
        self._taken: dict[str, str] = {}
        self._lost: list[Loss] = []
        self._terse = reasons

    def take(self, node: Node | None, now: str) -> str:
        """Everything below `node` is said by the part `now` of the spec; its text, "" for None."""
        if node is None:
            return ""
        for leaf in node.leaves():
            self._taken.setdefault(leaf.key, now)
        return node.text

    def change(self, node: Node, now: str, why: str, fix: str) -> None:
        """Everything below `node` is in the part `now`, not quite as it was."""
        self.take(node, now)
        self._lost.append(Loss(node, why, fix, changed=True, now=now))

    def lose(self, node: Node, why: str, fix: str) -> None:
        """What is below `node`, and was not taken before, is not in the spec."""
        rest = [leaf for leaf in node.leaves() if leaf.key not in self._taken]
        if not rest:
            return
        for leaf in rest:
            self._taken[leaf.key] = ""
        self._lost.append(Loss(node, why, fix))

    def give_back(self, now: str, nodes: Sequence[Node], why: str, fix: str) -> None:
        """The part `now` is in the spec no more, with all that was taken for it."""
        self._lost = [one for one in self._lost if not (one.changed and one.now == now)]
        for node in nodes:
            for leaf in node.leaves():
                if self._taken.get(leaf.key) == now:
                    del self._taken[leaf.key]
            self.lose(node, why, fix)

    def settle(self, roots: Sequence[Node]) -> None:
        """Declare lost what nobody spoke for."""
        for root in roots:
            for node in self._unsaid(root):
                own = node.path.rpartition(".")[2].partition("[")[0]
                known = [name for name in (own, *(key for key, _ in node.items)) if name in self._terse]
                why, fix = self._terse[known[0]] if known else (NOTHING_SAYS, "keep the file, if somebody needs it")
                if not node.path:
                    why, fix = "nothing in this format is called so", "name it as the format does, if it belongs to it"
                if not any(leaf.text.strip() for leaf in node.leaves()):
                    why, fix = "it is empty", "nothing, a spec does without"
                self.lose(node, why, fix)

    def _unsaid(self, node: Node) -> Iterator[Node]:
        """The largest parts of which no leaf was spoken for."""
        said = [leaf.key in self._taken for leaf in node.leaves()]
        if not any(said):
            yield node
        elif not all(said):
            for _, child in node.items:
                yield from self._unsaid(child)

    def where(self, node: Node) -> str | None:
        """The part of the spec that says the leaf `node`; "" if it is lost, None if nobody spoke for it."""
        return self._taken.get(node.key)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """All of them, by file and place; what is said of a value several times, once."""
        first: dict[tuple[str, str, str], Loss] = {}
        for one in self._lost:
            first.setdefault((one.node.key, one.why, one.fix), one)
        return tuple(sorted(first.values(), key=lambda one: (one.node.file, one.node.start, one.node.path, one.why)))

    @property
    def carried(self) -> int:
        """How many values are in the spec."""
        return sum(1 for now in self._taken.values() if now)

    @property
    def values(self) -> int:
        """How many values there are."""
        return len(self._taken)
