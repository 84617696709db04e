"""What is written to the store, as data, and how texts are packed.

Invariant: what is packed here, `zlib.decompress` reads.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from struct import Struct
from typing import NamedTuple

from ...source.hashing import Json, encoder
from ...source.records import dataclass
from ..asking import Reply

Row = tuple[object, ...]
"""The values of a row, in the order of `schema.COLUMNS`."""

_BRIEF = 512
"""The length in bytes up to which a text is put as it is into the frame of zlib's: a third shorter took seven times as long."""

_SHORT = 1024
"""The length in bytes of a text that a small window of zlib's sees whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """Who is asked; `identity` is all of it that can change a reply. `judge` is the hash of who judges, "" for nobody.

    `envelope` is all that the run is asked within (`assure.comparing.envelope`).
    """

    target: str
    model: str
    stub: bool
    identity: Json
    judge: str = ""
    envelope: Json = None


class Verdict(NamedTuple):
    """What one grader said of an answer, as the columns have it; `judgement` is the key of what a judge said in its place, or ""."""

    grader: str
    grader_hash: str
    version: int
    requirement: str
    state: str
    gates: bool
    reason: str
    judgement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A conversation with a case: `record` is what was graded, `system` the prompt as it was sent.

    `prompt` is the hash of the prompt with its variables not filled; `built` says that the specs make that very one.
    """

    feature: str
    case: str
    case_hash: str
    prompt: str
    built: bool
    system: str
    repetition: int
    record: bytes
    stopped: str


def reply_of(row: Sequence[object]) -> Reply:
    """The reply that stands in a row of `statements.REPLY`."""
    data, read, written, cost, latency, further, snapshot = row
    messages = json.loads(unpacked(data))
    return Reply(tuple(messages), read, written, cost, latency, json.loads(str(further or "{}")), str(snapshot or ""))  # type: ignore[arg-type]


def packed(name: str, data: bytes | str) -> Row:
    """`data` as a row of the texts, called `name`."""
    data = data.encode() if isinstance(data, str) else data
    return (name, len(data), _compressed(data))


def unpacked(data: object) -> bytes:
    """A text as it was before `packed` took it, from what a driver gives for bytes."""
    return zlib.decompress(data)  # type: ignore[arg-type] # whatever it is, it has the buffer of bytes


def _compressed(data: bytes) -> bytes:
    """`data` as zlib packs it; for a short text, memory of its size is set up, which takes a tenth of the time."""
    size = len(data)
    if size <= _BRIEF:
        ends = zlib.adler32(data).to_bytes(4, "big")
        return _FRAME.pack(b"\x78\x01\x01", size, size ^ 0xFFFF) + data + ends
    if size > _SHORT:
        return zlib.compress(data, 6)
    packing = zlib.compressobj(6, zlib.DEFLATED, 10, 3)
    return packing.compress(data) + packing.flush()


_FRAME = Struct("<3sHH")
"""What stands before a text that is kept as it is: that this is zlib's (RFC 1950), its last block and not packed, and its length twice."""


def dumped(messages: Sequence[Mapping[str, Json]]) -> bytes:
    """Messages as they are kept."""
    return _dump([dict(one) for one in messages]).encode()


_dump = encoder(marks=(",", ":"))
