"""Gathers what a report shows.

In: a compiled project, and its store where there is one. Out: a `View`.
Invariant: reads no clock: the day by which marks count is handed in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import dedent

from ..assure import baseline as blessed
from ..assure import calibration, course
from ..assure.accounts import Account, Aside, accounts
from ..assure.baseline import Judged, Shown
from ..assure.evidence import has_store, judge_of, opened
from ..assure.gates import MUST, levels
from ..assure.judging import questions
from ..assure.outcome import Row
from ..assure.reliable import said
from ..assure.today import today
from ..emit.prompt import is_prompt
from ..engine.check import judged as checked
from ..engine.compiling import Opened
from ..grading.holding import Call
from ..grading.tally import Key, Rate
from ..model.requirement import Requirement
from ..plan.artifact import Artifact
from ..run.asking import Unusable
from ..run.store.reading import PastRun
from ..source.hashing import digest
from ..source.records import replace
from ..source.span import Span
from ..source.text import LineIndex
from .evaluation import verdict
from .mutants import Mutants, mutants
from .spoken import Material, spoken
from .view import Clause, Part, Stands, Stated, View

AROUND = 3
"""How many lines of the prompt stand before and after a clause."""

BASELINE = "baseline.txt"


def view(project: Opened, day: date, features: Sequence[str] = ()) -> View:
    """What is shown of `features`, or of all. Raises `Unusable`."""
    now = today(project).only(features)
    runs: tuple[PastRun, ...] = ()
    found: tuple[Account, ...] = ()
    material = Material({}, ())
    changed: Mapping[Key, tuple[Mutants, ...]] = {}
    texts = _Texts(project)
    if has_store(project):
        by = judge_of(project)
        known = calibration.trusts(calibration.kept(project), by, questions(project)) if by else ()
        store = opened(project)
        try:
            found = accounts(project, now, store, by, known, day)
            runs = store.runs()
            material = spoken(store, found, by)
            changed = mutants(store.mutations.runs(), store.mutations.mutants(), texts.clauses(now.parts))
        finally:
            store.close()
    report = checked(project, remembering=False)
    return View(
        project=project.root.resolve().name,
        parts=tuple(_part(texts, one, found, changed) for one in now.parts.values()),
        accounts=found,
        runs=runs,
        material=material,
        findings=report.diagnostics,
        against=against(project, found, tuple(now.parts), day),
        places=report.places,
    )


class _Texts:
    """Where the specs state what, and how a prompt is made up."""

    __slots__ = ("_indexes", "_places", "_prompts")

    def __init__(self, project: Opened) -> None:
        self._places = project.compiled.places
        self._indexes: dict[str, LineIndex] = {}
        artifacts = [one for one in project.compiled.artifacts if is_prompt(one.path)]
        self._prompts = {one.feature: one for one in sorted(artifacts, key=lambda one: len(one.path), reverse=True)}

    def prompt(self, feature: str) -> Artifact | None:
        """The feature's prompt: that of no target, where it has several."""
        return self._prompts.get(feature)

    def clauses(self, features: Iterable[str]) -> dict[Key, str]:
        """The hash of what each requirement says in its feature's prompt, as mutants are bound to it."""
        found: dict[Key, str] = {}
        for feature in features:
            prompt = self._prompts.get(feature)
            for one in prompt.parts if prompt else ():
                if one.kind == "clause":
                    found[feature, one.owner] = found.get((feature, one.owner), "") + one.text
        return {key: digest(text.strip()) for key, text in found.items()}

    def stated(self, span: Span) -> tuple[str, str]:
        """The text of `span` without what it is indented by, and where it stands."""
        where = self._places.locate(span)
        source = self._places.sources.get(where.file)
        if source is None:
            return "", where.file
        index = self._indexes.setdefault(where.file, LineIndex(source.text))
        place = index.position(where.start)
        text = source.text[where.start : where.end]
        return dedent(" " * (place.column - 1) + text).rstrip(), f"{where.file}:{place.line}"


def _part(texts: _Texts, of: course.Part, found: Sequence[Account], changed: Mapping[Key, tuple[Mutants, ...]]) -> Part:
    prompt = texts.prompt(of.plan.feature)
    pieces = tuple((one.text, one.owner if one.kind == "clause" else "") for one in prompt.parts) if prompt else ()
    rows = [{(one.standing.feature, one.standing.requirement): one for one in account.rows} for account in found]
    return Part(
        name=of.plan.feature,
        title=of.plan.title,
        path=prompt.path if prompt else "",
        prompt=pieces,
        requirements=tuple(
            replace(
                _stated(texts, of, one, pieces, found, rows),
                mutants=changed.get((of.plan.feature, one.id), ()),
            )
            for one in of.feature.requirements
        ),
    )


def _stated(
    texts: _Texts,
    of: course.Part,
    one: Requirement,
    pieces: tuple[tuple[str, str], ...],
    found: Sequence[Account],
    rows: Sequence[Mapping[Key, Row]],
) -> Stated:
    key = (of.plan.feature, one.id)
    graders = tuple(grader for grader in of.plan.graders if grader.requirement == one.id)
    spec, at = texts.stated(one.span)
    return Stated(
        feature=of.plan.feature,
        id=one.id,
        title=one.title.plain if one.title is not None else "",
        kind=one.kind,
        level=levels(of.plan).get(one.id, ""),
        spec=spec,
        at=at,
        clauses=tuple(_clauses(pieces, one.id)),
        graders=graders,
        cases=tuple(case for case in of.plan.cases if case.requirement == one.id),
        stands=tuple(
            _stands(number, account, key, rows[number].get(key), graded=bool(graders))
            for number, account in enumerate(found)
        ),
    )


def _clauses(pieces: tuple[tuple[str, str], ...], id: str) -> Iterator[Clause]:
    """The clauses of a requirement, each with the lines around it."""
    for at, (text, owner) in enumerate(pieces):
        if owner == id:
            before = "".join(one for one, _ in pieces[:at])
            after = "".join(one for one, _ in pieces[at + 1 :])
            yield Clause(before=_last_lines(before), text=text, after=_first_lines(after))


def _last_lines(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[-AROUND:])


def _first_lines(text: str) -> str:
    return "".join(text[: AROUND * 2_000].splitlines(keepends=True)[:AROUND])


def _stands(number: int, account: Account, key: Key, row: Row | None, *, graded: bool) -> Stands:
    aside = account.aside.get(key, Aside())
    state, words = _state(row, aside) if graded else ("ungraded", "no grader speaks for it")
    return Stands(account=number, state=state, words=words, row=row, aside=aside, last=account.last.get(key, ""))


def _state(row: Row | None, aside: Aside) -> tuple[str, str]:
    """How a requirement stands, and in words."""
    if row is None or row.decision.call is Call.NOTHING:
        if row is not None and row.standing.judge:
            return "judge", verdict(row)
        if aside.stale.rate.n:
            return "stale", f"not run since it changed; {_of(aside.stale.rate)} passed before"
        return "untried", "not run"
    if row.expected:
        return "known", verdict(row)
    if row.decision.call is Call.UNDECIDED or row.doubt:
        return "open", verdict(row)
    if row.decision.call is Call.FAILS:
        return ("fails" if row.level == MUST else "below"), verdict(row)
    return "holds", verdict(row)


def _of(rate: Rate) -> str:
    return f"{rate.passed:,} of {rate.n:,}"


def against(project: Opened, found: Sequence[Account], features: Sequence[str], day: date) -> tuple[Judged, ...] | None:
    """How the model that answered last stands against the baseline; None without either. Raises `Unusable`."""
    path = f"{project.home.config.specs}/{BASELINE}"
    text = project.home.tree.text(path)
    model = next((one for one in found if not one.stub), None)
    if text is None or model is None:
        return None
    try:
        before = {key: cases for key, cases in blessed.read(text).items() if key[0] in features}
    except blessed.Unreadable as problem:
        raise Unusable(f"{path}: {problem}") from None
    now: dict[Key, dict[str, Shown]] = {}
    for (feature, case), counts in model.cases.items():
        for requirement, count in counts.items():
            if count.rate.n:
                now.setdefault((feature, requirement), {})[case] = Shown(count.rate.passed, count.rate.n)
    own = said(project, now, day)
    return blessed.judged(own.without(before), own.without(now), own.held, own.known)
