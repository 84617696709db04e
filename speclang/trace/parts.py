"""Clauses, graders, cases and variants as nodes, and what they are made of.

In: the plan and the artifacts of one feature. Out: nodes and edges.
Invariant: what a part of an artifact draws on is read off its marks and never guessed from text; the one link that is read from
words is that of a requirement to a term, which its clause says.
"""

import re
from collections.abc import Sequence

from ..model.feature import Feature
from ..model.uses import names_of
from ..plan.artifact import Artifact, Part
from ..plan.case import Case
from ..plan.drill import Drill
from ..plan.plan import FeaturePlan
from ..plan.stressed import Variant
from .elements import Node
from .found import DECLARED, Found, declared_id, owner_id

_PROMPT = "prompt.md"


def parts(feature: Feature, plan: FeaturePlan, artifacts: Sequence[Artifact], found: Found) -> None:
    """Clauses, graders and cases, with where they stand and what they are made of."""
    cases = {case.id: case for case in plan.cases}
    graders = {grader.id: grader for grader in plan.graders}
    drills = {drill.id: drill for drill in plan.drills}
    variants = {one.id: (one, stress.origin.owner) for stress in plan.stresses for one in stress.variants}
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
                found.link(id, "grades", [owner_id(feature, grader.requirement, found)])
                found.link(id, "uses", _drawn(feature, part, found))
                if grader.always:
                    found.link(f"feature:{feature.name}", "uses", [id])
            elif part.kind == "case":
                id = f"case:{feature.name}/{part.id}"
                case = cases[part.id]
                _add(found, Node(id=id, kind="case", name=part.id, feature=feature.name, text=case.why, place=place))
                _case(feature, case, part, found)
            elif part.kind == "drill":
                _drill(feature, drills[part.id], place, found)
            elif part.kind == "variant":
                _variant(feature, *variants[part.id], place, found)
            line += part.text.count("\n")


def _settings(part: Part) -> str:
    shown = [part.text[mark.start : mark.end] for mark in part.marks if mark.path.startswith("settings/")]
    return ", ".join(" ".join(one.split()) for one in shown)


def _add(found: Found, node: Node) -> None:
    found.nodes.setdefault(node.id, node)


def _clause(feature: Feature, artifact: Artifact, part: Part, place: str, found: Found) -> None:
    file = artifact.path.rpartition("/")[2]
    name = part.owner if file == _PROMPT else f"{file}/{part.owner}"
    id = f"clause:{feature.name}/{name}"
    said = " ".join(part.text.split()).removeprefix("- ")
    _add(found, Node(id=id, kind="clause", name=name, feature=feature.name, text=said, place=place))
    owner = owner_id(feature, part.owner, found)
    found.link(id, "shows" if owner.startswith("example:") else "renders", [owner])
    found.link(id, "shows", [one for one in _drawn(feature, part, found) if one != owner])


def _drawn(feature: Feature, part: Part, found: Found) -> list[str]:
    """The declarations from which characters of `part` come."""
    owners = dict.fromkeys(mark.origin.owner for mark in part.marks)
    return [owner_id(feature, owner, found) for owner in owners if owner.startswith(DECLARED)]


def _case(feature: Feature, case: Case, part: Part, found: Found) -> None:
    id = f"case:{feature.name}/{case.id}"
    spoken = dict.fromkeys([*case.covers, *(one.requirement for one in case.also)])
    found.link(id, "covers", [owner_id(feature, one, found) for one in spoken])
    found.link(id, "uses", [f"grader:{feature.name}/{use.grader}" for use in case.uses])
    found.link(id, "uses", _drawn(feature, part, found))
    names = names_of(feature)
    found.link(id, "uses", [declared_id(feature, names[one.given]) for one in case.inputs if one.given in names])
    if case.base:
        found.link(id, "uses", [f"case:{feature.name}/{case.base}"])


def _drill(feature: Feature, drill: Drill, place: str, found: Found) -> None:
    """A drill: what it is of, what has to hold in it, and what it shows or breaks."""
    id = f"drill:{feature.name}/{drill.id}"
    text = f"{drill.failure} ends in {drill.tier}"
    _add(found, Node(id=id, kind="drill", name=drill.id, feature=feature.name, text=text, place=place))
    names = names_of(feature)
    found.link(id, "uses", [owner_id(feature, drill.origin.owner, found)])
    found.link(id, "uses", [owner_id(feature, one, found) for one in drill.must_hold])
    found.link(id, "uses", [declared_id(feature, names[one.given]) for one in drill.case.context if one.given in names])
    found.link(id, "uses", [declared_id(feature, names[one.of]) for one in drill.breaks if one.of in names])


def _variant(feature: Feature, variant: Variant, stress: str, place: str, found: Found) -> None:
    """A variant: the case that it is, and the stress that it is made by. It covers nothing: its seed does."""
    id = f"variant:{feature.name}/{variant.id}"
    text = ", ".join(f"{axis} {level}" for axis, level in variant.at)
    _add(found, Node(id=id, kind="variant", name=variant.id, feature=feature.name, text=text, place=place))
    found.link(id, "uses", [f"case:{feature.name}/{variant.seed}", owner_id(feature, stress, found)])


def terms(feature: Feature, found: Found) -> None:
    """Which requirement uses a term: the one whose clause says the word."""
    for term in feature.definitions:
        said = re.compile(rf"\b{re.escape(term.word.plain)}(?:s|es)?\b", re.IGNORECASE)
        for requirement in feature.requirements:
            clause = found.nodes.get(f"clause:{feature.name}/{requirement.id}")
            if clause is not None and said.search(clause.text):
                found.link(owner_id(feature, requirement.id, found), "uses", [declared_id(feature, term.owner)])
