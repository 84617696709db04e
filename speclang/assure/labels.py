"""Answers that people have labelled: the form of recorded answers with what somebody says of each.

In: lines of a file, and what the graders of a project ask. Out: labels, with findings for lines that are none.
Invariant: a line that can't be read is told and stops nothing; the judge's own word is never taken for a label.
"""

from collections.abc import Iterable, Mapping

from ..diagnostics.diagnostic import Diagnostic
from ..engine.answers.excerpts import Excerpts
from ..engine.compiling import Opened
from ..grading.judging.question import Question, Subject, subject
from ..grading.messages import Malformed
from ..grading.record import Fault, Record, Refusal, loaded, record
from ..grading.verdicts import named_cases
from ..project.lines import LONGEST, Line
from ..run import errors
from ..source.hashing import Json
from ..source.records import dataclass
from ..source.suggest import nearest
from .judging import Questions

MOST = 20
"""How many lines that are no labels are told one by one."""

_SAYS: Mapping[Json, bool] = {"pass": True, "fail": False, True: True, False: False}


@dataclass(frozen=True, slots=True)
class Label:
    """That somebody lets an answer pass or not; `line` is where it stands."""

    line: int
    case: str
    question: Question
    subject: Subject
    passes: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """What a file holds: the labels, and how many of its lines have none yet."""

    labels: tuple[Label, ...]
    open: int
    findings: tuple[Diagnostic, ...]


class _Bad(Exception):
    """A line is no label; says why, and what to do."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.why = why
        self.fix = fix


class Reading:
    """Reads the labels of a file about the graders of a project that ask a judge."""

    __slots__ = ("_asked", "_cases", "_found", "excerpts")

    def __init__(self, project: Opened, asked: Questions, name: str) -> None:
        """`name` is that of the file."""
        self._asked = asked
        self._cases = {plan.feature: named_cases(plan) for plan in project.compiled.plan.features}
        self._found: list[Diagnostic] = []
        self.excerpts = Excerpts(name)

    def read(self, lines: Iterable[Line]) -> Labels:
        """The labels of `lines`; of several that say the same of the same answer, the first."""
        labels: dict[tuple[Question, Subject], Label] = {}
        waiting = 0
        for line in lines:
            if line.data is not None and not line.data.strip():
                continue
            try:
                label = self._label(line)
            except _Bad as problem:
                self._tell(line, problem)
                continue
            if label is None:
                waiting += 1
                continue
            first = labels.setdefault((label.question, label.subject), label)
            if first.passes is not label.passes:
                why = f"line {first.line:,} says {'pass' if first.passes else 'fail'} of the very same answer"
                self._tell(line, _Bad(why, "agree on one, and take the other out"))
        return Labels(tuple(labels.values()), waiting, tuple(self._found))

    def _label(self, line: Line) -> Label | None:
        """The label of a line; None where it is not filled in yet."""
        held = _object(line)
        said = held.get("label")
        if said is None or said == "":
            return None
        if not isinstance(said, str | bool) or said not in _SAYS:
            raise _Bad('its `label` is neither "pass" nor "fail"', 'write "label": "pass" or "label": "fail"')
        try:
            found = record(held, line.number)
        except Malformed as problem:
            raise _Bad(str(problem), "write it as a recorded answer, with `grader` and `label`") from None
        question = self._question(held.get("grader"), found)
        cases = self._cases[question.feature]
        if found.case and found.case not in cases:
            near = nearest(found.case, cases)
            raise _Bad(
                f"there is no case `{found.case[:80]}` in `{question.feature}`",
                f"write `{near}`" if near else "leave `case` out",
            )
        asked = tuple(turn.text for turn in cases[found.case].turns if turn.role == "user") if found.case else ()
        about = subject(found.answer, asked)
        if not about.answer.strip():
            raise _Bad("the answer is empty, which no judge is asked about", "take the line out")
        return Label(line.number, found.case, question, about, _SAYS[said])

    def _question(self, named: Json, found: Record) -> Question:
        """What the line is a label for: the grader that it names, by its ID or its requirement's, or the only one there is."""
        own = [one for one in self._asked.values() if found.feature in ("", one.feature)]
        fits = [one for one in own if named in (None, "", one.grader, one.requirement)]
        if len(fits) == 1:
            return fits[0]
        names = sorted({one.grader for one in own})
        listed = ", ".join(f"`{one}`" for one in names[:5]) or "none"
        if fits:
            raise _Bad("it may be about more than one grader", f"name one under `grader` (and its `feature`): {listed}")
        near = nearest(named, names) if isinstance(named, str) else None
        raise _Bad("its `grader` is none that asks a judge", f"write `{near}`" if near else f"write one of {listed}")

    def _tell(self, line: Line, problem: _Bad) -> None:
        if len(self._found) < MOST:
            place = self.excerpts.place(line, 0)
            self._found.append(errors.no_label(place, line.number, problem.why, problem.fix))


def _object(line: Line) -> Mapping[str, Json]:
    """The object of a line. Raises `_Bad`."""
    if line.data is None:
        raise _Bad(f"it has {line.size:,} bytes, and {LONGEST:,} are read", "leave out what the judge does not need")
    try:
        found = loaded(line.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as problem:
        found = Refusal(Fault.NOT_JSON, f"byte {problem.start + 1:,} is not UTF-8")
    if isinstance(found, Refusal) or not isinstance(found, Mapping):
        why = found.why if isinstance(found, Refusal) else "it is no object"
        raise _Bad(why, "write one JSON object on each line")
    return found
