"""The one look at the environment for secrets: keys, and the address of a store that has a password in it.

Invariant: what is found here is used and never kept: it stands in no file, message or finding.
"""

import os


def secret(name: str) -> str | None:
    """What the variable `name` holds; None where it is not set or empty."""
    return os.environ.get(name) or None
