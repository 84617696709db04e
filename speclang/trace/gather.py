"""The graph of a compilation: everything that has a name in it, and how one thing depends on another.

In: the program, the plan and the artifacts of one compilation, and the trees for who states what. Out: a `Trace`.
Invariant: the order of nodes and edges is that of the files; nothing depends on anything but its arguments.
"""

from collections.abc import Iterator, Sequence

from ..kit import registry
from ..model.feature import Feature
from ..model.requirement import Requirement, Status
from ..model.uses import declared_uses, names_of, used
from ..plan.artifact import Artifact
from ..plan.plan import Plan
from ..source.records import dataclass
from ..source.span import Places, Span, Unit
from ..source.text import LineIndex
from ..syntax.tree import File, Run, Text
from .elements import NODES, Node, Trace
from .found import Found, declared_id, owner_id
from .parts import parts, terms

_SHOWN = "examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a compilation made, as far as the graph needs it.

    `layouts` pairs features with the templates of the project's own that lay out their prompts; `settings` is the file of settings,
    `lock` the path of the lock, `kinds` the kinds of others.
    """

    features: tuple[Feature, ...]
    plan: Plan
    artifacts: tuple[Artifact, ...]
    files: tuple[File, ...]
    places: Places
    layouts: tuple[tuple[str, str], ...] = ()
    settings: str = ""
    lock: str = ""
    kinds: tuple[str, ...] = ()


class _Places:
    """Where things stand, as `file:line:column`, with one index for each text."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._indices: dict[str, LineIndex] = {}

    def of(self, span: Span) -> str:
        """The place of the start of `span`."""
        where = self._places.locate(span)
        source = self._places.sources.get(where.file)
        if source is None:
            return where.file
        index = self._indices.setdefault(where.file, LineIndex(source.text))
        position = index.position(where.start)
        return f"{where.file}:{position.line}:{position.column}"


def gather(made: Made) -> Trace:
    """The graph of what was `made`."""
    found = Found()
    where = _Places(made.places)
    _files(made, found)
    plans = {plan.feature: plan for plan in made.plan.features}
    stated = {unit.name: unit.parent for file in made.files for unit in file.units}
    for feature in made.features:
        _declarations(feature, made, where, found)
        templates = [path for name, path in made.layouts if name == feature.name]
        _statements(feature, stated, [*templates, made.settings], found)
    for feature in made.features:
        artifacts = [one for one in made.artifacts if one.feature == feature.name]
        parts(feature, plans[feature.name], artifacts, found)
        terms(feature, found)
    rank = {kind: number for number, kind in enumerate(NODES)}
    nodes = sorted(found.nodes.values(), key=lambda node: rank[node.kind])
    order = {node.id: number for number, node in enumerate(nodes)}
    edges = sorted(found.edges, key=lambda edge: (order[edge.source], edge.kind, order[edge.target]))
    writes = tuple(
        (feature.name, tuple(sorted(one.path for one in made.artifacts if one.feature == feature.name)))
        for feature in made.features
    )
    return Trace(tuple(nodes), tuple(edges), writes, made.lock)


def _files(made: Made, found: Found) -> None:
    """Files, and which file uses which."""
    names = [file.source.name for file in made.files]
    extra = [path for _, path in made.layouts] + ([made.settings] if made.settings else [])
    for name in (*names, *dict.fromkeys(extra)):
        found.nodes[f"file:{name}"] = Node(id=f"file:{name}", kind="file", name=name, place=name)
    for file in made.files:
        for path in _used_paths(file):
            targets = [f"file:{name}" for name in names if name == path or name.endswith(f"/{path}")]
            found.link(f"file:{file.source.name}", "uses", targets)


def _used_paths(file: File) -> Iterator[str]:
    for unit in file.units:
        if unit.item is not None and unit.item.head.text == "use" and not unit.parent:
            yield from (value.plain.lstrip("./") for value in unit.item.values if isinstance(value, Text))


def _requirement_id(feature: Feature, requirement: Requirement, kinds: Sequence[str]) -> str:
    shown = registry.load(requirement.kind, kinds).section == _SHOWN
    return f"{'example' if shown else 'requirement'}:{feature.name}/{requirement.id}"


def _declarations(feature: Feature, made: Made, where: _Places, found: Found) -> None:
    """The feature, its policies, its declarations and its requirements, as nodes."""
    own = f"feature:{feature.name}"
    nodes = [
        Node(
            id=own,
            kind="feature",
            name=f"feature {feature.name}",
            feature=feature.name,
            text=feature.title.plain,
            place=where.of(feature.span),
        )
    ]
    openers = {unit.name.key: unit.name for file in made.files for unit in file.units if not unit.parent}
    for policy in feature.policies:
        unit = openers.get(f"policy {policy.name}")
        place = where.of(Span(unit, 0, 0)) if unit else ""
        text = _title(unit, made)
        nodes.append(
            Node(id=f"policy:{policy.name}", kind="policy", name=f"policy {policy.name}", text=text, place=place)
        )
    declared = (
        *((f"given {one.name}", one.label.plain, one.span) for one in feature.givens),
        *((f"tool {one.name}", one.about.plain if one.about else "", one.span) for one in feature.tools),
        *((f"outcome {one.name}", one.wording.plain, one.span) for one in feature.outcomes),
        *((one.owner, one.means.plain, one.span) for one in feature.definitions),
        *((one.owner, ", ".join(tier.name for tier in one.tiers), one.span) for one in feature.fallbacks),
        *((one.owner, ", ".join(way.name for way in one.axes), one.span) for one in feature.stresses),
    )
    for owner, text, span in declared:
        kind = owner.partition(" ")[0]
        marks = ("handmade",) if kind == "term" else ()
        place = where.of(span)
        nodes.append(
            Node(
                id=declared_id(feature, owner),
                kind=kind,
                name=owner,
                feature=feature.name,
                text=text,
                place=place,
                marks=marks,
            )
        )
    for requirement in feature.requirements:
        nodes.append(_requirement(feature, requirement, made, where))
        nodes.extend(
            Node(
                id=f"requirement:{feature.name}/{ref.id}",
                kind="requirement",
                name=ref.id,
                feature=feature.name,
                text=f"{requirement.id} stands in its place",
                place=where.of(ref.span),
                marks=("replaced",),
            )
            for ref in requirement.replaces
        )
    for node in nodes:
        found.nodes.setdefault(node.id, node)


def _title(unit: Unit | None, made: Made) -> str:
    for file in made.files:
        for one in file.units:
            if one.name == unit and one.item is not None:
                values = [
                    part for value in one.item.values for part in (value.parts if isinstance(value, Run) else (value,))
                ]
                return next((value.plain for value in values if isinstance(value, Text)), "")
    return ""


def _requirement(feature: Feature, requirement: Requirement, made: Made, where: _Places) -> Node:
    id = _requirement_id(feature, requirement, made.kinds)
    marks = []
    if requirement.when is not None or requirement.unless:
        marks.append("conditional")
    if requirement.status is Status.DRAFT:
        marks.append("draft")
    if requirement.phrase is not None or id.startswith("example:"):
        marks.append("handmade")
    return Node(
        id=id,
        kind=id.partition(":")[0],
        name=requirement.id,
        feature=feature.name,
        text=requirement.title.plain if requirement.title else "",
        place=where.of(requirement.head),
        marks=tuple(marks),
    )


def _statements(feature: Feature, stated: dict[Unit, str], extra: Sequence[str], found: Found) -> None:
    """Who states what, and what it depends on."""
    own = f"feature:{feature.name}"
    found.link(f"file:{feature.span.unit.file}", "states", [own])
    found.link(own, "uses", [f"file:{name}" for name in (*feature.files, *extra)])
    found.link(own, "includes", [f"policy:{policy.name}" for policy in feature.policies])
    spans = [
        *((f"given {one.name}", one.span) for one in feature.givens),
        *((f"tool {one.name}", one.span) for one in feature.tools),
        *((f"outcome {one.name}", one.span) for one in feature.outcomes),
        *((one.owner, one.span) for one in feature.definitions),
        *((one.owner, one.span) for one in feature.fallbacks),
        *((one.owner, one.span) for one in feature.stresses),
        *((one.id, one.head) for one in feature.requirements),
    ]
    policies = {policy.name for policy in feature.policies}
    for owner, span in spans:
        block, _, name = stated.get(span.unit, "").partition(" ")
        by = f"policy:{name}" if block == "policy" and name in policies else own
        if not block:
            by = f"file:{span.unit.file}"
        target = owner_id(feature, owner, found)
        found.link(by, "states", [target])
        if by.startswith("policy:"):
            found.link(f"file:{span.unit.file}", "states", [by])
    names = names_of(feature)
    for one, other in declared_uses(feature):
        found.link(declared_id(feature, one), "uses", [declared_id(feature, other)])
    for requirement in feature.requirements:
        id = owner_id(feature, requirement.id, found)
        found.link(id, "uses", [declared_id(feature, one) for one in used(requirement, names)])
        beaten = [ref.id for ref in (*requirement.over, *requirement.replaces)]
        found.link(id, "overrides", [owner_id(feature, one, found) for one in beaten])
        for ref in requirement.replaces:
            for policy in feature.policies:
                in_file = [unit for unit in stated if unit.key == ref.id and stated[unit] == f"policy {policy.name}"]
                if in_file:
                    found.link(f"policy:{policy.name}", "states", [f"requirement:{feature.name}/{ref.id}"])
