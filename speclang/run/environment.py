"""The environment: the one look for secrets, be it keys or the address of a store that has a password in it; and what an application in
this process is told by it.

Invariant: what is found here is used and never kept: it stands in no file, message or finding.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def secret(name: str) -> str | None:
    """What the variable `name` holds; None where it is not set or empty."""
    return os.environ.get(name) or None


@contextmanager
def told(values: Mapping[str, str]) -> Iterator[None]:
    """Have the environment of this process say `values`, to whatever reads them meanwhile; afterwards it says what it said."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
