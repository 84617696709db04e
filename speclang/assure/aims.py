"""Which target a run asks, made ready.

In: a project's settings and the name that the user gave, if any. Out: an `Aim`.
"""

from collections.abc import Mapping
from decimal import Decimal

from ..emit.prompt import is_prompt
from ..engine.answers.examining import examiners
from ..engine.compiling import Opened
from ..kit import registry
from ..project.asked import targets as stated
from ..run.asking import Target, Unusable
from ..run.environment import secret
from ..run.finding import Acquainted, Context, made
from ..run.obedience.obeying import Known
from ..run.obedience.reading import Readings
from ..run.targets.callable import Answers, Function
from ..run.targets.openai_api import OpenAiApi
from ..source.records import dataclass
from ..source.suggest import nearest

STUB = "stub"
BUILT_IN = {
    STUB: stated.Target(STUB, use=STUB),
    "local": stated.Target(
        "local", use="local", parameters={"temperature": 0, "max_tokens": 200}, timeout=Decimal(600), concurrency=1
    ),
}
"""Targets that need no setting: they are called as their kind is."""


_NO_KEY = "none"
"""In place of a key where nothing is sent."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A target, how the project states it, and the variant of the prompt that it gets ("" for everybody's)."""

    target: Target
    stated: stated.Target
    prompt: str

    @property
    def stub(self) -> bool:
        """Whether it is no model at all."""
        return self.stated.use == STUB


def aim(project: Opened, name: str, *, asked: bool = True, readings: Mapping[str, Readings] | None = None) -> Aim:
    """The target called `name`, or the only one that there is. Raises `Unusable`. One that is not `asked` anything needs no key.

    `readings` tell the stub, by feature, what other clauses ask for.
    """
    return aim_so(project, stated_as(project, name), asked=asked, readings=readings)


def stated_as(project: Opened, name: str) -> stated.Target:
    """How the settings state the target called `name`, or the only one that there is. Raises `Unusable`."""
    known = {one.name: one for one in project.home.config.asked}
    judge = project.home.config.judge
    played = [one for one in known.values() if judge is None or one.name != judge.target] or list(known.values())
    only = played[0] if len(played) == 1 else None
    found = known.get(name) or BUILT_IN.get(name) if name else only
    if found is None:
        raise Unusable(_none(name, known))
    return found


def aim_so(
    project: Opened, found: stated.Target, *, asked: bool = True, readings: Mapping[str, Readings] | None = None
) -> Aim:
    """The target that `found` states, as `aim` does; the stub knows `project`. Raises `Unusable`."""
    key = secret(found.key) or (None if asked else _NO_KEY) if found.key else None
    return Aim(
        made(Context(found, project.root, key, lambda: _known(project, readings or {}))),
        found,
        found.name if found.own_prompt else "",
    )


def bounded(found: Aim, most: float | None) -> None:
    """Raise `Unusable` where `most` is to be spent on a target of which nobody can tell what it costs."""
    if most is not None and found.stated.price is None and isinstance(found.target, OpenAiApi):
        raise Unusable(
            f"`--max-cost` can't bound `{found.stated.name}`, which states no price; "
            'write price = { input = …, output = …, currency = "USD" } (of a million tokens), or use `--max-tokens`'
        )


def aim_at(function: Answers) -> Aim:
    """A function that a program hands over."""
    name = f"{getattr(function, '__module__', '')}:{getattr(function, '__qualname__', 'answer')}"
    return Aim(Function("function", name, name, function), stated.Target("function", use="callable", at=name), "")


def _known(project: Opened, readings: Mapping[str, Readings]) -> tuple[Acquainted, ...]:
    """All that can be known of the project's features without asking anybody."""
    features = {one.name: one for one in project.compiled.program.features}
    clauses: dict[tuple[str, str], str] = {}
    for artifact in project.compiled.artifacts:
        for part in artifact.parts if is_prompt(artifact.path) else ():
            if part.kind == "clause":
                clauses.setdefault((artifact.feature, part.owner), part.text)
    graded = examiners(project)
    foreign = project.home.config.kinds
    found: list[Acquainted] = []
    for plan in project.compiled.plan.features:
        feature = features[plan.feature]
        kinds = dict.fromkeys(one.kind for one in feature.requirements)
        samples = [
            sample.answer.text for kind in kinds for sample in registry.load(kind, foreign).SAMPLES if sample.passes
        ]
        own = {id: text for (name, id), text in clauses.items() if name == plan.feature}
        told = readings.get(plan.feature, {})
        known = Known(plan, graded[plan.feature], own, tuple(dict.fromkeys(samples)), told)
        found.append(Acquainted(feature, known))
    return tuple(found)


def _none(name: str, known: dict[str, stated.Target]) -> str:
    """Why no target can be asked, and what to do."""
    listed = ", ".join(f"`{one}`" for one in known)
    if not name and known:
        return f"name one of the targets with `--target`: {listed}"
    example = '[targets.small], use = "openai_api", model = "…", key = "OPENAI_API_KEY" in specc.toml'
    if not name:
        return (
            f"no target is stated; write {example}; or `--target local` asks a small model on this machine "
            "(without an account; it says how it is installed), and `--target stub` none at all"
        )
    near = nearest(name, [*known, *BUILT_IN])
    hint = f"; did you mean `{near}`" if near else f"; there are {listed}" if known else f"; write {example}"
    return f"there is no target `{name}` that can be asked{hint}"
