"""The suite that every kind must pass, ours and anybody's: what a kind promises, tried on the specs of its own samples.

In: a kind and a reader of specs (the compiler's, handed in, since the kit stands below it). Out: what is wrong, in words;
nothing for a kind that keeps its promises. A test of a kind is one line: `assert list(problems(kind, read)) == []`.
Invariant: the empty answer passes no grader, every grader has seen a yes and a no, and every hole shows the spec's own text.
"""

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator

from ..logic.ruleset import RuleSet
from ..logic.variables import variables
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..plan.grader import Grader
from ..source.records import dataclass
from ..source.span import Span
from ..values.errors import Problem
from ..values.reading import read as read_value
from ..values.types import Datum
from .answer import Answer, Verdict
from .casegen import Cases
from .grading import UnknownCheck, check_of, judge
from .kind import Kind, Sample
from .schema import RequirementFields
from .wording import Say

AnyKind = Kind[RequirementFields]

EMPTY = Answer("")
REFUSAL = Answer("I'm sorry, but I can't help with that.")
ECHO = Answer("Could you help me with this, please?")
HOSTILE = (
    EMPTY,
    REFUSAL,
    ECHO,
    Answer(" \n\t "),
    Answer("{{ not a template }} {% nor this %} ```json {"),
    Answer("\u202eabc\u202c \ufeff\u200b ﬁ ẞ 😀"),
    Answer("a " * 20_000),
    Answer("(" * 5_000),
)
"""Answers that every check has to survive."""

_DETAIL = re.compile(r"[^\s/]*")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A spec as the compiler reads it: its one feature, what it complains of, and the spec's text at a span."""

    feature: Feature | None
    findings: tuple[str, ...]
    text_at: Callable[[Span], str]


Reader = Callable[[str], Compiled]


def problems(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Everything that is wrong with `kind`."""
    samples = tuple(kind.SAMPLES)
    tried = frozenset((one.grader, one.passes) for one in samples)
    yield from _documented(kind)
    yield from wrong_samples(kind, read)
    for spec in dict.fromkeys(sample.spec for sample in samples):
        found = _stated(spec, read)
        if found is None:
            continue
        compiled, feature, requirement = found
        yield from _clause(kind, compiled, feature, requirement)
        yield from _moved(kind, spec, read, feature, requirement)
        yield from _graders(kind, tried, feature, requirement)
        yield from _cases(kind, feature, requirement)


def wrong_samples(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Each sample that can't be judged, or that is judged otherwise than it says."""
    for sample in kind.SAMPLES:
        about = f"the sample `{sample.grader}` ({sample.why})"
        found = _stated(sample.spec, read)
        if found is None:
            said = "; ".join(read(sample.spec).findings) or "no one feature with a requirement `X-1`"
            yield f"{about}: its spec does not compile: {said}"
            continue
        _, feature, requirement = found
        grader = next((one for one in kind.graders(requirement, feature) if one.id == f"X-1/{sample.grader}"), None)
        if grader is None:
            yield f"{about}: there is no grader `X-1/{sample.grader}`"
            continue
        verdict = _judged(kind, grader, feature, requirement, sample.answer, sample)
        if verdict.passed is not sample.passes:
            yield f"{about} must {'pass' if sample.passes else 'fail'}: {verdict.reason}"


def _documented(kind: AnyKind) -> Iterator[str]:
    module = sys.modules[type(kind).__module__]
    text = inspect.getdoc(module) or ""
    if text.count("```spec") < 2:
        yield "its docstring lacks a good and a bad example in fences that begin ```spec"
    if not kind.section or not re.fullmatch(r"[a-z_]+", kind.name):
        yield "it lacks a section, or its name is no plain word"
    if not kind.SAMPLES and kind.typed:
        yield "it has no samples"
    schema = kind.Fields
    tree = ast.parse(inspect.getsource(schema).lstrip()) if schema.model_fields else ast.parse("class Fields: ...")
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for at, node in enumerate(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            after = body[at + 1] if at + 1 < len(body) else None
            if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
                yield f"its field `{node.target.id}` has no sentence of documentation"


def _stated(spec: str, read: Reader) -> tuple[Compiled, Feature, Requirement] | None:
    compiled = read(spec)
    if compiled.feature is None or compiled.findings:
        return None
    requirement = next((one for one in compiled.feature.requirements if one.id == "X-1"), None)
    return None if requirement is None else (compiled, compiled.feature, requirement)


def _clause(kind: AnyKind, compiled: Compiled, feature: Feature, requirement: Requirement) -> Iterator[str]:
    pieces = tuple(kind.clause(requirement, Say(feature)))
    if pieces != tuple(kind.clause(requirement, Say(feature))):
        yield "its clause is not the same twice"
    text = "".join(piece.text for piece in pieces)
    if kind.typed and text and (text[0] != text[0].upper() or text[-1] not in '.!"' or "  " in text):
        yield f"its clause is no sentence: {text}"
    owners = {requirement.id, f"feature {feature.name}"}
    owners.update(f"given {one.name}" for one in feature.givens)
    owners.update(f"outcome {one.name}" for one in feature.outcomes)
    owners.update(f"tool {one.name}" for one in feature.tools)
    for piece in pieces:
        if piece.origin.owner not in owners:
            yield f"the piece `{piece.text}` comes from `{piece.origin.owner}`, which is not declared"
        if piece.hole and not _shows(piece.text, compiled.text_at(piece.origin.span)):
            yield f"the hole `{piece.text}` shows something else than its place in the spec"


def _shows(text: str, source: str) -> bool:
    """Whether a hole shows what stands in the spec, as it stands or as the spec's value is spoken."""
    plain = source.replace("_", " ").replace('\\"', '"').strip()
    return (
        text == source
        or text.casefold() == plain.casefold()
        or text.strip() in plain
        or _digits(text) == _digits(source)
    )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _moved(kind: AnyKind, spec: str, read: Reader, feature: Feature, requirement: Requirement) -> Iterator[str]:
    """The clause and the cases stay as they are where the spec is only laid out otherwise."""
    found = _stated(f"# moved\n\n{spec}\n", read)
    if found is None:
        yield "a comment before its spec keeps it from compiling"
        return
    _, other, same = found
    if [one.text for one in kind.clause(requirement, Say(feature))] != [
        one.text for one in kind.clause(same, Say(other))
    ]:
        yield "its clause depends on where it stands"
    if _drafted(kind, feature, requirement) != _drafted(kind, other, same):
        yield "its cases depend on where it stands"


def _drafted(kind: AnyKind, feature: Feature, requirement: Requirement) -> list[tuple[object, ...]]:
    return [(one.obligation, one.values, one.graders) for one in kind.cases(requirement, _cases_of(kind, feature))]


def _cases_of(kind: AnyKind, feature: Feature) -> Cases:
    norms = [norm for one in feature.requirements if one.kind == kind.name for norm in kind.norms(one)]
    return Cases(feature, RuleSet(norms, variables(feature.givens, feature.tools)))


def _graders(
    kind: AnyKind, tried: frozenset[tuple[str, bool]], feature: Feature, requirement: Requirement
) -> Iterator[str]:
    graders = tuple(kind.graders(requirement, feature))
    if len({one.id for one in graders}) < len(graders):
        yield "two of its graders have one ID"
    for grader in graders:
        slug = grader.id.removeprefix(f"{requirement.id}/")
        if grader.requirement != requirement.id or slug == grader.id:
            yield f"the grader `{grader.id}` does not speak for `{requirement.id}`"
        for passes in (True, False):
            if (slug, passes) not in tried:
                yield f"the grader `{slug}` has no sample that must {'pass' if passes else 'fail'}"
        try:
            check_of(kind, grader.check)
        except UnknownCheck:
            yield f"the grader `{slug}` names the check `{grader.check}`, which does not exist"
            continue
        for answer in HOSTILE:
            verdict = _judged(kind, grader, feature, requirement, answer)
            if not verdict.reason.strip():
                yield f"the grader `{slug}` gives no reason"
            if answer is EMPTY and verdict.passed:
                yield f"the grader `{slug}` passes an empty answer"


def _judged(
    kind: AnyKind,
    grader: Grader,
    feature: Feature,
    requirement: Requirement,
    answer: Answer,
    sample: Sample | None = None,
) -> Verdict:
    types = {given.name: given.type for given in feature.givens}
    values: dict[str, Datum] = {given.name: given.typical for given in feature.givens}
    for name, text in sample.inputs if sample is not None else ():
        value = read_value(text, types[name]) if name in types else None
        if not isinstance(value, Problem):
            values[name] = value
    return judge(kind, grader, dict(kind.settled(grader, requirement, feature, values)), answer)


def _cases(kind: AnyKind, feature: Feature, requirement: Requirement) -> Iterator[str]:
    own = {grader.id for grader in kind.graders(requirement, feature)}
    drafts = list(kind.cases(requirement, _cases_of(kind, feature)))
    if kind.typed and own and not drafts:
        yield "nothing tries it: it has graders and no case"
    for draft in drafts:
        obligation = draft.obligation
        if obligation.requirement != requirement.id or not _DETAIL.fullmatch(
            f"{obligation.technique}{obligation.detail}"
        ):
            yield f"`{obligation.id}` is no ID of a case of `{requirement.id}`"
        if not own.issuperset(draft.graders):
            yield f"the case `{obligation.id}` uses graders that are not its own"
    for norm in kind.norms(requirement):
        if norm.requirement != requirement.id:
            yield "it states norms of another requirement"
