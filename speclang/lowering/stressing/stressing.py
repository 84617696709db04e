"""Cases as other users would write them.

In: a feature with stresses, and its plan. Out: for each stress its variants, what it lacks, and findings about both.
For each requirement some of its cases are seeds. Each seed has a variant for every level, everything else as it was; pairs of levels
are dealt out to the seeds of a requirement by lot, every pair once, by a covering array.
Invariant: the same seed gives the same texts; what an answer hangs on stands in every variant as it did; a case is not touched.
"""

from collections.abc import Iterable, Iterator, Sequence

from ...diagnostics.diagnostic import Diagnostic
from ...diagnostics.result import Result
from ...kit.inputs.covering import levels as covering
from ...kit.varying.chance import Chance
from ...kit.varying.finding import Way, axis
from ...kit.varying.message import Message, cut, holds, joined, kept
from ...kit.varying.tongue import english
from ...model.feature import Feature
from ...model.stress import Axis, Stress
from ...plan.case import Case, Turn
from ...plan.origin import Origin
from ...plan.plan import FeaturePlan
from ...plan.stressed import At, Lack, Stressed, Variant
from ...source.hashing import digest
from . import errors
from .paraphrasing import Paraphrases, sources
from .staying import Staying


def stressed(feature: Feature, plan: FeaturePlan) -> Result[tuple[Stressed, ...]]:
    """What the stresses of `feature` make of the cases of `plan`."""
    staying = Staying(feature, plan)
    written = Paraphrases(feature)
    made = tuple(_Stress(feature, plan, stress, staying, written).made() for stress in feature.stresses)
    found = [*_lacking(feature, made), *_unsaid(feature, plan, written)]
    return Result(made, tuple(found))


def _lacking(feature: Feature, made: Iterable[Stressed]) -> Iterator[Diagnostic]:
    """A finding for each level of an axis without rules at which texts are missing, and for each that no seed has.

    Where a rule can do nothing with a few texts, which are not English, say, runs tell it.
    """
    spans = {
        (one.name, way.name, level.name): level.span
        for one in feature.stresses
        for way in one.axes
        for level in way.levels
    }
    for one in made:
        tried = {at for variant in one.variants for at in variant.at}
        for lack in one.lacks:
            if lack.texts and (axis(lack.at[0]).every or lack.at not in tried):
                yield errors.no_text(lack.at[1], lack.texts, lack.cases, spans[one.name, *lack.at])


def _unsaid(feature: Feature, plan: FeaturePlan, written: Paraphrases) -> Iterator[Diagnostic]:
    """A finding for each paraphrase of a text that no case says."""
    if not feature.paraphrases:
        return
    said = dict.fromkeys(
        text
        for case in plan.cases
        for turn in case.turns
        if turn.role == "user"
        for text, _ in sources(turn, case.origin)
    )
    for one in written.unsaid(said):
        yield errors.unsaid(one.source.plain, one.source.span)


class _Stress:
    """One stress of a feature, while its variants are made."""

    __slots__ = ("_cases", "_feature", "_lacking", "_made", "_own", "_staying", "_stress", "_written")

    def __init__(
        self, feature: Feature, plan: FeaturePlan, stress: Stress, staying: Staying, written: Paraphrases
    ) -> None:
        self._feature = feature
        self._cases = plan.cases
        self._stress = stress
        self._staying = staying
        self._written = written
        self._own = Origin(stress.owner, "", stress.span)
        self._lacking: dict[At, dict[str, tuple[str, ...]]] = {}
        self._made: dict[str, Variant] = {}

    def made(self) -> Stressed:
        """All variants: those of each requirement together, by seed, first those of one level."""
        stress = self._stress
        groups = [list(self._seeds(one.id)) for one in self._feature.requirements]
        for seeds in groups:
            for case in seeds:
                for way in stress.axes:
                    for level in way.levels:
                        self._add(case, ((way, level.name),))
        apart = tuple(self._apart())
        rows = list(self._rows(apart))
        for seeds in groups:
            for row in rows:
                next((case for case in self._turned(seeds, row) if self._add(case, row)), None)
        order = {case.id: place for place, case in enumerate(case for seeds in groups for case in seeds)}
        variants = sorted(self._made.values(), key=lambda one: (order[one.seed], len(one.at) > 1))
        return Stressed(
            name=stress.name,
            seed=stress.seed,
            least=stress.least,
            levels=tuple((way.name, tuple(level.name for level in way.levels)) for way in stress.axes),
            seeds=tuple(order),
            variants=tuple(variants),
            lacks=tuple(
                Lack(at=at, cases=len(by), texts=tuple(dict.fromkeys(text for texts in by.values() for text in texts)))
                for at, by in self._lacking.items()
            ),
            apart=apart,
            origin=self._own,
        )

    def _seeds(self, requirement: str) -> Iterator[Case]:
        """As many cases of a requirement as are wanted, the first and others by lot; none that is compared with another.

        A case that comes or goes changes one seed at most.
        """
        own = [
            case
            for case in self._cases
            if case.requirement == requirement and not case.base and any(turn.role == "user" for turn in case.turns)
        ]
        drawn = {case.id for case in sorted(own[1:], key=self._lot)[: max(0, self._stress.seeds - 1)]}
        yield from (case for place, case in enumerate(own) if not place or case.id in drawn)

    def _lot(self, case: Case, row: Sequence[tuple[Axis, str]] = ()) -> str:
        """What decides by chance among cases, for each on its own."""
        return digest("\n".join((str(self._stress.seed), case.id, *(f"{way.name}={level}" for way, level in row))))

    def _turned(self, seeds: Sequence[Case], row: Sequence[tuple[Axis, str]]) -> Sequence[Case]:
        """`seeds` in the order in which they are tried for `row`: whatever seeds there are besides, two of them keep their order."""
        return sorted(seeds, key=lambda case: self._lot(case, row))

    def _apart(self) -> Iterator[tuple[At, At]]:
        """Levels of languages, with those of axes whose rules know English only."""
        for one in self._stress.axes:
            for other in self._stress.axes:
                if axis(one.name).every and axis(other.name).english:
                    for first in one.levels:
                        for second in other.levels:
                            if first.name != "en":
                                yield (one.name, first.name), (other.name, second.name)

    def _rows(self, apart: Sequence[tuple[At, At]]) -> Iterator[tuple[tuple[Axis, str], ...]]:
        """The levels of each row of the covering array that has two or more; levels that nothing could be made of have no row."""
        ways = self._stress.axes
        able = {at for one in self._made.values() for at in one.at}
        tried = [[level.name for level in way.levels if (way.name, level.name) in able] for way in ways]
        place = {
            (way.name, name): (at, number) for at, way in enumerate(ways) for number, name in enumerate(tried[at], 1)
        }
        barred = frozenset(
            frozenset((place[one], place[other])) for one, other in apart if one in place and other in place
        )
        for row in covering([len(one) + 1 for one in tried], barred):
            named = tuple(
                (way, tried[at][number - 1]) for at, (way, number) in enumerate(zip(ways, row, strict=True)) if number
            )
            if len(named) > 1:
                yield named

    def _add(self, case: Case, levels: tuple[tuple[Axis, str], ...]) -> bool:
        """Keep the variant of `case` at these levels, if it can be made."""
        messages = [self._message(case, turn) for turn in case.turns]
        for way, level in levels:
            varied = self._varied(case, axis(way.name), level, messages)
            if varied is None:
                return False
            messages = varied
        at = tuple((way.name, level) for way, level in levels)
        origin = Origin(self._stress.owner, levels[0][0].name, levels[0][0].span) if len(levels) == 1 else self._own
        said = tuple(
            turn if turn.role != "user" else Turn("user", ((joined(message), origin),))
            for turn, message in zip(case.turns, messages, strict=True)
        )
        id = f"{case.id}/{self._stress.name}/{'+'.join(f'{name}={level}' for name, level in at)}"
        self._made[id] = Variant(
            id=id, seed=case.id, requirement=case.requirement, covers=case.covers, at=at, turns=said, origin=origin
        )
        return True

    def _message(self, case: Case, turn: Turn) -> Message:
        return cut(turn.text, self._staying.of(case)) if turn.role == "user" else ()

    def _varied(self, case: Case, way: Way, level: str, messages: Sequence[Message]) -> list[Message] | None:
        """What the user says at `level`; None, once noted, where there is no such text."""
        found: list[Message] = []
        changed, missing = False, list[str]()
        for number, (turn, message) in enumerate(zip(case.turns, messages, strict=True)):
            made = self._said(case, turn, way, level, message, number, missing) if turn.role == "user" else message
            changed = changed or (turn.role == "user" and made is not None)
            if made is None and way.every:
                changed = False
                break
            found.append(message if made is None else made)
        if changed:
            return found
        if self._plain(case, messages):
            self._lacking.setdefault((way.name, level), {})[case.id] = tuple(missing)
        return None

    def _plain(self, case: Case, messages: Sequence[Message]) -> bool:
        """Whether `messages` are those of the case itself."""
        return all(
            turn.role != "user" or joined(one) == turn.text for turn, one in zip(case.turns, messages, strict=True)
        )

    def _said(
        self, case: Case, turn: Turn, way: Way, level: str, message: Message, number: int, missing: list[str]
    ) -> Message | None:
        """One message at `level`: by a text that somebody wrote, else by the rule; `missing` gets what nobody has written."""
        if joined(message) == turn.text:
            texts = [self._written.at(level, text) for text, _ in sources(turn, case.origin)]
            if all(one is not None for one in texts):
                words = " ".join(one.text for one in texts if one is not None)
                stays = [value for one in texts if one is not None for value in one.values]
                return cut(words, (*self._staying.of(case), *stays))
        barred = way.english and not english(joined(message))
        made = None if barred else way.vary(message, level, self._chance(case, way, number))
        if made is None and (barred or way.every):
            missing += [
                self._written.template(text)
                for text, _ in sources(turn, case.origin)
                if self._written.at(level, text) is None
            ]
        if made is not None and (joined(made) == joined(message) or not holds(joined(made), kept(message))):
            return None
        return made

    def _chance(self, case: Case, way: Way, number: int) -> Chance:
        return Chance(f"{self._stress.seed}\n{case.id}\n{number}\n{way.name}")
