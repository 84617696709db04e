"""A conversation that was led just now, in the form and within the bounds of recorded answers.

In: a conversation, and what it is an answer to. Out: its line, and the record that a grader is given.
Invariant: an answer of a run is held to nothing that an answer in a file is not, and spared nothing.
"""

from collections.abc import Mapping, Sequence

from ..grading.record import Record, Refusal, read
from ..project.lines import LONGEST
from ..run.asking import Message
from ..source.hashing import Json, encoder

_dump = encoder()


def taken(
    case: tuple[str, str], model: str, repetition: int, messages: Sequence[Message], measured: Mapping[str, float]
) -> tuple[bytes, Record | str]:
    """The line of an answer to `case`, a feature and an ID, and its record, or why it can't be graded."""
    form: dict[str, Json] = {
        "version": 1, "feature": case[0], "case": case[1], "model": model, "sample": repetition,
        "messages": messages, "measured": measured,
    }  # fmt: skip
    data = _dump(form).encode()
    if len(data) > LONGEST:
        return data, f"it has {len(data):,} bytes, and {LONGEST:,} are read"
    found = read(data, repetition)
    return data, found.why if isinstance(found, Refusal) else found
