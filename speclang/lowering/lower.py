"""The program as a plan.

In: the resolved program. Out: for each feature its sections, graders and cases, before they are text.
Invariant: no layout, no file, no name of a kind; the order of requirements in the files changes positions and nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Collector, Result
from ..kit import registry
from ..kit.wording import Say
from ..logic.ruleset import RuleSet
from ..logic.variables import variables
from ..model.feature import Feature
from ..model.meaning import meaning
from ..model.program import Program
from ..plan.case import Case
from ..plan.clause import Clause
from ..plan.origin import Origin
from ..plan.plan import FeaturePlan, Plan
from ..source.hashing import canonical, digest
from ..source.records import replace
from ..source.span import Span
from .cases.findings import findings, unmarked
from .cases.make import CaseMaker
from .cases.verdicts import Court
from .checked.claims import unbearable
from .checked.overlap import repeated
from .checked.unsaid import unsaid
from .clauses import declared, stated
from .drills import drills
from .glossary import refused
from .operating.watched import watched
from .sections import arranged
from .variables import styled
from .written import written


def lower_feature(feature: Feature, foreign: Collection[str] = ()) -> Result[FeaturePlan]:
    """The plan of one feature."""
    kinds = {name: registry.load(name, foreign) for name in dict.fromkeys(one.kind for one in feature.requirements)}
    norms = {one.id: tuple(kinds[one.kind].norms(one)) for one in feature.requirements}
    rules = RuleSet((norm for some in norms.values() for norm in some), variables(feature.givens, feature.tools))
    court = Court(feature, kinds, rules)
    maker = CaseMaker(feature, kinds, court)
    say = Say(feature)
    givens = {given.name: given for given in feature.givens}
    clauses: list[Clause] = list(declared(feature))
    for requirement in feature.requirements:
        clauses.extend(stated(requirement, kinds[requirement.kind], say, givens))
    made = [maker.make(requirement) for requirement in feature.requirements]
    own = Origin(f"feature {feature.name}", "", feature.span)
    graders = tuple(grader for one in feature.requirements for grader in court.graders(one.id))
    plan = FeaturePlan(
        feature=feature.name,
        title=feature.title.plain,
        sections=arranged(styled(clauses, feature), own),
        graders=graders,
        cases=watched(feature, kinds, graders, tuple(case for some in made for case in some.cases)),
        meanings=tuple((one.id, meaning(one)) for one in feature.requirements),
        files=feature.files,
        origin=own,
        typical=tuple(maker.usual.values()),
        replies=maker.replies(),
        owners=tuple(_owners(feature)),
        policies=tuple(_policies(feature)),
        unmet=tuple(one for some in made for one in (*some.missed, *some.lost)),
        former=tuple((one.id, ref.id) for one in feature.requirements for ref in one.was),
        written=tuple(written(feature, kinds, say, maker.deciding)),
        drills=drills(feature, court, graders),
    )
    tried = _stressed(feature, plan)
    found = (
        *findings(feature, made, maker.witnesses, rules.among),
        *tried.diagnostics,
        *unmarked(feature, made),
        *refused(clauses, feature.outcomes, feature.definitions),
        *unsaid(feature, clauses, plan.graders),
        *unbearable(feature, plan.graders, plan.cases),
        *repeated(feature.requirements, kinds, plan.cases),
        *_unkept(feature, plan.cases),
    )
    return Result(tried.value, found)


def _stressed(feature: Feature, plan: FeaturePlan) -> Result[FeaturePlan]:
    """`plan` with its cases as other users would write them, where the feature asks for that."""
    if not feature.stresses and not feature.paraphrases:
        return Result(plan, ())
    from .stressing.stressing import stressed  # which few projects need

    made = stressed(feature, plan)
    return Result(replace(plan, stresses=made.value), made.diagnostics)


Lower = Callable[[Feature, Collection[str]], Result[FeaturePlan]]
"""`lower_feature`, or the same with a memory."""


def lower(program: Program, foreign: Collection[str] = (), one: Lower = lower_feature) -> Result[Plan]:
    """The plan of every feature; `foreign` are the kinds of others that the project's configuration names."""
    found = Collector()
    return found.result(Plan(tuple(found.take(one(feature, foreign)) for feature in program.features)))


def _unkept(feature: Feature, cases: Sequence[Case]) -> Iterable[Diagnostic]:
    """Results that people wrote and that break what their tools promise; most tools promise nothing, and nothing is loaded for them."""
    if all(tool.promises is None for tool in feature.tools):
        return ()
    from .checked.fixtures import unkept

    return unkept(feature, cases)


def _policies(feature: Feature) -> Iterator[tuple[str, str]]:
    """Each included policy with the hash of what it says in this feature."""
    meanings = {one.id: meaning(one) for one in feature.requirements} if feature.policies else {}
    for policy in feature.policies:
        said = {
            "arguments": [f"{name}={value}" for name, value in policy.arguments],
            "requirements": [f"{id}={meanings[id]}" for id in sorted(policy.requirements) if id in meanings],
        }
        yield policy.name, digest(canonical(said))


def _owners(feature: Feature) -> Iterator[tuple[str, Span]]:
    """Every requirement and declaration, as origins name it, with the span that its text takes."""
    yield f"feature {feature.name}", feature.span
    if feature.role is not None:
        yield f"feature {feature.name}", feature.role.span
    for tool in feature.tools:
        yield f"tool {tool.name}", tool.span
    for given in feature.givens:
        yield f"given {given.name}", given.span
    for outcome in feature.outcomes:
        yield f"outcome {outcome.name}", outcome.span
    for term in feature.definitions:
        yield term.owner, term.span
    for fallback in feature.fallbacks:
        yield fallback.owner, fallback.span
    for stress in feature.stresses:
        yield stress.owner, stress.span
    for ask in feature.asks:
        yield ask.span.unit.key, ask.span
    for requirement in feature.requirements:
        yield requirement.id, requirement.span
