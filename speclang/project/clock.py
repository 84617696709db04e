"""The one look at the calendar: an acceptance counts until a day.

Invariant: nothing that is built depends on it.
"""

import os
from datetime import UTC, date, datetime


def today() -> date:
    """This day in UTC; `SOURCE_DATE_EPOCH`, in seconds, stands for it where it is set, as in reproducible builds."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal() and len(fixed) < 12:
        return datetime.fromtimestamp(int(fixed), tz=UTC).date()
    return datetime.now(tz=UTC).date()
