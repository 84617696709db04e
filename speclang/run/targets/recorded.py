"""Answers that were recorded before: a file of JSON Lines, as `specc score` reads it. Nothing is sent anywhere.

```toml
[targets.last_week]
use = "recorded"
at = "answers.jsonl"
```

The answer to a case is the one with its ID and `sample`, the number of the repetition (1 where it has none).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from ...grading.record import Refusal, loaded
from ...project.lines import LONGEST
from ...source.hashing import Json, digest
from ..asking import Message, Refused, Reply, Request, Target, Unusable
from ..finding import Context
from ..messages import reply_of

SUMMARY = "answers that were recorded before, in a file of JSON Lines"


def made(context: Context) -> Target:
    """The file that `context` names. Raises `Unusable`."""
    stated = context.stated
    if not stated.at:
        raise Unusable(f'the target `{stated.name}` names no file; write `at = "answers.jsonl"`')
    path = context.root / stated.at
    try:
        return Recorded(stated.name, stated.model or stated.at, path)
    except OSError as problem:
        raise Unusable(f"`{stated.at}` can't be read: {problem.strerror}") from None


class Recorded:
    """One file; where each answer stands in it is noted, and it is read when it is asked for."""

    __slots__ = ("_at", "_file", "_path", "_state", "model", "name")

    def __init__(self, name: str, model: str, path: Path) -> None:
        """Note where the answers stand. Raises `OSError`."""
        self.name = name
        self.model = model
        self._path = path
        self._file: BinaryIO | None = None
        self._at: dict[tuple[str, int], tuple[int, int]] = {}
        hashes: list[str] = []
        with path.open("rb") as file:
            place = 0
            while data := file.readline(LONGEST + 2):
                held = _object(data) if data.strip() else {}
                sample = held.get("sample")
                key = (str(held.get("case") or ""), sample if isinstance(sample, int) and sample > 0 else 1)
                if held:
                    self._at.setdefault(key, (place, len(data)))
                    hashes.append(digest(data))
                place += len(data)
        self._state = digest("\n".join(hashes))

    @property
    def identity(self) -> Json:
        """What the file holds."""
        return ["recorded", self.model, self._state]

    @property
    def remembers(self) -> bool:
        """It is looked up again: that costs nothing."""
        return False

    async def ask(self, request: Request) -> Reply:
        """The part of the recorded conversation that follows what the user has said so far."""
        found = self._at.get((request.case, request.repetition))
        if found is None:
            raise Refused("no answer to it is recorded")
        held = _object(self._read(*found))
        messages = held.get("messages")
        if isinstance(messages, str) or not isinstance(messages, Sequence):
            return reply_of({"text": held.get("text"), "measured": held.get("measured")}, 0.0, self.name)
        said = sum(message.get("role") == "user" for message in request.messages)
        part = _after(messages, said)
        if not part:
            raise Refused(f"the recorded conversation ends before the answer to message {said:,} of the user")
        return reply_of({"messages": part, "measured": held.get("measured")}, 0.0, self.name)

    def _read(self, place: int, size: int) -> bytes:
        """So many bytes of the file, which stays open from the first answer on."""
        if self._file is None:
            self._file = self._path.open("rb")
        self._file.seek(place)
        return self._file.read(size)

    async def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _object(data: bytes) -> Mapping[str, Json]:
    found = loaded(data.decode("utf-8", "replace").removeprefix("\ufeff"))
    return found if isinstance(found, Mapping) and not isinstance(found, Refusal) else {}


def _after(messages: Sequence[Json], count: int) -> list[Message]:
    """What follows the message of the user numbered `count`, up to the next one."""
    seen = 0
    part: list[Message] = []
    for one in messages:
        if not isinstance(one, Mapping):
            continue
        if one.get("role") == "user":
            seen += 1
        elif seen == count and one.get("role") in ("assistant", "tool"):
            part.append(one)
    return part
