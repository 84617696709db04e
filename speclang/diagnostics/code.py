"""The stable name of one kind of finding."""

import re
from enum import StrEnum

from ..source.records import dataclass

_SHAPE = re.compile(r"E\d{4}|[a-z][a-z0-9_]*/[a-z][a-z0-9-]*")


class Severity(StrEnum):
    """How much a finding matters: an `error` stops a build, a `warning` fails a check only if asked, a `note` informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """`id` is `E0201`, or `kind/slug` for a requirement kind; `title` says in general what is wrong."""

    id: str
    title: str
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Refuse an ID of another shape."""
        if not _SHAPE.fullmatch(self.id):
            raise ValueError(f"not a diagnostic code: {self.id!r}")
