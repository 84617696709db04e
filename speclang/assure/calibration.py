"""How far a judge was shown to agree with people, as a file of the project, and what that is worth for what is judged today.

In: agreement by grader. Out: the text of the file, and back; for each grader whether its judge is calibrated.
Invariant: an agreement holds for the judge and for the words with which it was asked, and for nothing else: both stand in the line as
hashes. Sorted lines without a date: the same figures give the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum

from ..engine.compiling import Opened
from ..grading.judging.agreement import Agreement
from ..grading.judging.question import Question
from ..run.asking import Unusable
from ..source.records import dataclass

NAME = "calibration.txt"

HEAD = "# How far judges agree with people. `specc judge calibrate LABELLED --keep` writes it; commit it.\n"
COLUMNS = "# feature grader judge question both neither only-judge only-people undecided model\n"

_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One calibration: of which grader, with the hashes of judge and question, and the judge's model."""

    feature: str
    grader: str
    judge: str
    question: str
    agreement: Agreement
    model: str


class Calibrated(StrEnum):
    """Whether what a judge says of a grader's answers was held against people: so, with another judge or other words, or never."""

    YES = "calibrated"
    OTHERWISE = "calibrated with another version"
    NO = "not calibrated"


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the judge of one grader can be trusted: `agreement` is what was shown, where anything was."""

    feature: str
    requirement: str
    grader: str
    state: Calibrated
    agreement: Agreement

    def enough(self, wanted: float) -> bool:
        """Whether it is shown to agree as far as is wanted: all of kappa's interval lies there."""
        return (
            self.state is Calibrated.YES and self.agreement.kappa is not None and self.agreement.interval[0] >= wanted
        )

    @property
    def told(self) -> str:
        """``calibrated, kappa 0.81 (n = 60, 0.65 to 0.93)``."""
        if self.state is not Calibrated.YES:
            return self.state.value
        return f"{self.state.value}, {kappa(self.agreement)}"


def kappa(found: Agreement) -> str:
    """``kappa 0.81 (n = 60, 0.65 to 0.93)``."""
    if found.kappa is None:
        return f"kappa says nothing (n = {found.n:,}, all the same)"
    low, high = found.interval
    return f"kappa {found.kappa:.2f} (n = {found.n:,}, {low:.2f} to {high:.2f})"


def path(project: Opened) -> str:
    """Where the calibrations of `project` lie."""
    return f"{project.home.config.specs}/{NAME}"


def kept(project: Opened) -> tuple[Line, ...]:
    """The calibrations of `project`. Raises `Unusable` where its file is of another form."""
    try:
        return read(project.home.tree.text(path(project)) or "")
    except ValueError as problem:
        raise Unusable(f"{path(project)}: {problem}") from None


def read(text: str) -> tuple[Line, ...]:
    """The calibrations that `text` holds. Raises `ValueError`, which says in which line it is of another form."""
    found: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        *words, model = line.split(" ", 4 + _NUMBERS)
        counts = words[4:]
        if len(counts) != _NUMBERS or not all(word.isascii() and word.isdigit() and len(word) < 10 for word in counts):
            raise ValueError(f"line {number:,} is no line of calibrations")
        try:
            name = json.loads(model)
        except (ValueError, RecursionError):
            raise ValueError(f"line {number:,} names no model") from None
        feature, grader, judge, question = words[:4]
        found.append(Line(feature, grader, judge, question, Agreement(*map(int, counts)), str(name)))
    return tuple(found)


def written(lines: Iterable[Line]) -> str:
    """The text of the file."""
    rows = sorted(_row(one) for one in lines)
    return "".join((HEAD, COLUMNS, *(f"{row}\n" for row in rows)))


def merged(before: Iterable[Line], now: Iterable[Line], known: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """The lines `before` with those of `now` in place of such of the same grader and judge; graders that are not `known` are left out."""
    there = set(known)
    held = {(one.feature, one.grader, one.judge): one for one in (*before, *now)}
    return tuple(one for one in held.values() if (one.feature, one.grader) in there)


def trusts(lines: Iterable[Line], judge: str, asked: Mapping[tuple[str, str], Question]) -> tuple[Trust, ...]:
    """How far the judge whose hash is `judge` can be trusted with each of the questions."""
    listed = tuple(lines)
    return tuple(_trust(listed, judge, one) for one in asked.values())


def _trust(lines: tuple[Line, ...], judge: str, question: Question) -> Trust:
    own = [one for one in lines if (one.feature, one.grader) == (question.feature, question.grader)]
    exact = next((one for one in own if (one.judge, one.question) == (judge, question.version)), None)
    state = Calibrated.YES if exact else Calibrated.OTHERWISE if own else Calibrated.NO
    agreement = exact.agreement if exact else Agreement()
    return Trust(question.feature, question.requirement, question.grader, state, agreement)


def _row(one: Line) -> str:
    found = one.agreement
    counts = (found.both, found.neither, found.only_judge, found.only_people, found.undecided)
    return " ".join((one.feature, one.grader, one.judge, one.question, *map(str, counts), json.dumps(one.model)))
