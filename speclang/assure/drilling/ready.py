"""What is drilled, made ready: the features with their drills, the application, and which models stand behind which proxy.

In: a compiled project, its settings, what is wished. Out: frozen records. Raises `Unusable` with what to write, `UnknownFeature`.
Invariant: nothing is opened or asked here.
"""

from collections.abc import Mapping, Sequence

from ...engine.answers.score import UnknownFeature
from ...engine.compiling import Opened
from ...grading.verdicts import Examiner
from ...kit import registry
from ...model.fallback import MODEL, Fallback
from ...model.feature import Feature
from ...plan.drill import Drill
from ...plan.plan import FeaturePlan
from ...project.asked.targets import Target
from ...run.asking import Unusable
from ...run.digests import case_hash, grader_hash
from ...run.script import Script, Stage
from ...source.hashing import Json, canonical, digest
from ...source.records import dataclass, replace
from ...source.suggest import nearest
from ..course import parts
from .outcome import Wish

APPLICATIONS = ("callable", "http")
"""The kinds of targets that fall back on something: what is asked with its own code around the model."""

_USUAL = "https://api.openai.com/v1"
"""Where a model is whose target tells no address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One feature; `plan` has the cases of its drills for cases, `scripts` how each is played, `digests` what each means, by ID."""

    feature: Feature
    plan: FeaturePlan
    drills: tuple[Drill, ...]
    scripts: Mapping[str, Script]
    digests: Mapping[str, str]
    examiner: Examiner

    def fallback(self, drill: Drill) -> Fallback:
        """The fallback of a drill."""
        return next(one for one in self.feature.fallbacks if one.name == drill.fallback)


@dataclass(frozen=True, slots=True)
class Models:
    """The models of an application: `first` is asked first, `others` are those of tiers; "" and none where no drill is about them."""

    first: str
    stated: tuple[Target, ...]

    def name(self, of: str) -> str:
        """The target that a break is of."""
        return self.first if of == MODEL else of


def ready(project: Opened, names: Sequence[str]) -> tuple[Ready, ...]:
    """The features with fallbacks, those of `names` if there are any."""
    known = [one.name for one in project.compiled.program.features]
    for name in names:
        if name not in known:
            raise UnknownFeature(name, nearest(name, known) or "")
    found = [
        _ready(project, part.feature, part.plan, part.prompt)
        for part in parts(project, "", lambda *_: False)
        if part.plan.drills and (not names or part.feature.name in names)
    ]
    if not found:
        where = f"`{'`, `'.join(names)}` has" if names else "no feature has"
        what = "no `fallback`" if names else "a `fallback`"
        raise Unusable(f"{where} {what}; `specc explain E0625` tells how one is written")
    return tuple(found)


def _ready(project: Opened, feature: Feature, plan: FeaturePlan, prompt: str) -> Ready:
    foreign = project.home.config.kinds
    own = replace(plan, cases=tuple(one.case for one in plan.drills))
    stage = Stage(feature, own, prompt)
    scripts = {one.id: stage.script(one.case) for one in plan.drills}
    kinds = {one.id: registry.load(one.kind, foreign) for one in feature.requirements}
    graders: dict[str, list[str]] = {one.id: [] for one in feature.requirements}
    for grader in plan.graders:
        graders[grader.requirement].append(grader_hash(grader))
    return Ready(
        feature=feature,
        plan=own,
        drills=plan.drills,
        scripts=scripts,
        digests={one.id: _digest(one, scripts[one.id], graders) for one in plan.drills},
        examiner=Examiner(own, kinds),
    )


def _digest(drill: Drill, script: Script, graders: Mapping[str, Sequence[str]]) -> str:
    """The hash of all that a drill means: what is said and known, what breaks, where that ends, what has to hold."""
    breaks: Json = [[one.of, one.how, str(one.after)] for one in drill.breaks]
    held: Json = [[id, *graders[id]] for id in drill.must_hold]
    end: Json = [drill.end.target, drill.end.says, drill.end.tool]
    return digest(canonical([case_hash(script, drill.case), breaks, end, held]))


def application(project: Opened, wish: Wish) -> str:
    """The target that is drilled, by name."""
    asked = {one.name: one for one in project.home.config.asked}
    fitting = [name for name, one in asked.items() if one.use in APPLICATIONS]
    listed = ", ".join(f"`{name}`" for name in fitting)
    if wish.target in asked and wish.target not in fitting:
        raise Unusable(
            f"`{wish.target}` is no application: a model falls back on nothing; drill a target with "
            f'`use = "callable"` or `use = "http"`{f", as {listed}" if listed else ""}'
        )
    if wish.target or len(fitting) == 1:
        return wish.target or fitting[0]
    if fitting:
        raise Unusable(f"name one of the applications with `--target`: {listed}")
    raise Unusable(
        'no application is stated; write [targets.app], use = "callable", at = "module:function" in specc.toml'
    )


def models(project: Opened, features: Sequence[Ready]) -> Models:
    """The models that have to be behind proxies, as far as a drill breaks or looks at one."""
    asked = {one.name: one for one in project.home.config.asked}
    tiers = {
        tier.target: tier.name for one in features for of in one.feature.fallbacks for tier in of.tiers if tier.target
    }
    for target, tier in tiers.items():
        if target not in asked:
            near = nearest(target, asked)
            hint = f"did you mean `{near}`" if near else f'write [targets.{target}], use = "openai_api", model = "…"'
            raise Unusable(f"the tier `{tier}` asks `{target}`, and the settings know no such target; {hint}")
        if asked[target].drill is None:
            raise Unusable(f"`{target}` is asked behind specc's back; {_write(target)}")
    broken = {one.of for ready in features for drill in ready.drills for one in drill.breaks}
    if MODEL not in broken and not tiers:
        return Models("", ())
    firsts = [name for name, one in asked.items() if one.drill is not None and name not in tiers]
    if len(firsts) != 1:
        which = f"{', '.join(f'`{one}`' for one in firsts)} all could be" if firsts else "no target is"
        raise Unusable(
            f"{which} the model that is asked first: exactly one has `drill` and is in no tier; {_write('main')}"
        )
    return Models(firsts[0], tuple(asked[one] for one in (*firsts, *tiers)))


def upstream(stated: Target) -> str:
    """The address of a model itself."""
    if stated.at and not stated.at.startswith(("http://", "https://")):
        raise Unusable(f'`at` of the target `{stated.name}` is no address; write `at = "http://{stated.at}"`')
    return stated.at or _USUAL


def _write(target: str) -> str:
    env = f"{target.upper().replace('-', '_')}_URL"
    return f'write drill = {{ env = "{env}" }} under [targets.{target}], and have the application find the model there'
