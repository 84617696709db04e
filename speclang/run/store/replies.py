"""The replies of a judge in one file, a line each: the store of an exported suite, which has no database.

In: the path of the file. Out: what a bench asks of a store.
Invariant: a reply is written before it counts, by one write that no other process can come into; a line that is no reply, as one that was
half written, is none.
"""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...grading.judging.ballot import Outcome
from ...grading.record import Refusal, loaded
from ...source.hashing import Json, canonical
from ..asking import Reply, Unusable
from .judgements import Asked


class Replies:
    """One file; what votes come to is made from it again."""

    __slots__ = ("_held", "_lock", "_outcomes", "_path")

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self._path = path
        self._lock = threading.Lock()
        self._held: dict[str, Reply] | None = None
        self._outcomes: dict[str, Outcome] = {}

    def recall(self, key: str) -> Reply | None:
        """The reply to the request that is called `key`. Raises `Unusable`."""
        with self._lock:
            if self._held is None:
                self._held = self._read()
            return self._held.get(key)

    def keep(self, key: str, reply: Reply, *, model: str, repetition: int, system: str) -> None:
        """Keep `reply` for good. Raises `Unusable`."""
        del repetition, system  # they are in the key
        row: Json = {
            "key": key,
            "model": model,
            "messages": [dict(one) for one in reply.messages],
            "tokens": [reply.input_tokens, reply.output_tokens],
        }
        with self._lock:
            try:
                self._append(canonical(row).encode("utf-8", "backslashreplace"))
            except OSError as problem:
                raise Unusable(f"what it says can't be kept in {self._path}: {problem.strerror}") from None
            held = self._held if self._held is not None else self._read()
            self._held = {**held, key: reply} if key not in held else held

    def judgement(self, key: str) -> Outcome | None:
        """What the votes came to in this process."""
        return self._outcomes.get(key)

    def judge(self, asked: Asked, subject: str, outcome: Outcome) -> None:
        """Remember what the votes came to while this process lives."""
        del subject
        self._outcomes[asked.key] = outcome

    def _append(self, line: bytes) -> None:
        with self._path.open("ab+", buffering=0) as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 1))
            whole = file.read(1) in (b"", b"\n")
            file.write(line + b"\n" if whole else b"\n" + line + b"\n")

    def _read(self) -> dict[str, Reply]:
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return {}
        except OSError as problem:
            raise Unusable(f"{self._path} can't be read: {problem.strerror}") from None
        found: dict[str, Reply] = {}
        for line in lines:
            held = loaded(line.decode("utf-8", "replace"))
            match held:
                case Refusal():
                    continue
                case {"key": str(key), "messages": list(messages)}:
                    found.setdefault(key, Reply(_messages(messages)))
                case _:
                    continue
        return found


def _messages(listed: Sequence[Json]) -> tuple[Mapping[str, Json], ...]:
    return tuple(one for one in listed if isinstance(one, Mapping))
