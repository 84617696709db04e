"""What was built from what, as values for the lock.

In: the plan, the artifacts, the hashes of the spec files. Out: a `Lock`. Invariant: every part of every artifact has an
entry with the hash of its text; nothing here depends on where the project lies or on when it is built.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..lock.lockfile import Feature, File, Former, Input, Lock, Policy, Requirement, Source
from ..plan.artifact import Artifact
from ..plan.plan import FeaturePlan
from ..source.hashing import digest
from .entries import entries, made_from


def seal(
    features: Iterable[FeaturePlan],
    artifacts: Sequence[Artifact],
    hashes: Mapping[str, str],
    counts: Mapping[str, tuple[int, int, int]],
    *,
    version: str,
    config: str,
) -> Lock:
    """The lock of a build.

    `hashes` gives the hash of each spec file; `counts` each feature's requirements, typed requirements and findings;
    `config` is the digest of the settings that a build depends on.
    """
    plans = tuple(features)
    inputs = {plan.feature: made_from(plan.files, hashes, config) for plan in plans}
    return Lock(
        version=version,
        config=config,
        inputs=tuple(sorted(Input(path, value) for path, value in hashes.items())),
        features=tuple(sorted(_feature(plan, counts) for plan in plans)),
        sources=tuple(sorted(Source(plan.feature, path) for plan in plans for path in plan.files)),
        files=tuple(
            sorted(File(one.path, one.feature, digest(one.text), version, inputs[one.feature]) for one in artifacts)
        ),
        requirements=tuple(
            sorted(Requirement(plan.feature, id, meaning) for plan in plans for id, meaning in plan.meanings)
        ),
        parts=tuple(sorted(entries(artifacts))),
        policies=tuple(sorted(Policy(plan.feature, name, said) for plan in plans for name, said in plan.policies)),
        former=tuple(sorted(Former(plan.feature, id, was) for plan in plans for id, was in plan.former)),
    )


def _feature(plan: FeaturePlan, counts: Mapping[str, tuple[int, int, int]]) -> Feature:
    requirements, typed, findings = counts.get(plan.feature, (len(plan.meanings), 0, 0))
    return Feature(plan.feature, requirements, typed, len(plan.cases), findings)
