"""What the lock says of files that were made, wherever they were made.

In: artifacts, the specs that they are made of and their hashes. Out: entries and digests for the lock.
"""

from collections.abc import Iterable, Mapping

from ..lock.lockfile import Part
from ..plan.artifact import Artifact
from ..source.hashing import canonical, digest


def made_from(files: Iterable[str], hashes: Mapping[str, str], config: str) -> str:
    """The digest of all that the files of a feature are made from, which is made of the specs `files`."""
    return digest(canonical({"config": config, "files": {path: hashes.get(path, "") for path in files}}))


def entries(artifacts: Iterable[Artifact]) -> Iterable[Part]:
    """What the lock says of each part of `artifacts`."""
    for artifact in artifacts:
        for part in artifact.parts:
            yield Part(artifact.path, part.kind, part.id, part.owner, digest(part.text))
