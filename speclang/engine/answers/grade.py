"""One grader by itself, on one answer.

In: its name, an answer, its parameters. Out: a verdict. A name is that of a check (`words`), of a kind's check (`format.words`),
or of a published instruction (`length_constraints:number_words`).
"""

from collections.abc import Iterator, Mapping
from inspect import Parameter, signature

from ...bind import bind
from ...kit import registry
from ...kit.answer import Answer, Verdict
from ...kit.checks import CHECKS
from ...kit.grading import UnknownCheck, check_of
from ...kit.kind import Check, Kind
from ...kit.sampling import Bench, Unproved
from ...kit.schema import RequirementFields
from ...source.hashing import Json
from ...source.suggest import nearest
from ...source.text import SourceText
from ...syntax.parser import parse

_LOOSE = "loose"


class UnknownGrader(LookupError):
    """There is no grader of this name; says which is the nearest."""


class BadParameter(ValueError):
    """A grader does not take this parameter, lacks one, or can't work with its value."""


def grade(grader: str, answer: str | Answer, parameters: Mapping[str, Json]) -> Verdict:
    """What `grader` with `parameters` says of `answer`. Raises `UnknownGrader` and `BadParameter`."""
    said = Answer(answer) if isinstance(answer, str) else answer
    return _published(grader, said, parameters) if ":" in grader else _checked(grader, said, parameters)


def graders() -> tuple[str, ...]:
    """The names of all checks that are shared by kinds, sorted."""
    return tuple(sorted(CHECKS))


def _checked(name: str, answer: Answer, parameters: Mapping[str, Json]) -> Verdict:
    check = _check(name)
    wrong = _misfit(check, parameters)
    if wrong:
        raise BadParameter(f"`{name}` {wrong}")
    try:
        return check(answer, **parameters)
    except Exception as problem:
        raise BadParameter(f"`{name}` can't work with these parameters: {problem}") from problem


def _check(name: str) -> Check:
    word, _, check = name.rpartition(".")
    try:
        return check_of(registry.load(word, (word,)) if word else registry.load(registry.names()[0]), check)
    except registry.UnknownKind:
        raise UnknownGrader(f"there is no kind `{word}`; the kinds are {', '.join(registry.names())}") from None
    except UnknownCheck:
        near = nearest(check, CHECKS)
        raise UnknownGrader(f"there is no grader `{name}`" + (f"; the nearest is `{near}`" if near else "")) from None


def _misfit(check: Check, parameters: Mapping[str, Json]) -> str:
    """What is wrong with the names of `parameters`, or ""."""
    takes = {name: one for name, one in signature(check).parameters.items() if name != "answer"}
    text = hasattr(check, "__wrapped__")
    listed = ", ".join(f"`{name}`" for name in takes) or "none"
    for name in parameters:
        if name not in takes and not (text and name in (_LOOSE, "negated")):
            return f"takes no parameter `{name}`; it takes {listed}"
    missing = [name for name, one in takes.items() if one.default is Parameter.empty and name not in parameters]
    return f"needs its parameter `{missing[0]}`; it takes {listed}" if missing else ""


def _published(id: str, answer: Answer, parameters: Mapping[str, Json]) -> Verdict:
    """What the published instruction `id` says."""
    loose = parameters.get(_LOOSE) is True
    given = {name: value for name, value in parameters.items() if name != _LOOSE}
    for kind in _kinds():
        try:
            spec = kind.published(id, given)
        except KeyError as missing:
            raise BadParameter(f"`{id}` needs its parameter `{missing.args[0]}`") from None
        if spec is not None:
            return _judged(id, kind, spec, answer, loose=loose)
    raise UnknownGrader(f"there is no published instruction `{id}` that code can grade")


def _kinds() -> Iterator[Kind[RequirementFields]]:
    return (registry.load(name) for name in registry.names())


def _judged(id: str, kind: Kind[RequirementFields], spec: str, answer: Answer, *, loose: bool) -> Verdict:
    tree = parse(SourceText("published.spec", spec))
    program = bind([tree.value])
    wrong = (*tree.diagnostics, *program.diagnostics)
    if wrong or len(program.value.features) != 1:
        raise BadParameter(f"`{id}` can't be said with these parameters: {wrong[0].title if wrong else spec}")
    try:
        bench = Bench(kind, program.value.features[0])
    except Unproved as problem:
        raise BadParameter(f"`{id}` can't be said with these parameters: {problem}") from None
    said = Verdict(passed=False, reason="nothing was graded")
    for grader in bench.graders:
        settings: dict[str, Json] = {one.name: one.value for one in grader.settings}
        said = check_of(kind, grader.check)(answer, **(settings | ({_LOOSE: True} if loose else {})))
        if not said.passed:
            return said
    return said
