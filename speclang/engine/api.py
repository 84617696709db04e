"""What Python programs call: the engine behind the commands, with a folder's name as they have it.

In: the folder of a project, or one inside it; the name of a kind. Out: values; nothing is printed.
Invariant: raises `NoProject` where there is no project and `OSError` where a file can't be read or written; a fault of a
spec is never raised, it stands in `diagnostics`.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..kit.answer import Answer, Verdict
from ..source.hashing import Json
from . import build as building
from . import check as checking
from .build import Built
from .check import Report
from .compiling import open_project
from .pipeline import Compiled

if TYPE_CHECKING:
    from ..kit.conformance import Compiled as Sampled
    from .answers.scores import Scores

Folder = str | os.PathLike[str]


def compile(folder: Folder = ".") -> Compiled:
    """Every stage of the project's compilation; nothing is written."""
    return open_project(Path(folder)).compiled


def check(folder: Folder = ".") -> Report:
    """Whether specs and generated files say the same; nothing is written but what `check` remembers in `.specc/`."""
    return checking.check(Path(folder))


def build(folder: Folder = ".", *, discard: bool = False, dry_run: bool = False) -> Built:
    """Write what the specs say; `discard` also over hand edits, of which a copy is kept in `.specc/discarded/`."""
    return building.build(Path(folder), discard=discard, dry_run=dry_run)


def score(
    folder: Folder, answers: "Folder | Iterable[Mapping[str, Json]]", *, feature: str = "", loose: bool = False
) -> "Scores":
    """Recorded answers graded by the project's requirements: every verdict, how each requirement stands, and findings.

    `answers` is the name of a file of JSON Lines, or the records themselves, of the form in `docs/scoring.md`. With a `feature`,
    the answers of that one are graded, and records that name none belong to it. `loose` adds IFEval's loose reading of formats.
    Raises `LookupError` where there is no such feature.
    """
    from .answers.scores import score as scored

    return scored(Path(folder), answers, feature=feature, loose=loose)


def grade(grader: str, answer: str | Answer, /, **parameters: Json) -> Verdict:
    """What one grader, by itself, says of an answer: passed or not, and why.

    `grader` is a check (`"words"`), a kind's own (`"format.words"`), or a published instruction of IFEval or IFBench by its ID
    (`"length_constraints:number_words"`); `parameters` are the check's, or those that the instruction was published with. Each
    check of a text also takes `loose=True`, IFEval's loose reading, and `negated=True`. An answer may be a text, or an `Answer` with
    what was said before and the calls that were made. Raises `UnknownGrader` and `BadParameter`.

    >>> grade("words", "Yes, of course.", at_most=2)
    Verdict(passed=False, reason='3 words; at most 2 wanted')
    """
    from .answers.grade import grade as graded

    return graded(grader, answer, parameters)


def conformance(kind: str) -> tuple[str, ...]:
    """What the kind called `kind`, ours or of an installed package, does not keep of what every kind promises, in words.

    A package that brings a kind has it as its test: `assert speclang.conformance("citation") == ()`. Raises `UnknownKind`,
    a `LookupError`, where no kind of this name can be loaded.
    """
    from ..kit.conformance import problems
    from ..kit.registry import load

    return tuple(problems(load(kind, (kind,)), lambda spec: _sample(spec, kind)))


def _sample(spec: str, kind: str) -> "Sampled":
    """A spec that the conformance suite asks to be read."""
    from ..bind import bind
    from ..kit.conformance import Compiled as Sampled
    from ..source.text import SourceText
    from ..syntax.parser import parse

    tree = parse(SourceText("sample.spec", spec))
    program = bind((tree.value,), (kind,))
    texts = {unit.name: unit.text for unit in tree.value.units}
    features = program.value.features
    return Sampled(
        features[0] if len(features) == 1 else None,
        (*tree.diagnostics, *program.diagnostics),
        lambda span: texts[span.unit][span.start : span.end],
    )
