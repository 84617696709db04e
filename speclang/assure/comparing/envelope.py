"""What a run is asked within: all that can make its answers others, kept once for each run.

In: a compiled project, whom it asks and how. Out: JSON that names texts by their hashes; read again, an `Envelope`.
Invariant: no key, and no setting that may hold one, stands in it; none of it grows with the number of answers.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...engine.compiling import Opened
from ...grading.record import DEEPEST
from ...kit import registry
from ...plan.described import described
from ...project.config import Config
from ...project.lines import LONGEST
from ...run.loop import MOST_CALLS
from ...run.running import Terms
from ...run.store.details import Enveloped
from ...source.hashing import Json, canonical, digest
from ...source.records import dataclass
from ...version import VERSION as SPECC
from ..aims import Aim
from ..course import Part
from ..judging import Appointed
from .pieces import Owed, owed

VERSION = 1
"""The version of the form."""

_BUILDING = ("specs", "generated", "layout", "layouts", "targets", "tokenizer", "budget", "kinds", "severities", "file")
"""The settings that can change what is built; the others say whom to ask, and may hold what is nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One feature of a run: the hash of its prompt, whether the specs made that one, to what its characters are owed, and its tools."""

    feature: str
    path: str
    prompt: str
    built: bool
    owed: tuple[Owed, ...]
    tools: tuple[Json, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a run was asked within. `target` is whom: `use`, `model`, `at`, `parameters`, and its `identity` where that says more.

    `harness` is how the conversations were led, `graders` the version of the checks of each kind, `judge` who judged. `settings` and
    `sources` (names and hashes) are all that it was built from, `variant` the target whose own prompt it got, "" for everybody's.
    `snapshots` are the models of its replies, as their servers call them.
    """

    specc: str
    target: Mapping[str, Json]
    variant: str
    harness: Mapping[str, Json]
    graders: Mapping[str, Json]
    judge: Json
    settings: Mapping[str, Json]
    sources: tuple[tuple[str, str], ...]
    features: tuple[Asked, ...]
    snapshots: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The hashes of all texts that it names."""
        return tuple(dict.fromkeys((*(hash for _, hash in self.sources), *(one.prompt for one in self.features))))


def texts(project: Opened, parts: Sequence[Part]) -> tuple[str, ...]:
    """The texts that the envelope of a run names."""
    return (*(one.text for one in project.texts), *(one.prompt for one in parts))


def enveloped(
    project: Opened, aimed: Aim, parts: Sequence[Part], terms: Terms, judge: Appointed | None, repeat: int
) -> Json:
    """What a run is asked within."""
    stated, target = aimed.stated, aimed.target
    config = project.home.config
    held = config._asdict()
    foreign = config.kinds
    kinds = {one.kind for part in parts for one in part.feature.requirements}
    return {
        "version": VERSION,
        "specc": SPECC,
        "target": {
            "name": stated.name,
            "use": stated.use,
            "model": target.model,
            "stated": stated.model,
            "at": stated.at,
            "parameters": dict(stated.parameters),
            "identity": digest(canonical(target.identity)),
        },
        "variant": aimed.prompt,
        "harness": {
            "rounds": terms.rounds,
            "calls at once": MOST_CALLS,
            "longest answer": LONGEST,
            "deepest answer": DEEPEST,
            "timeout": terms.timeout,
            "retries": terms.retries,
            "concurrency": terms.concurrency,
            "repeat": repeat,
        },
        "graders": {name: registry.load(name, foreign).version for name in sorted(kinds)},
        "judge": None if judge is None else judge.identity,
        "settings": {name: held[name] for name in _BUILDING},
        "sources": [[one.name, digest(one.text)] for one in project.texts],
        "features": list(_features(project, parts)),
    }


def _features(project: Opened, parts: Sequence[Part]) -> Iterator[Json]:
    artifacts = {one.path: one for one in project.compiled.artifacts}
    for part in parts:
        if part.cases:
            made = artifacts[part.path].parts if part.path in artifacts else ()
            yield {
                "feature": part.plan.feature,
                "path": part.path,
                "prompt": digest(part.prompt),
                "built": part.same,
                "owed": [list(one) for one in owed(part.prompt, made)],
                "tools": [described(tool) for tool in part.feature.tools],
            }


def read(kept: Enveloped | None) -> Envelope | None:
    """The envelope that was kept; None where none was, or where it is of a form that this specc does not read."""
    found = kept.envelope if kept is not None else None
    if kept is None or not isinstance(found, Mapping) or found.get("version") != VERSION:
        return None
    try:
        return _read(found, kept.snapshots)
    except (KeyError, TypeError, ValueError):
        return None


def _read(found: Mapping[str, Json], snapshots: tuple[str, ...]) -> Envelope:
    return Envelope(
        specc=str(found["specc"]),
        target=_object(found["target"]),
        variant=str(found["variant"]),
        harness=_object(found["harness"]),
        graders=_object(found["graders"]),
        judge=found["judge"],
        settings=_object(found["settings"]),
        sources=tuple((str(name), str(hash)) for name, hash in (_list(one) for one in _list(found["sources"]))),
        features=tuple(_asked(_object(one)) for one in _list(found["features"])),
        snapshots=snapshots,
    )


def _asked(found: Mapping[str, Json]) -> Asked:
    parts = (_list(one) for one in _list(found["owed"]))
    return Asked(
        feature=str(found["feature"]),
        path=str(found["path"]),
        prompt=str(found["prompt"]),
        built=bool(found["built"]),
        owed=tuple((str(kind), str(id), int(str(length))) for kind, id, length in parts),
        tools=tuple(_list(found["tools"])),
    )


def _object(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


def _list(value: Json) -> Sequence[Json]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError(value)
    return value


def config(found: Envelope) -> Config:
    """The settings that it was built with. Raises `TypeError` and `ValueError` where they are none."""
    held = found.settings
    return Config(
        specs=str(held["specs"]),
        generated=str(held["generated"]),
        layout=str(held["layout"]),
        layouts=_pairs(held["layouts"]),
        targets=_pairs(held["targets"]),
        tokenizer=str(held["tokenizer"]),
        budget=int(str(held["budget"])),
        kinds=tuple(str(one) for one in _list(held["kinds"])),
        severities=_pairs(held["severities"]),
        file=str(held["file"]),
    )


def _pairs(value: Json) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(told)) for name, told in (_list(one) for one in _list(value)))
