"""`specc triage`: of every conversation that failed, which layer broke first.

In: a folder, and what is wished: the answers of a run, or files of spans. Out: a `Triage`.
Invariant: nothing is asked and nothing is stored; the same conversation gives the same findings wherever it comes from.
"""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from ..diagnostics.diagnostic import has_errors
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..grading.messages import Malformed
from ..grading.record import record
from ..grading.spans.telling import Told
from ..grading.suite import RequirementVerdict, State
from ..run.asking import Unusable
from ..run.store.reading import PastRun
from ..source.records import replace
from ..source.suggest import nearest
from .compare import find
from .evidence import opened
from .outcome import Unfit
from .triaging.imported import Imported
from .triaging.keeping import Keeping
from .triaging.outcome import Triage, Triaged, Wish
from .triaging.stored import Answers
from .triaging.ward import Ward


def triage(folder: Path, wish: Wish) -> Triage | Unfit:
    """Triage what is wished. Raises `Unusable`, `UnknownFeature`, `NoProject` and `OSError`, also `NotOurs`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    return _Triage(project, wish).done()


class _Triage:
    """One triage; lives no longer than the call."""

    __slots__ = ("_failed", "_found", "_keeping", "_project", "_wards", "_wish")

    def __init__(self, project: Opened, wish: Wish) -> None:
        self._project = project
        self._wish = wish
        self._keeping: Keeping | None = None
        features = {one.name: one for one in project.compiled.program.features}
        foreign = project.home.config.kinds
        self._wards = {
            plan.feature: Ward(features[plan.feature], plan, foreign) for plan in project.compiled.plan.features
        }
        self._found: list[Triaged] = []
        self._failed = 0

    def done(self) -> Triage:
        """What is found."""
        self._known(self._wish.feature)
        return self._files() if self._wish.files else self._run()

    def _known(self, feature: str) -> None:
        if feature and feature not in self._wards:
            raise UnknownFeature(feature, nearest(feature, self._wards) or "")

    def _begin(self, run: int) -> None:
        if self._wish.spans is not None:
            self._keeping = Keeping(self._wish.spans, run)

    def _run(self) -> Triage:
        """The answers of a run."""
        features = [name for name in self._wish.names if name in self._wards]
        named = [name for name in self._wish.names if name not in self._wards]
        if len(named) > 1 or len(features) > 1:
            raise Unusable("one run and one feature are triaged at a time")
        feature = next(iter(features), self._wish.feature)
        store = opened(self._project)
        try:
            run = find(store, next(iter(named), ""))
            self._begin(run.id)
            answers = Answers(self._project, store, run)
            several = self._several()
            for heard in answers.each(feature, self._chosen()):
                told = heard.told
                number = f", answer {told.sample}" if told.sample > 1 else ""
                name = f"{told.feature}/{told.case}{number}" if several else f"{told.case}{number}"
                self._look(name, told, heard.made, self._wards[told.feature], heard.verdicts)
        finally:
            store.close()
        return self._triage(run, answers.looked, answers.elsewhere)

    def _several(self) -> bool:
        return len(self._wards) > 1

    def _chosen(self) -> Mapping[str, frozenset[str]]:
        """The cases of each feature that are wished."""
        pattern = self._wish.case
        found = {
            plan.feature: frozenset(
                case.id
                for case in plan.cases
                if not pattern or fnmatchcase(case.id, pattern) or pattern == f"{plan.feature}/{case.id}"
            )
            for plan in self._project.compiled.plan.features
        }
        if pattern and not any(found.values()):
            every = [case.id for plan in self._project.compiled.plan.features for case in plan.cases]
            near = nearest(pattern, every)
            raise Unusable(f"no case is called `{pattern}`" + (f"; did you mean `{near}`" if near else ""))
        return found

    def _files(self) -> Triage:
        """The conversations of files of spans."""
        imported = Imported()
        self._begin(0)
        looked = mute = 0
        for file, told in imported.each(self._wish.files):
            name = f"{file}: {told.trace[:8]}"
            feature = self._feature(told)
            if feature is None:
                named = f"`{told.feature}` is no feature of this project" if told.feature else "they name no feature"
                imported.refused.append((name, f"{named}; `--feature` says whose these conversations are"))
                continue
            if self._wish.case and not fnmatchcase(told.case, self._wish.case):
                continue
            if told.mute:
                mute += 1
                continue
            looked += 1
            self._take(name, replace(told, feature=feature), imported)
        return replace(self._triage(None, looked, 0), mute=mute, refused=tuple(imported.refused))

    def _take(self, name: str, told: Told, imported: Imported) -> None:
        ward = self._wards[told.feature]
        if told.case and ward.case(told.case) is None:
            told = replace(told, case="")
        try:
            found = record(told.record, 1)
        except Malformed as problem:
            imported.refused.append((name, str(problem)))
            return
        self._look(name, told, "", ward, ward.graded(found, told.steps))

    def _feature(self, told: Told) -> str | None:
        """The feature that a conversation belongs to: the one that is wished, the one that it names, or the only one."""
        if self._wish.feature:
            return self._wish.feature
        if told.feature in self._wards:
            return told.feature
        return next(iter(self._wards)) if len(self._wards) == 1 else None

    def _look(self, name: str, told: Told, made: str, ward: Ward, verdicts: Sequence[RequirementVerdict]) -> None:
        """Triage one conversation."""
        self._failed += any(one.state is State.FAIL and one.gates for one in verdicts)
        found = ward.triaged(name, told, verdicts)
        if found is not None:
            self._found.append(found)
        if self._keeping is not None and (found is not None or self._wish.every):
            self._keeping.keep(told, made)

    def _triage(self, run: PastRun | None, looked: int, elsewhere: int) -> Triage:
        return Triage(
            run=run,
            looked=looked,
            failed=self._failed,
            found=tuple(self._ordered()),
            elsewhere=elsewhere,
            written=self._keeping.written if self._keeping else 0,
        )

    def _ordered(self) -> Iterator[Triaged]:
        """What was found, by the order of the cases; what belongs to none as it came."""
        places = {
            (plan.feature, case.id): place
            for plan in self._project.compiled.plan.features
            for place, case in enumerate(plan.cases)
        }
        features = {name: place for place, name in enumerate(self._wards)}
        yield from sorted(
            self._found,
            key=lambda one: (features[one.feature], places.get((one.feature, one.case), -1), one.told.sample),
        )
