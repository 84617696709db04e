"""The suite that every kind must pass, ours and anybody's: what a kind promises, tried on its samples and its examples.

In: a kind and a reader of specs (the compiler's, handed in, since the kit stands below it). Out: what is wrong, in words;
nothing for a kind that keeps its promises. A test of a kind is one line: `assert list(problems(kind, read)) == []`; each
function here tries one promise alone.
Invariant: the empty answer passes no grader, every grader has seen a yes and a no, and every hole shows the spec's own text.
"""

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent

from ..diagnostics.diagnostic import Diagnostic
from ..logic.ruleset import RuleSet
from ..logic.variables import variables
from ..model.feature import Feature
from ..model.requirement import Requirement
from ..plan.draft import CaseDraft
from ..plan.grader import Grader
from ..source.records import dataclass
from ..source.span import Span
from ..values.evaluate import evaluate
from .answer import Answer
from .casegen import Cases
from .inputs.frame import Frame
from .kind import Kind
from .sampling import SAMPLED, Bench, Unproved
from .schema import RequirementFields
from .wording import Say

AnyKind = Kind[RequirementFields]

EMPTY = Answer("")
HOSTILE = (
    EMPTY,
    Answer("I'm sorry, but I can't help with that."),
    Answer("Could you help me with this, please?"),
    Answer(" \n\t "),
    Answer("{{ not a template }} {% nor this %} ```json {"),
    Answer("\u202eabc\u202c \ufeff\u200b ﬁ ẞ 😀"),
    Answer("a " * 20_000),
    Answer("(" * 5_000),
)
"""Answers that every check has to survive."""

SHOP = """\
feature shop "Shop" {
  tool lookup_order(order_id: text) {
    about   "Looks up one order."
    returns { total: money(USD), age: days }
    fails   timeout, not_found
    limit   8 KiB
  }
  tool issue_refund(order_id: text, amount: money(USD)) { about "Pays the customer back."; writes }
  tool handoff(reason: text) { about "Hands the chat to a colleague." }

  given total   money(USD) 0 .. 10_000 { name "the order total"; from lookup_order.total }
  given age     days 0 .. 365 { name "the time since delivery"; from lookup_order.age }
  given receipt bool { name "the customer has the receipt"; from user }
  given angry   bool { name "the customer is angry"; from user }
  given testing bool { name "this is a test"; from context }

  outcome approve  "approve the refund" { calls issue_refund(amount: total) }
  outcome decline  "decline" { avoids issue_refund }
  outcome escalate "hand over to a colleague" { calls handoff }

  ask "I'd like my money back."

"""
"""What the examples of a docstring may name; an example that is a file of its own starts with `feature`."""

_FENCE = re.compile(r"^```spec *([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"[a-z_]+")
_DETAIL = re.compile(r"[^\s/]+")
_EDGE = "conformance > 4"
_LEVEL = '  given conformance int 0 .. 9 { name "the level of conformance"; from context }\n'


@dataclass(frozen=True, slots=True)
class Compiled:
    """A spec as the compiler reads it: its one feature, what it complains of, and the spec's text at a span."""

    feature: Feature | None
    findings: tuple[Diagnostic, ...]
    text_at: Callable[[Span], str]


Reader = Callable[[str], Compiled]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the spec of a sample states."""

    spec: str
    compiled: Compiled
    feature: Feature
    requirement: Requirement


def problems(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Everything that is wrong with `kind`."""
    yield from documented(kind)
    for promise in (exemplified, sampled, worded, graded, cased):
        yield from promise(kind, read)


def documented(kind: AnyKind) -> Iterator[str]:
    """It says what it is, where its clauses go, and what each field is for."""
    if len(_FENCE.findall(_docstring(kind))) < 2:
        yield "its docstring lacks a good and a bad example in fences that begin ```spec"
    if not (_SECTION.fullmatch(kind.section) and _SECTION.fullmatch(kind.name)):
        yield "its name or its section is no plain word"
    if not kind.SAMPLES and kind.typed:
        yield "it has no samples"
    if not kind.Fields.model_fields:
        return
    tree = ast.parse(dedent(inspect.getsource(kind.Fields)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if not said:
                yield f"its field `{node.target.id}` has no sentence of documentation"


def exemplified(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Each example of its docstring compiles, or gives the finding whose code stands behind ```spec; one is a good one."""
    examples = _FENCE.findall(_docstring(kind))
    if examples and all(code for code, _ in examples):
        yield "none of its examples is a good one"
    for code, text in examples:
        spec = text if text.startswith(("feature", "policy", "use")) else f"{SHOP}{text}}}\n"
        found = {one.code.id: one.title for one in read(spec).findings}
        about = f"the example `{text.splitlines()[0]}`"
        if code and code not in found:
            yield f"{about} should give `{code}`: {', '.join(found) or 'nothing is found'}"
        if not code and found:
            yield f"{about} is not clean: {'; '.join(found.values())}"


def sampled(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Each sample is judged as it says."""
    for sample in kind.SAMPLES:
        about = f"the sample `{sample.grader}` ({sample.why})"
        compiled = read(sample.spec)
        if compiled.feature is None or compiled.findings:
            yield f"{about}: its spec does not compile: {'; '.join(one.title for one in compiled.findings)}"
            continue
        try:
            verdict = Bench(kind, compiled.feature).tried(sample)
        except Unproved as problem:
            yield f"{about}: {problem}"
            continue
        if verdict.passed is not sample.passes:
            yield f"{about} must {'pass' if sample.passes else 'fail'}: {verdict.reason}"


def worded(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Its clauses are sentences, the same wherever they stand, whose holes show what the spec says."""
    for stated in _every(kind, read):
        yield from _clause(kind, stated)
        yield from _moved(kind, stated, read)


def graded(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Its graders speak for the requirement, have said yes and no, survive any answer and pass no empty one."""
    tried = frozenset((one.grader, one.passes) for one in kind.SAMPLES)
    for stated in _every(kind, read):
        yield from _graders(kind, tried, stated)


def cased(kind: AnyKind, read: Reader) -> Iterator[str]:
    """Its cases try it with its own graders; where it has a condition, on both sides of it."""
    for stated in _every(kind, read):
        drafts = list(kind.cases(stated.requirement, _cases_of(kind, stated.feature)))
        yield from _cases(kind, stated, drafts)
        yield from _both_sides(stated, drafts)


def _docstring(kind: AnyKind) -> str:
    return inspect.getdoc(sys.modules[type(kind).__module__]) or ""


def _every(kind: AnyKind, read: Reader) -> Iterator[_Stated]:
    """What its samples state, as they stand and once more under a condition; a sample that does not compile is left out."""
    for spec in dict.fromkeys(sample.spec for sample in kind.SAMPLES):
        for one in (spec, _under_a_condition(kind, spec)):
            found = _stated(one, read)
            if found is not None:
                yield found


def _under_a_condition(kind: AnyKind, spec: str) -> str:
    """`spec` with a condition for its requirement, unless it has one."""
    head = re.search(rf"^ *{SAMPLED} {kind.name}\b[^{{\n]*{{", spec, re.MULTILINE)
    if head is None or re.search(r"\bwhen\b", spec):
        return spec
    return f"{spec[: head.start()]}{_LEVEL}{head[0]} when {_EDGE};{spec[head.end() :]}"


def _stated(spec: str, read: Reader) -> _Stated | None:
    compiled = read(spec)
    if compiled.feature is None or compiled.findings:
        return None
    requirement = next((one for one in compiled.feature.requirements if one.id == SAMPLED), None)
    return None if requirement is None else _Stated(spec, compiled, compiled.feature, requirement)


def _clause(kind: AnyKind, stated: _Stated) -> Iterator[str]:
    feature, requirement = stated.feature, stated.requirement
    pieces = tuple(kind.clause(requirement, Say(feature)))
    if pieces != tuple(kind.clause(requirement, Say(feature))):
        yield "its clause is not the same twice"
    text = "".join(piece.text for piece in pieces)
    if kind.typed and text and (text[0] != text[0].upper() or text[-1] not in '.!"' or "  " in text):
        yield f"its clause is no sentence: {text}"
    if requirement.when is not None and text and not text.startswith(("If ", "In every other case, if ")):
        yield f"its clause does not say when it holds: {text}"
    owners = {requirement.id, f"feature {feature.name}"}
    owners.update(f"given {one.name}" for one in feature.givens)
    owners.update(f"outcome {one.name}" for one in feature.outcomes)
    owners.update(f"tool {one.name}" for one in feature.tools)
    for piece in pieces:
        if piece.origin.owner not in owners:
            yield f"the piece `{piece.text}` comes from `{piece.origin.owner}`, which is not declared"
        if piece.hole and not _shows(piece.text, stated.compiled.text_at(piece.origin.span)):
            yield f"the hole `{piece.text}` shows something else than its place in the spec"


def _shows(text: str, source: str) -> bool:
    """Whether a hole shows what stands in the spec, as it stands or as the spec's value is spoken."""
    plain = source.replace("_", " ").replace('\\"', '"').strip()
    return (
        text == source
        or text.casefold() == plain.casefold()
        or text.strip() in plain
        or _digits(text) == _digits(source) != ""
    )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _moved(kind: AnyKind, stated: _Stated, read: Reader) -> Iterator[str]:
    """The clause and the cases stay as they are where the spec is only laid out otherwise."""
    found = _stated(f"# moved\n\n{stated.spec}\n", read)
    if found is None:
        yield "a comment before its spec keeps it from compiling"
        return
    if _said(kind, stated) != _said(kind, found):
        yield "its clause depends on where it stands"
    if _drafted(kind, stated) != _drafted(kind, found):
        yield "its cases depend on where it stands"


def _said(kind: AnyKind, stated: _Stated) -> list[str]:
    return [one.text for one in kind.clause(stated.requirement, Say(stated.feature))]


def _drafted(kind: AnyKind, stated: _Stated) -> list[tuple[object, ...]]:
    drafts = kind.cases(stated.requirement, _cases_of(kind, stated.feature))
    return [(one.obligation, one.values, one.graders) for one in drafts]


def _cases_of(kind: AnyKind, feature: Feature) -> Cases:
    norms = [norm for one in feature.requirements if one.kind == kind.name for norm in kind.norms(one)]
    return Cases(feature, RuleSet(norms, variables(feature.givens, feature.tools)))


def _graders(kind: AnyKind, tried: frozenset[tuple[str, bool]], stated: _Stated) -> Iterator[str]:
    try:
        bench = Bench(kind, stated.feature)
    except Unproved as problem:
        yield str(problem)
        return
    if len({one.id for one in bench.graders}) < len(bench.graders):
        yield "two of its graders have one ID"
    for grader in bench.graders:
        slug = grader.id.removeprefix(f"{SAMPLED}/")
        if grader.requirement != SAMPLED or slug == grader.id:
            yield f"the grader `{grader.id}` does not speak for `{SAMPLED}`"
        if grader.always and stated.requirement.when is not None:
            yield f"the grader `{slug}` judges every case, though its requirement has a condition"
        if not grader.deterministic:
            yield from _anchored(grader, slug)
            continue
        yield from _judging(bench, grader, slug, tried)


def _judging(bench: Bench, grader: Grader, slug: str, tried: frozenset[tuple[str, bool]]) -> Iterator[str]:
    """A grader that is code has seen a yes and a no, and judges any answer."""
    for passes in (True, False):
        if (slug, passes) not in tried:
            yield f"the grader `{slug}` has no sample that must {'pass' if passes else 'fail'}"
    for answer in HOSTILE:
        try:
            verdict = bench.judge(grader, answer)
        except Unproved as problem:
            yield f"the grader `{slug}`: {problem}"
            break
        if not verdict.reason.strip():
            yield f"the grader `{slug}` gives no reason"
        if answer is EMPTY and verdict.passed:
            yield f"the grader `{slug}` passes an empty answer"


def _anchored(grader: Grader, slug: str) -> Iterator[str]:
    """What nothing but a reader can judge says how to read, and shows a good and a bad answer."""
    settings = {one.name: one.value for one in grader.settings}
    for name in ("rubric", "good", "bad"):
        if not settings.get(name):
            yield f"the grader `{slug}` is left to a judge and has no `{name}`"


def _cases(kind: AnyKind, stated: _Stated, drafts: list[CaseDraft]) -> Iterator[str]:
    requirement = stated.requirement
    graders = tuple(kind.graders(requirement, stated.feature))
    own = {grader.id for grader in graders}
    if kind.typed and own and not drafts and not all(grader.always for grader in graders):
        yield "nothing tries it: it has graders and no case"
    for draft in drafts:
        technique, detail = draft.obligation.technique, draft.obligation.detail
        if draft.obligation.requirement != requirement.id or not _DETAIL.fullmatch(f"{technique}{detail}"):
            yield f"`{draft.obligation.id}` is no ID of a case of `{requirement.id}`"
        if not own.issuperset(draft.graders):
            yield f"the case `{draft.obligation.id}` uses graders that are not its own"
        if not draft.why.strip():
            yield f"the case `{draft.obligation.id}` does not say why it is there"
    for norm in kind.norms(requirement):
        if norm.requirement != requirement.id:
            yield "it states norms of another requirement"


def _both_sides(stated: _Stated, drafts: list[CaseDraft]) -> Iterator[str]:
    """Where a requirement that is tried by requests holds under a bound, some request lies on either side of it.

    A kind that is tried by messages of its own (a topic that is refused) has to be tried where it holds, and nowhere else.
    """
    condition = Frame(stated.requirement).whole
    if condition is None or not drafts:
        return
    holds = {evaluate(condition, dict(draft.values)) is True for draft in drafts}
    if True not in holds:
        yield "no case of it lies where its condition holds"
    if False not in holds and all(draft.opening is None for draft in drafts):
        yield "no case of it lies where its condition does not hold"
