"""Compiles without the collector of cycles.

A compilation makes a million objects that live until its end and form no cycles; the collector walks over all of them again
and again, and a third of the time of a large build went there.
Invariant: the collector is as it was when the outermost call returns, so that `watch` and an editor's server keep it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave cycles alone until the end of the block."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
