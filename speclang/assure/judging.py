"""The judge of a project: who it is, what its graders ask, and what it says of answers where no code can tell.

In: a compiled project, its settings, a store. Out: graded answers with the judge's verdicts in them.
Invariant: nobody is asked about a requirement that code has decided already; what the judge can't decide stays undecided.
"""

from collections.abc import Mapping, Sequence

from ..emit.prompt import is_prompt
from ..engine.compiling import Opened
from ..grading.judging import spoken
from ..grading.judging.ballot import Say
from ..grading.judging.question import SCHEMA, Question, Subject, messages, subject
from ..grading.suite import GraderVerdict
from ..grading.verdicts import Graded
from ..plan.grader import JUDGE, Grader
from ..project.asked.judge import Judge
from ..run.asking import Unusable
from ..run.judging.bench import Bench, Judged, Panel
from ..run.schedule import Purse, Sender
from ..run.store.database import Store
from ..source.hashing import Json, canonical, digest
from ..source.records import dataclass, replace
from . import calibration
from .aims import Aim, aim
from .outcome import Bench as Told

NOBODY = 'no judge is named; write [judge] with target = "…" in the settings'

_BLANK = Question(feature="", grader="", requirement="", statement="", rubric="", good=("good",), bad=("bad",))

Questions = Mapping[tuple[str, str], Question]
"""By feature and grader."""


@dataclass(frozen=True, slots=True)
class Appointed:
    """Who judges: how the settings state it, and as a target that can be asked. `key` is the hash of what can change what it says."""

    stated: Judge
    aim: Aim

    @property
    def key(self) -> str:
        """The hash of model, address, parameters, votes, and of how a judge is asked at all."""
        how: list[Json] = [[dict(one) for one in messages(_BLANK, Subject((), ""), vote)] for vote in (1, 2)]
        return digest(canonical([self.identity, how, SCHEMA]))

    @property
    def identity(self) -> Json:
        """Who it is, as data."""
        return [self.aim.target.identity, self.stated.votes]

    @property
    def name(self) -> str:
        """``strong (gpt-4.1)``: as the settings call it, and the model."""
        target, model = self.aim.stated.name, self.aim.target.model
        return target if target == model else f"{target} ({model})"

    @property
    def speaker(self) -> spoken.Speaker:
        """The same, as its verdicts name it."""
        return spoken.Speaker(self.name, self.aim.stub)


def appointed(project: Opened, *, asked: bool = True) -> Appointed | None:
    """The judge that the settings of `project` name, if they do. Raises `Unusable`. One that is not `asked` anything needs no key."""
    stated = project.home.config.judge
    if stated is None:
        return None
    try:
        return Appointed(stated, aim(project, stated.target, asked=asked))
    except Unusable as problem:
        raise Unusable(f"the judge can't be asked: {problem.why}; `--no-judge` does without") from None


def sitting(found: Appointed, played: Aim, max_cost: float | None) -> Appointed | None:
    """The judge of a run on `played`; None where the obedient stub answers: nobody is paid to judge it. Raises `Unusable`."""
    if played.stub and not found.aim.stub:
        return None
    one, other = (aimed.stated.price for aimed in (played, found.aim))
    if max_cost is not None and one is not None and other is not None and one.currency != other.currency:
        raise Unusable(
            f"the target is paid in {one.currency} and the judge in {other.currency}: `--max-cost` can't add them up; state one currency"
        )
    return found


def questions(project: Opened) -> Questions:
    """What each grader asks that no code decides."""
    clauses: dict[tuple[str, str], str] = {}
    for artifact in project.compiled.artifacts:
        for part in artifact.parts if is_prompt(artifact.path) else ():
            if part.kind == "clause":
                clauses.setdefault((artifact.feature, part.owner), part.text.strip())
    return {
        (plan.feature, one.id): _question(plan.feature, one, clauses.get((plan.feature, one.requirement), ""))
        for plan in project.compiled.plan.features
        for one in plan.graders
        if one.check == JUDGE
    }


def _question(feature: str, grader: Grader, statement: str) -> Question:
    """What a grader asks; a clause that shows the anchors too would show them in one order in every vote, so they are left out of it."""
    held = {one.name: one.value for one in grader.settings}
    rubric, good, bad = held.get("rubric"), _texts(held.get("good")), _texts(held.get("bad"))
    for anchor in sorted((*good, *bad), key=len, reverse=True):
        statement = statement.replace(f'"{anchor}"', '"…"')
    return Question(
        feature=feature,
        grader=grader.id,
        requirement=grader.requirement,
        statement=statement,
        rubric=rubric if isinstance(rubric, str) else "",
        good=good,
        bad=bad,
    )


def _texts(value: Json) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(one for one in value if isinstance(one, str))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a judge is asked in one run, and who pays."""

    purse: Purse
    afresh: bool = False
    offline: bool = False
    every: bool = False


class Judging:
    """A judge at work. `split` counts the answers about which its votes differed, `undecided` those on which it came to no verdict."""

    __slots__ = ("_asked", "_lines", "_spoken", "appointed", "bench", "split", "undecided", "verdicts", "votes")

    def __init__(
        self,
        appointed: Appointed,
        asked: Questions,
        store: Store,
        manner: Manner,
        lines: Sequence[calibration.Line] = (),
    ) -> None:
        """Nothing is asked yet; `lines` say how far judges agree with people."""
        stated, target = appointed.aim.stated, appointed.aim.target
        sender = Sender(
            target,
            concurrency=stated.concurrency,
            retries=stated.retries,
            timeout=float(stated.timeout),
            purse=manner.purse,
        )
        panel = Panel(
            key=appointed.key,
            model=target.model,
            votes=appointed.stated.votes,
            again=appointed.stated.again,
            afresh=manner.afresh,
            offline=manner.offline,
            every=manner.every,
        )
        store.text(canonical(appointed.identity))
        self._asked = asked
        self._lines = lines
        self._spoken: set[tuple[str, str]] = set()
        self.appointed = appointed
        self.bench = Bench(target, store, sender, panel)
        self.verdicts = 0
        self.votes = 0
        self.split = 0
        self.undecided = 0

    async def judged(self, graded: Graded) -> Graded:
        """`graded` with what the judge says where no code can tell. Raises `Spent` and `Unusable`, and then says nothing."""
        asked = {grader for feature, grader in self._asked if feature == graded.feature}
        left = spoken.left(graded.requirements, asked)
        if not left:
            return graded
        said = {one.grader: await self._said(graded, one) for one in left}
        return replace(graded, requirements=spoken.judged(graded.requirements, said))

    @property
    def told(self) -> Told:
        """What it did so far."""
        by, bench = self.appointed, self.bench
        return Told(
            target=by.aim.stated.name,
            model=by.aim.target.model,
            stub=by.aim.stub,
            verdicts=self.verdicts,
            votes=self.votes,
            split=self.split,
            undecided=self.undecided,
            sent=bench.sender.sent,
            recalled=self.verdicts - bench.judged,
            trusts=calibration.trusts(self._lines, by.key, {key: self._asked[key] for key in sorted(self._spoken)}),
        )

    async def outcome(self, question: Question, about: Subject) -> Judged:
        """What the judge says of one answer, counted. Raises `Spent` and `Unusable`."""
        found = await self.bench.judge(question, about)
        self._spoken.add((question.feature, question.grader))
        self.verdicts += 1
        self.votes += len(found.outcome.votes)
        self.split += found.outcome.split
        self.undecided += found.outcome.say is Say.UNSURE
        return found

    async def _said(self, graded: Graded, one: GraderVerdict) -> GraderVerdict:
        question = self._asked[graded.feature, one.grader]
        found = await self.outcome(question, subject(graded.answer, graded.asked))
        return spoken.spoken(one, found.outcome, found.key, self.appointed.speaker)
