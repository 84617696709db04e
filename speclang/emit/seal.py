"""What was built from what, as values for the lock.

In: the plan, the artifacts, the hashes of the spec files. Out: a `Lock`. Invariant: every part of every artifact has an
entry with the hash of its text; nothing here depends on where the project lies or on when it is built.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..lock.lockfile import Feature, File, Former, Input, Lock, Part, Policy, Requirement, Source
from ..plan.artifact import Artifact
from ..plan.plan import FeaturePlan
from ..source.hashing import digest
from .entries import entries, made_from


def sealed(artifact: Artifact) -> tuple[str, tuple[Part, ...]]:
    """The hash of what a file holds, and what the lock says of its parts."""
    return digest(artifact.text), tuple(entries((artifact,)))


Sealed = Callable[[Artifact], tuple[str, tuple[Part, ...]]]
"""`sealed`, or the same with a memory."""


def seal(
    features: Iterable[FeaturePlan],
    artifacts: Sequence[Artifact],
    hashes: Mapping[str, str],
    counts: Mapping[str, tuple[int, int, int]],
    *,
    version: str,
    config: str,
    one: Sealed = sealed,
) -> Lock:
    """The lock of a build.

    `hashes` gives the hash of each spec file; `counts` each feature's requirements, typed requirements and findings;
    `config` is the digest of the settings that a build depends on.
    """
    plans = tuple(features)
    inputs = {plan.feature: made_from(plan.files, hashes, config) for plan in plans}
    said = [(artifact, *one(artifact)) for artifact in artifacts]
    return Lock(
        version=version,
        config=config,
        inputs=tuple(sorted(Input(path, value) for path, value in hashes.items())),
        features=tuple(sorted(_feature(plan, counts) for plan in plans)),
        sources=tuple(sorted(Source(plan.feature, path) for plan in plans for path in plan.files)),
        files=tuple(
            sorted(File(made.path, made.feature, hash, version, inputs[made.feature]) for made, hash, _ in said)
        ),
        requirements=tuple(
            sorted(Requirement(plan.feature, id, meaning) for plan in plans for id, meaning in plan.meanings)
        ),
        parts=tuple(sorted(part for _, _, parts in said for part in parts)),
        policies=tuple(sorted(Policy(plan.feature, name, said) for plan in plans for name, said in plan.policies)),
        former=tuple(sorted(Former(plan.feature, id, was) for plan in plans for id, was in plan.former)),
    )


def _feature(plan: FeaturePlan, counts: Mapping[str, tuple[int, int, int]]) -> Feature:
    requirements, typed, findings = counts.get(plan.feature, (len(plan.meanings), 0, 0))
    return Feature(plan.feature, requirements, typed, len(plan.cases), findings)
