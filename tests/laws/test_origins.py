"""Every character of every prompt and every field of every case comes from a requirement or a declaration that exists.

The walk asks `trace.json` alone, as `specc trace` does, and holds its answers against the parsed files: the owner is declared in the
feature, and the characters lie in the unit that declares it, or in what that unit takes from another.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from speclang.emit.resolve import Source, TraceMap
from speclang.engine.pipeline import Compiled, compile_texts
from speclang.model.feature import Feature
from speclang.plan.artifact import Artifact
from speclang.project.config import Config
from speclang.project.paths import files_below
from speclang.source.text import SourceText
from tests.strategies.desk import DESK
from tests.strategies.specs import SpecModel, specs

ROOT = Path(__file__).parents[2]
FEATURES = sorted(path.parent.name for path in (ROOT / "generated").glob("*/prompt.md"))


@cache
def shipped() -> Compiled:
    return build({name: (ROOT / name).read_text("utf-8") for name in files_below(ROOT, "specs", ".spec")})


def build(texts: Mapping[str, str]) -> Compiled:
    return compile_texts([SourceText(name, text) for name, text in texts.items()], Config())


@dataclass(frozen=True)
class Walk:
    """The files of one feature, and where its owners stand: by key, each unit of that key, with its file, start and end."""

    compiled: Compiled
    feature: Feature

    def file(self, name: str) -> Artifact:
        """One of its files."""
        return next(one for one in self.compiled.artifacts if one.path == f"generated/{self.feature.name}/{name}")

    def owners(self) -> set[str]:
        """Every requirement and declaration, by the name under which origins speak of it."""
        one = self.feature
        tools, givens = {f"tool {item.name}" for item in one.tools}, {f"given {item.name}" for item in one.givens}
        outcomes = {f"outcome {item.name}" for item in one.outcomes}
        terms = {term.owner for term in one.definitions}
        asks = {ask.span.unit.key for ask in one.asks}
        return {
            f"feature {one.name}",
            *tools,
            *givens,
            *outcomes,
            *terms,
            *asks,
            *(item.id for item in one.requirements),
        }

    def units(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        """Where the units of each key stand in each file."""
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for unit in (unit for file in self.compiled.files for unit in file.units):
            place = (unit.start, unit.start + len(unit.text))
            found.setdefault((unit.name.file, unit.name.key), []).append(place)
            if unit.parent == f"feature {self.feature.name}" and unit.name.key in ("role", "owner"):
                found.setdefault((unit.name.file, unit.parent), []).append(place)
        # The argument that a policy gets, or its default, stands in the clauses of the policy's requirements.
        for one in self.feature.requirements:
            for file, key in [*found]:
                if key in (f"include {one.origin}", f"policy {one.origin}"):
                    found.setdefault((file, one.id), []).extend(found[file, key])
        return found


@dataclass(frozen=True)
class Ground:
    """What exists: owners, where their units stand, and the texts of the files."""

    owners: set[str]
    units: Mapping[tuple[str, str], Sequence[tuple[int, int]]]
    texts: Mapping[str, str]

    def strays(self, source: Source) -> str:
        """Why a place that `trace.json` names is none; "" if it is one."""
        if source.owner not in self.owners:
            return f"{source.owner} is nothing"
        if not 0 <= source.start < source.end <= len(self.texts[source.file]):
            return f"{source} is no place"
        homes = self.units.get((source.file, source.owner), ())
        if not any(start <= source.start and source.end <= end for start, end in homes):
            return f"{source} is not in its unit: {self.texts[source.file][source.start : source.end]!r}"
        return ""


def lost(walk: Walk) -> list[str]:
    """What leads to nothing that exists."""
    text = walk.file("trace.json").text
    sources = walk.compiled.places.sources
    ground = Ground(walk.owners(), walk.units(), {name: source.text for name, source in sources.items()})
    trace, cases = TraceMap(text), yaml.safe_load(walk.file("cases.yaml").text)
    head = {key: value for key, value in cases.items() if key not in ("graders", "cases")}
    found = [
        *doubled(text),
        *_of_prompt(trace, walk.file("prompt.md").text, ground),
        *(f"{path}: {why}" for path, _ in fields(head) if (why := ground.strays(trace.head(path)))),
    ]
    for kind, ask in (("grader", trace.grader), ("case", trace.case)):
        for entry in cases[f"{kind}s"]:
            for path, value in fields(entry):
                found += [f"{entry[kind]} {path}: {why}" for why in _of_field(ask(entry[kind], path), value, ground)]
    return found


def _of_prompt(trace: TraceMap, prompt: str, ground: Ground) -> Iterator[str]:
    for offset in range(len(prompt)):
        found = trace.prompt(offset)
        why = "nothing" if found is None else ground.strays(found[1])
        if why:
            yield f"prompt {offset}: {why}"
    if trace.prompt(len(prompt)) is not None:
        yield "prompt: goes on past its end"


def _of_field(pieces: Sequence[tuple[int, Source]], value: str, ground: Ground) -> Iterator[str]:
    if not pieces:
        yield "nothing"
    elif pieces[0][0] and sum(length for length, _ in pieces) != len(value):
        yield "pieces of another length"
    yield from (why for _, source in pieces if (why := ground.strays(source)))


def doubled(text: str) -> list[str]:
    """The names that stand twice in one object."""
    found: list[str] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found.extend(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        return dict(pairs)

    json.loads(text, object_pairs_hook=members)
    return found


def fields(data: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every field below `data`, those that hold others too."""
    if path:
        yield path, data if isinstance(data, str) else ""
    steps: Sequence[tuple[str, object]] = ()
    if isinstance(data, dict):
        steps = [(str(key).replace("~", "~0").replace("/", "~1"), item) for key, item in data.items()]
    elif isinstance(data, list):
        steps = [(str(number), item) for number, item in enumerate(data)]
    for step, item in steps:
        yield from fields(item, f"{path}/{step}" if path else step)


def walk(compiled: Compiled, name: str) -> Walk:
    return Walk(compiled, next(one for one in compiled.program.features if one.name == name))


@pytest.mark.parametrize("name", FEATURES)
def test_all_of_an_example_leads_to_what_exists(name: str) -> None:
    assert lost(walk(shipped(), name)) == []


def test_all_of_a_feature_with_every_kind_leads_to_what_exists() -> None:
    assert lost(walk(build({"specs/desk.spec": DESK}), "desk")) == []


@given(specs())
@settings(max_examples=max(40, settings().max_examples // 5))
def test_all_of_any_feature_leads_to_what_exists(spec: SpecModel) -> None:
    assert lost(walk(build({spec.file: spec.text}), spec.name)) == []


def test_every_example_is_walked() -> None:
    assert [one.name for one in shipped().program.features] == FEATURES


def test_words_that_a_kind_takes_from_another_stay_that_ones() -> None:
    """The consent that a tool wants, and the `ask` before a bait, are not the case's own."""
    trace = TraceMap(walk(build({"specs/desk.spec": DESK}), "desk").file("trace.json").text)
    assert [one.owner for _, one in trace.case("RULE-1/nominal", "turns/1/user")] == ["TOOL-1"]
    assert next(one.owner for _, one in trace.case("FORM-1/tempt/words-long", "turns/0/user")) == "ask"
