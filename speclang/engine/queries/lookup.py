"""An open project, ready to be asked: the trees of this moment, and what stands at a place.

In: a session. Out: units, uses and declarations at an offset; places of spans today.
Invariant: offsets are code points of the text that the session holds; nothing is remembered that a text could outlive.
"""

from bisect import bisect_right

from ...bind.fields import Kinds
from ...diagnostics.diagnostic import has_errors
from ...emit.cost.tokens import Count, NotInstalled, counter, estimate
from ...kit import registry
from ...model.feature import Feature
from ...plan.plan import FeaturePlan
from ...source.records import dataclass
from ...source.span import Range, Span, Unit
from ...syntax import tree
from ..session import Session, View
from ..standing.stand import Standing, stand
from .names import Declared, Names, block_of
from .uses import HOLE, Use, uses


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place of a spec: the word there, what it is used as, and the declaration that it means, if any.

    Where the word declares something, `use` is None.
    """

    unit: tree.Unit
    start: int
    end: int
    use: Use | None
    declared: Declared | None


class Lookup:
    """Answers about one session."""

    def __init__(self, session: Session) -> None:
        """Ask `session` for texts and trees."""
        self.session = session
        self._names: Names | None = None
        self._kinds: Kinds | None = None
        self._standing: tuple[View, Standing] | None = None
        self._starts: dict[str, tuple[tree.File, dict[Unit, int]]] = {}

    @property
    def kinds(self) -> Kinds:
        """The kinds that the project may use."""
        foreign = self.session.settings.kinds
        if self._kinds is None or self._kinds.foreign != foreign:
            self._kinds = Kinds(registry.names(foreign), foreign, {})
        return self._kinds

    @property
    def names(self) -> Names:
        """The names as they are now."""
        files = tuple(file for name in self.session.specs() if (file := self.session.file(name)) is not None)
        known = self._names
        if known is None or tuple(known.files.values()) != files:
            known = self._names = Names(files, known)
        return known

    def unit(self, name: str, offset: int) -> tree.Unit | None:
        """The unit of a file in which `offset` lies, or with which it ends."""
        file = self.session.file(name)
        if file is None:
            return None
        at = bisect_right(file.units, offset, key=lambda one: one.start) - 1
        if at < 0:
            return None
        unit = file.units[at]
        return unit if offset <= unit.start + len(unit.text) else None

    def spot(self, name: str, offset: int) -> Spot | None:
        """What stands at `offset` of a spec; None where there is no name."""
        unit = self.unit(name, offset)
        if unit is None:
            return None
        inner = offset - unit.start
        names = self.names
        for one in names.in_file(name):
            if one.unit.name == unit.name and one.what != "called" and one.span.start <= inner <= one.span.end:
                return Spot(unit, one.span.start, one.span.end, None, one)
        visible = names.visible(name, block_of(unit))
        for use in uses(unit, self.kinds):
            if use.start <= inner <= (unit.text.find("}", use.end) if use.what == HOLE else use.end):
                return Spot(unit, use.start, use.end, use, visible.find(use))
        return None

    def place(self, span: Span) -> Range | None:
        """Where `span` stands today; None if its unit is gone."""
        name, key = span.unit
        if not key:
            return Range(name, span.start, span.end)
        file = self.session.file(name)
        if file is None:
            return None
        known = self._starts.get(name)
        if known is None or known[0] is not file:
            known = self._starts[name] = file, {unit.name: unit.start for unit in file.units}
        start = known[1].get(span.unit)
        return None if start is None else Range(name, start + span.start, start + span.end)

    def broken(self, name: str) -> bool:
        """Whether a file has lines that can't be read."""
        return has_errors(self.session.parsed(name).diagnostics)

    def features(self, name: str, block: str) -> tuple[Feature, ...]:
        """The features, as last compiled, that the block of a file is or is a part of."""
        view = self.session.view
        if view is None:
            return ()
        every = view.opened.compiled.program.features
        own = [one for one in every if block and (one.span.unit.file, one.span.unit.key) == (name, block)]
        return tuple(own) or tuple(one for one in every if name in one.files)

    def plan(self, feature: str) -> FeaturePlan | None:
        """The plan of a feature, as last compiled."""
        view = self.session.view
        plans = view.opened.compiled.plan.features if view is not None else ()
        return next((one for one in plans if one.feature == feature), None)

    def standing(self) -> Standing | None:
        """How the generated files stood when everything was looked at; None where the specs themselves were wrong."""
        view = self.session.view
        if view is None or has_errors(view.opened.compiled.diagnostics):
            return None
        if self._standing is None or self._standing[0] is not view:
            self._standing = view, stand(view.opened)
        return self._standing[1]

    def count(self) -> Count:
        """What counts tokens, as the project's settings say, or by estimate where that is not installed."""
        try:
            return counter(self.session.settings.tokenizer)
        except (KeyError, NotInstalled):
            return estimate
