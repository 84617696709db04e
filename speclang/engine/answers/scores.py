"""All verdicts on recorded answers as one value, for Python programs."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ...diagnostics.diagnostic import Diagnostic, has_errors
from ...grading.verdicts import Graded
from ...project.lines import LONGEST, Line, lines_of
from ...source.hashing import Json
from ...source.records import dataclass, field
from ...source.span import Places
from ..compiling import open_project
from .score import Scoring
from .summary import Summary

Answers = str | os.PathLike[str] | Iterable[Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Every answer with its verdicts, how each requirement stands, and findings: what `specc score` says, as values.

    Where the specs themselves have errors, nothing is graded and `diagnostics` are theirs.
    """

    answers: tuple[Graded, ...]
    summary: Summary | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places = field(repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Whether every line was graded and every requirement that gates is met."""
        return not has_errors(self.diagnostics)


def score(folder: Path, answers: Answers, *, feature: str = "", loose: bool = False) -> Scores:
    """Grade `answers` by the project that `folder` lies in. Raises `UnknownFeature`, `NoProject` and `OSError`."""
    project = open_project(folder)
    compiled = project.compiled
    if has_errors(compiled.diagnostics):
        return Scores((), None, compiled.diagnostics, compiled.places)
    if isinstance(answers, str | os.PathLike):
        name, lines = os.fspath(answers), lines_of(answers)
    else:
        name, lines = "answers", _lines(answers)
    scoring = Scoring(project, name, feature=feature, loose=loose)
    graded = tuple(scoring.each(lines))
    return Scores(graded, scoring.summary, scoring.findings, scoring.places)


def _lines(records: Iterable[Mapping[str, Json]]) -> Iterator[Line]:
    """Records that are values already, as the lines that would hold them."""
    for number, one in enumerate(records, 1):
        data = json.dumps(one, default=str).encode()
        yield Line(number, data if len(data) <= LONGEST else None, len(data))
