"""A difference as lines for people, as Markdown for a review, and as data."""

import json
from collections.abc import Iterator, Sequence

from ...analysis.change import Cases, Change, Difference, RequirementChange
from ...analysis.outcomes import Decided, Region
from ...source.hashing import Json
from .compare import Compared

VERSION = 2
_ORDER = (
    Change.LOOSENED,
    Change.REMOVED,
    Change.RETIRED,
    Change.CHANGED,
    Change.TIGHTENED,
    Change.ADDED,
    Change.RENAMED,
    Change.REWORDED,
    Change.MOVED,
)
"""What a reviewer has to look at first."""
_FEW = 4


def lines(said: Compared) -> Iterator[tuple[str, str]]:
    """Each line with the change that it tells of, or ""."""
    for feature in said.features:
        yield "", f"{feature.feature}{'' if feature.change is Change.CHANGED else f' was {feature.change}'}"
        for one in _ordered(feature.requirements):
            yield one.change.value, f"  {one.change:<10} {one.id}{_title(one)}"
            for text in _details(one):
                yield "", f"             {text}"
        for name, change in feature.declarations:
            yield change.value, f"  {change:<10} {name}"
        for region in feature.outcomes.regions:
            yield "", f"  {_decided(region)}"
            for number, way in enumerate(_ways(region)):
                yield "", f"             {'or' if number else 'where'} {way}"
            yield "", f"             for example {_example(region)}"
        if not feature.outcomes.whole:
            yield "", "  (not every input could be compared: there may be others)"
    yield "", _sum(said)


def markdown(said: Compared) -> str:
    """A comment for a review."""
    found = [f"### What changed in meaning: `{said.before}` → {_named(said.after)}", ""]
    for feature in said.features:
        found += [
            f"**{_escaped(feature.feature)}**{'' if feature.change is Change.CHANGED else f' was {feature.change}'}",
            "",
        ]
        if feature.requirements:
            found += ["| requirement | change | why | cases |", "|---|---|---|---|"]
            found += [
                f"| {one.id} {_escaped(one.title)} | {one.change}{' (breaking)' if one.breaking and not one.reason else ''} "
                f"| {_escaped('; '.join([*one.why, *([f'because: {one.reason}'] if one.reason else [])]))} | {_counts(one.cases)} |"
                for one in _ordered(feature.requirements)
            ]
            found.append("")
        found += [f"- {change}: `{name}`" for name, change in feature.declarations]
        for region in feature.outcomes.regions:
            where = "".join(f", {'or' if number else 'where'} {way}" for number, way in enumerate(_ways(region)))
            found.append(f"- {_escaped(_decided(region))}{_escaped(where)}, for example `{_example(region)}`")
        if feature.declarations or feature.outcomes.regions:
            found.append("")
        for one in _ordered(feature.requirements):
            if one.clause[0] != one.clause[1]:
                found += [f"<details><summary>{one.id} in the prompt</summary>", "", "```diff"]
                found += [f"- {line}" for line in _fenced(one.clause[0])]
                found += [f"+ {line}" for line in _fenced(one.clause[1])]
                found += ["```", "</details>", ""]
    return "\n".join([*found, _sum(said)]) + "\n"


def as_json(said: Compared) -> str:
    """One JSON object; the shape is `speclang/engine/comparing/schemas/difference.schema.json`."""
    return json.dumps(data(said), ensure_ascii=True, indent=1) + "\n"


def data(said: Compared) -> Json:
    """What `as_json` writes."""
    return {
        "version": VERSION,
        "before": said.before,
        "after": said.after,
        "breaking": [{"feature": feature, "requirement": one.id} for feature, one in said.breaking],
        "features": [_feature(one) for one in said.features],
    }


def _feature(one: Difference) -> Json:
    return {
        "feature": one.feature,
        "change": one.change.value,
        "requirements": [_requirement(each) for each in _ordered(one.requirements)],
        "declarations": [{"name": name, "change": change.value} for name, change in one.declarations],
        "outcomes": [
            {
                "before": _outcomes(each.before),
                "after": _outcomes(each.after),
                "where": [list(way) for way in each.ways],
                "exact": each.exact,
                "example": dict(each.example),
            }
            for each in one.outcomes.regions
        ],
        "whole": one.outcomes.whole,
    }


def _outcomes(one: Decided) -> Json:
    return {"outcomes": list(one[0]), "requirements": list(one[1])}


def _requirement(one: RequirementChange) -> Json:
    return {
        "requirement": one.id,
        "was": one.was or None,
        "title": one.title,
        "change": one.change.value,
        "why": list(one.why),
        "clause": {"before": one.clause[0], "after": one.clause[1]},
        "cases": {
            "added": list(one.cases.added),
            "removed": list(one.cases.removed),
            "changed": list(one.cases.changed),
        },
        "breaking": one.breaking and not one.reason,
        "reason": one.reason or None,
    }


def _ordered(found: Sequence[RequirementChange]) -> list[RequirementChange]:
    return sorted(found, key=lambda one: _ORDER.index(one.change))


def _title(one: RequirementChange) -> str:
    was = f" (was {one.was})" if one.was else ""
    return f"{was} {one.title}".rstrip()


def _details(one: RequirementChange) -> Iterator[str]:
    yield from one.why
    before, after = one.clause
    if before != after and before and after:
        yield f"- {' '.join(before.split())}"
        yield f"+ {' '.join(after.split())}"
    if one.cases != Cases():
        yield f"cases: {_counts(one.cases)}"
    if one.reason:
        yield f"because: {one.reason}"
    elif one.breaking:
        yield "this weakens what must hold, and the requirement does not say why"


def _counts(cases: Cases) -> str:
    said = [
        f"{len(ids)} {what} ({', '.join(ids[:_FEW])}{', …' if len(ids) > _FEW else ''})"
        for what, ids in (("added", cases.added), ("removed", cases.removed), ("changed", cases.changed))
        if ids
    ]
    return ", ".join(said)


def _decided(region: Region) -> str:
    verbs = ["is" if len(one[0]) < 2 else "are" for one in (region.after, region.before)]
    before = "it was" if verbs[1] == "is" else "there were"
    return f"{_names(region.after)} {verbs[0]} decided, before {before} {_names(region.before)}"


def _names(one: Decided) -> str:
    said = " and ".join(one[0]) or "nothing"
    return f"{said} ({', '.join(one[1])})" if one[1] else said


def _ways(region: Region) -> Iterator[str]:
    """The boxes of a region; nothing where nobody can say them."""
    yield from (", ".join(way) or "anything" for way in region.ways)
    if region.ways and not region.exact:
        yield "elsewhere"


def _example(region: Region) -> str:
    return ", ".join(f"{name} = {value}" for name, value in region.example) or "any input"


def _sum(said: Compared) -> str:
    counts: dict[Change, int] = {}
    for feature in said.features:
        for one in feature.requirements:
            counts[one.change] = counts.get(one.change, 0) + 1
    told = ", ".join(f"{counts[change]} {change}" for change in _ORDER if change in counts)
    if not said.features:
        return f"nothing has changed in meaning between {_named(said.before)} and {_named(said.after)}"
    return f"requirements: {told or 'as they were'}; breaking: {len(said.breaking)}"


def _named(version: str) -> str:
    return version if " " in version else f"`{version}`"


def _escaped(text: str) -> str:
    """`text` as it reads in a table of Markdown: nothing of it is markup."""
    plain = " ".join(text.split())
    for sign in "\\|<>*_[]":
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def _fenced(text: str) -> list[str]:
    """The lines of `text`, none of which closes the fence around them."""
    return [line.replace("```", "'''") for line in text.splitlines()]
