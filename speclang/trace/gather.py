"""The graph of a compilation: everything that has a name in it, and how one thing depends on another.

In: the program, the plan and the artifacts of one compilation, and the trees for who states what. Out: a `Trace`.
Invariant: what a part of an artifact draws on is read off its marks and never guessed from text; the one link that is read from
words is that of a requirement to a term, which its clause says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..kit import registry
from ..model.feature import Feature
from ..model.requirement import Requirement, Status
from ..plan.artifact import Artifact, Part
from ..plan.case import Case
from ..plan.plan import FeaturePlan, Plan
from ..source.records import dataclass, field
from ..source.span import Places, Span, Unit
from ..source.text import LineIndex
from ..syntax.tree import File, Text
from .elements import NODES, Edge, Node, Trace
from .uses import declared_uses, names_of, used

_DECLARED = ("given ", "tool ", "outcome ", "term ")
_SHOWN = "examples"
_PROMPT = "prompt.md"


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


@dataclass(frozen=True, slots=True)
class _Found:
    """Nodes by ID and edges, each once, in the order in which they were found."""

    nodes: dict[str, Node] = field(default_factory=dict[str, Node])
    edges: dict[Edge, None] = field(default_factory=dict[Edge, None])

    def link(self, source: str, kind: str, targets: Iterable[str]) -> None:
        """Add edges to those targets that are nodes."""
        for target in targets:
            if target in self.nodes and source in self.nodes and target != source:
                self.edges[Edge(source, kind, target)] = None


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
    found = _Found()
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
        _parts(feature, plans[feature.name], artifacts, found)
        _terms(feature, found)
    rank = {kind: number for number, kind in enumerate(NODES)}
    nodes = sorted(found.nodes.values(), key=lambda node: rank[node.kind])
    order = {node.id: number for number, node in enumerate(nodes)}
    edges = sorted(found.edges, key=lambda edge: (order[edge.source], edge.kind, order[edge.target]))
    writes = tuple(
        (feature.name, tuple(sorted(one.path for one in made.artifacts if one.feature == feature.name)))
        for feature in made.features
    )
    return Trace(tuple(nodes), tuple(edges), writes, made.lock)


def _files(made: Made, found: _Found) -> None:
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


def _id(feature: Feature, owner: str) -> str:
    """The ID of a declaration (`given age`)."""
    kind, _, name = owner.partition(" ")
    return f"{kind}:{feature.name}/{name}"


def _requirement_id(feature: Feature, requirement: Requirement, kinds: Sequence[str]) -> str:
    shown = registry.load(requirement.kind, kinds).section == _SHOWN
    return f"{'example' if shown else 'requirement'}:{feature.name}/{requirement.id}"


def _owner_id(feature: Feature, owner: str, found: _Found) -> str:
    """The ID of whatever an origin calls `owner`; "" where it is no node (`ask`)."""
    if owner.startswith(_DECLARED):
        return _id(feature, owner)
    if owner == f"feature {feature.name}":
        return f"feature:{feature.name}"
    for kind in ("requirement", "example"):
        if (one := f"{kind}:{feature.name}/{owner}") in found.nodes:
            return one
    return ""


def _declarations(feature: Feature, made: Made, where: _Places, found: _Found) -> None:
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
    )
    for owner, text, span in declared:
        kind = owner.partition(" ")[0]
        marks = ("handmade",) if kind == "term" else ()
        place = where.of(span)
        nodes.append(
            Node(
                id=_id(feature, owner), kind=kind, name=owner, feature=feature.name, text=text, place=place, marks=marks
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
                return next((value.plain for value in one.item.values if isinstance(value, Text)), "")
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


def _statements(feature: Feature, stated: dict[Unit, str], extra: Sequence[str], found: _Found) -> None:
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
        *((one.id, one.head) for one in feature.requirements),
    ]
    policies = {policy.name for policy in feature.policies}
    for owner, span in spans:
        block, _, name = stated.get(span.unit, "").partition(" ")
        by = f"policy:{name}" if block == "policy" and name in policies else own
        if not block:
            by = f"file:{span.unit.file}"
        target = _owner_id(feature, owner, found)
        found.link(by, "states", [target])
        if by.startswith("policy:"):
            found.link(f"file:{span.unit.file}", "states", [by])
    names = names_of(feature)
    for one, other in declared_uses(feature):
        found.link(_id(feature, one), "uses", [_id(feature, other)])
    for requirement in feature.requirements:
        id = _owner_id(feature, requirement.id, found)
        found.link(id, "uses", [_id(feature, one) for one in used(requirement, names)])
        beaten = [ref.id for ref in (*requirement.over, *requirement.replaces)]
        found.link(id, "overrides", [_owner_id(feature, one, found) for one in beaten])
        for ref in requirement.replaces:
            for policy in feature.policies:
                in_file = [unit for unit in stated if unit.key == ref.id and stated[unit] == f"policy {policy.name}"]
                if in_file:
                    found.link(f"policy:{policy.name}", "states", [f"requirement:{feature.name}/{ref.id}"])


def _parts(feature: Feature, plan: FeaturePlan, artifacts: Sequence[Artifact], found: _Found) -> None:
    """Clauses, graders and cases, with where they stand and what they are made of."""
    cases = {case.id: case for case in plan.cases}
    graders = {grader.id: grader for grader in plan.graders}
    for artifact in artifacts:
        line = 1
        for part in artifact.parts:
            skipped = len(part.text) - len(part.text.lstrip("\n"))
            place = f"{artifact.path}:{line + skipped}"
            if part.kind == "clause":
                _clause(feature, artifact, part, place, found)
            elif part.kind == "grader":
                grader = graders[part.id]
                marks = (*(("always",) if grader.always else ()), *(() if grader.deterministic else ("judge",)))
                id = f"grader:{feature.name}/{part.id}"
                text = f"{grader.check} {_settings(part)}".rstrip()
                _add(
                    found,
                    Node(id=id, kind="grader", name=part.id, feature=feature.name, text=text, place=place, marks=marks),
                )
                found.link(id, "grades", [_owner_id(feature, grader.requirement, found)])
                found.link(id, "uses", _drawn(feature, part, found))
                if grader.always:
                    found.link(f"feature:{feature.name}", "uses", [id])
            elif part.kind == "case":
                id = f"case:{feature.name}/{part.id}"
                case = cases[part.id]
                _add(found, Node(id=id, kind="case", name=part.id, feature=feature.name, text=case.why, place=place))
                _case(feature, case, part, found)
            line += part.text.count("\n")


def _settings(part: Part) -> str:
    shown = [part.text[mark.start : mark.end] for mark in part.marks if mark.path.startswith("settings/")]
    return ", ".join(" ".join(one.split()) for one in shown)


def _add(found: _Found, node: Node) -> None:
    found.nodes.setdefault(node.id, node)


def _clause(feature: Feature, artifact: Artifact, part: Part, place: str, found: _Found) -> None:
    file = artifact.path.rpartition("/")[2]
    name = part.owner if file == _PROMPT else f"{file}/{part.owner}"
    id = f"clause:{feature.name}/{name}"
    said = " ".join(part.text.split())
    _add(found, Node(id=id, kind="clause", name=name, feature=feature.name, text=said, place=place))
    owner = _owner_id(feature, part.owner, found)
    found.link(id, "shows" if owner.startswith("example:") else "renders", [owner])
    found.link(id, "shows", [one for one in _drawn(feature, part, found) if one != owner])


def _drawn(feature: Feature, part: Part, found: _Found) -> list[str]:
    """The declarations from which characters of `part` come."""
    owners = dict.fromkeys(mark.origin.owner for mark in part.marks)
    return [_owner_id(feature, owner, found) for owner in owners if owner.startswith(_DECLARED)]


def _case(feature: Feature, case: Case, part: Part, found: _Found) -> None:
    id = f"case:{feature.name}/{case.id}"
    spoken = dict.fromkeys([*case.covers, *(one.requirement for one in case.also)])
    found.link(id, "covers", [_owner_id(feature, one, found) for one in spoken])
    found.link(id, "uses", [f"grader:{feature.name}/{use.grader}" for use in case.uses])
    found.link(id, "uses", _drawn(feature, part, found))
    names = names_of(feature)
    found.link(id, "uses", [_id(feature, names[one.given]) for one in case.inputs if one.given in names])
    if case.base:
        found.link(id, "uses", [f"case:{feature.name}/{case.base}"])


def _terms(feature: Feature, found: _Found) -> None:
    """Which requirement uses a term: the one whose clause says the word."""
    for term in feature.definitions:
        said = re.compile(rf"\b{re.escape(term.word.plain)}(?:s|es)?\b", re.IGNORECASE)
        for requirement in feature.requirements:
            clause = found.nodes.get(f"clause:{feature.name}/{requirement.id}")
            if clause is not None and said.search(clause.text):
                found.link(_owner_id(feature, requirement.id, found), "uses", [_id(feature, term.owner)])
