"""How long a target says to wait, as HTTP lets it say so."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest

from speclang.run.asking import Later
from speclang.run.wire import Fault, fault


def told(retry_after: str) -> float | None:
    found = fault(Fault("http://x", 429, b"", httpx2.Headers({"retry-after": retry_after}), None))
    assert isinstance(found, Later)
    return found.seconds


def test_a_number_of_seconds_is_taken_as_it_is() -> None:
    assert told("0") == 0
    assert told(" 2.5 ") == 2.5


def test_a_date_is_waited_for() -> None:
    soon = datetime.now(tz=UTC) + timedelta(seconds=100)
    seconds = told(format_datetime(soon, usegmt=True))
    assert seconds is not None
    assert 60 < seconds <= 100
    assert told("Sun, 06 Nov 1994 08:49:37 GMT") == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "-1",
        "nan",
        "inf",
        "1e9",
        "Sun, 06 Nov 2994 08:49:37 GMT",
        "Sun, 99 Nov 1994 08:49:37 GMT",
        "1" * 5000,
        "06 Nov 1994",
    ],
)
def test_what_is_neither_is_not_told(text: str) -> None:
    assert told(text) is None
